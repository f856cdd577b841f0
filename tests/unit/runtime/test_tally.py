"""What a performance came to, counted from its events."""

from collavoce.runtime.tally import tally
from collavoce.show.events import (
    AnyEvent,
    CueDropped,
    CueFired,
    CuePassed,
    ExitAcknowledged,
    ExitStandby,
    LightsOut,
    MusicEnded,
    MusicJumped,
    NumberStarted,
    StageTracked,
)
from collavoce.show.told.event import Cause

from .small_show import SHOW

STARTED = NumberStarted(0.0, "1")


def fired(cue: str, at: float, cause: Cause = Cause.FOLLOWER) -> CueFired:
    return CueFired(at, cue, cause, "follower")


def test_what_never_fired_is_missed_and_what_was_jumped_over_is_not() -> None:
    counts = tally(SHOW, [STARTED, fired("1", 4.0), CueDropped(9.0, "2", "jumped over")])
    # 4 is fired by hand only; 3 comes after 2 and was jumped over with it; 5 and 6 were due.
    assert (counts.planned, counts.fired, counts.passed, counts.missed) == (5, 1, 2, 2)


def test_what_was_tracked_or_disarmed_is_passed_and_not_missed() -> None:
    tracked = StageTracked(9.0, {"front": 1.0}, 1.0, cues=("1",))
    counts = tally(
        SHOW, [STARTED, tracked, fired("2", 9.5), CuePassed(10.0, "6", Cause.END, "clock")]
    )
    assert (counts.planned, counts.came, counts.passed, counts.missed) == (5, 1, 2, 2)


def test_what_a_cue_that_fired_failed_to_bring_is_missed_though_it_was_passed_once() -> None:
    counts = tally(SHOW, [STARTED, CueDropped(9.0, "2", "jumped over"), fired("2", 20.0)])
    assert (counts.passed, counts.missed) == (0, 4)


def test_a_cue_that_fires_again_came_once_and_a_cue_by_hand_was_not_due() -> None:
    again = [fired("1", 4.0), fired("1", 9.0), fired("4", 10.0, Cause.HAND)]
    counts = tally(SHOW, [STARTED, *again])
    assert (counts.planned, counts.fired, counts.came, counts.missed) == (5, 3, 1, 4)


def test_a_second_firing_by_itself_is_doubled_unless_something_armed_it_anew() -> None:
    twice: list[AnyEvent] = [STARTED, fired("2", 8.0), fired("2", 9.0)]
    assert tally(SHOW, twice).doubled == 1
    jumped = [STARTED, fired("2", 8.0), MusicJumped(9.0, 9.0, 4.0), fired("2", 13.0)]
    assert tally(SHOW, jumped).doubled == 0
    by_hand = [STARTED, fired("2", 8.0), fired("2", 9.0, Cause.HAND)]
    assert tally(SHOW, by_hand).doubled == 0


def test_the_exit_is_counted_from_its_standby_to_the_end() -> None:
    counts = tally(
        SHOW,
        [
            STARTED,
            ExitStandby(40.0, "5", "friend", "mina", "SL", 60.0),
            ExitAcknowledged(42.0, "5", "mina"),
            MusicEnded(61.0, 16.0),
            LightsOut(70.0),
        ],
    )
    assert counts.exit_standby_s == 21.0
    assert counts.acknowledged
    assert counts.lights_out_at == 70.0
