"""Pre-waits, what comes after the end of a cue, groups."""

from typing import TYPE_CHECKING

import pytest

from collavoce.show.asked.edits import Arm
from collavoce.show.asked.running import HaltCue, ResumeCue
from collavoce.show.commands import (
    Back,
    Go,
    GoTo,
    Hold,
    PauseCue,
    PointTo,
    Resume,
    StartNumber,
    Stop,
)
from collavoce.show.events import CueBegun, CueEnded, CueFired, CueOffered, CuePassed
from collavoce.show.rules.waits import next_due
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin, Stage


def firings(stage: "Stage") -> list[tuple[float, str, Cause]]:
    """When, which, why."""
    return [(e.at, e.cue, e.cause) for e in stage.told if isinstance(e, CueFired)]


class TestPreWait:
    def test_a_cue_with_a_pre_wait_is_begun_and_fires_when_it_is_due(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 2", "2 hand")
        assert stage.when(Go(), by="ada") == (
            CueBegun(at=0.0, cue="1", cause=Cause.HAND, by="ada", due=2.0),
        )
        assert stage.state.pointer == "1"
        assert next_due(stage.state) == 2.0
        stage.after(1.9)
        assert stage.fired == []
        stage.after(0.1)
        assert firings(stage) == [(2.0, "1", Cause.HAND)]
        assert stage.state.pointer == "2"
        assert stage.state.begun == {}

    def test_the_hand_that_began_it_is_no_second_go(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 2", "2 hand")
        stage.when(Go())
        stage.after(2.0)
        stage.when(Go())
        assert stage.refused is None
        assert stage.fired == ["1", "2"]

    def test_a_go_that_begins_it_makes_go_deaf(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 2")
        stage.when(Go())
        stage.now = 0.4
        stage.when(Go())
        assert stage.refused == "GO again in 0.1 s."

    def test_go_during_the_pre_wait_fires_at_once_and_once(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 5", "2 hand")
        stage.when(Go())
        stage.now = 1.0
        stage.when(Go("1"))
        assert stage.fired == ["1"]
        stage.after(30.0)
        assert stage.fired == ["1"]

    def test_a_place_cue_with_a_pre_wait_is_not_met_twice(self, begin: "Begin") -> None:
        stage = begin("1 at 4 pre 3")
        stage.hear(4.0)
        stage.now = 1.0
        stage.hear(5.0)
        assert stage.kinds().count("CueBegun") == 1
        stage.after(2.0)
        assert firings(stage) == [(3.0, "1", Cause.FOLLOWER)]
        assert next(e for e in stage.told if isinstance(e, CueFired)).quarter == 4.0

    def test_a_hold_freezes_it(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 3")
        stage.when(Go())
        stage.now = 1.0
        stage.when(Hold())
        stage.after(60.0)
        assert stage.fired == []
        stage.when(Resume())
        stage.when_time_passes(100.0)
        assert firings(stage) == [(63.0, "1", Cause.HAND)]

    def test_an_after_cue_waits_its_wait_and_then_its_own(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 1 pre 2")
        stage.when(Go())
        stage.when_time_passes(10.0)
        assert firings(stage) == [(0.0, "1", Cause.HAND), (3.0, "2", Cause.AFTER)]

    def test_a_stop_and_a_go_to_forget_it(self, begin: "Begin") -> None:
        for command in (Stop(), GoTo("2")):
            stage = begin("1 hand pre 3", "2 hand")
            stage.when(Go())
            stage.when(command)
            stage.when(Resume())
            stage.after(10.0)
            assert stage.fired == []
            assert stage.state.begun == {}


class TestAfterTheEnd:
    def test_it_comes_when_the_longest_of_the_actions_is_over(self, begin: "Begin") -> None:
        stage = begin("1 hand dark 3 sound 8", "2 done 1 + 1")
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert firings(stage)[1:] == [(9.0, "2", Cause.AFTER)]
        assert [e for e in stage.told if isinstance(e, CueEnded)] == [CueEnded(at=8.0, cue="1")]

    def test_after_a_cue_that_takes_no_time_it_comes_at_once(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 done 1 + 0")
        stage.when(Go())
        assert stage.fired == ["1", "2"]

    def test_an_end_that_nothing_hangs_on_is_not_told(self, begin: "Begin") -> None:
        stage = begin("1 hand dark 3", "2 after 1 + 9")
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert "CueEnded" not in stage.kinds()

    def test_it_moves_with_pause_and_resume(self, begin: "Begin") -> None:
        stage = begin("1 hand sound 10", "2 done 1 + 1")
        stage.when(Go())
        stage.now = 4.0
        stage.when(PauseCue("1"))
        assert next_due(stage.state) is None
        stage.after(100.0)
        stage.when(ResumeCue("1"))
        stage.when_time_passes(500.0)
        assert firings(stage)[1:] == [(111.0, "2", Cause.AFTER)]

    def test_a_loop_is_never_over_by_itself_and_ended_it_brings_nothing(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand loop", "2 done 1 + 0")
        stage.when(Go())
        stage.when_time_passes(5000.0)
        assert stage.fired == ["1"]
        stage.when(HaltCue("1", 2.0))
        stage.when_time_passes(9000.0)
        assert stage.fired == ["1"]
        assert stage.state.running == {}

    def test_in_a_hold_it_is_over_and_what_follows_waits(self, begin: "Begin") -> None:
        stage = begin("1 hand sound 5", "2 done 1 + 2")
        stage.when(Go())
        stage.now = 1.0
        stage.when(Hold())
        stage.when_time_passes(50.0)
        assert stage.kinds().count("CueEnded") == 1
        assert stage.fired == ["1"]
        stage.when(Resume())
        stage.when_time_passes(100.0)
        assert firings(stage)[1:] == [(52.0, "2", Cause.AFTER)]

    def test_fired_by_hand_before_the_end_it_does_not_come_a_second_time(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand sound 5", "2 done 1 + 0")
        stage.when(Go())
        stage.now = 1.0
        stage.when(Go("2"))
        stage.when_time_passes(50.0)
        assert stage.fired == ["1", "2"]


class TestGroups:
    def test_all_come_with_their_group_and_the_standby_stands_behind_them(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand all 2,3", "2 group", "3 group", "4 hand")
        stage.when(Go())
        assert firings(stage) == [
            (0.0, "1", Cause.HAND),
            (0.0, "2", Cause.GROUP),
            (0.0, "3", Cause.GROUP),
        ]
        assert [e.by for e in stage.told if isinstance(e, CueFired)][1:] == ["1", "1"]
        assert stage.state.pointer == "4"

    def test_a_member_can_be_pointed_at(self, begin: "Begin") -> None:
        stage = begin("1 hand all 2", "2 group", "3 hand")
        stage.when(PointTo("2"))
        stage.when(Go())
        assert stage.fired == ["2"]
        assert stage.state.pointer == "3"

    def test_a_sequence_goes_on_when_each_is_over(self, begin: "Begin") -> None:
        stage = begin(
            "1 hand sequence 2,3,4", "2 group sound 5", "3 group", "4 group dark 2", "5 hand"
        )
        stage.when(Go())
        assert stage.state.pointer == "5"
        stage.when_time_passes(60.0)
        assert firings(stage)[1:] == [
            (0.0, "2", Cause.GROUP),
            (5.0, "3", Cause.GROUP),
            (5.0, "4", Cause.GROUP),
        ]

    def test_what_hangs_on_a_group_comes_when_all_its_members_are_over(
        self, begin: "Begin"
    ) -> None:
        for kind in ("all 2,3", "sequence 2,3", "timeline 2:0,3:2"):
            stage = begin(f"1 hand {kind}", "2 group sound 5", "3 group sound 4", "4 done 1 + 1")
            stage.when(Go())
            stage.when_time_passes(60.0)
            over = {"all": 5.0, "sequence": 9.0, "timeline": 6.0}[kind.split()[0]]
            assert firings(stage)[-1] == (over + 1, "4", Cause.AFTER), kind
            assert stage.state.running == {}

    def test_back_passes_over_the_members(self, begin: "Begin") -> None:
        stage = begin("1 hand timeline 2:5,3:9", "2 group", "3 group", "4 hand")
        stage.when(Go())
        stage.when(Back())
        assert stage.state.pointer == "1"

    def test_a_number_begins_with_the_first_cue_that_go_may_carry(self, begin: "Begin") -> None:
        stage = begin("1 group", "2 hand all 1")
        assert stage.state.pointer == "2"

    def test_a_time_line_brings_each_at_its_own_time(self, begin: "Begin") -> None:
        stage = begin("1 hand timeline 2:1.5,3:0,4:4", "2 group", "3 group", "4 group")
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert [(at, cue) for at, cue, _ in firings(stage)] == [
            (0.0, "1"),
            (0.0, "3"),
            (1.5, "2"),
            (4.0, "4"),
        ]

    def test_a_random_group_takes_each_once_before_any_comes_again(self, begin: "Begin") -> None:
        stage = begin("1 hand random 2,3,4", "2 group", "3 group", "4 group")
        chosen: list[str] = []
        for _ in range(6):
            stage.when(PointTo("1"))
            stage.now += 1.37
            stage.when(Go())
            chosen.append(stage.fired[-1])
        assert sorted(chosen[:3]) == sorted(chosen[3:]) == ["2", "3", "4"]

    def test_which_one_is_chosen_hangs_on_the_instant_and_is_the_same_again(
        self, begin: "Begin"
    ) -> None:
        firsts: list[str] = []
        for _ in range(2):
            stage = begin("1 hand random 2,3,4,5", "2 group", "3 group", "4 group", "5 group")
            for now in range(40):
                stage.when(StartNumber("1"))
                stage.now = now * 1.01
                stage.when(Go())
                firsts.append(stage.fired[-1])
        assert firsts[:40] == firsts[40:]
        assert set(firsts) == {"2", "3", "4", "5"}

    def test_a_random_group_chooses_among_the_armed(self, begin: "Begin") -> None:
        stage = begin("1 hand random 2,3", "2 group", "3 group")
        stage.when(Arm(("2",), on=False))
        stage.when(Go())
        assert stage.fired == ["1", "3"]
        stage.when(Arm(("3",), on=False))
        stage.now = 1.0
        stage.when(PointTo("1"))
        stage.when(Go())
        assert stage.fired == ["1", "3", "1"]

    def test_in_a_hold_a_group_brings_what_comes_with_it_and_the_rest_stands_still(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 hand timeline 2:0,3:2", "2 group", "3 group")
        stage.when(Hold())
        stage.when(Go())
        stage.after(60.0)
        assert stage.fired == ["1", "2"]
        stage.when(Resume())
        stage.when_time_passes(100.0)
        assert firings(stage)[-1] == (62.0, "3", Cause.GROUP)

    def test_a_group_that_is_paused_stands_with_its_members(self, begin: "Begin") -> None:
        stage = begin("1 hand timeline 2:0,3:4", "2 group sound 10", "3 group", "4 done 1 + 0")
        stage.when(Go())
        stage.now = 1.0
        stage.when(PauseCue("1"))
        assert next_due(stage.state) is None
        stage.after(99.0)
        stage.when(ResumeCue("1"))
        stage.when_time_passes(500.0)
        assert firings(stage)[2:] == [(103.0, "3", Cause.GROUP), (109.0, "4", Cause.AFTER)]

    def test_a_group_that_is_ended_brings_nothing_more(self, begin: "Begin") -> None:
        stage = begin("1 hand sequence 2,3", "2 group sound 10", "3 group", "4 done 1 + 0")
        stage.when(Go())
        stage.now = 1.0
        stage.when(HaltCue("1"))
        assert stage.state.running == {}
        stage.when_time_passes(500.0)
        assert stage.fired == ["1", "2"]

    def test_a_sequence_whose_member_is_ended_is_ended(self, begin: "Begin") -> None:
        stage = begin("1 hand sequence 2,3", "2 group sound 10", "3 group")
        stage.when(Go())
        stage.when(HaltCue("2"))
        stage.when_time_passes(500.0)
        assert stage.fired == ["1", "2"]
        assert stage.state.running == {}

    def test_a_member_fired_early_by_hand_does_not_come_again(self, begin: "Begin") -> None:
        stage = begin("1 hand sequence 2,3,4", "2 group sound 10", "3 group sound 20", "4 group")
        stage.when(Go())
        stage.now = 1.0
        stage.when(PointTo("3"))
        stage.when(Go())
        stage.when_time_passes(500.0)
        assert [(at, cue) for at, cue, _ in firings(stage)] == [
            (0.0, "1"),
            (0.0, "2"),
            (1.0, "3"),
            (21.0, "4"),
        ]

    def test_groups_in_groups_end_inside_out(self, begin: "Begin") -> None:
        stage = begin(
            "1 hand sequence 2,5",
            "2 group all 3,4",
            "3 group sound 3",
            "4 group sound 6",
            "5 group dark 1",
            "6 done 1 + 0",
        )
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert firings(stage)[-2:] == [(6.0, "5", Cause.GROUP), (7.0, "6", Cause.AFTER)]

    def test_groups_in_a_circle_end(self, begin: "Begin") -> None:
        stage = begin("1 hand all 2", "2 group sequence 1", "3 done 1 + 0")
        stage.when(Go())
        stage.when_time_passes(60.0)
        assert stage.fired[:2] == ["1", "2"]
        assert len(stage.fired) < 10


def test_what_a_group_brings_where_the_music_is_does_not_fire_there_once_more(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4 all 2", "2 at 4")
    stage.hear(4.0)
    assert stage.fired == ["1", "2"]


def test_a_cue_that_hangs_on_itself_without_a_wait_is_offered(begin: "Begin") -> None:
    stage = begin("1 after 1 + 0")
    stage.when(Go())
    assert stage.fired == ["1", "1"]
    assert [e.why for e in stage.told if isinstance(e, CueOffered)] == [
        "It would come again at once, and again: it hangs on itself."
    ]
    assert next_due(stage.state) is None


class TestDisarmed:
    @pytest.mark.parametrize("line", ["2 at 4", "2 after 1 + 0", "2 group"])
    def test_a_disarmed_cue_is_passed_over_whatever_its_trigger(
        self, begin: "Begin", line: str
    ) -> None:
        stage = begin("1 hand all 2" if "group" in line else "1 hand", line, "3 after 2 + 0")
        stage.when(Arm(("2",), on=False))
        stage.when(Go())
        stage.hear(4.0)
        assert stage.fired == ["1", "3"]
        assert [e.cue for e in stage.told if isinstance(e, CuePassed)] == ["2"]

    def test_go_on_a_disarmed_cue_moves_on_and_what_follows_it_comes(self, begin: "Begin") -> None:
        stage = begin("1 hand pre 4 dark 3", "2 after 1 + 1", "3 done 1 + 0", "4 hand")
        stage.when(Arm(("1",), on=False))
        told = stage.when(Go(), by="ada")
        assert told[0] == CuePassed(at=0.0, cue="1", cause=Cause.HAND, by="ada")
        stage.when_time_passes(60.0)
        assert [(at, cue) for at, cue, _ in firings(stage)] == [(0.0, "3"), (1.0, "2")]
        assert "1" not in stage.state.fired

    def test_a_sequence_goes_on_behind_a_disarmed_member(self, begin: "Begin") -> None:
        stage = begin("1 hand sequence 2,3,4", "2 group sound 9", "3 group sound 9", "4 group")
        stage.when(Arm(("2", "3"), on=False))
        stage.when(Go())
        assert stage.fired == ["1", "4"]

    def test_armed_again_it_fires(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8")
        stage.when(Arm(("1", "2"), on=False))
        stage.hear(4.0)
        stage.when(Arm(("1", "2"), on=True))
        stage.hear(8.0)
        assert stage.fired == ["2"]
