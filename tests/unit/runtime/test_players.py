"""Whoever plays says when to listen next, so that nobody has to look again and again."""

from typing import Any

from collavoce.rig.midi_in import MidiIn
from collavoce.rig.performer import Performer
from collavoce.runtime.clock import LiveClock
from collavoce.runtime.players import RETRY, LivePort, Recorded, nobody
from collavoce.units import Instant, Seconds

FIRST, SECOND = bytes((0x90, 60, 70)), bytes((0x90, 62, 70))


def recorded() -> Recorded:
    notes = [(Seconds(0.0), FIRST), (Seconds(0.5), SECOND)]
    return Recorded(Performer(notes, start=Instant(10.0)))


def test_a_recording_is_to_be_asked_at_its_next_note() -> None:
    player = recorded()
    assert player.next_at == 10.0
    assert player.due(Instant(10.0)) == [(10.0, FIRST)]
    assert player.next_at == 10.5


def test_a_recording_that_is_over_is_not_to_be_asked_again() -> None:
    player = recorded()
    assert [message for _, message in player.due(Instant(11.0))] == [FIRST, SECOND]
    assert player.next_at is None


def test_nobody_plays_nothing_and_rings_no_bell() -> None:
    player = nobody()
    assert player.due(Instant(1000.0)) == []
    assert player.next_at is None
    assert player.bell is None


class Keyboard:
    """A MIDI system whose one cable can be pulled and put back."""

    def __init__(self) -> None:
        self.plugged = True
        self.opened = 0
        self.press: Any = None

    def get_ports(self) -> list[str]:
        return ["Keyboard 20:0"] if self.plugged else []

    def open_port(self, port: int) -> None:
        assert port == 0
        self.opened += 1

    def set_callback(self, func: Any) -> None:
        self.press = func

    def close_port(self) -> None:
        self.press = None


def live(keyboard: Keyboard) -> LivePort:
    clock = LiveClock.start()
    return LivePort("keyboard", clock, lambda name, now: MidiIn(name, now, keyboard))


def test_a_keyboard_that_is_unplugged_and_plugged_in_again_is_heard_again() -> None:
    keyboard = Keyboard()
    port = live(keyboard)
    assert port.due(Instant(0.0)) == []
    keyboard.press(([0x90, 60, 70], 0.0), None)
    assert [message for _, message in port.due(Instant(1.0))] == [FIRST]
    keyboard.plugged = False
    assert port.due(Instant(1.0 + RETRY)) == []
    assert port.bell is None
    assert port.due(Instant(1.0 + 2 * RETRY)) == []
    keyboard.plugged = True
    assert port.next_at == 1.0 + 3 * RETRY
    assert port.due(Instant(1.0 + 3 * RETRY)) == []
    assert keyboard.opened == 2
    keyboard.press(([0x90, 62, 70], 0.0), None)
    assert [message for _, message in port.due(Instant(7.5))] == [SECOND]


def test_a_keyboard_that_is_only_silent_is_not_opened_anew() -> None:
    keyboard = Keyboard()
    port = live(keyboard)
    for second in range(60):
        assert port.due(Instant(float(second))) == []
    assert keyboard.opened == 1
