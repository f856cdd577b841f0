"""Bytes of MIDI messages, Show Control and Machine Control, as their documents print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.wire.midi import machine_control, message, show_control
from collavoce.wire.midi.message import MessageError
from collavoce.wire.midi.show_control import EVERYBODY, FORMATS, WITH_CUE, ShowCommand, ShowControl

NUMBERS = st.lists(st.integers(0, 999), min_size=1, max_size=3).map(
    lambda parts: ".".join(map(str, parts))
)


def test_channel_messages_carry_channel_and_values() -> None:
    assert message.note_on(1, 60, 100) == bytes.fromhex("90 3c 64")
    assert message.note_off(16, 60) == bytes.fromhex("8f 3c 40")
    assert message.control(2, 7, 127) == bytes.fromhex("b1 07 7f")
    assert message.program(10, 5) == bytes.fromhex("c9 05")


@pytest.mark.parametrize("channel", [0, 17, -1])
def test_a_channel_that_does_not_exist_is_refused(channel: int) -> None:
    with pytest.raises(MessageError, match=r"1\.\.16"):
        message.program(channel, 0)


@pytest.mark.parametrize("value", [-1, 128])
def test_a_value_that_does_not_fit_is_named(value: int) -> None:
    with pytest.raises(MessageError, match=f"controller {value}"):
        message.control(1, value, 0)


def test_sysex_is_framed_once() -> None:
    assert message.sysex(bytes.fromhex("f0 7d 01 f7")) == message.sysex(bytes.fromhex("7d 01"))
    with pytest.raises(MessageError, match=r"80 .* \(byte 1\)"):
        message.sysex(bytes.fromhex("7d 80"))
    with pytest.raises(MessageError, match="0 bytes"):
        message.sysex(b"\xf0\xf7")


def test_go_of_a_cue_in_a_list_is_as_the_recommended_practice_prints_it() -> None:
    go = ShowControl(ShowCommand.GO, FORMATS["lighting"], device=1, cue="235.6", cue_list="36.6")
    assert show_control.encode(go) == bytes.fromhex(
        "f0 7f 01 02 01 01 32 33 35 2e 36 00 33 36 2e 36 f7"
    )
    assert show_control.encode(ShowControl(ShowCommand.ALL_OFF, 0x7F)).hex(" ") == (
        "f0 7f 7f 02 7f 08 f7"
    )


@given(
    st.sampled_from(sorted(WITH_CUE)),
    st.sampled_from(sorted(FORMATS.values())),
    st.integers(0, EVERYBODY),
    st.lists(NUMBERS, max_size=3),
)
def test_what_is_written_is_read(
    command: ShowCommand, form: int, device: int, names: list[str]
) -> None:
    cue, cue_list, cue_path = [*names, "", "", ""][:3]
    said = ShowControl(command, form, device, cue, cue_list, cue_path)
    assert show_control.decode(show_control.encode(said)) == said


PARTS = st.lists(st.sampled_from([b"1", b"2.5", b"", b"\0", b"x", b"."]), max_size=6)


@given(st.integers(0, 127), st.sampled_from([0x01, 0x10, 0x7F]), st.integers(0, 127), PARTS)
def test_what_is_read_from_any_bytes_can_be_said_again(
    device: int, form: int, command: int, parts: list[bytes]
) -> None:
    noise = bytes((0xF0, 0x7F, device, 0x02, form, command)) + b"".join(parts) + b"\xf7"
    read = show_control.decode(noise)
    assert read is None or show_control.decode(show_control.encode(read)) == read


@given(st.binary(max_size=40))
def test_bytes_that_are_no_show_control_are_nothing(noise: bytes) -> None:
    assert noise.startswith(b"\xf0\x7f") or show_control.decode(noise) is None


def test_a_list_without_a_cue_and_a_last_zero() -> None:
    assert show_control.decode(bytes.fromhex("f0 7f 01 02 01 01 00 35 f7")) is None
    read = show_control.decode(bytes.fromhex("f0 7f 01 02 01 01 31 00 f7"))
    assert read == ShowControl(ShowCommand.GO, 0x01, 1, "1")


@pytest.mark.parametrize("form", [0x20, 0x21, 0x2F, 0x60, 0x63, 0x6F])
def test_machinery_and_fire_have_no_wire(form: int) -> None:
    with pytest.raises(MessageError, match="certified"):
        show_control.encode(ShowControl(ShowCommand.GO, form, cue="1"))
    assert show_control.decode(bytes((0xF0, 0x7F, 1, 2, form, 1, 0x31, 0xF7))) is None


def test_a_command_for_everything_takes_no_cue() -> None:
    with pytest.raises(MessageError, match="RESET takes no cue"):
        show_control.encode(ShowControl(ShowCommand.RESET, 0x01, cue="1"))
    with pytest.raises(MessageError, match="digits"):
        show_control.encode(ShowControl(ShowCommand.GO, 0x01, cue="24-ON"))


def test_machine_control_is_as_its_document_prints_it() -> None:
    assert machine_control.command("play").hex(" ") == "f0 7f 7f 06 02 f7"
    assert machine_control.command("pause", device=3).hex(" ") == "f0 7f 03 06 09 f7"
    # Hours carry the frame rate in their upper bits: 60 hex for 30 frames a second.
    assert machine_control.locate(1, 2, 3.5).hex(" ") == "f0 7f 7f 06 44 06 01 61 02 03 0f 00 f7"
    with pytest.raises(MessageError, match="is no time of day"):
        machine_control.locate(24, 0, 0)
    with pytest.raises(MessageError, match="choose one of: stop"):
        machine_control.command("eject")
