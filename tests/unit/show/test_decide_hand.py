"""What people ask for, and what they are told when it cannot be."""

from typing import TYPE_CHECKING

import pytest

from collavoce.following.estimate import Music
from collavoce.show.commands import (
    AnyCommand,
    Back,
    Follow,
    Go,
    GoTo,
    Hold,
    MarkNote,
    PointTo,
    Resume,
    StartNumber,
    Stop,
    Tick,
)
from collavoce.show.events import (
    CueDropped,
    CueFired,
    NoteMarked,
    PointerMoved,
    ShowClosed,
    ShowStopped,
)
from collavoce.show.evolve import evolve
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin

GUARD = 0.5


def test_go_fires_the_standby_and_says_by_whom(begin: "Begin") -> None:
    stage = begin("1 hand", "2 hand")
    stage.now = 3.0
    assert stage.when(Go("1", quarter=12.5), by="ada") == (
        CueFired(at=3.0, cue="1", cause=Cause.HAND, by="ada", quarter=12.5),
        PointerMoved(at=3.0, cue="2", by="ada"),
    )


def test_go_is_deaf_for_the_guard_time_after_a_go(begin: "Begin") -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(Go())
    stage.now += GUARD - 0.01
    stage.when(Go())
    assert stage.refused == "GO again in 0.1 s."
    stage.now += 0.01
    stage.when(Go())
    assert stage.fired == ["1", "2"]


def test_a_cue_of_the_follower_s_does_not_make_go_deaf(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 hand")
    stage.hear(4.0)
    stage.when(Go("2"))
    assert stage.fired == ["1", "2"]


def test_go_refuses_a_number_that_is_no_longer_in_standby(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 hand")
    stage.hear(4.0)
    stage.when(Go("1"))
    assert stage.refused == "1 is not in standby any more: 2 is."
    assert stage.fired == ["1"]


def test_go_past_the_last_cue_is_refused(begin: "Begin") -> None:
    stage = begin("1 hand")
    stage.when(Go())
    stage.now += 1
    stage.when(Go())
    assert stage.refused == "There is no cue after the last."


def test_go_before_any_number_is_refused(begin: "Begin") -> None:
    stage = begin("1 hand")
    stage.state = type(stage.state)()
    stage.when(Go())
    assert stage.refused == "No number has been started."


def test_the_hand_fires_in_a_hold_too(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 0")
    stage.when(Hold())
    stage.when(Go())
    stage.after(60)
    assert stage.fired == ["1"]
    stage.when(Resume())
    assert stage.fired == ["1", "2"]


def test_point_to_and_back_move_the_standby_and_fire_nothing(begin: "Begin") -> None:
    stage = begin("1 hand", "2 hand", "3 hand")
    stage.when(PointTo("3"))
    assert stage.state.pointer == "3"
    stage.when(Back())
    assert stage.state.pointer == "2"
    stage.when(Back())
    stage.when(Back())
    assert stage.refused == "There is no cue before the first."
    assert stage.fired == []


def test_back_from_past_the_last_stands_at_the_last(begin: "Begin") -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(PointTo("2"))
    stage.when(Go())
    stage.when(Back())
    assert stage.state.pointer == "2"


def test_go_to_arms_from_there_on_and_forgets_what_was_under_way(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 9", "3 at 4", "4 at 8", "5 end + 0")
    stage.when(Go())
    stage.when(GoTo("4"))
    assert stage.state.armed == {"4", "5"}
    assert stage.state.pointer == "4"
    assert stage.state.waiting == {}


@pytest.mark.parametrize("command", [PointTo("77"), GoTo("77")])
def test_an_unknown_cue_is_refused_by_name(begin: "Begin", command: AnyCommand) -> None:
    stage = begin("1 hand")
    stage.when(command)
    assert stage.refused == "There is no cue 77."


@pytest.mark.parametrize("command", [PointTo("9"), GoTo("9")])
def test_a_cue_of_another_number_is_refused_with_its_number(
    begin: "Begin", command: AnyCommand
) -> None:
    stage = begin("1 hand", then=("9 hand",))
    stage.when(command)
    assert stage.refused == "9 belongs to number 2, Piece 2. Start that number first."


def test_an_unknown_number_is_refused(begin: "Begin") -> None:
    stage = begin("1 hand")
    stage.when(StartNumber("3"))
    assert stage.refused == "There is no number 3."


def test_starting_a_number_again_begins_a_fresh_pass(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 after 1 + 60")
    stage.hear(4.0)
    stage.when(StartNumber("1"))
    assert stage.state.fired == {}
    assert stage.state.waiting == {}
    stage.hear(4.0)
    assert stage.fired == ["1", "1"]


def test_what_is_under_way_from_the_number_before_goes_on(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 5", then=("9 hand", "10 hand"))
    stage.when(Go())
    stage.when(StartNumber("2"))
    stage.after(5)
    assert stage.fired == ["1", "2"]
    assert stage.state.pointer == "9"


@pytest.mark.parametrize(
    "lines",
    [
        ("1 hand", "2 after 1 + 5"),
        ("1 hand sound 2", "2 done 1 + 3"),
        ("1 hand", "2 after 1 + 2 pre 3"),
        ("1 hand timeline 2:5", "2 group"),
        ("1 hand sequence 2,3", "2 group wait 5", "3 group"),
    ],
)
def test_what_is_left_of_the_number_before_is_let_go_once_the_next_has_fired(
    begin: "Begin", lines: tuple[str, ...]
) -> None:
    stage = begin(*lines, then=("9 hand", "10 after 9 + 60"))
    stage.when(Go())
    stage.when(StartNumber("2"))
    stage.now += 1
    stage.when(Go())
    before = list(stage.fired)
    stage.when_time_passes(30.0)
    assert stage.fired == before
    (dropped,) = [e for e in stage.told if isinstance(e, CueDropped)]
    assert dropped.cue == lines[-1].split()[0]
    assert dropped.why == "Its number is over, and the next one has begun."
    stage.when_time_passes(100.0)
    assert stage.fired == [*before, "10"]


def test_lights_out_at_the_end_comes_in_the_change_over_and_never_on_the_next_number(
    begin: "Begin",
) -> None:
    for first in (False, True):
        stage = begin("1 end + 6 dark 1", then=("9 at 4",))
        stage.hear(4.0)
        stage.hear(8.0, Music.ENDED)
        stage.when(StartNumber("2"))
        if first:
            stage.when(Go())
        stage.when_time_passes(30.0)
        assert stage.fired == (["9"] if first else ["1"])


def test_a_number_that_is_begun_again_is_not_over(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 5", then=("9 hand",))
    stage.when(StartNumber("2"))
    stage.when(Go())
    stage.when(StartNumber("1"))
    stage.now += 1
    stage.when(Go())
    stage.after(5)
    assert stage.fired == ["9", "1", "2"]


def test_waits_stand_still_in_a_hold(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 3")
    stage.when(Go())
    stage.after(1)
    stage.when(Hold())
    stage.after(100)
    stage.when(Resume())
    stage.after(1.9)
    assert stage.fired == ["1"]
    stage.after(0.1)
    assert stage.fired == ["1", "2"]


def test_hold_and_resume_said_twice_are_done_once(begin: "Begin") -> None:
    stage = begin("1 hand")
    for command in (Hold(), Hold(), Resume(), Resume(), Follow(on=True)):
        stage.when(command)
    assert stage.kinds() == ["ShowHeld", "ShowResumed"]


def test_stop_fades_forgets_and_holds(begin: "Begin") -> None:
    stage = begin("1 hand", "2 after 1 + 3")
    stage.when(Go())
    assert stage.when(Stop(fade=1.5)) == (ShowStopped(at=0.0, by="caller", fade=1.5),)
    assert stage.state.held
    stage.when(Resume())
    stage.after(10)
    assert stage.fired == ["1"]


@pytest.mark.parametrize("fade", [-1.0, 601.0, float("nan")])
def test_a_stop_that_would_not_be_seen_to_work_is_refused(begin: "Begin", fade: float) -> None:
    stage = begin("1 hand")
    stage.when(Stop(fade=fade))
    assert stage.refused == "A fade takes 0 to 600 seconds."


def test_a_note_is_kept_with_its_author(begin: "Begin") -> None:
    stage = begin("1 hand")
    assert stage.when(MarkNote("  late blackout ")) == (
        NoteMarked(at=0.0, text="late blackout", by="caller"),
    )


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_an_empty_or_endless_note_is_refused(begin: "Begin", text: str) -> None:
    stage = begin("1 hand")
    stage.when(MarkNote(text))
    assert stage.refused == "A note has 1 to 500 characters."


def test_a_closed_show_says_so_to_people_and_nothing_to_the_clock(begin: "Begin") -> None:
    stage = begin("1 hand")
    stage.state = evolve(stage.show, stage.state, ShowClosed(at=9.0))
    stage.when(Go())
    assert stage.refused == "The show is closed."
    stage.when(Tick())
    assert stage.refused is None


class TestAfterCues:
    """A cue that follows another."""

    def test_a_chain_goes_on_by_itself(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 after 1 + 2", "3 after 2 + 1", "4 after 1 + 0")
        stage.hear(4.0)
        assert stage.fired == ["1", "4"]
        stage.after(2)
        stage.after(1)
        fired = [event for event in stage.told if isinstance(event, CueFired)]
        assert [(event.cue, event.cause, event.by) for event in fired[1:]] == [
            ("4", "after", "1"),
            ("2", "after", "1"),
            ("3", "after", "2"),
        ]

    def test_one_fired_early_by_hand_does_not_come_a_second_time(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 after 1 + 5")
        stage.when(PointTo("2"))
        stage.when(Go())
        stage.hear(4.0)
        stage.after(9)
        assert stage.fired == ["2", "1"]

    def test_it_comes_along_when_its_cue_is_fired_by_hand_again(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 1", "3 after 2 + 1")
        for _ in range(2):
            stage.when(PointTo("1"))
            stage.when(Go())
            stage.after(1)
            stage.after(1)
        assert stage.fired == ["1", "2", "3"] * 2

    def test_a_hand_brings_it_along_however_often_it_came_alone(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 after 1 + 0")
        for cue in ("2", "2", "1"):
            stage.when(PointTo(cue))
            stage.when(Go())
            stage.now += 1
        assert stage.fired == ["2", "2", "1", "2"]

    def test_those_due_in_one_instant_fire_in_the_order_of_the_list(self, begin: "Begin") -> None:
        stage = begin("1 hand", "2 hand", "3 after 2 + 1", "4 after 1 + 2")
        stage.when(Go())
        stage.after(1)
        stage.when(Go())
        stage.after(1)
        assert stage.fired == ["1", "2", "3", "4"]

    def test_a_circle_without_waits_does_not_hang(self, begin: "Begin") -> None:
        stage = begin("1 after 2 + 0", "2 after 1 + 0")
        stage.when(Go())
        assert stage.fired == ["1", "2"]
