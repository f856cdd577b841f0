"""What this computer lacks of what a show asks for is said before an audience hears it missing."""

from dataclasses import replace

from tests.unit.rig.sound.test_sound import FakeCards
from tests.unit.rig.test_midi_out import Synth
from tests.unit.runtime.small_show import SHOW

from collavoce.cli.rig_check import rig_findings
from collavoce.rig.errors import RigError
from collavoce.rig.sound.card import Cards
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Department, Show
from collavoce.show.triggers import ByHand


def wanting(**patch: dict[str, str]) -> Show:
    actions = (SendMidi("lamps", (b"\xc0\x01",), "program 1"), PlaySound("rain.wav", "house"))
    cue = Cue("9", "both", Department.SND, ByHand(), actions)
    number = replace(SHOW.numbers[0], cues=(*SHOW.numbers[0].cues, cue))
    return replace(SHOW, numbers=(number,), patch=replace(SHOW.patch, **patch))


def found(show: Show, midi: Synth, cards: Cards) -> list[str]:
    return [finding.what for finding in rig_findings(show, midi, lambda: cards)]


FULL = wanting(midi={"lamps": "Interface"}, sound={"house": "House"})


def test_a_computer_that_has_everything_is_fine() -> None:
    assert found(FULL, Synth("Interface 1"), FakeCards(["House L/R"])) == []


def test_missing_ports_and_cards_are_named() -> None:
    midi, sound = found(FULL, Synth("Other"), FakeCards(["Laptop"]))
    assert "'Interface'" in midi
    assert "'House' of house" in sound


def test_no_card_at_all_is_said_once() -> None:
    assert len(found(FULL, Synth("Interface"), FakeCards([]))) == 1


def test_a_missing_library_is_a_warning_and_no_crash() -> None:
    def none() -> Cards:
        raise RigError("sound needs miniaudio")

    (finding,) = rig_findings(FULL, Synth("Interface"), none)
    assert not finding.blocking
    assert "miniaudio" in finding.what


def test_a_show_without_midi_and_sound_looks_for_neither() -> None:
    synth = Synth()
    assert found(SHOW, synth, FakeCards([])) == []
    assert synth.looks == 0
