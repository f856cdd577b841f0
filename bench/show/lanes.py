"""Ways from a trigger to the wire, each measured from outside.

A shot lasts from just before the trigger is handed over until the datagram has been read from a
socket of ours.
"""

import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic_ns
from typing import Protocol

from house import CUES
from ways import LOST_S, Caller, Way

from collavoce.wire.osc import OscMessage, decode, encode

ASKED_AGAIN_S = 0.3
REST_S = (0.006, 0.018)
"""Between two shots, at random, so that they are in step with nothing."""

LIGHT_REST_S = (0.048, 0.068)
"""The same where light is set: two frames and more. Of changes within one frame (22.7 ms) only the
first leaves at once; the next waits for its turn, as E1.31 wants it."""

FIRST_SLOT = 126
"""Offset of the level of address 1 in an E1.31 data packet (E1.31 table 4-1)."""

RECEIVE_BUFFER = 16 << 20
SO_RCVBUFFORCE = 33
"""Of socket(7); Python does not name it."""

CUE_MESSAGE = encode(OscMessage("/cue", ("h12",)))
"""What the echoes carry: the OSC message of a cue."""


class Probe:
    """A foreign socket on which datagrams arrive: a free port of loopback, if none is given."""

    def __init__(self, given: socket.socket | None = None) -> None:
        if given is None:
            given = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            given.bind(("127.0.0.1", 0))
        self.socket = given
        self.socket.settimeout(LOST_S)
        self.port: int = self.socket.getsockname()[1]

    def drain(self) -> None:
        """Forget what has arrived."""
        while select.select([self.socket], [], [], 0.0)[0]:
            self.socket.recv(2048)

    def arrival(self, wanted: Callable[[bytes], bool] = lambda _: True) -> int | None:
        """When the datagram that is `wanted` was received, in ns; None when it was not."""
        until = monotonic_ns() + LOST_S * 1e9
        try:
            while monotonic_ns() < until:
                data = self.socket.recv(2048)
                at = monotonic_ns()
                if wanted(data):
                    return at
        except TimeoutError:
            pass
        return None


def make_room(door: socket.socket) -> None:
    """Let the system keep 16 MB for `door`, or what it allows: the probe must not be what loses."""
    try:
        door.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)
    except OSError:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)


class Lane(Protocol):
    """One way to the wire."""

    name: str

    @property
    def rest_s(self) -> tuple[float, float]:
        """Between two shots."""
        ...

    def begin(self) -> None:
        """Get ready for a row of shots."""
        ...

    def shoot(self) -> float | None:
        """Milliseconds from the trigger to the wire; None when nothing came."""
        ...


@dataclass(slots=True)
class EchoLane:
    """There and back through a program that does nothing."""

    name: str
    port: int
    probe: Probe = field(default_factory=Probe)
    rest_s: tuple[float, float] = REST_S

    def begin(self) -> None:
        """An echo is always ready."""

    def shoot(self) -> float | None:
        """One datagram out and back."""
        self.probe.drain()
        begun = monotonic_ns()
        self.probe.socket.sendto(CUE_MESSAGE, ("127.0.0.1", self.port))
        return _ms(begun, self.probe.arrival())


@dataclass(slots=True)
class PeerLane:
    """Through somebody else's program.

    trigger : hands it over. wanted : whether a datagram is what must come of it. prepare : what
    must be done before, not counted.
    """

    name: str
    trigger: Callable[[], None]
    probe: Probe
    wanted: Callable[[bytes], bool]
    prepare: Callable[[], None]
    rest_s: tuple[float, float] = REST_S

    def begin(self) -> None:
        """A peer that runs is ready."""

    def shoot(self) -> float | None:
        """One trigger."""
        self.prepare()
        self.probe.drain()
        begun = monotonic_ns()
        self.trigger()
        return _ms(begun, self.probe.arrival(self.wanted))

    def answers(self) -> bool:
        """Whether a shot arrives; False while nobody is there."""
        time.sleep(ASKED_AGAIN_S)
        try:
            return self.shoot() is not None
        except OSError:
            return False


@dataclass(slots=True)
class CueLane:
    """GO by `way`, until the datagram of the cue of `number` arrives.

    watch_level : the cues set light, and the frame is awaited whose first level has changed.
    """

    name: str
    way: Way
    number: str
    caller: Caller
    probe: Probe
    watch_level: bool = False
    cues: int = CUES
    _left: int = 0
    _level: int = -1

    @property
    def rest_s(self) -> tuple[float, float]:
        """Light has a pace of its own."""
        return LIGHT_REST_S if self.watch_level else REST_S

    def begin(self) -> None:
        """Another number was played meanwhile."""
        self._left = 0
        self.way.begin()

    def shoot(self) -> float | None:
        """One GO; begins the number anew when its cues are used up."""
        if self._left == 0:
            self.caller.start(self.number)
            self._left = self.cues
        self._left -= 1
        self.probe.drain()
        self.way.prepare()
        begun = monotonic_ns()
        self.way.go()
        arrived = self.probe.arrival(self._changed if self.watch_level else is_cue)
        self.way.answer()
        return _ms(begun, arrived)

    def _changed(self, data: bytes) -> bool:
        changed = data[FIRST_SLOT] != self._level
        self._level = data[FIRST_SLOT]
        return changed


def cue_in(data: bytes) -> str:
    """The number of the cue that sent `data`."""
    message = decode(data)
    assert isinstance(message, OscMessage)
    return str(message.args[0])


def is_cue(data: bytes) -> bool:
    """Whether `data` is the message of a cue of this bench."""
    return data.startswith(b"/cue\0")


def _ms(begun: int, arrived: int | None) -> float | None:
    return None if arrived is None else (arrived - begun) * 1e-6
