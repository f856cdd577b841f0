"""What events make of the lights: stops, halts, pauses, what was tracked."""

import pytest
from tests.unit.runtime.small_show import SHOW

from collavoce.show import events as e
from collavoce.show.looks import Look, look_after
from collavoce.show.told.running import CueHalted, CuePaused, CueResumed
from collavoce.show.told.tracking import StageTracked
from collavoce.units import Instant

FIRED = e.CueFired(0.0, "1", e.Cause.HAND, "caller")
"""front to full within 2 s."""


def told(*events: e.AnyEvent) -> Look:
    look = Look()
    for event in events:
        look = look_after(SHOW, look, event)
    return look


def front(look: Look, at: float) -> float:
    return look.at(Instant(at))["front"]


def test_a_stop_fades_what_there_is_and_a_hard_one_cuts_it() -> None:
    soft = told(FIRED, e.ShowStopped(2.0, "caller", 2.0))
    assert [front(soft, at) for at in (2.0, 3.0, 4.0)] == [1.0, 0.5, 0.0]
    hard = told(FIRED, e.ShowStopped(2.0, "caller", 2.0), e.ShowStopped(2.5, "caller", 2.0, True))
    assert front(hard, 2.5) == 0.0


def test_a_paused_fade_stands_and_goes_on_with_as_long_to_go() -> None:
    paused = told(FIRED, CuePaused(1.0, "1", "caller"))
    assert [front(paused, at) for at in (0.5, 1.0, 60.0)] == [0.25, 0.5, 0.5]
    assert paused.moving_until == 0.0
    resumed = told(FIRED, CuePaused(1.0, "1", "caller"), CueResumed(10.0, "1", "caller"))
    assert [front(resumed, at) for at in (10.0, 10.5, 11.0)] == [0.5, 0.75, 1.0]
    assert resumed.moving_until == 11.0


def test_a_cue_that_is_halted_fades_its_own_lights_or_leaves_them_where_they_are() -> None:
    faded = told(FIRED, CueHalted(1.0, "1", "caller", fade=1.0))
    assert [front(faded, at) for at in (1.0, 1.5, 2.0)] == [0.5, 0.25, 0.0]
    frozen = told(FIRED, CueHalted(1.0, "1", "caller", freeze=True))
    assert [front(frozen, at) for at in (1.0, 30.0)] == [0.5, 0.5]


def test_a_cue_that_is_halted_leaves_alone_what_another_has_set_since() -> None:
    tail = e.CueFired(3.0, "6", e.Cause.HAND, "caller")
    look = told(FIRED, tail, CueHalted(5.0, "1", "caller", fade=1.0))
    assert look == told(FIRED, tail)


def test_what_is_tracked_goes_there_within_its_fade() -> None:
    look = told(FIRED, StageTracked(5.0, {"front": 0.2}, 1.0, cues=("6",)))
    assert [front(look, at) for at in (5.0, 6.0)] == [1.0, 0.2]


def test_a_firing_that_waits_for_something_slower_stands_first_and_never_jumps() -> None:
    out = e.CueFired(1.0, "6", e.Cause.HAND, "caller", lands=0.5)
    look = told(FIRED, out)
    assert [front(look, at) for at in (1.0, 1.5, 2.0, 2.5)] == [
        0.5,
        0.5,
        pytest.approx(0.25),
        0.0,
    ]


def test_a_cue_the_folder_no_longer_knows_changes_nothing() -> None:
    assert told(FIRED, e.CueFired(1.0, "gone", e.Cause.HAND, "caller")) == told(FIRED)
