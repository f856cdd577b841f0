"""Edits, the lock, undo and redo; timers."""

import pytest

from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.timer import RunTimer
from collavoce.show.asked.edits import Arm, Lock, Redo, Undo
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.asked.timers import PauseTimer, ResetTimer, SetTimer, StartTimer
from collavoce.show.commands import Go, StartNumber
from collavoce.show.cues import Countdown, Cue, Department, Number
from collavoce.show.events import EditUndone, TimerStarted
from collavoce.show.folds.keeping import DONE_MOST
from collavoce.show.plan import Item, Plan
from collavoce.show.states.edits import Edited, moved
from collavoce.show.states.timers import Setting
from collavoce.show.timers import Phase, shows
from collavoce.show.triggers import ByHand
from collavoce.units import Instant, Seconds

from .conftest import Begin, Stage, show_of

WALL = Seconds(72_000.0)


def timed() -> Stage:
    """A stage with three timers and a cue that starts one and disarms another cue."""
    show = show_of(("1 hand", "2 hand"), ("3 hand",))
    does = (RunTimer("change"), SwitchCues(("2",), on=False))
    cue = Cue("1", "cue 1", Department.LX, ByHand(), does)
    first = Number("1", "Piece 1", None, None, (cue, *show.numbers[0].cues[1:]))
    object.__setattr__(show, "numbers", (first, *show.numbers[1:]))
    object.__setattr__(
        show,
        "timers",
        {
            "change": Countdown("change", "Change-over", "down", Seconds(90.0)),
            "run": Countdown("run", "Running time", "up"),
            "house": Countdown("house", "House opens", "to", until=Seconds(WALL + 300)),
        },
    )
    show.__post_init__()
    stage = Stage(show)
    stage.when(StartNumber("1"))
    stage.told.clear()
    return stage


def face(stage: Stage, timer: str, wall: float = WALL) -> tuple[float, Phase]:
    return shows(stage.state, stage.show.timers[timer], Instant(stage.now), Seconds(wall))


def test_arming_is_an_edit_that_can_be_taken_back_and_made_again(begin: Begin) -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(Arm(("1", "2"), on=False))
    assert stage.state.edited.disarmed == {"1", "2"}
    stage.when(Undo())
    assert stage.state.edited.disarmed == frozenset()
    stage.when(Redo())
    assert stage.state.edited.disarmed == {"1", "2"}


def test_disarming_again_what_is_disarmed_is_no_second_edit(begin: Begin) -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(Arm(("1",), on=False))
    assert stage.when(Arm(("1",), on=False)) == ()
    stage.when(Arm(("1", "2"), on=False))
    stage.when(Undo())
    assert stage.state.edited.disarmed == {"1"}


def test_an_undo_takes_back_only_what_its_edit_changed() -> None:
    origin = Edited(disarmed=frozenset({"1"}), timers={"a": Setting(1.0)})
    target = Edited(disarmed=frozenset({"2"}), timers={"a": Setting(2.0)})
    now = Edited(disarmed=frozenset({"2", "9"}), timers={"a": Setting(2.0), "b": Setting(5.0)})
    assert moved(now, target, origin) == Edited(
        disarmed=frozenset({"1", "9"}), timers={"a": Setting(1.0), "b": Setting(5.0)}
    )


def test_the_lock_forbids_edits_and_says_so(begin: Begin) -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(Arm(("1",), on=False))
    stage.when(Lock(on=True))
    edits = (
        Arm(("2",), on=False),
        Undo(),
        ChangeSetList(Plan((Item("1"), Item("2", cut=True))), "cut"),
    )
    for edit in edits:
        stage.when(edit)
        assert stage.refused is not None
        assert "locked" in stage.refused
    stage.when(Lock(on=False))
    stage.when(Undo())
    assert stage.refused is None
    assert stage.state.edited.disarmed == frozenset()


def test_undoing_never_opens_the_lock(begin: Begin) -> None:
    stage = begin("1 hand")
    stage.when(Arm(("1",), on=False))
    stage.when(Lock(on=True))
    stage.when(Lock(on=False))
    stage.when(Lock(on=True))
    stage.when(Undo())
    assert stage.state.locked


def test_nothing_to_undo_is_said(begin: Begin) -> None:
    stage = begin("1 hand")
    stage.when(Undo())
    assert stage.refused == "There is nothing to undo."
    stage.when(Redo())
    assert stage.refused == "There is nothing to redo."


def test_a_new_edit_forgets_what_was_taken_back(begin: Begin) -> None:
    stage = begin("1 hand", "2 hand")
    stage.when(Arm(("1",), on=False))
    stage.when(Undo())
    stage.when(Arm(("2",), on=False))
    stage.when(Redo())
    assert stage.refused is not None
    assert stage.state.edited.disarmed == {"2"}


def test_edits_that_can_be_taken_back_are_limited(begin: Begin) -> None:
    stage = begin("1 hand")
    for index in range(DONE_MOST + 5):
        stage.when(Arm(("1",), on=bool(index % 2)))
    assert len(stage.state.done) == DONE_MOST


def test_an_unknown_cue_cannot_be_armed(begin: Begin) -> None:
    stage = begin("1 hand")
    stage.when(Arm(("1", "77"), on=False))
    assert stage.refused == "There is no cue 77."
    assert stage.state.edited.disarmed == frozenset()


def test_the_log_names_what_was_taken_back(begin: Begin) -> None:
    stage = begin("1 hand")
    stage.when(Arm(("1",), on=False))
    (told,) = stage.when(Undo())
    assert isinstance(told, EditUndone)
    assert told.what == "Disarm 1"


def test_what_a_cue_switches_can_be_undone_and_asks_no_lock() -> None:
    stage = timed()
    stage.when(Lock(on=True))
    stage.when(Go())
    assert stage.state.edited.disarmed == {"2"}
    stage.when(Lock(on=False))
    stage.when(Undo())
    assert stage.state.edited.disarmed == frozenset()


def test_a_cue_starts_a_timer() -> None:
    stage = timed()
    stage.when(Go())
    assert [e.timer for e in stage.told if isinstance(e, TimerStarted)] == ["change"]
    stage.now += 30
    assert face(stage, "change") == (60.0, Phase.NEARLY)


def test_a_timer_stands_while_paused_and_goes_on_from_there() -> None:
    stage = timed()
    assert face(stage, "change") == (90.0, Phase.READY)
    stage.when(StartTimer("change"))
    stage.now += 20
    assert face(stage, "change") == (70.0, Phase.RUNNING)
    stage.when(PauseTimer("change"))
    stage.now += 100
    assert face(stage, "change") == (70.0, Phase.PAUSED)
    stage.when(StartTimer("change"))
    stage.now += 75
    assert face(stage, "change") == (-5.0, Phase.OVER)
    stage.when(ResetTimer("change"))
    assert face(stage, "change") == (90.0, Phase.READY)


def test_starting_a_running_timer_changes_nothing() -> None:
    stage = timed()
    stage.when(StartTimer("run"))
    stage.now += 10
    assert stage.when(StartTimer("run")) == ()
    assert face(stage, "run") == (10.0, Phase.RUNNING)


def test_a_timer_to_a_time_of_day_runs_by_itself() -> None:
    stage = timed()
    assert face(stage, "house") == (300.0, Phase.RUNNING)
    assert face(stage, "house", WALL + 250) == (50.0, Phase.NEARLY)
    assert face(stage, "house", WALL + 301) == (-1.0, Phase.OVER)
    stage.when(StartTimer("house"))
    assert stage.refused is not None
    stage.when(SetTimer("house", WALL + 600))
    assert face(stage, "house") == (600.0, Phase.RUNNING)


def test_another_length_counts_for_what_is_left_and_can_be_undone() -> None:
    stage = timed()
    stage.when(StartTimer("change"))
    stage.now += 20
    stage.when(SetTimer("change", 200.0))
    assert face(stage, "change") == (180.0, Phase.RUNNING)
    stage.when(Undo())
    assert face(stage, "change") == (70.0, Phase.RUNNING)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_a_timer_takes_no_length_that_is_none(seconds: float) -> None:
    stage = timed()
    stage.when(SetTimer("change", seconds))
    assert stage.refused is not None
    assert stage.state.edited.timers == {}


def test_an_unknown_timer_is_said() -> None:
    stage = timed()
    for command in (StartTimer("x"), PauseTimer("x"), ResetTimer("x"), SetTimer("x", 5.0)):
        stage.when(command)
        assert stage.refused == "There is no timer x."
