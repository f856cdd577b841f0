"""What fires from outside: inputs, the clock, somebody's word of a person."""

from typing import TYPE_CHECKING

import pytest

from collavoce.show.asked.running import FireByInput, ReadClock, SayPerson
from collavoce.show.commands import Acknowledge, Go, GoTo, Hold, NotClear, PointTo, StartNumber
from collavoce.show.events import CueFired, CueOffered, PersonSaid
from collavoce.show.person import PersonIs
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin, Stage

PEDAL = "midi control 64 channel 1"


def offered(stage: "Stage") -> list[tuple[str, str]]:
    return [(e.cue, e.why) for e in stage.told if isinstance(e, CueOffered)]


class TestInputs:
    def test_an_input_fires_the_cue_that_lists_one_and_says_what_it_was(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand", "2 hand input")
        assert stage.when(FireByInput("2", PEDAL), by="gateway") == (
            CueFired(at=0.0, cue="2", cause=Cause.INPUT, by=PEDAL),
        )

    def test_it_leaves_the_standby_where_the_caller_has_it(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 hand input", "3 hand")
        stage.when(FireByInput("2", PEDAL))
        assert stage.state.pointer == "1"
        stage.now = 1.0
        stage.when(PointTo("2"))
        stage.when(FireByInput("2", PEDAL))
        assert stage.state.pointer == "3"

    def test_a_cue_that_lists_none_is_fired_by_none(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(FireByInput("1", PEDAL))
        assert stage.refused == "1 listens to no input."

    def test_a_cue_of_another_number_is_not_fired(self, begin: "Begin") -> None:
        stage = begin("1 hand", then=("9 hand input",))
        stage.when(FireByInput("9", PEDAL))
        assert stage.refused == "9 belongs to number 2, Piece 2. Start that number first."

    def test_a_bouncing_contact_fires_once_and_each_cue_is_deaf_for_itself(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand input", "2 hand input")
        stage.when(FireByInput("1", PEDAL))
        stage.now = 0.4
        stage.when(FireByInput("1", PEDAL))
        assert stage.refused == "1 has just been fired by its input."
        stage.when(FireByInput("2", PEDAL))
        stage.now = 0.5
        stage.when(FireByInput("1", PEDAL))
        assert stage.fired == ["1", "2", "1"]

    def test_it_does_not_make_go_deaf(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 hand input")
        stage.when(FireByInput("2", PEDAL))
        stage.when(Go())
        assert stage.fired == ["2", "1"]

    def test_a_second_press_in_the_pre_wait_fires_at_once_a_bounce_does_not(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand input pre 5")
        stage.when(FireByInput("1", PEDAL))
        stage.now = 0.3
        stage.when(FireByInput("1", PEDAL))
        assert stage.fired == []
        stage.now = 0.6
        stage.when(FireByInput("1", PEDAL))
        assert stage.fired == ["1"]
        stage.after(60.0)
        assert stage.fired == ["1"]

    def test_what_follows_comes_each_time(self, begin: "Begin") -> None:
        stage = begin("1 hand input", "2 after 1 + 0")
        for _ in range(2):
            stage.when(FireByInput("1", PEDAL))
            stage.now += 1.0
        assert stage.fired == ["1", "2", "1", "2"]

    @pytest.mark.parametrize(
        ("by", "fires"), [("caller", True), ("lena", True), ("gateway", False), ("engine", False)]
    )
    def test_in_a_hold_only_somebody_s_hand_fires_and_a_machine_offers(
        self, begin: "Begin", by: str, *, fires: bool
    ) -> None:
        stage = begin("1 hand input")
        stage.when(Hold())
        stage.when(FireByInput("1", PEDAL), by=by)
        assert stage.fired == (["1"] if fires else [])
        assert offered(stage) == ([] if fires else [("1", "The show is held.")])

    def test_what_is_kept_back_is_offered(self, begin: "Begin") -> None:
        stage = begin("1 hand input needs jun clear")
        stage.when(FireByInput("1", PEDAL))
        assert offered(stage) == [("1", "It waits for Jun: clear.")]

    def test_nothing_is_fired_before_any_number(self, begin: "Begin") -> None:
        stage = begin("1 hand input")
        stage.state = type(stage.state)()
        stage.when(FireByInput("1", PEDAL))
        assert stage.refused == "No number has been started."


class TestClock:
    def test_it_fires_once_when_its_time_has_come(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 clock 100")
        stage.when(ReadClock(99.9, 99.0), by="clock")
        assert stage.fired == []
        assert stage.when(ReadClock(100.0, 99.9), by="clock") == (
            CueFired(at=0.0, cue="2", cause=Cause.CLOCK, by="clock"),
        )
        stage.when(ReadClock(100.1, 100.0))
        assert stage.fired == ["2"]

    def test_a_step_back_fires_nothing_twice(self, begin: "Begin") -> None:
        stage = begin("1 clock 100", "2 clock 110")
        for before, now in ((99.0, 101.0), (101.0, 90.0), (90.0, 100.5), (100.5, 111.0)):
            stage.when(ReadClock(now, before))
        assert stage.fired == ["1", "2"]

    def test_a_step_forward_beyond_a_minute_offers(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.when(ReadClock(160.5, 99.0))
        assert stage.fired == []
        assert offered(stage) == [("1", "Its time is past.")]
        stage.when(ReadClock(161.0, 160.5))
        assert len(offered(stage)) == 1

    def test_a_step_of_a_minute_still_fires(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.when(ReadClock(159.0, 99.0))
        assert stage.fired == ["1"]

    def test_a_time_that_was_past_when_its_number_began_is_offered(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.when(ReadClock(500.0, 500.0))
        assert offered(stage) == [("1", "Its time is past.")]

    def test_offered_it_is_a_hand_s_even_if_the_clock_comes_by_again(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.when(ReadClock(500.0, 500.0))
        stage.when(ReadClock(99.0, 500.0))
        stage.when(ReadClock(101.0, 99.0))
        assert stage.fired == []
        stage.when(Go())
        assert stage.fired == ["1"]

    def test_in_a_hold_it_is_offered_and_stays_so(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.when(Hold())
        stage.when(ReadClock(100.0, 99.0))
        assert offered(stage) == [("1", "The show is held.")]

    def test_it_fires_only_in_its_own_number(self, begin: "Begin") -> None:
        stage = begin("1 hand", then=("9 clock 100",))
        stage.when(ReadClock(101.0, 99.0))
        assert stage.fired == []
        stage.when(StartNumber("2"))
        stage.when(ReadClock(102.0, 101.0))
        assert offered(stage) == [("9", "Its time is past.")]

    def test_a_go_to_behind_it_disarms_it(self, begin: "Begin") -> None:
        stage = begin("1 clock 100", "2 hand")
        stage.when(GoTo("2"))
        stage.when(ReadClock(101.0, 99.0))
        assert stage.fired == []

    def test_the_standby_passes_over_what_the_clock_has_fired(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 clock 100", "3 hand")
        stage.when(ReadClock(101.0, 99.0))
        assert stage.state.pointer == "1"
        stage.when(Go())
        assert stage.state.pointer == "3"

    def test_a_closed_show_is_told_nothing(self, begin: "Begin") -> None:
        stage = begin("1 clock 100")
        stage.state = type(stage.state)(closed=True)
        assert stage.when(ReadClock(101.0, 99.0)) == ()
        assert stage.refused is None


class TestPersons:
    def test_a_person_who_is_clear_fires_what_hangs_on_it(self, begin: "Begin") -> None:
        stage = begin("1 person jun clear", "2 hand")
        assert stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")[:2] == (
            PersonSaid(at=0.0, person="jun", state=PersonIs.CLEAR, by="jun"),
            CueFired(at=0.0, cue="1", cause=Cause.PERSON, by="jun"),
        )
        assert stage.state.pointer == "2"

    def test_a_seat_stands_for_whoever_holds_it(self, begin: "Begin") -> None:
        stage = begin("1 person friend in_position")
        stage.when(SayPerson("jun", PersonIs.IN_POSITION), by="caller")
        assert stage.fired == []
        stage.when(SayPerson("mina", PersonIs.IN_POSITION), by="caller")
        assert stage.fired == ["1"]

    def test_an_empty_seat_is_nobody(self, begin: "Begin") -> None:
        stage = begin("1 person friend in_position", holder=None)
        stage.when(SayPerson("mina", PersonIs.IN_POSITION), by="caller")
        assert stage.fired == []

    def test_who_acknowledges_a_call_into_position_is_in_position(self, begin: "Begin") -> None:
        stage = begin("1 end + 0 friend 40", "2 person friend in_position")
        stage.hear(10.0, remaining=30.0)
        stage.when(Acknowledge("1", "mina"), by="mina")
        assert stage.fired == ["2"]

    def test_who_is_not_clear_is_told_to_what_hangs_on_that(self, begin: "Begin") -> None:
        stage = begin("1 end + 0 friend 40", "2 person friend not_clear")
        stage.hear(10.0, remaining=30.0)
        stage.when(NotClear("1", "mina", "door"), by="mina")
        assert stage.fired == ["2"]
        assert stage.state.persons == {"mina": PersonIs.NOT_CLEAR}

    def test_it_fires_once_however_often_it_is_said(self, begin: "Begin") -> None:
        stage = begin("1 person jun clear")
        for _ in range(3):
            stage.when(SayPerson("jun", PersonIs.CLEAR), by="otto")
        assert stage.fired == ["1"]

    def test_what_was_said_before_the_number_fires_nothing_in_it(self, begin: "Begin") -> None:
        stage = begin("1 hand", then=("9 person jun clear",))
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        stage.when(StartNumber("2"))
        stage.after(60.0)
        assert stage.fired == []
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        assert stage.fired == ["9"]

    def test_in_a_hold_it_is_offered(self, begin: "Begin") -> None:
        stage = begin("1 person jun clear")
        stage.when(Hold())
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        assert offered(stage) == [("1", "The show is held.")]

    @pytest.mark.parametrize(
        ("by", "may"), [("jun", True), ("caller", True), ("otto", True), ("lena", False)]
    )
    def test_a_person_speaks_for_themself_others_only_if_they_stand_there(
        self, begin: "Begin", by: str, *, may: bool
    ) -> None:
        stage = begin("1 person jun clear")
        stage.when(SayPerson("jun", PersonIs.CLEAR), by=by)
        assert (stage.refused is None) is may
        assert stage.fired == (["1"] if may else [])

    def test_a_stranger_is_nobody(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(SayPerson("zoe", PersonIs.CLEAR))
        assert stage.refused == "There is no such person in this show."
