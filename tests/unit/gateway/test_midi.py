"""Pedals, pads and consoles: what a MIDI message presses, and what Show Control may ask."""

import pytest
from tests.unit.gateway.little_house import judge, little_book

from collavoce.runtime.gateway.book import with_allowed
from collavoce.runtime.gateway.judging import Judge
from collavoce.runtime.gateway.rulings import Refusal
from collavoce.show.asked.running import FireByInput, HaltCue, PauseCue, ResumeCue
from collavoce.show.commands import AnyCommand, Go, Hold, PointTo, Resume, Stop
from collavoce.wire.midi import machine_control
from collavoce.wire.midi.message import control, note_off, note_on, program
from collavoce.wire.midi.show_control import HAZARDOUS, ShowCommand, ShowControl, encode

PEDAL, CONSOLE = "Foot Pedal", "Console"


def press(one: Judge, port: str, *messages: bytes, every: float = 1.0) -> list[AnyCommand]:
    rulings = [one.midi(port, m, 100.0 + every * i) for i, m in enumerate(messages)]
    orders = [order for r in rulings if r is not None for order in r.orders]
    asked = [command for order in orders for command in (order.before, order.command)]
    return [command for command in asked if command is not None]


def msc(command: ShowCommand, cue: str = "", format_: int = 1) -> bytes:
    return encode(ShowControl(command, format_, 0x7F, cue))


def test_a_foot_pedal_goes_once_each_time_it_is_pressed() -> None:
    down, up = control(1, 64, 127), control(1, 64, 0)
    assert press(judge(), PEDAL, down, up, down, up) == [Go(), Go()]


def test_a_pedal_that_trembles_on_its_way_goes_once() -> None:
    values = (20, 70, 60, 90, 50, 127, 40, 66, 10)
    assert press(judge(), PEDAL, *(control(1, 64, v) for v in values)) == [Go()]


def test_the_same_controller_of_another_cable_or_channel_is_another() -> None:
    assert press(judge(), "Other", control(1, 64, 127)) == []
    assert press(judge(), PEDAL, control(2, 64, 127)) == []


def test_a_note_fires_the_cue_that_lists_it_and_its_end_does_nothing() -> None:
    on, off = note_on(1, 60, 100), note_off(1, 60)
    fired = press(judge(), PEDAL, on, off, on[:2] + b"\0")
    assert fired == [FireByInput("1", "midi note 60 channel 1 (Foot Pedal)")]


def test_a_note_that_lost_its_end_presses_again() -> None:
    assert len(press(judge(), PEDAL, note_on(1, 60, 100), note_on(1, 60, 100))) == 2


def test_a_contact_that_bounces_presses_once() -> None:
    on, off = note_on(1, 60, 100), note_off(1, 60)
    assert len(press(judge(), PEDAL, on, off, on, off, on, every=0.005)) == 1


def test_an_input_without_a_channel_hears_every_channel() -> None:
    fired = press(judge(), PEDAL, *(control(channel, 7, 100) for channel in (1, 9, 16)))
    assert [c.cue for c in fired if isinstance(c, FireByInput)] == ["2", "2", "2"]


def test_a_program_change_fires_on_its_channel() -> None:
    fired = press(judge(), PEDAL, program(1, 5), program(2, 5), program(2, 6))
    assert fired == [FireByInput("2", "midi program 5 channel 2 (Foot Pedal)")]


def test_machine_control_does_only_what_a_cue_lists() -> None:
    play, stop = machine_control.command("play"), machine_control.command("stop")
    assert press(judge(), PEDAL, play, stop) == [FireByInput("3", "mmc play (Foot Pedal)")]


def test_show_control_fires_the_cue_that_lists_it_from_any_cable() -> None:
    fired = press(judge(), CONSOLE, msc(ShowCommand.GO, "12"))
    assert fired == [FireByInput("3", "msc go 12 (Console)")]


def test_show_control_that_no_cue_lists_needs_to_be_allowed() -> None:
    ruling = judge().midi(CONSOLE, msc(ShowCommand.GO), 1.0)
    assert ruling is not None
    assert ruling.refused is Refusal.NOT_ALLOWED
    assert ruling.orders == ()


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        (msc(ShowCommand.GO), [Go()]),
        (msc(ShowCommand.GO, "7.5"), [PointTo("7.5"), Go("7.5")]),
        (msc(ShowCommand.STOP), [Hold()]),
        (msc(ShowCommand.STOP, "7"), [PauseCue("7")]),
        (msc(ShowCommand.RESUME), [Resume()]),
        (msc(ShowCommand.RESUME, "7"), [ResumeCue("7")]),
        (msc(ShowCommand.LOAD, "7"), [PointTo("7")]),
        (msc(ShowCommand.GO_OFF, "7"), [HaltCue("7")]),
        (msc(ShowCommand.ALL_OFF), [Stop()]),
        (msc(ShowCommand.LOAD), []),
        (msc(ShowCommand.RESET), []),
        (msc(ShowCommand.RESTORE), []),
    ],
)
def test_what_an_allowed_console_asks(message: bytes, wanted: list[AnyCommand]) -> None:
    one = judge(with_allowed(little_book(), "midi:Console", "msc"))
    assert press(one, CONSOLE, message) == wanted


@pytest.mark.parametrize("format_", sorted(HAZARDOUS))
def test_machinery_and_fire_are_not_read_at_all(format_: int) -> None:
    one = judge(with_allowed(little_book(), "midi:Console", "msc"))
    go = bytes((0xF0, 0x7F, 0x7F, 0x02, format_, 0x01, 0xF7))
    assert one.midi(CONSOLE, go, 1.0) is None


def test_a_cable_that_floods_is_held_back_and_another_is_not() -> None:
    one, now = judge(), 100.0
    presses = [one.midi(PEDAL, program(2, 5), now) for _ in range(500)]
    assert [r for r in presses if r is not None and r.refused is Refusal.FLOOD]
    other = one.midi("Other", program(2, 5), now)
    assert other is not None
    assert other.orders


def test_clocks_active_sensing_and_pitch_bend_press_nothing() -> None:
    one = judge()
    for message in (b"\xf8", b"\xfe", b"\xe0\x00\x40", b"\xd0\x40", b"\xf2\x01\x02", b""):
        assert one.midi(PEDAL, message, 1.0) is None
