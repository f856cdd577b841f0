"""MIDI outputs: ports of this computer that cues are sent to, by the names the patch gives them.

A port that is not there is no reason not to open the house: it is a fault of each sending until
somebody plugs it in, and it is looked for again then.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Sent
from collavoce.units import Instant
from collavoce.wire.midi.show_control import may_hurt
from collavoce.words import say

AGAIN_S = 2.0
"""Between two looks for a port that was not there: asking the system costs milliseconds."""


class Driver(Protocol):
    """The part of `rtmidi.MidiOut` that is used."""

    def get_ports(self) -> list[str]:
        """The names of the outputs there are."""
        ...

    def open_port(self, port: int) -> object:
        """Speak to the output numbered `port`."""
        ...

    def send_message(self, message: Sequence[int]) -> None:
        """Send one whole message."""
        ...

    def close_port(self) -> None:
        """Let go."""
        ...


class System(Protocol):
    """Where drivers come from."""

    def __call__(self) -> Driver:
        """A driver of its own for one port; raises RigError where there is no MIDI."""
        ...


def system() -> Driver:
    """The system's MIDI; raises RigError where there is none."""
    try:
        rtmidi = import_module("rtmidi")
    except ImportError as error:
        raise RigError(say("rig.midi_in.no_library")) from error
    try:
        return rtmidi.MidiOut()
    except rtmidi.RtMidiError as error:
        raise RigError(say("rig.midi_out.no_system", fault=str(error).rstrip("."))) from error


class MidiOut:
    """The MIDI destinations of a patch.

    ports : name in the patch -> port of this computer, or a part of its name.
    """

    def __init__(self, ports: Mapping[str, str], driver: System = system) -> None:
        self._ports = dict(ports)
        self._driver = driver
        self._open: dict[str, Driver] = {}
        self._chosen: dict[str, str] = {}
        self._faults: dict[str, RigError] = {}
        self._next_look: dict[str, Instant] = {}

    def look(self, now: Instant) -> None:
        """Open what can be opened, let go of what is gone; before the show, in quiet moments."""
        for name in self._ports:
            if name not in self._open:
                self._find(name, now)
            elif now >= self._next_look.get(name, now):
                self._check(name, now)

    def there(self) -> dict[str, bool]:
        """Destination -> whether its port was there when it was last looked for."""
        return {name: name in self._open for name in self._ports}

    def missing(self) -> list[str]:
        """What is wrong with each destination that cannot be had now, in words."""
        self.look(Instant(0.0))
        return [str(self._faults[name]) for name in self._ports if name not in self._open]

    def send(self, to: str, messages: Sequence[bytes], now: Instant) -> Sent:
        """Send `messages` to the destination `to`; what cannot be sent is a fault."""
        if to not in self._ports:
            known = ", ".join(self._ports) or say("rig.patch.none_known")
            return Sent(0, (RigError(say("rig.patch.no_destination", to=to, known=known)),))
        if any(may_hurt(message) for message in messages):
            # The reader refuses them; this is the last door before the wire.
            return Sent(0, (RigError(say("rig.msc.hazardous")),))
        port = self._open.get(to) or self._find(to, now)
        if port is None:
            return Sent(0, (self._faults[to],))
        sent = 0
        try:
            for message in messages:
                port.send_message(message)
                sent += 1
        except (OSError, ValueError, RuntimeError) as error:
            return Sent(sent, (self._lose(to, str(error), now),))
        return Sent(sent)

    def close(self) -> None:
        """Let go of every port."""
        for port in self._open.values():
            port.close_port()
        self._open.clear()

    def _check(self, name: str, now: Instant) -> None:
        """A system may take messages for a port that was pulled out, and say nothing."""
        self._next_look[name] = Instant(now + AGAIN_S)
        try:
            there = self._chosen[name] in self._open[name].get_ports()
        except (OSError, ValueError, RuntimeError):
            there = False
        if not there:
            self._lose(name, say("rig.midi_out.not_listed"), now)

    def _lose(self, name: str, why: str, now: Instant) -> RigError:
        self._open.pop(name).close_port()
        fault = RigError(say("rig.midi_out.lost", port=self._ports[name], fault=why))
        self._faults[name] = fault
        self._next_look[name] = Instant(now + AGAIN_S)
        return fault

    def _find(self, name: str, now: Instant) -> Driver | None:
        """The port of `name`, if it can be had; not more often than every `AGAIN_S`."""
        if now < self._next_look.get(name, now):
            return None
        self._next_look[name] = Instant(now + AGAIN_S)
        try:
            port = self._driver()
            ports = port.get_ports()
            chosen = _choose(self._ports[name], ports)
            port.open_port(chosen)
        except RigError as error:
            self._faults[name] = error
            return None
        except (OSError, ValueError, RuntimeError) as error:
            words = say("rig.midi_out.cannot_open", port=self._ports[name], fault=error)
            self._faults[name] = RigError(words)
            return None
        self._open[name], self._chosen[name] = port, ports[chosen]
        return port


def _choose(port: str, ports: Sequence[str]) -> int:
    """The number of the output called `port`, or of the only one whose name holds it."""
    if port in ports:
        return ports.index(port)
    fitting = [number for number, name in enumerate(ports) if port.lower() in name.lower()]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(ports) or say("rig.patch.none_known")
    key = "ambiguous" if fitting else "unknown_port"
    raise RigError(say(f"rig.midi_out.{key}", port=port, ports=known))
