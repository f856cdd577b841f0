"""Inputs as they are written in the folder, and as they come in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mido import Message

from collavoce.show.inputs import Came, InputError, InputKind, of_midi, of_osc, read_input
from collavoce.wire.midi import machine_control
from collavoce.wire.midi.message import control, note_off, note_on, program
from collavoce.wire.midi.show_control import ShowCommand, ShowControl, encode


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("osc /go/12", of_osc("/go/12")),
        ("midi note 60 channel 1", of_midi(note_on(1, 60, 1))),
        ("midi note 60", of_midi(note_on(16, 60, 127))),
        ("midi control 64 channel 1", of_midi(control(1, 64, 127))),
        ("midi program 5 channel 2", of_midi(program(2, 5))),
        ("msc go 12", of_midi(encode(ShowControl(ShowCommand.GO, 1, cue="12")))),
        ("msc go 12.5", of_midi(encode(ShowControl(ShowCommand.GO, 1, 3, "12.5", "1")))),
        ("msc go", of_midi(encode(ShowControl(ShowCommand.GO, 0x10)))),
        ("msc go off 3", of_midi(encode(ShowControl(ShowCommand.GO_OFF, 1, cue="3")))),
        ("msc all off", of_midi(encode(ShowControl(ShowCommand.ALL_OFF, 1)))),
        ("mmc play", of_midi(machine_control.command("play", 5))),
        ("mmc record off", of_midi(machine_control.command("record off"))),
    ],
)
def test_what_is_written_fits_what_comes_in(words: str, came: Came | None) -> None:
    assert came is not None
    assert read_input(words).fits(came)
    assert read_input(came.words).fits(came), "what came in can be written down again"


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("osc /go/12", of_osc("/go/1")),
        ("osc /go", of_osc("/Go")),
        ("midi note 60 channel 1", of_midi(note_on(2, 60, 100))),
        ("midi note 60", of_midi(control(1, 60, 100))),
        ("midi program 5 channel 2", of_midi(program(2, 4))),
        ("msc go 12", of_midi(encode(ShowControl(ShowCommand.GO, 1, cue="1")))),
        ("msc go", of_midi(encode(ShowControl(ShowCommand.GO, 1, cue="1")))),
        ("msc stop 12", of_midi(encode(ShowControl(ShowCommand.GO, 1, cue="12")))),
        ("mmc play", of_midi(machine_control.command("stop"))),
    ],
)
def test_what_is_another_does_not_fit(words: str, came: Came | None) -> None:
    assert came is not None
    assert not read_input(words).fits(came)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "osc",
        "osc go",
        "osc /a b",
        "osc /go/*",
        "osc /{a,b}",
        "midi",
        "midi note",
        "midi note 128",
        "midi note -1",
        "midi note 60 channel 0",
        "midi note 60 channel 17",
        "midi note 60 on channel 1",
        "midi bend 3",
        "msc",
        "msc fire 3",
        "msc go twelve",
        "msc all off 3",
        "msc reset 1",
        "mmc",
        "mmc dance",
        "http /go",
    ],
)
def test_what_is_no_input_is_refused_with_what_would_be(words: str) -> None:
    with pytest.raises(InputError) as refused:
        read_input(words)
    assert repr(" ".join(words.split())) in str(refused.value) or words in str(refused.value)


def test_spaces_do_not_matter() -> None:
    assert read_input("  midi  note 60   channel 1 ") == read_input("midi note 60 channel 1")


def test_what_is_down_what_is_up_and_what_is_between() -> None:
    def down(message: bytes) -> bool | None:
        came = of_midi(message)
        assert came is not None
        return came.down

    assert down(note_on(1, 60, 1)) is True
    assert down(note_on(1, 60, 0)) is False
    assert down(note_off(1, 60)) is False
    assert [down(control(1, 64, v)) for v in (0, 31, 32, 63, 64, 127)] == [
        False,
        False,
        None,
        None,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xf8",
        b"\x90\x3c",
        b"\xf0\xf7",
        b"\xf0\x7f\x7f\x06\x44\x06\x01\x01\x02\x03\x04\x00\xf7",
    ],
)
def test_what_no_input_is_made_of(message: bytes) -> None:
    assert of_midi(message) is None


@given(
    st.sampled_from(["note_on", "note_off", "control_change", "program_change"]),
    st.integers(0, 15),
    st.integers(0, 127),
    st.integers(0, 127),
)
def test_a_foreign_library_means_the_same(kind: str, channel: int, key: int, value: int) -> None:
    names = {
        "note_on": ("note", "velocity"),
        "note_off": ("note", "velocity"),
        "control_change": ("control", "value"),
        "program_change": ("program", None),
    }
    number, much = names[kind]
    fields: dict[str, Any] = {number: key} | ({} if much is None else {much: value})
    came = of_midi(bytes(Message(kind, channel=channel, **fields).bytes()))
    assert came is not None
    assert (came.key, came.channel) == (str(key), channel + 1)
    assert came.kind.value == f"midi {number}"


def test_kinds_are_words_that_inputs_begin_with() -> None:
    for kind in InputKind:
        assert Came(kind, "1").words.startswith(kind.value)
