"""Standbys, what keeps a cue back, hazards."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collavoce.following.estimate import Music
from collavoce.show.asked.edits import Arm
from collavoce.show.asked.running import FireByInput, ReadClock, SayPerson
from collavoce.show.asked.standby import CallStandby, ConfirmHazard, ReleaseStandby
from collavoce.show.commands import Acknowledge, Go, NotClear, PointTo, StartNumber
from collavoce.show.cues import Crew
from collavoce.show.events import (
    CueFired,
    CueOffered,
    HazardConfirmed,
    StandbyAnswered,
    StandbyCalled,
    StandbyOverridden,
    StandbyReleased,
)
from collavoce.show.person import PersonIs
from collavoce.show.rules.crews import operators_of
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin, Stage


def offered(stage: "Stage") -> list[tuple[str, str]]:
    return [(e.cue, e.why) for e in stage.told if isinstance(e, CueOffered)]


class TestStandby:
    def test_the_people_of_the_department_are_asked(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        assert stage.when(CallStandby(), by="ada") == (
            StandbyCalled(at=0.0, cue="1", by="ada", people=("lena",)),
        )

    def test_a_cue_may_be_called_to_several_departments(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 hand crew SND,LX")
        stage.when(CallStandby("2"))
        assert stage.state.standbys["2"].people == ("sam", "lena")

    def test_where_nobody_is_named_nobody_is_asked(self, begin: "Begin") -> None:
        stage = begin("1 hand crew FLY")
        stage.when(CallStandby())
        assert stage.state.standbys["1"].people == ()

    def test_a_department_without_names_answers_by_voice_as_one(self, begin: "Begin") -> None:
        stage = begin("1 hand crew FLY,LX")
        stage.when(CallStandby())
        stage.when(NotClear("1", "FLY", "said on the radio"))
        stage.when(Go())
        assert stage.refused == "1 is kept back. FLY is not clear: said on the radio"
        stage.when(Acknowledge("1", "FLY"))
        stage.when(Go())
        assert stage.fired == ["1"]

    @pytest.mark.parametrize(
        ("department", "by", "why"),
        [
            ("LX", "caller", "1: only who was called to this standby can answer it."),
            ("SND", "caller", "1: only who was called to this standby can answer it."),
            ("FLY", "lena", "1: only whoever is called, or the caller, can say that."),
        ],
    )
    def test_only_the_caller_speaks_for_a_department_that_was_called_and_has_no_names(
        self, begin: "Begin", department: str, by: str, why: str
    ) -> None:
        stage = begin("1 hand crew FLY,LX")
        stage.when(CallStandby())
        stage.when(NotClear("1", department, "said on the radio"), by=by)
        assert stage.refused == why

    def test_a_person_cue_is_answered_by_that_person_and_not_by_its_department(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand friend 40")
        stage.show = replace(stage.show, crews={})
        stage.when(CallStandby())
        stage.when(NotClear("1", "LX", "said on the radio"))
        assert stage.refused == "1: only who was called to this standby can answer it."

    def test_what_a_person_who_is_called_into_position_wrote_stands_in_no_refusal_and_no_offer(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4 friend 40 crew FOH")
        stage.show = replace(stage.show, crews={"FOH": Crew("FOH", people=("mina",))})
        stage.when(CallStandby())
        stage.when(NotClear("1", "mina", "my head hurts"), by="mina")
        stage.hear(4.0)
        stage.when(Go())
        assert stage.refused == "1 is kept back. Mina is not clear."
        assert offered(stage) == [("1", "Mina is not clear.")]

    def test_past_the_last_cue_there_is_nothing_to_call(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(Go())
        stage.when(CallStandby())
        assert stage.refused == "There is no cue after the last."

    def test_the_answer_of_each_is_known_with_its_time(self, begin: "Begin") -> None:
        stage = begin("1 hand crew LX,SND")
        stage.when(CallStandby())
        stage.now = 3.0
        assert stage.when(Acknowledge("1", "lena"), by="lena") == (
            StandbyAnswered(at=3.0, cue="1", person="lena", clear=True, by="lena"),
        )
        assert stage.when(Acknowledge("1", "lena"), by="lena") == ()
        answers = stage.state.standbys["1"].answers
        assert {person: (a.clear, a.at) for person, a in answers.items()} == {"lena": (True, 3.0)}

    def test_not_clear_keeps_the_cue_back_with_who_and_why(self, begin: "Begin") -> None:
        stage = begin("1 at 4")
        stage.when(CallStandby())
        stage.when(NotClear("1", "lena", " lamp out "), by="lena")
        stage.hear(4.0)
        assert offered(stage) == [("1", "Lena is not clear: lamp out")]
        assert stage.fired == []

    def test_go_is_refused_until_it_is_cleared(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(CallStandby())
        stage.when(NotClear("1", "lena", "lamp out"), by="caller")
        stage.when(Go())
        assert stage.refused == "1 is kept back. Lena is not clear: lamp out"
        stage.when(Acknowledge("1", "lena"), by="lena")
        stage.when(Go())
        assert stage.fired == ["1"]
        assert StandbyOverridden not in map(type, stage.told)

    def test_or_a_hand_overrides_it_and_that_is_recorded(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(CallStandby())
        stage.when(NotClear("1", "lena", "lamp out"), by="lena")
        told = stage.when(Go(override=True), by="ada")
        why = "Lena is not clear: lamp out"
        assert told[:2] == (
            StandbyOverridden(at=0.0, cue="1", by="ada", why=why),
            CueFired(at=0.0, cue="1", cause=Cause.HAND, by="ada"),
        )

    def test_an_override_where_nothing_is_in_the_way_is_a_go(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        assert type(stage.when(Go(override=True))[0]) is CueFired

    def test_an_override_holds_through_the_pre_wait_unless_somebody_speaks_again(
        self, begin: "Begin"
    ) -> None:
        for speaks in (False, True):
            stage = begin("1 hand pre 3")
            stage.when(CallStandby())
            stage.when(NotClear("1", "lena", "lamp out"), by="lena")
            stage.when(Go(override=True))
            if speaks:
                stage.when(NotClear("1", "lena", "it hangs loose"), by="lena")
            stage.after(3.0)
            assert stage.fired == ([] if speaks else ["1"])
            assert bool(offered(stage)) is speaks

    def test_who_has_not_answered_yet_keeps_nothing_back(self, begin: "Begin") -> None:
        stage = begin("1 at 4")
        stage.when(CallStandby())
        stage.hear(4.0)
        assert stage.fired == ["1"]

    def test_fired_the_standby_is_over(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 hand")
        stage.when(CallStandby())
        stage.when(Go())
        assert stage.state.standbys == {}

    def test_called_again_everybody_is_asked_anew(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(CallStandby())
        stage.when(NotClear("1", "lena", "lamp out"), by="lena")
        stage.when(CallStandby())
        stage.when(Go())
        assert stage.fired == ["1"]

    def test_released_it_keeps_nothing_back(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(ReleaseStandby("1"))
        assert stage.refused == "1 is not called to standby."
        stage.when(CallStandby())
        stage.when(NotClear("1", "lena", "lamp out"), by="lena")
        assert stage.when(ReleaseStandby("1"), by="ada") == (
            StandbyReleased(at=0.0, cue="1", by="ada"),
        )
        stage.when(Go())
        assert stage.fired == ["1"]

    @pytest.mark.parametrize(("by", "may"), [("lena", True), ("ada", True), ("sam", False)])
    def test_only_they_or_the_caller_answer(self, begin: "Begin", by: str, *, may: bool) -> None:
        stage = begin("1 hand")
        stage.when(CallStandby())
        stage.when(Acknowledge("1", "lena"), by=by)
        assert (stage.refused is None) is may

    def test_who_was_not_asked_is_not_heard(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(CallStandby())
        stage.when(NotClear("1", "sam", "why"), by="sam")
        assert stage.refused == "1: only who was called to this standby can answer it."

    def test_one_word_answers_for_standby_and_position(self, begin: "Begin") -> None:
        stage = begin("1 end + 0 friend 40 crew FOH")
        stage.show = replace(stage.show, crews={"FOH": Crew("FOH", people=("mina",))})
        stage.hear(10.0, remaining=30.0)
        stage.when(CallStandby("1"))
        told = stage.when(Acknowledge("1", "mina"), by="mina")
        assert [type(e).__name__ for e in told] == ["StandbyAnswered", "ExitAcknowledged"]

    def test_the_first_cue_of_the_next_number_can_be_called_before_it_begins(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand", then=("9 hand",))
        stage.when(CallStandby("1"))
        stage.when(CallStandby("9"))
        stage.when(Acknowledge("9", "lena"), by="lena")
        stage.when(StartNumber("2"))
        assert set(stage.state.standbys) == {"9"}
        assert stage.state.standbys["9"].answers["lena"].clear


class TestNeeds:
    def test_a_cue_that_needs_a_person_clear_is_offered_until_they_are(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4 needs jun clear", "2 at 5 needs jun clear")
        stage.hear(4.0)
        assert offered(stage) == [("1", "It waits for Jun: clear.")]
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        stage.hear(5.0)
        assert stage.fired == ["1", "2"]

    def test_a_hand_is_refused_and_may_override(self, begin: "Begin") -> None:
        stage = begin("1 hand needs friend in_position")
        stage.when(Go())
        assert stage.refused == "1 is kept back. It waits for Mina: in position."
        stage.when(Go(override=True))
        assert stage.fired == ["1"]

    def test_an_empty_seat_is_waited_for_by_its_name(self, begin: "Begin") -> None:
        stage = begin("1 hand needs friend in_position", holder=None)
        stage.when(Go())
        assert stage.refused == "1 is kept back. It waits for friend: in position."

    @pytest.mark.parametrize(
        "line",
        [
            "2 after 1 + 0 needs jun clear",
            "2 group needs jun clear",
            "2 done 1 + 0 needs jun clear",
        ],
    )
    def test_every_trigger_asks(self, begin: "Begin", line: str) -> None:
        stage = begin("1 hand all 2" if "group" in line else "1 hand", line)
        stage.when(Go())
        assert stage.fired == ["1"]
        assert [cue for cue, _ in offered(stage)] == ["2"]

    def test_all_needs_are_to_be_met(self, begin: "Begin") -> None:
        stage = begin("1 hand needs jun clear needs mina in_position")
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        stage.when(Go())
        assert stage.refused == "1 is kept back. It waits for Mina: in position."

    def test_a_disarmed_cue_waits_for_nobody(self, begin: "Begin") -> None:
        stage = begin("1 hand needs jun clear", "2 hand")
        stage.when(Arm(("1",), on=False))
        stage.when(Go())
        assert stage.refused is None
        assert stage.state.pointer == "2"


class TestHazards:
    @pytest.mark.parametrize(
        "line", ["1 at 4", "1 end + 0", "1 person jun clear", "1 clock 100", "1 hand input"]
    )
    def test_a_hazard_never_fires_by_itself(self, begin: "Begin", line: str) -> None:
        stage = begin(f"{line} hazard pyro")
        stage.hear(4.0)
        stage.when(SayPerson("jun", PersonIs.CLEAR), by="jun")
        stage.when(ReadClock(101.0, 99.0))
        stage.when(FireByInput("1", "osc /go/1"))
        stage.hear(9.0, Music.ENDED)
        stage.when_time_passes(60.0)
        assert stage.fired == []
        assert offered(stage)[0] == (
            "1",
            "It is a hazard (pyro): only a hand says it to its operator.",
        )

    def test_go_says_it_to_the_operator_and_waits_for_their_word(self, begin: "Begin") -> None:
        stage = begin("1 hand hazard pyro", "2 hand")
        stage.when(Go(), by="ada")
        assert stage.fired == ["1"]
        assert stage.state.confirmed == {"1": False}
        assert stage.state.pointer == "2"
        stage.now = 2.0
        assert stage.when(ConfirmHazard("1", "lena"), by="lena") == (
            HazardConfirmed(at=2.0, cue="1", person="lena", done=True, by="lena"),
        )
        assert stage.state.confirmed == {"1": True}
        assert stage.when(ConfirmHazard("1", "lena"), by="lena") == ()

    def test_what_hangs_on_its_end_waits_for_that_word(self, begin: "Begin") -> None:
        stage = begin("1 hand hazard pyro", "2 done 1 + 1")
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert stage.fired == ["1"]
        stage.when(ConfirmHazard("1", "lena"), by="caller")
        stage.when_time_passes(70.0)
        assert stage.fired == ["1", "2"]

    def test_its_operator_is_asked_before_everybody_else(self, begin: "Begin") -> None:
        stage = begin("1 hand hazard pyro crew SND,LX")
        crews = {
            "SND": Crew("SND", people=("sam",)),
            "LX": Crew("LX", people=("otto", "lena"), operator="lena"),
        }
        show = replace(stage.show, crews=crews)
        assert operators_of(show, show.cue("1")) == ("lena", "sam", "otto")

    def test_a_hazard_that_was_not_fired_brings_nothing(self, begin: "Begin") -> None:
        stage = begin("1 hand hazard pyro", "2 done 1 + 1")
        stage.when(Go())
        stage.when(ConfirmHazard("1", "lena", done=False), by="lena")
        stage.when_time_passes(60.0)
        assert stage.fired == ["1"]
        assert stage.state.confirmed == {"1": False}

    def test_there_is_nothing_to_confirm_before_it_was_said(self, begin: "Begin") -> None:
        stage = begin("1 hand hazard pyro", "2 hand")
        stage.when(ConfirmHazard("1", "lena"), by="lena")
        assert stage.refused == "1 has no hazard to confirm now."
        stage.when(PointTo("2"))
        stage.when(Go())
        stage.when(ConfirmHazard("2", "lena"), by="lena")
        assert stage.refused == "2 has no hazard to confirm now."

    @pytest.mark.parametrize(
        ("person", "by", "why"),
        [
            ("sam", "sam", "1: only the people of its department can say that it was fired."),
            ("lena", "sam", "1: only whoever is called, or the caller, can say that."),
            ("zoe", "zoe", "There is no such person in this show."),
        ],
    )
    def test_only_its_operator_or_the_caller_for_them_confirms(
        self, begin: "Begin", person: str, by: str, why: str
    ) -> None:
        stage = begin("1 hand hazard pyro")
        stage.when(Go())
        stage.when(ConfirmHazard("1", person), by=by)
        assert stage.refused == why
