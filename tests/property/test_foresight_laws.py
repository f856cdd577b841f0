"""The laws of what is foreseen; hypothesis looks for the exception."""

from dataclasses import replace
from itertools import pairwise
from math import isfinite

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_following_laws import SCORE, anything, follow, played
from tests.recorded.playing import Pianist

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.following.takes import SHORTEST, Passage, Take
from collavoce.following.timing import learn
from collavoce.listening import Observation
from collavoce.score.fingerprint import fingerprint
from collavoce.units import Instant

SILENT = {Music.WAITING, Music.HELD, Music.JUMPED, Music.LOST, Music.ENDED}

DATAGRAM_BYTES = 1200
"""What goes through any network in one piece."""


def taught(seed: int, observations: list[Observation], sway: float = 0.2) -> list[Estimate]:
    """The answers of a follower that heard a rehearsal."""
    truth = Pianist(seed, sway=sway).play(SCORE).truth[0]
    start = truth[0][0]
    passage = Passage(tuple(q for _, q in truth), tuple(at - start for at, _ in truth))
    timing = learn(SCORE, [Take(fingerprint(SCORE), (passage,))])
    follower = Follower(SCORE, timing=timing)
    return [follower.step(observation) for observation in observations]


def check(said: list[Estimate]) -> None:
    for estimate in said:
        ahead = estimate.foreseen
        assert all(place.after >= 0.0 for place in ahead)
        assert all(isfinite(place.after) and 0.0 < place.give < 1e6 for place in ahead)
        assert all(place.quarter > estimate.quarter - 1e-9 for place in ahead[:1])
        for nearer, farther in pairwise(ahead):
            assert nearer.quarter < farther.quarter
            assert nearer.after < farther.after
        if estimate.state in SILENT or estimate.jump is not None:
            assert ahead == ()
        assert len(msgspec.msgpack.encode(estimate)) < DATAGRAM_BYTES


@settings(max_examples=20, deadline=None)
@given(anything())
def test_places_ahead_rise_and_are_never_in_the_past_whatever_is_played(
    heard: list[Observation],
) -> None:
    check(follow(heard))


@settings(max_examples=10, deadline=None)
@given(played(), st.integers(0, 99))
def test_the_same_of_performances_with_and_without_rehearsals(
    heard: list[Observation], seed: int
) -> None:
    check(follow(heard))
    check(taught(seed, heard))


@settings(max_examples=5, deadline=None)
@given(played(), st.integers(0, 99), st.floats(0.0, 1.0))
def test_the_future_changes_nothing_after_a_rehearsal(
    heard: list[Observation], seed: int, share: float
) -> None:
    until = int(share * len(heard))
    assert taught(seed, heard[:until]) == taught(seed, heard)[:until]


@settings(max_examples=10, deadline=None)
@given(played())
def test_no_takes_change_nothing_and_asking_for_one_changes_nothing(
    heard: list[Observation],
) -> None:
    follower = Follower(SCORE, timing=learn(SCORE, []))
    said: list[Estimate] = []
    for observation in heard:
        said.append(follower.step(observation))
        follower.take()
    assert said == follow(heard)


@settings(max_examples=10, deadline=None)
@given(anything())
def test_a_take_holds_rising_onsets_of_the_score_or_is_none(heard: list[Observation]) -> None:
    follower = Follower(SCORE)
    for observation in heard:
        follower.step(observation)
    take = follower.take()
    if take is not None:
        onsets = {float(note.onset) for note in SCORE.notes}
        for passage in take.passages:
            assert len(passage.quarters) == len(passage.seconds) >= SHORTEST
            assert set(passage.quarters) <= onsets
            assert all(a < b for a, b in pairwise(passage.quarters))
            assert all(a < b for a, b in pairwise(passage.seconds))


@settings(max_examples=10, deadline=None)
@given(anything(), anything())
def test_a_rehearsal_may_be_forgotten_at_any_time(
    before: list[Observation], after: list[Observation]
) -> None:
    passage = Passage(tuple(float(k) for k in range(20)), tuple(0.9 * k for k in range(20)))
    take = Take(fingerprint(SCORE), (passage,))
    follower = Follower(SCORE, timing=learn(SCORE, [take]))
    said = [follower.step(observation) for observation in before]
    follower.forget()
    assert follower.take() is None
    last = before[-1].heard_at
    said += [follower.step(replace(o, heard_at=Instant(last + o.heard_at))) for o in after]
    check(said)
