"""The cue is a person."""

from typing import TYPE_CHECKING

import pytest

from collavoce.following.estimate import Music
from collavoce.show.commands import Acknowledge, Go, Hold, LightsSeen, NotClear, Resume, StartNumber
from collavoce.show.events import (
    CueOffered,
    ExitAcknowledged,
    ExitCorrected,
    ExitNotClear,
    ExitStandby,
    StandbyOverridden,
)
from collavoce.show.rules.waits import next_due

if TYPE_CHECKING:
    from conftest import Begin, Stage

HELD = Music.HELD


def called(begin: "Begin") -> "Stage":
    """A stage on which the friend has been called at 60, off at 100."""
    stage = begin("1 end + 0 friend 40")
    stage.now = 60.0
    stage.hear(10.0, remaining=40.0)
    return stage


def off_at(stage: "Stage") -> float | None:
    return stage.state.exits["1"].off_at


def test_the_friend_is_called_once_when_the_end_is_as_near_as_the_lead(begin: "Begin") -> None:
    stage = begin("1 end + 0 friend 40")
    stage.now = 59.0
    stage.hear(9.0, remaining=41.0)
    assert ExitStandby not in map(type, stage.told)
    stage.now = 60.0
    stage.hear(10.0, remaining=40.0)
    stage.now = 60.1
    stage.hear(10.1, remaining=39.9)
    assert [event for event in stage.told if isinstance(event, ExitStandby)] == [
        ExitStandby(at=60.0, cue="1", seat="friend", person="mina", exit="SL", off_at=100.0)
    ]


def test_an_empty_seat_is_called_too_and_says_that_nobody_is_there(begin: "Begin") -> None:
    stage = begin("1 end + 0 friend 40", holder=None)
    stage.hear(10.0, remaining=30.0)
    assert stage.state.exits["1"].person is None
    stage.when(Acknowledge("1", "mina"), by="mina")
    assert stage.refused == '1: nobody holds the seat "friend" tonight.'


def test_a_prediction_nobody_believes_calls_at_half_the_lead(begin: "Begin") -> None:
    stage = begin("1 end + 0 friend 40")
    stage.hear(10.0, sure=0.2, remaining=21.0)
    assert stage.state.exits == {}
    stage.hear(10.0, Music.LOST, remaining=2.0)
    assert stage.state.exits == {}
    stage.hear(11.0, sure=0.2, remaining=20.0)
    assert stage.state.exits["1"].off_at == 20.0


def test_a_number_that_ends_unforeseen_calls_at_its_end(begin: "Begin") -> None:
    stage = begin("1 end + 5 friend 40")
    stage.now = 7.0
    stage.hear(10.0)
    stage.hear(12.0, Music.ENDED, sure=0.1)
    assert stage.state.exits["1"].off_at == 7.0


def test_small_changes_are_not_told_and_large_ones_at_most_once_a_second(begin: "Begin") -> None:
    stage = called(begin)
    stage.now = 61.0
    stage.hear(11.0, remaining=40.0)
    assert off_at(stage) == 100.0
    stage.now = 62.0
    stage.hear(12.0, remaining=41.0)
    assert off_at(stage) == 103.0
    stage.now = 62.9
    stage.hear(12.9, remaining=60.0)
    assert off_at(stage) == 103.0
    stage.now = 63.0
    stage.hear(13.0, remaining=60.0)
    assert off_at(stage) == 123.0


def test_music_that_stands_loses_its_predicted_time_after_a_while_and_gets_it_back(
    begin: "Begin",
) -> None:
    stage = called(begin)
    stage.now = 61.0
    stage.hear(11.0, HELD, remaining=39.0)
    stage.now = 63.9
    stage.hear(11.0, HELD, remaining=39.0)
    assert off_at(stage) == 100.0
    assert next_due(stage.state) == 64.0
    stage.now = 64.0
    stage.after(0.0)
    assert off_at(stage) is None
    assert next_due(stage.state) is None
    stage.now = 70.0
    stage.hear(11.0, remaining=39.0)
    assert off_at(stage) == 109.0


def test_who_is_called_while_the_music_stands_hears_a_second_later_that_there_is_no_time(
    begin: "Begin",
) -> None:
    stage = begin("1 end + 0 friend 40")
    stage.hear(10.0, HELD, remaining=60.0)
    stage.now = 10.0
    stage.hear(10.0, HELD, remaining=40.0)
    assert off_at(stage) == 50.0
    assert next_due(stage.state) == 11.0
    stage.after(1.0)
    assert off_at(stage) is None


def test_who_has_been_sent_for_by_hand_is_told_nothing_more(begin: "Begin") -> None:
    stage = called(begin)
    stage.when(Go())
    stage.now = 64.5
    stage.hear(12.0, remaining=60.0)
    stage.hear(12.0, HELD)
    stage.after(9.0)
    assert ExitCorrected not in map(type, stage.told)
    assert next_due(stage.state) is None


def test_an_end_soon_after_a_correction_is_told_when_a_second_has_passed(begin: "Begin") -> None:
    stage = begin("1 end + 9 friend 40")
    stage.hear(10.0, remaining=30.0)
    stage.hear(10.0, HELD)
    stage.after(3.0)
    stage.now = 3.5
    stage.hear(12.0, Music.ENDED)
    assert off_at(stage) is None
    stage.now = 4.0
    stage.hear(12.0, Music.ENDED)
    assert off_at(stage) == 3.5


def test_the_end_is_told_even_if_nobody_was_sure_of_it(begin: "Begin") -> None:
    stage = called(begin)
    stage.now = 80.0
    stage.hear(12.0, Music.ENDED, sure=0.1)
    assert off_at(stage) == 80.0


def test_that_no_time_is_known_is_said_once(begin: "Begin") -> None:
    stage = called(begin)
    stage.hear(11.0, HELD)
    for _ in range(20):
        stage.after(1.0)
        stage.hear(11.0, HELD)
    assert stage.kinds().count("ExitCorrected") == 1


def test_a_hold_and_resume_do_not_make_standing_music_stand_anew(begin: "Begin") -> None:
    stage = called(begin)
    stage.hear(11.0, HELD)
    stage.when(Hold())
    stage.after(2.0)
    stage.when(Resume())
    stage.hear(11.0, HELD)
    assert next_due(stage.state) == 63.0


def test_a_number_begun_anew_calls_anew(begin: "Begin") -> None:
    stage = called(begin)
    stage.when(StartNumber("1"))
    assert stage.state.exits == {}
    stage.hear(10.0, remaining=30.0)
    assert stage.kinds().count("ExitStandby") == 2


def test_a_call_of_the_number_before_stays_open(begin: "Begin") -> None:
    stage = begin("1 end + 60 friend 40", then=("9 hand",))
    stage.hear(10.0, Music.ENDED)
    stage.when(StartNumber("2"))
    stage.when(Acknowledge("1", "mina"), by="mina")
    assert stage.state.exits["1"].acknowledged_by == "mina"


def test_whoever_holds_the_seat_acknowledges_once(begin: "Begin") -> None:
    stage = called(begin)
    assert stage.when(Acknowledge("1", "mina"), by="mina") == (
        ExitAcknowledged(at=60.0, cue="1", person="mina"),
    )
    assert stage.when(Acknowledge("1", "mina"), by="mina") == ()


@pytest.mark.parametrize("by", ["caller", "ada"])
def test_the_caller_may_acknowledge_for_them(begin: "Begin", by: str) -> None:
    stage = called(begin)
    stage.when(Acknowledge("1", "mina"), by=by)
    assert stage.state.exits["1"].acknowledged_by == "mina"


@pytest.mark.parametrize(
    ("person", "by", "why"),
    [
        ("jun", "jun", '1: the seat "friend" is somebody else\'s.'),
        ("mina", "jun", "1: only whoever is called, or the caller, can say that."),
    ],
)
def test_nobody_else_may(begin: "Begin", person: str, by: str, why: str) -> None:
    stage = called(begin)
    stage.when(Acknowledge("1", person), by=by)
    assert stage.refused == why


def test_nobody_answers_before_they_were_called(begin: "Begin") -> None:
    stage = begin("1 end + 0 friend 40", "2 hand")
    stage.when(Acknowledge("1", "mina"), by="mina")
    assert stage.refused == "1 has not been called yet."
    stage.when(Acknowledge("2", "mina"), by="mina")
    assert stage.refused == "2 calls nobody."
    stage.when(NotClear("3", "mina", "why"), by="mina")
    assert stage.refused == "There is no cue 3."


def test_not_clear_keeps_the_cue_back_until_a_hand_says_that_it_means_it(begin: "Begin") -> None:
    stage = called(begin)
    assert stage.when(NotClear("1", "mina", " door locked "), by="mina") == (
        ExitNotClear(at=60.0, cue="1", person="mina", reason="door locked"),
    )
    stage.now = 100.0
    stage.hear(50.0, Music.ENDED)
    assert stage.fired == []
    assert [e.why for e in stage.told if isinstance(e, CueOffered)] == ["Mina is not clear."]
    assert next_due(stage.state) is None
    stage.when(Go())
    assert stage.refused == "1 is kept back. Mina is not clear."
    assert stage.fired == []
    stage.when(Go(override=True), by="ada")
    assert stage.fired == ["1"]
    assert [e for e in stage.told if isinstance(e, StandbyOverridden)] == [
        StandbyOverridden(at=100.0, cue="1", by="ada", why="Mina is not clear.")
    ]


def test_not_clear_takes_an_acknowledgement_back(begin: "Begin") -> None:
    stage = called(begin)
    stage.when(Acknowledge("1", "mina"), by="mina")
    stage.when(NotClear("1", "mina", "door locked"), by="mina")
    assert stage.state.exits["1"].acknowledged_by is None


def test_clear_again_is_an_acknowledgement(begin: "Begin") -> None:
    stage = called(begin)
    stage.when(NotClear("1", "mina", "door locked"), by="mina")
    stage.when(Acknowledge("1", "mina"), by="mina")
    stage.hear(50.0, Music.ENDED)
    assert stage.fired == ["1"]


def test_not_clear_wants_a_reason(begin: "Begin") -> None:
    stage = called(begin)
    stage.when(NotClear("1", "mina", " "), by="mina")
    assert stage.refused == "Say why in 1 to 200 characters."


class TestLightsOut:
    """Lights out is what the lights' network carried after the last cue."""

    def test_it_is_told_once_when_the_last_fade_is_over_and_it_is_dark(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 end + 1 dark 3", "2 after 1 + 60", "3 at 0 dark 1")
        stage.hear(1.0)
        stage.when(LightsSeen(dark=True))
        stage.hear(32.0, Music.ENDED)
        for second in range(1, 8):
            stage.after(1.0)
            stage.when(LightsSeen(dark=True))
            assert (stage.state.lights_out_at is None) == (second < 4)
        assert stage.state.lights_out_at == 4.0

    def test_the_last_step_of_a_fade_is_dark_already(self, begin: "Begin") -> None:
        stage = begin("1 end + 0 dark 3")
        stage.hear(32.0, Music.ENDED)
        stage.now = 2.99
        stage.when(LightsSeen(dark=True))
        assert stage.state.lights_out_at == 2.99

    def test_dark_before_the_end_is_an_effect(self, begin: "Begin") -> None:
        stage = begin("1 at 0")
        stage.hear(1.0)
        stage.when(LightsSeen(dark=True))
        assert stage.state.lights_out_at is None
        stage.hear(32.0, Music.ENDED)
        stage.when(LightsSeen(dark=True))
        assert stage.state.lights_out_at == 0.0

    def test_light_that_is_left_is_not_lights_out(self, begin: "Begin") -> None:
        stage = begin("1 end + 0 dark 0")
        stage.hear(32.0, Music.ENDED)
        stage.after(9.0)
        stage.when(LightsSeen(dark=False))
        assert stage.state.lights_out_at is None
        stage.when(LightsSeen(dark=True))
        assert stage.state.lights_out_at == 9.0
