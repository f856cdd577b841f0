"""MIDI inputs that are heard, lamps that are lit, cables that are pulled out."""

from tests.unit.gateway.midi_cables import Studio

from collavoce.runtime.gateway.book import Control
from collavoce.runtime.gateway.cables import LOOK_S, NO_MIDI_S, Cables
from collavoce.runtime.gateway.lamps import Lamps
from collavoce.show.state import ShowState
from collavoce.units import Instant


def cables(studio: Studio, followed: str = "") -> Cables:
    return Cables(followed, studio.driver, lambda: Instant(0.0))


def test_every_input_is_heard_under_a_name_that_stays() -> None:
    studio = Studio("Foot Pedal", "Console")
    heard = cables(studio)
    heard.look(0.0, wanted=True)
    studio.press("Foot Pedal", b"\xb0\x40\x7f")
    assert set(heard.names) == {"Foot Pedal", "Console"}
    assert heard.drain("Foot Pedal") == [b"\xb0\x40\x7f"]
    assert heard.drain("Console") == []


def test_the_instrument_that_is_followed_is_never_heard() -> None:
    studio = Studio("Grand Piano", "Foot Pedal")
    heard = cables(studio, "Grand Piano")
    heard.look(0.0, wanted=True)
    assert heard.names == ("Foot Pedal",)


def test_if_it_is_not_known_which_one_is_followed_nothing_is_heard_and_it_is_said() -> None:
    studio = Studio("Piano A", "Piano B")
    heard = cables(studio, "Piano")
    heard.look(0.0, wanted=True)
    assert heard.names == ()
    assert "Piano" in heard.trouble


def test_nothing_is_opened_while_nobody_wants_it() -> None:
    studio = Studio("Foot Pedal")
    heard = cables(studio)
    heard.look(0.0, wanted=False)
    assert studio.asked == 0
    heard.look(0.0, wanted=True)
    heard.look(0.1, wanted=False)
    assert (heard.names, studio.ears) == ((), {})


def test_a_cable_pulled_out_and_put_back_is_heard_again() -> None:
    studio = Studio("Foot Pedal")
    heard = cables(studio)
    heard.look(0.0, wanted=True)
    studio.inputs.clear()
    heard.look(LOOK_S, wanted=True)
    assert heard.names == ()
    studio.inputs.append("Foot Pedal 24:0")
    heard.look(2 * LOOK_S, wanted=True)
    studio.press("Foot Pedal", b"\x90\x3c\x40")
    assert heard.drain("Foot Pedal") == [b"\x90\x3c\x40"]


def test_a_machine_without_midi_says_so_and_is_not_asked_all_the_time() -> None:
    studio = Studio()
    studio.there = False
    heard = cables(studio)
    for second in range(int(NO_MIDI_S)):
        heard.look(float(second), wanted=True)
    assert studio.asked == 1
    assert heard.trouble == "there is no MIDI here"
    studio.there = True
    heard.look(NO_MIDI_S, wanted=True)
    assert heard.trouble == ""


GO = Control("midi:Pads", "midi note 36 channel 10", "go")
HOLD = Control("midi:Pads", "midi control 20 channel 1", "hold")
CUE = Control("midi:Pads", "midi note 37 channel 10", "fire/2")
HEARD = ("Pads",)
BY_OSC = Control("10.0.0.1", "osc /a", "go")


def test_lamps_say_what_stands_ready_and_only_when_it_changes() -> None:
    studio = Studio("Pads")
    lamps = Lamps(lambda: studio.out)
    lamps.learn((GO, HOLD, CUE, BY_OSC))
    lamps.show({"": ShowState(number="song", pointer="1")}, HEARD, 0.0)
    assert {message for _, message in studio.lamps} == {
        b"\x99\x24\x7f",
        b"\xb0\x14\x00",
        b"\x99\x25\x00",
    }
    studio.lamps.clear()
    lamps.show({"": ShowState(number="song", pointer="2", held=True)}, HEARD, 1.0)
    assert {message for _, message in studio.lamps} == {b"\xb0\x14\x7f", b"\x99\x25\x7f"}
    studio.lamps.clear()
    lamps.show({"": ShowState(number="song", pointer="2", held=True)}, HEARD, 2.0)
    assert studio.lamps == []


def test_lamps_of_an_input_that_is_not_there_are_left_alone() -> None:
    studio = Studio("Pads")
    lamps = Lamps(lambda: studio.out)
    lamps.learn((GO,))
    lamps.show({"": ShowState(number="song", pointer="1")}, (), 0.0)
    assert studio.lamps == []


def test_a_lamp_knows_its_stage_and_a_cue_whichever_stage_it_is_on() -> None:
    studio = Studio("Pads")
    lamps = Lamps(lambda: studio.out)
    attic = Control("midi:Pads", "midi control 20 channel 1", "stage/attic/hold")
    lamps.learn((attic, CUE))
    first = ShowState(number="song", pointer="1", held=True)
    second = ShowState(number="encore", pointer="2")
    lamps.show({"main": first, "attic": second}, HEARD, 0.0)
    assert {message for _, message in studio.lamps} == {b"\xb0\x14\x00", b"\x99\x25\x7f"}


def test_lamps_are_dark_when_the_gateway_ends() -> None:
    studio = Studio("Pads")
    lamps = Lamps(lambda: studio.out)
    lamps.learn((GO,))
    lamps.show({"": ShowState(number="song", pointer="1")}, HEARD, 0.0)
    lamps.close()
    assert studio.lamps[-1][1] == b"\x99\x24\x00"


def test_a_control_without_an_output_of_its_name_has_no_lamp_and_stops_nothing() -> None:
    studio = Studio("Others")
    lamps = Lamps(lambda: studio.out)
    lamps.learn((GO,))
    lamps.show({"": ShowState(number="song", pointer="1")}, HEARD, 0.0)
    assert studio.lamps == []
    assert lamps.wanted
