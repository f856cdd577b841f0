"""What is usual of a cue, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.following.estimate import Music
from collavoce.report.nights import drift, off, times_of, usual
from collavoce.show.events import AnyEvent, CueFired, MusicChanged, MusicEnded, NumberStarted
from collavoce.show.told.event import Cause


def fired(cue: str, at: float) -> CueFired:
    return CueFired(at, cue, Cause.FOLLOWER, "follower")


def night(begin: float) -> list[AnyEvent]:
    return [
        NumberStarted(0.0, "1"),
        fired("before", begin - 2.0),
        MusicChanged(begin, Music.FOLLOWING, 0.0),
        fired("1", begin + 10.0),
        fired("1", begin + 30.0),
        MusicEnded(begin + 60.0, 90.0, 3.0),
    ]


@pytest.mark.parametrize("begin", [3.0, 300.0])
def test_a_cue_counts_from_the_first_onset_however_late_the_evening_begins(begin: float) -> None:
    times = times_of(night(begin))
    assert times.cues == pytest.approx({"before": -2.0, "1": 10.0})
    assert times.music == pytest.approx({"1": 63.0})


def test_a_number_started_anew_counts_from_its_last_start() -> None:
    again = [*night(3.0), NumberStarted(200.0, "1"), fired("1", 205.0)]
    assert times_of(again).cues == {"1": 5.0}
    assert times_of(again).music == {}


def test_two_nights_are_no_usual() -> None:
    assert usual([1.0, 2.0]) is None
    known = usual([1.0, 2.0, 3.0])
    assert known is not None
    assert (known.mean, known.spread, known.nights) == (2.0, 1.0, 3)


def test_a_steady_cue_may_stray_by_a_second_and_a_free_one_by_more() -> None:
    steady, free = usual([10.0, 10.01, 9.99]), usual([8.0, 10.0, 12.0])
    assert off(10.9, steady) is None
    assert off(11.2, steady) == pytest.approx(1.2)
    assert off(8.5, steady) == pytest.approx(-1.5)
    assert off(14.0, free) is None
    assert off(16.0, free) == pytest.approx(6.0)
    assert off(16.0, None) is None


def test_a_cue_that_comes_later_each_night_drifts_and_chance_does_not() -> None:
    assert drift([10.0, 11.0, 12.1, 12.9, 14.0]) == pytest.approx(0.99)
    assert drift([10.0, 13.0, 9.0, 12.0, 10.0]) is None
    assert drift([10.0, 11.0, 12.0]) is None
    assert drift([10.0, 10.1, 10.2, 10.3]) is None


@given(st.lists(st.integers(0, 600), min_size=4, max_size=12), st.integers(-100, 100))
def test_when_the_clock_began_changes_nothing_of_what_is_strange(
    times: list[int], shift: int
) -> None:
    moved = [float(time + shift) for time in times]
    still = [float(time) for time in times]
    assert off(moved[-1], usual(moved[:-1])) == pytest.approx(off(still[-1], usual(still[:-1])))
    assert (drift(moved) is None) == (drift(still) is None)
