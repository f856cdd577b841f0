"""A MIDI cable cut into messages. Rules: MIDI 1.0 Detailed Specification 4.2, "Data Format"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mido.parser import Parser

from collavoce.wire.midi import MidiStream
from collavoce.wire.midi.stream import SYSEX_LIMIT


def messages(*data: int) -> list[list[int]]:
    return [list(message) for message in MidiStream().feed(bytes(data))]


def test_a_note_on_is_three_bytes() -> None:
    assert messages(0x90, 60, 64) == [[0x90, 60, 64]]


def test_running_status_is_filled_in() -> None:
    assert messages(0x90, 60, 64, 62, 65, 60, 0) == [[0x90, 60, 64], [0x90, 62, 65], [0x90, 60, 0]]


def test_program_and_pressure_have_two_bytes() -> None:
    assert messages(0xC0, 5, 6, 0xD1, 7) == [[0xC0, 5], [0xC0, 6], [0xD1, 7]]


def test_a_message_cut_by_the_cable_is_finished_by_the_next_bytes() -> None:
    stream = MidiStream()
    assert stream.feed(b"\x90\x3c") == []
    assert stream.feed(b"\x40\x3e") == [b"\x90\x3c\x40"]
    assert stream.feed(b"\x41") == [b"\x90\x3e\x41"]


def test_realtime_messages_may_stand_inside_a_note() -> None:
    assert messages(0x90, 0xF8, 60, 0xFE, 64) == [[0xF8], [0xFE], [0x90, 60, 64]]


def test_realtime_messages_may_stand_inside_a_system_exclusive() -> None:
    assert messages(0xF0, 1, 0xF8, 2, 0xF7) == [[0xF8], [0xF0, 1, 2, 0xF7]]


def test_a_status_byte_ends_an_unfinished_system_exclusive_which_is_dropped() -> None:
    assert messages(0xF0, 1, 2, 0x90, 60, 64) == [[0x90, 60, 64]]


def test_a_system_message_ends_running_status() -> None:
    assert messages(0x90, 60, 64, 0xF6, 62, 64) == [[0x90, 60, 64], [0xF6]]
    assert messages(0x90, 60, 64, 0xF3, 1, 62, 64) == [[0x90, 60, 64], [0xF3, 1]]


def test_song_position_has_three_bytes() -> None:
    assert messages(0xF2, 1, 2) == [[0xF2, 1, 2]]


@pytest.mark.parametrize("status", [0xF4, 0xF5])
def test_an_undefined_system_byte_is_passed_over_with_its_data(status: int) -> None:
    assert messages(0x90, 60, 64, status, 1, 2) == [[0x90, 60, 64]]


def test_undefined_realtime_bytes_are_passed_over_and_disturb_nothing() -> None:
    assert messages(0x90, 0xF9, 60, 0xFD, 64) == [[0x90, 60, 64]]


def test_data_without_status_and_an_end_without_a_beginning_are_passed_over() -> None:
    assert messages(60, 64, 0xF7, 60, 0x80, 60, 0) == [[0x80, 60, 0]]


def test_a_system_exclusive_beyond_the_limit_is_dropped_whole() -> None:
    stream = MidiStream()
    fitting = b"\xf0" + bytes(SYSEX_LIMIT - 2) + b"\xf7"
    assert stream.feed(fitting) == [fitting]
    assert stream.feed(b"\xf0" + bytes(3 * SYSEX_LIMIT) + b"\xf7") == []
    assert stream.feed(b"\x90\x3c\x40") == [b"\x90\x3c\x40"]


@given(st.binary(max_size=200), st.integers(1, 7))
def test_where_the_cable_cuts_changes_nothing(data: bytes, size: int) -> None:
    pieces = MidiStream()
    cut = [m for at in range(0, len(data), size) for m in pieces.feed(data[at : at + size])]
    assert cut == MidiStream().feed(data)


whole = st.one_of(
    st.tuples(st.integers(0x80, 0xBF), st.integers(0, 127), st.integers(0, 127)),
    st.tuples(st.integers(0xC0, 0xDF), st.integers(0, 127)),
    st.tuples(st.sampled_from([0xF6, 0xF8, 0xFA, 0xFB, 0xFC, 0xFE, 0xFF])),
    st.lists(st.integers(0, 127), max_size=9).map(lambda body: (0xF0, *body, 0xF7)),
)


@given(st.lists(whole, max_size=30))
def test_mido_cuts_the_same_messages(sent: list[tuple[int, ...]]) -> None:
    data = [byte for message in sent for byte in message]
    parser = Parser()
    parser.feed(data)
    assert messages(*data) == [message.bytes() for message in parser]
    assert messages(*data) == [list(message) for message in sent]
