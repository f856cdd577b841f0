"""When the evening is over: the last number on every stage, to its end, and not a moment before."""

from dataclasses import replace

import pytest

from collavoce.following.estimate import Music
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.commands import Follow, Go, StartNumber
from collavoce.show.cues import Number, Show
from collavoce.show.events import ShowClosed
from collavoce.show.evolve import evolve
from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.over import HowFar, how_far
from collavoce.units import Instant

from .conftest import Stage, show_of

SCORED = "a.musicxml"


def evening(*numbers: tuple[str, ...], scored: bool = True, **more: object) -> Stage:
    """Numbers 1, 2 ... with these cues; the first has been started, as the house opens."""
    show = show_of(*numbers)
    written = tuple(
        replace(number, score=SCORED if scored else None, **more) for number in show.numbers
    )
    stage = Stage(replace(show, numbers=written))
    stage.when(StartNumber("1"))
    return stage


def far(*stages: Stage, now: float | None = None) -> HowFar:
    at = max(stage.now for stage in stages) if now is None else now
    return how_far([(stage.show, stage.state) for stage in stages], Instant(at))


def plays(stage: Stage, seconds: float = 30.0) -> None:
    """The current number, from its first onset to its last."""
    stage.hear(0.0)
    stage.now += seconds
    stage.hear(8.0, Music.ENDED)


def test_nothing_has_begun_where_only_the_first_number_stands_ready() -> None:
    stage = evening(("1 end + 2",))
    stage.now = 3600.0
    assert far(stage) == HowFar(begun=False, over_at=None)


def test_it_is_over_at_the_last_onset_of_the_last_number() -> None:
    stage = evening(("1 at 4",), ("2 at 4",))
    plays(stage)
    assert far(stage) == HowFar(begun=True)
    stage.now += 60.0
    stage.when(StartNumber("2"))
    assert far(stage).over_at is None
    plays(stage)
    assert far(stage).over_at == stage.now
    ended = stage.now
    stage.now += 600.0
    assert far(stage).over_at == ended


def test_it_is_not_over_in_the_middle_of_the_last_number() -> None:
    stage = evening(("1 at 4",))
    stage.hear(0.0)
    stage.now += 10.0
    stage.hear(5.0)
    assert stage.fired == ["1"], "its last cue"
    assert far(stage) == HowFar(begun=True)


def test_what_is_struck_out_is_not_waited_for_and_what_was_skipped_is() -> None:
    stage = evening(("1 at 4",), ("2 at 4",), ("3 at 4",))
    skipped = Plan((Item("1"), Item("3"), Item("2")))
    stage.when(ChangeSetList(skipped, "skip"))
    plays(stage)
    stage.when(StartNumber("3"))
    plays(stage)
    assert far(stage).over_at is None, "2 comes at the end now"
    ended = stage.now
    stage.now += 300.0
    struck = Plan((Item("1"), Item("3"), Item("2", cut=True)))
    stage.when(ChangeSetList(struck, "cut", instead=skipped))
    assert far(stage).over_at == ended


@pytest.mark.parametrize("encore", ["1", "2"])
def test_an_encore_makes_it_go_on_and_ends_it_anew(encore: str) -> None:
    stage = evening(("1 at 4",), ("2 at 4",))
    plays(stage)
    stage.when(StartNumber("2"))
    plays(stage)
    first = far(stage).over_at
    stage.now += 120.0
    stage.when(StartNumber(encore))
    assert far(stage) == HowFar(begun=True)
    plays(stage)
    assert far(stage).over_at == stage.now
    assert first is not None
    assert stage.now > first


def test_a_jump_back_takes_the_end_back() -> None:
    stage = evening(("1 at 4", "2 end + 1"))
    plays(stage)
    stage.after(1.0)
    assert "2" in stage.fired
    assert far(stage).over_at is not None
    stage.now += 5.0
    stage.hear(2.0, jump_from=8.0)
    assert far(stage) == HowFar(begun=True), "the end cue that fired before says nothing now"
    stage.now += 5.0
    stage.hear(8.0, Music.ENDED)
    assert far(stage).over_at == stage.now


def test_an_end_cue_fired_by_hand_is_the_callers_word() -> None:
    stage = evening(("1 at 4", "2 end + 1", "3 after 2 + 600"))
    stage.hear(0.0)
    stage.now += 50.0
    stage.hear(3.0)
    for _ in range(2):
        stage.now += 1.0
        stage.when(Go())
    assert stage.fired == ["1", "2"]
    assert far(stage).over_at == stage.now


def test_where_nothing_is_followed_the_last_cue_ends_it() -> None:
    stage = evening(("1 hand", "2 hand"), scored=False)
    for _ in range(2):
        assert far(stage).over_at is None
        stage.now += 100.0
        stage.when(Go())
    assert far(stage).over_at == stage.now


def test_where_nothing_is_followed_it_is_no_end_while_a_cue_still_waits() -> None:
    stage = evening(("1 hand", "2 after 1 + 30"), scored=False)
    stage.when(Go())
    assert far(stage).over_at is None
    stage.after(30.0)
    assert stage.fired == ["1", "2"]
    assert far(stage).over_at == stage.now


def test_the_last_cue_ends_nothing_before_the_planned_length_is_over() -> None:
    stage = evening(("1 hand",), scored=False, minutes=6.0)
    stage.now = 10.0
    stage.when(Go())
    assert far(stage) == HowFar(begun=True)
    assert far(stage, now=359.0).over_at is None
    assert far(stage, now=3600.0).over_at == 360.0


def test_a_follower_that_was_switched_off_is_not_waited_for() -> None:
    stage = evening(("1 at 4",))
    stage.when(Follow(on=False))
    stage.now = 80.0
    stage.when(Go())
    assert far(stage).over_at == 80.0


def test_an_interval_at_the_end_is_nothing_that_is_played() -> None:
    stage = evening(("1 at 4",), ())
    show = stage.show
    pause = replace(show.numbers[1], interval=True, score=None)
    stage.show = replace(show, numbers=(show.numbers[0], pause))
    plays(stage)
    assert far(stage).over_at == stage.now


def test_music_for_walking_out_is_not_waited_for_and_once_it_is_started_it_is() -> None:
    stage = evening(("1 at 4",), ("2 hand",))
    nocturne, goodnight = stage.show.numbers
    stage.show = replace(stage.show, numbers=(nocturne, replace(goodnight, score=None)))
    plays(stage)
    assert far(stage).over_at == stage.now
    stage.now += 60.0
    stage.when(StartNumber("2"))
    assert far(stage) == HowFar(begun=True)
    stage.when(Go())
    assert far(stage).over_at == stage.now


def test_closing_in_the_last_number_is_the_callers_word_and_before_it_is_none() -> None:
    stage = evening(("1 at 4",), ("2 at 4",))
    stage.hear(0.0)
    stage.now += 20.0
    closed = Stage(stage.show, evolve(stage.show, stage.state, ShowClosed(at=stage.now)))
    assert far(closed, now=stage.now) == HowFar(begun=True)
    stage.when(StartNumber("2"))
    closed = Stage(stage.show, evolve(stage.show, stage.state, ShowClosed(at=stage.now)))
    assert far(closed, now=stage.now).over_at == stage.now


def test_a_house_that_is_closed_before_anything_was_played_had_no_evening() -> None:
    stage = evening(("1 at 4",))
    closed = Stage(stage.show, evolve(stage.show, stage.state, ShowClosed(at=5.0)))
    assert far(closed, now=5.0) == HowFar()


def test_every_stage_has_to_be_over_and_the_last_of_them_ends_it() -> None:
    hall, tent, empty = evening(("1 at 4",)), evening(("1 at 4",)), Stage(no_numbers())
    plays(hall)
    assert far(hall, tent, empty) == HowFar(begun=True)
    tent.now = hall.now + 100.0
    plays(tent)
    assert far(hall, tent, empty).over_at == tent.now


def no_numbers() -> Show:
    return replace(show_of(), numbers=tuple[Number, ...]())
