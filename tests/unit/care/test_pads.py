"""Pads and pedals over inputs that exist only here: learning, bounce, a cable, the instrument."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from collavoce.care.ladder import Moment
from collavoce.care.states.buttons import Pad
from collavoce.rig.errors import RigError
from collavoce.runtime.care.buttons import pads
from collavoce.runtime.care.buttons.pads import DEBOUNCE_S, Pads, Touched, port_name, pressed

Callback = Callable[[tuple[list[int], float], Any], None]

PEDAL, PIANO = "Pedal Board:MIDI 1 20:0", "Grand:MIDI 1 24:0"
NOTE = b"\x90\x24\x40"
UP = b"\x80\x24\x00"


@dataclass
class Rack:
    """The machine's inputs, and who listens to them."""

    ports: list[str] = field(default_factory=lambda: [PEDAL, PIANO])
    listeners: dict[str, list[Callback]] = field(default_factory=dict[str, list[Callback]])
    broken: str = ""

    def driver(self) -> "Socket":
        if self.broken:
            raise RigError(self.broken)
        return Socket(self)

    def play(self, port: str, *messages: bytes) -> None:
        for message in messages:
            for listener in self.listeners.get(port, []):
                listener((list(message), 0.0), None)


@dataclass
class Socket:
    rack: Rack
    port: str = ""

    def get_ports(self) -> list[str]:
        return list(self.rack.ports)

    def set_callback(self, func: Callback) -> None:
        self.func = func

    def open_port(self, port: int) -> None:
        self.port = self.rack.ports[port]
        self.rack.listeners.setdefault(self.port, []).append(self.func)

    def close_port(self) -> None:
        if self.port:
            self.rack.listeners[self.port].remove(self.func)


@dataclass
class Corner:
    """A rack, the pads people have there, and what they pressed."""

    rack: Rack = field(default_factory=Rack)
    pads: dict[str, Pad] = field(default_factory=dict[str, Pad])
    now: float = 100.0
    heard: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    followed: str = "Grand"

    def open(self) -> Pads:
        return Pads(
            lambda: self.pads,
            lambda button, at: self.heard.append((button, at)),
            lambda: Moment(self.now),
            self.followed,
            self.rack.driver,
        )

    async def plays(self, port: str, *messages: bytes, after: float = 1.0) -> None:
        """Each message `after` seconds after the one before."""
        for message in messages:
            self.now += after
            self.rack.play(port, message)
            await asyncio.sleep(0)
            await asyncio.sleep(0)


def with_pedal() -> Corner:
    return Corner(pads={"pad": Pad("pianist", port_name(PEDAL), 0x90, 0x24)})


def test_a_note_of_the_pad_presses_with_the_moment_at_which_it_was_struck() -> None:
    async def evening() -> None:
        corner = with_pedal()
        there = corner.open()
        there.refresh()
        await corner.plays(PEDAL, NOTE, UP, b"\x90\x25\x40", b"\x91\x24\x40", b"\xf8")
        assert corner.heard == [("pad", 101.0)]
        there.close()
        assert corner.rack.listeners[PEDAL] == []

    asyncio.run(evening())


def test_what_bounces_presses_once_and_pressing_again_presses_again() -> None:
    async def evening() -> None:
        corner = with_pedal()
        there = corner.open()
        there.refresh()
        await corner.plays(PEDAL, NOTE, UP, NOTE, UP, NOTE, after=DEBOUNCE_S / 5)
        assert len(corner.heard) == 1
        await corner.plays(PEDAL, UP, NOTE, after=DEBOUNCE_S)
        assert len(corner.heard) == 2
        await corner.plays(PEDAL, NOTE, after=9.0)
        assert len(corner.heard) == 2, "it was not let go"
        there.close()

    asyncio.run(evening())


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (b"\x90\x24\x01", (0x90, 0x24, True)),
        (b"\x90\x24\x00", (0x90, 0x24, False)),
        (b"\x85\x24\x40", (0x95, 0x24, False)),
        (b"\xb0\x40\x7f", (0xB0, 0x40, True)),
        (b"\xb0\x40\x40", (0xB0, 0x40, True)),
        (b"\xb0\x40\x30", (0xB0, 0x40, None)),
        (b"\xb0\x40\x1f", (0xB0, 0x40, False)),
        (b"\xe0\x00\x40", None),
        (b"\xc0\x05", None),
        (b"\xfe", None),
        (b"\xf0\x7e\xf7", None),
        (b"", None),
    ],
)
def test_what_a_button_can_say(message: bytes, found: tuple[int, int, bool | None] | None) -> None:
    assert pressed(message) == found


def test_a_trembling_pedal_presses_once() -> None:
    async def evening() -> None:
        corner = Corner(pads={"pad": Pad("pianist", port_name(PEDAL), 0xB0, 0x40)})
        there = corner.open()
        there.refresh()
        values = (70, 60, 66, 40, 90, 10, 80)
        await corner.plays(PEDAL, *(bytes((0xB0, 0x40, value)) for value in values))
        assert len(corner.heard) == 2, "only below 32 it is up"
        there.close()

    asyncio.run(evening())


def test_the_next_thing_pressed_is_learnt_whatever_else_is_a_button_already() -> None:
    async def evening() -> None:
        corner = with_pedal()
        there = corner.open()
        learning = asyncio.create_task(there.learn())
        await asyncio.sleep(0)
        assert there.learning
        await corner.plays(PEDAL, NOTE, UP, b"\xb0\x40\x7f")
        assert await learning == Touched(port_name(PEDAL), 0xB0, 0x40)
        assert corner.heard == [("pad", 101.0)], "what is a button presses, and is not learnt"
        assert not there.learning
        there.close()

    asyncio.run(evening())


def test_nothing_pressed_in_time_is_nothing_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    async def evening() -> None:
        corner = Corner()
        there = corner.open()
        assert await there.learn() is None
        assert corner.rack.listeners[PEDAL] == [], "what was opened to learn is closed"

    monkeypatch.setattr(pads, "LEARN_S", 0.01)
    asyncio.run(evening())


def test_the_instrument_that_is_followed_never_presses() -> None:
    async def evening() -> None:
        corner = Corner(pads={"pad": Pad("pianist", port_name(PIANO), 0x90, 0x24)})
        there = corner.open()
        there.refresh()
        learning = asyncio.create_task(there.learn())
        await asyncio.sleep(0)
        assert PIANO not in corner.rack.listeners
        await corner.plays(PIANO, NOTE, UP)
        await corner.plays(PEDAL, NOTE)
        assert (await learning) == Touched(port_name(PEDAL), 0x90, 0x24)
        assert corner.heard == []
        there.close()

    asyncio.run(evening())


def test_while_it_is_not_known_which_input_is_followed_none_is_opened() -> None:
    async def evening() -> None:
        corner = with_pedal()
        corner.followed = "Organ"
        there = corner.open()
        there.refresh()
        assert not corner.rack.listeners
        assert "Organ" in there.trouble

    asyncio.run(evening())


def test_a_cable_pulled_out_is_noticed_and_put_back_is_heard_again() -> None:
    async def evening() -> None:
        corner = with_pedal()
        there = corner.open()
        there.refresh()
        assert there.hears(port_name(PEDAL))
        corner.rack.ports = [PIANO]
        there.refresh()
        assert not there.hears(port_name(PEDAL))
        again = PEDAL.replace("20:0", "28:0")
        corner.rack.ports = [PIANO, again]
        there.refresh()
        await corner.plays(again, NOTE)
        assert corner.heard == [("pad", 101.0)]
        there.close()

    asyncio.run(evening())


def test_a_machine_without_midi_says_why_and_goes_on() -> None:
    async def evening() -> None:
        corner = with_pedal()
        corner.rack.broken = "no sequencer; load snd-seq"
        there = corner.open()
        there.refresh()
        assert there.trouble == "no sequencer; load snd-seq"
        assert not there.hears(port_name(PEDAL))
        assert await there.learn() is None

    asyncio.run(evening())


def test_without_any_pad_nothing_is_opened_or_asked() -> None:
    async def evening() -> None:
        corner = Corner()
        corner.rack.broken = "never asked"
        there = corner.open()
        there.refresh()
        assert there.trouble == ""

    asyncio.run(evening())
