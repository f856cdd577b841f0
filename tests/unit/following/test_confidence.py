"""How sure the follower may say it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.following.confidence import LANDED, PLACED, PROVED, Trust
from collavoce.show.rules.sure import FIRE_CONFIDENCE

SHARE = st.floats(0.0, 1.0)
ODDS = st.floats(0.0, 1e30)


def proved(notes: int = 40) -> Trust:
    """At a place that was followed for long, every note as written."""
    trust = Trust()
    for _ in range(notes):
        trust.reach()
        trust.hear(strange=False, stray=False)
    return trust


def after_slips(slips: int, of: int = 10) -> float:
    trust = proved()
    for k in range(of):
        trust.hear(strange=k < slips, stray=k < slips)
    return trust.confidence(1.0, 0.0)


@given(SHARE, ODDS)
def test_it_is_a_probability(near: float, others: float) -> None:
    assert 0.0 <= proved().confidence(near, others) <= 1.0


@given(SHARE, SHARE, ODDS, ODDS)
def test_more_belief_never_lowers_it_and_other_places_never_raise_it(
    near: float, nearer: float, others: float, more: float
) -> None:
    trust = proved()
    low, high = sorted((near, nearer))
    few, many = sorted((others, more))
    assert trust.confidence(high, few) >= trust.confidence(low, many)


def test_a_note_that_is_written_nowhere_near_lowers_it() -> None:
    said = [after_slips(k) for k in range(11)]
    assert all(b < a for a, b in pairwise(said))


def test_a_slip_among_ten_notes_fires_still_and_music_that_is_another_does_not() -> None:
    assert after_slips(1) > FIRE_CONFIDENCE
    assert after_slips(8) < FIRE_CONFIDENCE


def test_a_first_chord_may_be_a_try() -> None:
    trust = Trust()
    assert trust.confidence(1.0, 0.0) == 0.0
    trust.reach()
    assert trust.confidence(1.0, 0.0) <= 0.5
    for _ in range(3):
        trust.reach()
    assert trust.confidence(1.0, 0.0) > 0.9


def test_a_landing_out_of_a_place_that_was_proved_has_proved_something() -> None:
    assert proved(PROVED).landing().onsets == LANDED
    unproved = proved(PROVED - 1).landing()
    assert unproved.onsets == 0
    assert unproved.landing().onsets == -1


def test_a_person_is_believed_at_once() -> None:
    assert Trust(PLACED).confidence(1.0, 0.0) > FIRE_CONFIDENCE


@pytest.mark.parametrize("others", [0.0, 1.0, 1e3])
def test_a_copy_of_the_music_elsewhere_is_told_from_none(others: float) -> None:
    assert proved().confidence(1.0, others + 10.0) < proved().confidence(1.0, others)
