"""Pads, keys and pedals of MIDI that press.

The system's own thread puts what it hears into a queue (`rig/midi_in.py`) and rings; everything
else is done here, in care's loop. Inputs are looked for every `LOOK_S`, so that a cable pulled out
is noticed and one put back is heard again. The instrument that is followed is never opened: a
note of the music must not press.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collavoce.care.ladder import Moment
from collavoce.care.states.buttons import Pad
from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import Driver, MidiIn, choose, driver
from collavoce.units import Instant

LOOK_S = 2.0
LEARN_S = 20.0
DEBOUNCE_S = 0.3
"""A contact that bounces, or a pad that is struck twice in this time, presses once."""

PRESSED_FROM, LET_GO_BELOW = 64, 32
"""Values of a controller. A pedal that trembles between the two stays what it was."""

NOTE_OFF, NOTE_ON, CONTROL = 0x80, 0x90, 0xB0

_NUMBERS = re.compile(r" \d+:\d+$")
"""What ALSA puts behind a port's name, another at every plugging in."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Something on a MIDI input was pressed."""

    port: str
    status: int
    number: int


def port_name(port: str) -> str:
    """The name of an input as it stays."""
    return _NUMBERS.sub("", port)


def pressed(message: bytes) -> tuple[int, int, bool | None] | None:
    """(status, number, whether down; None in between), None for what no button says."""
    if len(message) != 3 or message[0] & 0xF0 not in (NOTE_OFF, NOTE_ON, CONTROL):  # noqa: PLR2004  channel messages with two data bytes
        return None
    status, number, value = message
    if status & 0xF0 != CONTROL:
        down = status & 0xF0 == NOTE_ON and value > 0
        return NOTE_ON | status & 0x0F, number, down
    if value >= PRESSED_FROM:
        return status, number, True
    return status, number, False if value < LET_GO_BELOW else None


class Pads:
    """The MIDI inputs on which somebody may press.

    pads : id -> Pad, as they are now. press : (id, when); learnt from the input's own clock `now`.
    followed : the input of the instrument that is followed, "" for none. midi : one driver each.
    """

    def __init__(
        self,
        pads: Callable[[], Mapping[str, Pad]],
        press: Callable[[str, Moment], None],
        now: Callable[[], Moment],
        followed: str,
        midi: Callable[[], Driver] = driver,
    ) -> None:
        self.trouble = ""
        """why nothing can be heard at all, in words; "" while it can"""
        self._pads = pads
        self._press = press
        self._now = now
        self._followed = followed
        self._midi = midi
        self._list: Driver | None = None
        self._open: dict[str, MidiIn] = {}
        self._down: set[Touched] = set()
        self._pressed_at: dict[Touched, Moment] = {}
        self._learning: asyncio.Future[Touched] | None = None

    @property
    def learning(self) -> bool:
        """Whether somebody is choosing a button."""
        return self._learning is not None

    def hears(self, port: str) -> bool:
        """Whether the input called `port` is open."""
        return port in self._open

    async def look(self) -> None:
        """Look after the inputs for ever."""
        while True:
            self.refresh()
            await asyncio.sleep(LOOK_S)

    async def learn(self) -> Touched | None:
        """What is pressed first on any free input; None if nothing was, or nothing is free.

        One at a time: `learning` is asked before.
        """
        assert self._learning is None, "somebody is learning"
        self._learning = asyncio.get_running_loop().create_future()
        try:
            self.refresh()
            if not self._open:
                return None
            async with asyncio.timeout(LEARN_S):
                return await self._learning
        except TimeoutError:
            return None
        finally:
            self._learning = None
            self.refresh()

    def refresh(self) -> None:
        """Open the inputs that are wanted and there, close those that are not."""
        wanted = {pad.port for pad in self._pads().values()}
        if not wanted and not self.learning:
            there: dict[str, str] = {}
        else:
            there = self._free()
        keep = set(there) if self.learning else wanted & set(there)
        for port in set(self._open) - keep:
            self._shut(port)
        for port in keep - set(self._open):
            self._listen(port, there[port])

    def close(self) -> None:
        """Hear nothing more."""
        for port in tuple(self._open):
            self._shut(port)

    def _free(self) -> dict[str, str]:
        """The inputs there are but the followed one: lasting name -> name now."""
        try:
            self._list = self._list or self._midi()
            ports = self._list.get_ports()
            taken = ports[choose(self._followed, ports)] if self._followed else ""
        except RigError as error:
            # Also a followed instrument whose name fits none or several: any might be it.
            self.trouble = str(error)
            return {}
        self.trouble = ""
        return {port_name(port): port for port in ports if port != taken}

    def _listen(self, port: str, name: str) -> None:
        try:
            heard = MidiIn(name, lambda: Instant(self._now()), self._midi())
        except RigError as error:
            self.trouble = str(error)
            return
        self._open[port] = heard
        asyncio.get_running_loop().add_reader(heard.fileno(), self._drain, port)

    def _shut(self, port: str) -> None:
        heard = self._open.pop(port)
        asyncio.get_running_loop().remove_reader(heard.fileno())
        heard.close()

    def _drain(self, port: str) -> None:
        for at, message in self._open[port].drain():
            found = pressed(message)
            if found is not None:
                status, number, down = found
                self._touch(Touched(port, status, number), Moment(at), down=down)

    def _touch(self, what: Touched, at: Moment, *, down: bool | None) -> None:
        if down is not True:
            if down is False:
                self._down.discard(what)
            return
        again = what in self._down
        self._down.add(what)
        before = self._pressed_at.get(what)
        if again or (before is not None and at - before < DEBOUNCE_S):
            return
        for button, pad in self._pads().items():
            if (pad.port, pad.status, pad.number) == (what.port, what.status, what.number):
                self._pressed_at[what] = at
                self._press(button, at)
                return
        if self._learning is not None and not self._learning.done():
            self._pressed_at[what] = at
            self._learning.set_result(what)
