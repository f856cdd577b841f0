"""A live MIDI input.

The system calls us in its own thread for every message; there the clock is read and the message
put into a bounded queue, and nothing else. The follower waits on `fileno` and drains.
"""

import contextlib
import socket
from collections import deque
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from collavoce.rig.errors import RigError
from collavoce.units import Instant
from collavoce.words import say

QUEUE_LIMIT = 4096
"""Messages that wait at most: half a minute of the thickest playing. Then the oldest are lost."""


class Driver(Protocol):
    """The part of `rtmidi.MidiIn` that is used."""

    def get_ports(self) -> list[str]:
        """The names of the inputs there are."""
        ...

    def open_port(self, port: int) -> object:
        """Listen to the input numbered `port`."""
        ...

    def set_callback(self, func: Callable[[tuple[list[int], float], Any], None]) -> None:
        """Have `func` called with every message."""
        ...

    def close_port(self) -> None:
        """Stop listening."""
        ...


def driver() -> Driver:
    """The system's MIDI; raises RigError where there is none."""
    try:
        rtmidi = import_module("rtmidi")
    except ImportError as error:
        raise RigError(say("rig.midi_in.no_library")) from error
    try:
        return rtmidi.MidiIn()
    except rtmidi.RtMidiError as error:
        raise RigError(say("rig.midi_in.no_system", fault=str(error).rstrip("."))) from error


def whole_driver() -> Driver:
    """The system's MIDI, system exclusive messages with it; raises RigError where there is none."""
    made = driver()
    import_module("rtmidi").MidiIn.ignore_types(made, sysex=False, timing=True, active_sense=True)
    return made


def choose(port: str, ports: list[str]) -> int:
    """The number of the input called `port`, or of the only one whose name holds it.

    ALSA adds numbers to a name that change with every plugging in, so a part of it is enough.
    """
    if port in ports:
        return ports.index(port)
    fitting = [number for number, name in enumerate(ports) if port.lower() in name.lower()]
    if len(fitting) == 1:
        return fitting[0]
    if not ports:
        raise RigError(say("rig.midi_in.no_ports", port=port))
    if fitting:
        names = ", ".join(ports[number] for number in fitting)
        raise RigError(say("rig.midi_in.ambiguous", port=port, ports=names))
    raise RigError(say("rig.midi_in.unknown_port", port=port, ports=", ".join(ports)))


class MidiIn:
    """The input called `port`; `now` reads the clock as a message comes in. Raises RigError.

    lost : messages that fell out of the full queue.
    """

    def __init__(self, port: str, now: Callable[[], Instant], midi: Driver | None = None) -> None:
        self.lost = 0
        self._now = now
        self._heard: deque[tuple[Instant, bytes]] = deque(maxlen=QUEUE_LIMIT)
        self._midi = midi or driver()
        ports = self._midi.get_ports()
        number = choose(port, ports)
        self._name = ports[number]
        self._bell, self._ring = socket.socketpair()
        self._bell.setblocking(False)
        self._ring.setblocking(False)
        self._midi.set_callback(self._take)
        try:
            self._midi.open_port(number)
        except (OSError, ValueError) as error:
            self.close()
            raise RigError(say("rig.midi_in.cannot_open", port=port, fault=error)) from error

    def fileno(self) -> int:
        """Readable when something was heard; for `select`."""
        return self._bell.fileno()

    def drain(self) -> list[tuple[Instant, bytes]]:
        """What was heard since the last call, whole messages, in order."""
        with contextlib.suppress(BlockingIOError):
            while self._bell.recv(QUEUE_LIMIT):
                pass
        return [self._heard.popleft() for _ in range(len(self._heard))]

    def there(self) -> bool:
        """Whether the instrument is still plugged in; the system itself tells nobody."""
        return self._name in self._midi.get_ports()

    def close(self) -> None:
        """Stop listening."""
        self._midi.close_port()
        self._bell.close()
        self._ring.close()

    def _take(self, event: tuple[list[int], float], _: object = None) -> None:
        at = self._now()
        if len(self._heard) == QUEUE_LIMIT:
            self.lost += 1
        self._heard.append((at, bytes(event[0])))
        # A full pipe is a bell that rings already; a closed one is a show that is over.
        with contextlib.suppress(OSError):
            self._ring.send(b"\0")
