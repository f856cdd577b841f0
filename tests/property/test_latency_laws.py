"""Laws of the latency book, whatever the delays and whoever stops the show when."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.runtime.small_show import SHOW, Stage

from collavoce.runtime.performance import Performance
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.commands import Go, StartNumber, Stop
from collavoce.show.cues import Cue, Department
from collavoce.show.events import CueSent
from collavoce.show.latency import LONGEST
from collavoce.show.triggers import AfterCue, ByHand
from collavoce.units import Seconds

PLACES = ("a", "b", "c", "sacn")

books = st.dictionaries(st.sampled_from(PLACES), st.floats(0.0, LONGEST), min_size=1)


def fired(
    book: dict[str, float], stopped_after: float | None = None, runs_for: float = 2.0
) -> Stage:
    """A cue for two places and the lights, and one for the third that follows at once."""
    first = Cue(
        "x",
        "",
        Department.VID,
        ByHand(),
        (SendOsc("a", "/x"), SendOsc("b", "/x"), SetLevels({"front": 1.0}, Seconds(0.0))),
    )
    second = Cue("y", "", Department.VID, AfterCue("x", Seconds(0.0)), (SendOsc("c", "/y"),))
    number = replace(SHOW.numbers[0], cues=(first, second))
    delays = {name: Seconds(delay) for name, delay in book.items()}
    stage = Stage(show=replace(SHOW, numbers=(number,), patch=replace(SHOW.patch, delay=delays)))
    stage.performance.open("plan")
    stage.performance.ask(StartNumber("1"), "engine")
    stage.performance.ask(Go("x"), "caller")
    if stopped_after is not None:
        stage.at(stopped_after)
        stage.performance.ask(Stop(0.0), "caller")
    stage.at(runs_for)
    return stage


@given(books)
@settings(deadline=None)
def test_all_that_fires_together_lands_together_and_nothing_leaves_early_or_twice(
    book: dict[str, float],
) -> None:
    stage = fired(book)
    assert Counter(action.to for _, action in stage.sent) == Counter("abc")
    slowest = max(book.get(place, 0.0) for place in PLACES)
    for left_at, action in stage.sent:
        assert left_at >= 0.0
        assert left_at + book.get(action.to, 0.0) == pytest.approx(slowest, abs=1e-6)
    lights = stage.performance.look.fades["front"].began
    assert lights + book.get("sacn", 0.0) == pytest.approx(slowest, abs=1e-6)


@given(books, st.floats(0.0, LONGEST))
@settings(deadline=None)
def test_whenever_it_is_stopped_of_every_sending_it_is_known_what_became_of_it(
    book: dict[str, float], stopped_after: float
) -> None:
    stage = fired(book, stopped_after)
    told = [one for e in stage.events if isinstance(e, CueSent) for one in e.sent]
    assert Counter(one.to for one in told) == Counter(PLACES)
    left = {one.to for one in told if not one.problem} - {"sacn"}
    assert left == {action.to for _, action in stage.sent}
    assert stage.levels.get("front", 0.0) == 0.0


@given(books, st.floats(0.0, LONGEST))
@settings(deadline=None)
def test_whenever_the_engine_dies_nothing_leaves_twice_and_all_is_accounted_for(
    book: dict[str, float], died_after: float
) -> None:
    stage = fired(book, runs_for=died_after)
    successor = Performance(stage.show, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    successor.settle()
    stage.performance = successor
    stage.at(2.0)
    assert max(Counter(action.to for _, action in stage.sent).values(), default=0) <= 1
    told = Counter(one.to for e in stage.events if isinstance(e, CueSent) for one in e.sent)
    assert told == Counter(PLACES)
