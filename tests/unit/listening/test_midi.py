"""MIDI messages as observations."""

import pytest

from collavoce.listening import NoteOff, NoteOn, observe
from collavoce.units import Instant

AT = Instant(2.5)
PLAYED = [channel for channel in range(16) if channel != 9]


@pytest.mark.parametrize("channel", PLAYED)
def test_a_key_going_down_is_a_note_on_in_every_channel_but_that_of_drums(channel: int) -> None:
    assert observe(AT, bytes((0x90 | channel, 60, 64))) == NoteOn(AT, 60, 64)


@pytest.mark.parametrize("channel", PLAYED)
def test_a_key_coming_up_is_a_note_off_in_every_channel_but_that_of_drums(channel: int) -> None:
    assert observe(AT, bytes((0x80 | channel, 60, 64))) == NoteOff(AT, 60)


def test_a_note_on_with_velocity_0_is_a_note_off() -> None:
    assert observe(AT, bytes((0x90, 60, 0))) == NoteOff(AT, 60)


@pytest.mark.parametrize(
    "message",
    [b"", b"\x90", b"\x90\x3c", b"\xb0\x40\x7f", b"\xc0\x05", b"\xe0\x00\x40", b"\xfe", b"\xf8"],
    ids=["nothing", "status", "unfinished", "pedal", "program", "bend", "sensing", "clock"],
)
def test_what_is_no_note_is_not_observed(message: bytes) -> None:
    assert observe(AT, message) is None


def test_what_sounds_on_channel_10_is_no_key() -> None:
    assert observe(AT, b"\x99\x3c\x40") is None
    assert observe(AT, b"\x89\x3c\x40") is None


@pytest.mark.parametrize("message", [b"\x90\x80\x40", b"\x90\x3c\x80", b"\x80\xff\x00"])
def test_a_data_byte_beyond_127_is_no_note(message: bytes) -> None:
    assert observe(AT, message) is None
