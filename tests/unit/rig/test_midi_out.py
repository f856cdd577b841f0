"""MIDI outputs: what is sent, and what is said where there is none."""

import sys
from collections.abc import Sequence

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.midi_out import AGAIN_S, MidiOut, system
from collavoce.units import Instant


class Synth:
    """A MIDI system whose ports can be pulled out."""

    def __init__(self, *ports: str) -> None:
        self.ports = list(ports)
        self.opened: list[int] = []
        self.sent: list[bytes] = []
        self.pulled = False
        self.looks = 0

    def __call__(self) -> "Synth":
        self.looks += 1
        return self

    def get_ports(self) -> list[str]:
        return self.ports

    def open_port(self, port: int) -> None:
        self.opened.append(port)

    def send_message(self, message: Sequence[int]) -> None:
        if self.pulled:
            raise RuntimeError("no such device")
        self.sent.append(bytes(message))

    def close_port(self) -> None:
        self.opened.clear()


def at(seconds: float) -> Instant:
    return Instant(seconds)


def test_messages_go_to_the_port_whose_name_is_meant() -> None:
    synth = Synth("Midi Through", "Nord Stage 3 MIDI 1")
    out = MidiOut({"keys": "nord stage"}, synth)
    out.look(at(0.0))
    assert out.send("keys", [b"\x90\x3c\x40", b"\x80\x3c\x40"], at(1.0)).datagrams == 2
    assert synth.opened == [1]
    assert synth.sent == [b"\x90\x3c\x40", b"\x80\x3c\x40"]


def test_a_port_that_is_not_there_is_named_with_those_that_are_and_looked_for_again() -> None:
    synth = Synth("Midi Through")
    out = MidiOut({"keys": "Nord"}, synth)
    first = out.send("keys", [b"\xc0\x01"], at(0.0))
    assert (first.datagrams, synth.looks) == (0, 1)
    assert "'Nord'; there are: Midi Through" in first.problem
    out.send("keys", [b"\xc0\x01"], at(AGAIN_S / 2))
    assert synth.looks == 1
    synth.ports.append("Nord Stage")
    assert out.send("keys", [b"\xc0\x01"], at(AGAIN_S)).problem == ""


def test_a_port_that_was_pulled_out_is_a_fault_and_comes_back() -> None:
    synth = Synth("Nord")
    out = MidiOut({"keys": "Nord"}, synth)
    out.look(at(0.0))
    synth.pulled = True
    assert "plug it in again" in out.send("keys", [b"\xc0\x01"], at(5.0)).problem
    synth.pulled = False
    assert out.send("keys", [b"\xc0\x01"], at(5.0 + AGAIN_S)).datagrams == 1


def test_two_ports_that_fit_are_not_guessed_between() -> None:
    out = MidiOut({"keys": "Nord"}, Synth("Nord 1", "Nord 2"))
    assert "fits several" in out.send("keys", [b"\xc0\x01"], at(0.0)).problem


def test_a_destination_that_nobody_patched_is_said() -> None:
    assert "keys" in MidiOut({}, Synth()).send("keys", [], at(0.0)).problem


def test_without_the_library_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(RigError, match="pip install"):
        system()


@pytest.mark.parametrize("format_", [0x20, 0x2F, 0x60, 0x6F])
def test_machinery_and_fire_never_reach_a_wire(format_: int) -> None:
    synth = Synth("Show")
    out = MidiOut({"show": "Show"}, synth)
    go = bytes((0xF0, 0x7F, 0x7F, 0x02, format_, 0x01, 0x31, 0xF7))
    sent = out.send("show", [b"\xc0\x01", go], at(0.0))
    assert (sent.datagrams, synth.sent) == (0, [])
    assert "certified" in sent.problem


def test_show_control_for_lights_does() -> None:
    synth = Synth("Show")
    go = bytes((0xF0, 0x7F, 0x7F, 0x02, 0x01, 0x01, 0x31, 0xF7))
    assert MidiOut({"show": "Show"}, synth).send("show", [go], at(0.0)).datagrams == 1


def test_a_port_that_the_system_no_longer_lists_is_said_to_be_gone_before_anything_is_sent() -> (
    None
):
    synth = Synth("Nord")
    out = MidiOut({"keys": "Nord", "lamp": "Lamp"}, synth)
    out.look(at(0.0))
    assert out.there() == {"keys": True, "lamp": False}
    synth.ports.clear()
    out.look(at(AGAIN_S))
    assert out.there() == {"keys": False, "lamp": False}
    assert "plug it in again" in out.send("keys", [b"\xc0\x01"], at(AGAIN_S)).problem
    synth.ports += ["Nord", "Lamp"]
    out.look(at(3 * AGAIN_S))
    assert out.there() == {"keys": True, "lamp": True}
