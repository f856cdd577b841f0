"""The MIDI inputs that the gateway listens to, found again when a cable was put back.

The instrument that is followed is never among them: a note of the music must not fire a cue.
"""

import re
from collections.abc import Callable

from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import Driver, MidiIn, choose
from collavoce.units import Instant

LOOK_S = 2.0
NO_MIDI_S = 30.0
"""A machine without MIDI is asked again this often: asking writes into its log."""

_NUMBERS = re.compile(r" \d+:\d+$")
"""What ALSA puts behind a port's name, another at every plugging in."""


def lasting(port: str) -> str:
    """The name of an input as it stays."""
    return _NUMBERS.sub("", port)


class Cables:
    """Inputs by their lasting names. followed: the instrument's, "" for none."""

    def __init__(
        self, followed: str, midi: Callable[[], Driver], now: Callable[[], Instant]
    ) -> None:
        self.trouble = ""
        """why nothing can be heard at all, in words; "" while it can, or nobody wants to"""
        self._followed = followed
        self._midi = midi
        self._now = now
        self._list: Driver | None = None
        self._open: dict[str, MidiIn] = {}
        self._next_look = float("-inf")

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs that are heard."""
        return tuple(self._open)

    def filenos(self) -> dict[int, str]:
        """For `select`: what rings, and which input it is."""
        return {one.fileno(): port for port, one in self._open.items()}

    def look(self, now: float, *, wanted: bool) -> None:
        """Open what is there, close what is gone; all of it when nothing is `wanted`."""
        if not wanted:
            self.close()
            self._next_look = float("-inf")
            return
        if now < self._next_look:
            return
        self._next_look = now + LOOK_S
        there = self._there(now)
        for port in set(self._open) - set(there):
            self._open.pop(port).close()
        for port in set(there) - set(self._open):
            try:
                self._open[port] = MidiIn(there[port], self._now, self._midi())
            except RigError as error:
                self.trouble = str(error)

    def drain(self, port: str) -> list[bytes]:
        """What the input called `port` heard since."""
        one = self._open.get(port)
        return [] if one is None else [message for _, message in one.drain()]

    def close(self) -> None:
        """Hear nothing more."""
        for one in self._open.values():
            one.close()
        self._open.clear()

    def _there(self, now: float) -> dict[str, str]:
        """The inputs there are but the followed one: lasting name -> name now."""
        try:
            self._list = self._list or self._midi()
            ports = self._list.get_ports()
            taken = ports[choose(self._followed, ports)] if self._followed else ""
        except RigError as error:
            # Also a followed instrument whose name fits none or several: any might be it.
            self.trouble = str(error)
            if self._list is None:
                self._next_look = now + NO_MIDI_S
            return {}
        self.trouble = ""
        return {lasting(port): port for port in ports if port != taken}
