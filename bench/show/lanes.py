"""Ways from a trigger to the wire, each measured from outside.

A shot lasts from just before the trigger is handed over until the datagram has been read from a
socket of ours.
"""

import http.client
import select
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic_ns
from typing import Protocol

from house import CUES

from collavoce.desk.access import DESK_COOKIE, desk_token
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.config import RunConfig
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, Declined, Kept, pack, unpack
from collavoce.show.commands import AnyCommand, Go, StartNumber
from collavoce.wire.osc import OscMessage, decode

LOST_S = 1.0
"""A shot that has not arrived after this long is lost."""

FIRST_SLOT = 126
"""Offset of the level of address 1 in an E1.31 data packet (E1.31 table 4-1)."""

BURST = struct.pack("!I", 0) * 6
"""What the echoes carry: about as long as the OSC message of a cue."""


class RefusedError(Exception):
    """The show did not do as it was told; the words say why."""


class Probe:
    """A foreign socket on which datagrams arrive."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(LOST_S)
        self.port: int = self.socket.getsockname()[1]

    def drain(self) -> None:
        """Forget what has arrived."""
        while select.select([self.socket], [], [], 0.0)[0]:
            self.socket.recv(2048)

    def arrival(self, wanted: Callable[[bytes], bool] = lambda _: True) -> int | None:
        """When the datagram that is `wanted` was received, in ns; None when it was not."""
        try:
            while True:
                data = self.socket.recv(2048)
                at = monotonic_ns()
                if wanted(data):
                    return at
        except TimeoutError:
            return None


class Lane(Protocol):
    """One way to the wire."""

    name: str

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

    def begin(self) -> None:
        """An echo is always ready."""

    def shoot(self) -> float | None:
        """One datagram out and back."""
        begun = monotonic_ns()
        self.probe.socket.sendto(BURST, ("127.0.0.1", self.port))
        return _ms(begun, self.probe.arrival())


@dataclass(slots=True)
class Caller:
    """Somebody with a mailbox in the performance."""

    config: RunConfig
    box: Mailbox = field(init=False)
    _engine: Path = field(init=False)

    def __post_init__(self) -> None:
        self.box = Mailbox(Path(self.config.run_dir) / "bench")
        self._engine = self.config.box("engine")

    def letter(self, command: AnyCommand) -> bytes:
        """`command`, ready to be posted once."""
        return pack(Asked(command, "caller", fresh_id()))

    def post(self, letter: bytes) -> None:
        """Hand it over; do not wait."""
        self.box.send(self._engine, letter)

    def answer(self) -> bool:
        """Whether the last command was kept; waits for the answer."""
        select.select([self.box], [], [], LOST_S)
        received = self.box.receive()
        reply = None if received is None else unpack(received[0])
        if isinstance(reply, Declined):
            raise RefusedError(reply.why)
        return isinstance(reply, Kept)

    def start(self, number: str) -> None:
        """Begin `number` anew."""
        self.post(self.letter(StartNumber(number)))
        assert self.answer(), "the engine does not answer"


@dataclass(slots=True)
class HandLane:
    """GO into the engine's mailbox until the cue's datagram arrives."""

    name: str
    number: str
    caller: Caller
    probe: Probe
    watch_level: bool = False
    _left: int = 0
    _level: int = -1

    def shoot(self) -> float | None:
        """One GO; begins the number anew when its cues are used up."""
        if self._left == 0:
            self.caller.start(self.number)
            self._left = CUES
        self._left -= 1
        self.probe.drain()
        letter = self.caller.letter(Go())
        begun = monotonic_ns()
        self.caller.post(letter)
        arrived = self.probe.arrival(self._changed if self.watch_level else _is_cue)
        self.caller.answer()
        return _ms(begun, arrived)

    def begin(self) -> None:
        """Another number was played meanwhile."""
        self._left = 0

    def _changed(self, data: bytes) -> bool:
        changed = data[FIRST_SLOT] != self._level
        self._level = data[FIRST_SLOT]
        return changed


@dataclass(slots=True)
class PageLane:
    """GO by POST to the web process, with the desk's cookie, until the cue's datagram arrives."""

    name: str
    number: str
    caller: Caller
    probe: Probe
    _left: int = 0
    _line: socket.socket | None = None

    def shoot(self) -> float | None:
        """One press of the page's button."""
        if self._left == 0:
            self.caller.start(self.number)
            self._left = CUES
        self._left -= 1
        self.probe.drain()
        assert self._line is not None
        request = self._request()
        begun = monotonic_ns()
        self._line.sendall(request)
        arrived = self.probe.arrival(_is_cue)
        reply = http.client.HTTPResponse(self._line)
        reply.begin()
        told = reply.read()
        if reply.status != http.client.OK:
            raise RefusedError(told.decode())
        return _ms(begun, arrived)

    def begin(self) -> None:
        """Another number was played meanwhile, and the server has hung up."""
        self._left = 0
        if self._line is not None:
            self._line.close()
        here = ("127.0.0.1", self.caller.config.web_port)
        self._line = socket.create_connection(here, timeout=LOST_S)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _request(self) -> bytes:
        config = self.caller.config
        here = f"127.0.0.1:{config.web_port}"
        body = f'{{"key": "{fresh_id()}", "type": "Go"}}'
        head = ("POST /command HTTP/1.1", f"Host: {here}", f"Origin: http://{here}")
        head += (f"Cookie: {DESK_COOKIE}={desk_token(config.desk_key)}",)
        head += ("Content-Type: application/json", f"Content-Length: {len(body)}", "", body)
        return "\r\n".join(head).encode()


def cue_in(data: bytes) -> str:
    """The number of the cue that sent `data`."""
    message = decode(data)
    assert isinstance(message, OscMessage)
    return str(message.args[0])


def _is_cue(data: bytes) -> bool:
    return data.startswith(b"/cue\0")


def _ms(begun: int, arrived: int | None) -> float | None:
    return None if arrived is None else (arrived - begun) * 1e-6
