"""What is done to cues under way, what a cue does to the show, the panic, the audition."""

from typing import TYPE_CHECKING

import pytest

from collavoce.show.actions.action import Replay
from collavoce.show.actions.table import NAMING, WORDS
from collavoce.show.asked.running import Audition, HaltCue, HearAnswer, PauseCue, ResumeCue
from collavoce.show.commands import Go, GoTo, Hold, Resume, StartNumber, Stop
from collavoce.show.events import (
    CueAnswered,
    CueAuditioned,
    CueFired,
    CueHalted,
    CuePaused,
    CueResumed,
    CuesArmed,
    CuesSwitched,
    NoteMarked,
    ShowStopped,
    TimerPaused,
    TimerReset,
    TimerStarted,
)
from collavoce.show.rules.inward import INWARD
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin, Stage


def go(stage: "Stage", times: int = 1) -> None:
    """GO, as soon as it listens again."""
    for _ in range(times):
        stage.now += 1.0
        stage.when(Go())


class TestPause:
    def test_what_is_paused_has_as_long_to_go_as_when_it_was_paused(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 10")
        stage.when(Go())
        stage.now = 4.0
        assert stage.when(PauseCue("2"), by="ada") == (CuePaused(at=4.0, cue="2", by="ada"),)
        assert next_due(stage.state) is None
        stage.after(100.0)
        assert stage.when(ResumeCue("2"), by="ada") == (CueResumed(at=104.0, cue="2", by="ada"),)
        assert next_due(stage.state) == 110.0

    def test_a_hold_between_them_counts_for_itself(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 10")
        stage.when(Go())
        stage.now = 4.0
        stage.when(Hold())
        stage.now = 9.0
        stage.when(PauseCue("2"))
        stage.now = 20.0
        stage.when(ResumeCue("2"))
        stage.now = 30.0
        stage.when(Resume())
        assert next_due(stage.state) == 36.0

    def test_what_is_not_under_way_is_neither_paused_nor_resumed_nor_ended(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand dark 3")
        stage.when(PauseCue("1"))
        assert stage.refused == "1 has nothing to pause."
        stage.when(HaltCue("1"))
        assert stage.refused == "1 has nothing under way."
        stage.when(Go())
        stage.when(ResumeCue("1"))
        assert stage.refused == "1 is not paused."
        stage.when(PauseCue("1"))
        stage.when(PauseCue("1"))
        assert stage.refused == "1 has nothing to pause."
        stage.when(PauseCue("77"))
        assert stage.refused == "There is no cue 77."

    def test_a_fade_that_is_over_is_not_paused(self, begin: "Begin") -> None:
        stage = begin("1 hand dark 3")
        stage.when(Go())
        stage.now = 3.0
        stage.when(PauseCue("1"))
        assert stage.refused == "1 has nothing to pause."

    def test_fired_anew_it_is_paused_no_more(self, begin: "Begin") -> None:
        stage = begin("1 hand sound 9")
        stage.when(Go())
        stage.when(PauseCue("1"))
        stage.when(GoTo("1"))
        go(stage)
        assert stage.state.running["1"].paused_at is None


class TestHalt:
    def test_what_a_cue_has_under_way_ends_and_its_lights_go(self, begin: "Begin") -> None:
        stage = begin("1 hand light 3 loop")
        stage.when(Go())
        stage.now = 1.0
        assert stage.when(HaltCue("1", 2.0), by="ada") == (
            CueHalted(at=1.0, cue="1", by="ada", fade=2.0),
        )
        assert stage.state.running == {}
        assert stage.state.levels == {"front": 0.0}

    def test_a_light_that_another_cue_has_set_since_is_that_one_s(self, begin: "Begin") -> None:
        stage = begin("1 hand light 0 loop", "2 hand light 0")
        go(stage, 2)
        stage.when(HaltCue("1"))
        assert stage.state.levels == {"front": 1.0}

    def test_a_light_that_has_arrived_can_still_be_faded_out_by_its_cue(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand light 1")
        stage.when(Go())
        stage.now = 60.0
        stage.when(HaltCue("1", 2.0))
        assert stage.refused is None
        assert stage.state.levels == {"front": 0.0}

    def test_a_wait_that_is_ended_fires_nothing(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 5")
        stage.when(Go())
        stage.when(HaltCue("1"))
        stage.when_time_passes(60.0)
        assert stage.fired == []

    @pytest.mark.parametrize("fade", [-1.0, 601.0, float("nan")])
    def test_a_fade_has_a_length(self, begin: "Begin", fade: float) -> None:
        stage = begin("1 hand loop")
        stage.when(Go())
        stage.when(HaltCue("1", fade))
        assert stage.refused == "A fade takes 0 to 600 seconds."


class TestActingCues:
    def test_a_stop_freezes_the_lights_and_a_fade_takes_them(self, begin: "Begin") -> None:
        stage = begin("1 hand light 9 loop", "2 hand stop 1", "3 hand fade 1")
        go(stage, 2)
        assert [e for e in stage.told if isinstance(e, CueHalted)] == [
            CueHalted(at=2.0, cue="1", by="cue 2", freeze=True)
        ]
        assert stage.state.levels == {"front": 1.0}
        go(stage)
        assert stage.state.levels == {"front": 0.0}

    def test_without_names_it_is_all_under_way_but_itself(self, begin: "Begin") -> None:
        stage = begin("1 hand loop", "2 hand sound 30", "3 after 2 + 20", "4 hand fade *")
        go(stage, 2)
        stage.when(GoTo("4"))
        go(stage)
        ended = [e.cue for e in stage.told if isinstance(e, CueHalted)]
        assert sorted(ended) == ["1", "2"]
        assert set(stage.state.running) == {"4"}

    def test_a_fade_of_all_takes_every_light_that_a_cue_holds(self, begin: "Begin") -> None:
        stage = begin("1 hand light 0", "2 hand fade *")
        go(stage, 2)
        assert stage.state.levels == {"front": 0.0}

    def test_pausing_and_resuming_all(self, begin: "Begin") -> None:
        stage = begin("1 hand sound 30", "2 hand pause *", "3 hand resume *", "4 done 1 + 0")
        go(stage, 2)
        stage.now = 100.0
        go(stage)
        stage.when_time_passes(500.0)
        fired = [(e.at, e.cue) for e in stage.told if isinstance(e, CueFired)]
        assert fired[-1] == (130.0, "4")

    def test_what_runs_out_later_and_earlier_is_named_with_the_members_of_groups(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand all 2,3", "2 group sound 9", "3 group loop", "4 hand stop 1")
        go(stage, 2)
        assert [e.cue for e in stage.told if isinstance(e, CueHalted)] == ["1", "2", "3"]
        assert "1" not in stage.state.running


class TestInward:
    def test_every_inward_action_is_in_the_table_or_needs_no_rule(self) -> None:
        inward = {kind for kind in (*WORDS, *NAMING) if kind.replay is Replay.INWARD}
        needs_none = {"Wait", "LoadCue", "CallPerson", "ComeOn"}
        named = {kind.__name__ for kind in INWARD}
        assert {kind.__name__ for kind in inward} - named == needs_none

    def test_go_to(self, begin: "Begin") -> None:
        stage = begin("1 hand goto 3", "2 at 2", "3 at 4", "4 hand")
        stage.when(Go())
        assert [e for e in stage.told if isinstance(e, CuesArmed)] == [
            CuesArmed(at=0.0, cues=("3",), by="cue 1")
        ]
        assert stage.state.pointer == "3"

    def test_a_go_to_out_of_the_number_is_none(self, begin: "Begin") -> None:
        stage = begin("1 hand goto 9", then=("9 hand",))
        stage.when(Go())
        assert stage.state.pointer is None

    def test_a_go_to_in_a_circle_ends(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 0 goto 1", "3 after 2 + 0")
        stage.when(Go())
        assert stage.fired == ["1", "2"]
        assert stage.state.pointer == "1"

    def test_arming(self, begin: "Begin") -> None:
        stage = begin("1 hand disarm 2", "2 at 4", "3 hand arm 2")
        stage.when(Go())
        assert [e for e in stage.told if isinstance(e, CuesSwitched)] == [
            CuesSwitched(at=0.0, cues=("2",), on=False, by="cue 1")
        ]
        stage.hear(4.0)
        assert stage.fired == ["1"]

    def test_a_reminder_stands_in_the_log_with_its_cue(self, begin: "Begin") -> None:
        stage = begin("1 hand memo careful")
        told = stage.when(Go())
        assert told[-1] == NoteMarked(at=0.0, text="careful", by="cue 1")

    def test_timers(self, begin: "Begin") -> None:
        stage = begin(
            *(f"{i} hand timer stage {w}" for i, w in enumerate(("start", "pause", "reset")))
        )
        go(stage, 3)
        kinds = (TimerStarted, TimerPaused, TimerReset)
        assert [(type(e), e.timer, e.by) for e in stage.told if isinstance(e, kinds)] == [
            (TimerStarted, "stage", "cue 0"),
            (TimerPaused, "stage", "cue 1"),
            (TimerReset, "stage", "cue 2"),
        ]

    def test_they_happen_when_the_cue_fires_and_not_when_it_is_begun(self, begin: "Begin") -> None:
        stage = begin("1 hand memo careful pre 3")
        stage.when(Go())
        assert "NoteMarked" not in stage.kinds()
        stage.after(3.0)
        assert "NoteMarked" in stage.kinds()


class TestPanic:
    def test_a_stop_fades_and_a_second_before_the_fade_is_over_cuts(self, begin: "Begin") -> None:
        stage = begin("1 hand light 0 loop", "2 after 1 + 9")
        go(stage)
        stage.when(Stop(3.0))
        stage.now += 2.9
        stage.when(Stop(3.0), by="ada")
        stops = [e for e in stage.told if isinstance(e, ShowStopped)]
        assert [(e.fade, e.hard) for e in stops] == [(3.0, False), (0.0, True)]
        assert stage.state.levels == {"front": 0.0}
        assert (stage.state.running, stage.state.waiting, stage.state.held) == ({}, {}, True)

    def test_a_second_when_it_is_over_fades_again(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(Stop(3.0))
        stage.now += 3.0
        stage.when(Stop(3.0))
        assert [e.hard for e in stage.told if isinstance(e, ShowStopped)] == [False, False]

    def test_a_stop_without_a_fade_cuts(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(Stop(0.0))
        assert [e.hard for e in stage.told if isinstance(e, ShowStopped)] == [True]

    def test_after_a_resume_a_stop_is_the_first_again(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.when(Stop(30.0))
        stage.when(Resume())
        stage.when(Stop(30.0))
        assert [e.hard for e in stage.told if isinstance(e, ShowStopped)] == [False, False]


class TestRecords:
    def test_an_audition_moves_nothing_in_the_show(self, begin: "Begin") -> None:
        stage = begin("1 hand light 3", "2 after 1 + 0", then=("9 hand",))
        before = stage.state
        assert stage.when(Audition("1"), by="ada") == (CueAuditioned(at=0.0, cue="1", by="ada"),)
        stage.when(Audition("9"))
        assert stage.refused is None
        assert stage.state == before
        stage.when(Audition("77"))
        assert stage.refused == "There is no cue 77."

    def test_what_the_other_end_answers_is_kept(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        answer = HearAnswer("1", "video", "200 OK", ok=True, ms=12.5)
        assert stage.when(answer, by="errands") == (
            CueAnswered(at=0.0, cue="1", to="video", answer="200 OK", ok=True, ms=12.5),
        )
        assert stage.when(HearAnswer("gone", "video", "200 OK", ok=True, ms=12.5)) == ()

    def test_a_late_answer_to_a_closed_show_is_nobody_s_business(self, begin: "Begin") -> None:
        stage = begin("1 hand")
        stage.state = ShowState(closed=True)
        assert stage.when(HearAnswer("1", "video", "200 OK", ok=True, ms=12.5)) == ()
        assert stage.refused is None

    def test_the_levels_of_a_number_s_beginning_are_kept(self, begin: "Begin") -> None:
        stage = begin("1 hand light 3", then=("9 hand",))
        stage.when(Go())
        assert stage.state.levels == {"front": 1.0}
        assert stage.state.base == {}
        stage.when(StartNumber("2"))
        assert stage.state.base == {"front": 1.0}
        assert [e.cause for e in stage.told if isinstance(e, CueFired)] == [Cause.HAND]
