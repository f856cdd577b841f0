"""A performance played against any clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.rig.performer import Performer
from collavoce.units import Instant, Seconds

PERFORMANCE = (
    (Seconds(0.0), b"\x90\x3c\x40"),
    (Seconds(0.5), b"\x90\x40\x40"),
    (Seconds(0.5), b"\x80\x3c\x00"),
    (Seconds(2.0), b"\x80\x40\x00"),
)


def test_a_message_is_played_when_its_time_has_come_and_once() -> None:
    performer = Performer(PERFORMANCE, Instant(10.0))
    assert performer.due(Instant(9.9)) == []
    assert performer.due(Instant(10.0)) == [(10.0, b"\x90\x3c\x40")]
    assert performer.due(Instant(10.4)) == []
    assert performer.due(Instant(11.0)) == [(10.5, b"\x90\x40\x40"), (10.5, b"\x80\x3c\x00")]
    assert performer.due(Instant(99.0)) == [(12.0, b"\x80\x40\x00")]
    assert performer.due(Instant(100.0)) == []


def test_the_next_message_says_when_it_is_due_until_all_are_played() -> None:
    performer = Performer(PERFORMANCE, Instant(10.0))
    due: list[float] = []
    while (at := performer.next_at) is not None:
        due.append(at)
        performer.due(at)
    assert due == [10.0, 10.5, 12.0]


def test_an_empty_performance_is_over_before_it_begins() -> None:
    performer = Performer((), Instant(0.0))
    assert performer.next_at is None
    assert performer.due(Instant(5.0)) == []


@given(st.lists(st.floats(0.0, 20.0)))
def test_however_often_it_is_asked_it_plays_the_same(asked: list[float]) -> None:
    performer = Performer(PERFORMANCE, Instant(10.0))
    played = [note for now in sorted(asked) for note in performer.due(Instant(now))]
    played += performer.due(Instant(20.0))
    assert played == [(pytest.approx(10.0 + at), message) for at, message in PERFORMANCE]
