"""The laws of the follower; hypothesis looks for the exception."""

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.recorded.measures import heard
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist, noodling

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.listening import NoteOff, NoteOn, Observation, Silence
from collavoce.units import Instant, Quarters

SCORE = piece("AB", section_bars=6)
END = SCORE.end
ONSETS = sorted({n.onset for n in SCORE.notes})


@st.composite
def anything(draw: st.DrawFn) -> list[Observation]:
    """Any keys at all, at any instants: chords, trills, clusters, hours of silence."""
    now = 0.0
    observations: list[Observation] = []
    for _ in range(draw(st.integers(1, 60))):
        now += draw(st.one_of(st.just(0.0), st.floats(0.0, 0.2), st.floats(0.0, 5000.0)))
        kind = draw(st.integers(0, 3))
        pitch = draw(
            st.one_of(st.integers(0, 127), st.sampled_from([n.pitch for n in SCORE.notes]))
        )
        if kind == 0:
            observations.append(Silence(Instant(now)))
        elif kind == 1:
            observations.append(NoteOff(Instant(now), pitch))
        else:
            observations.append(NoteOn(Instant(now), pitch, draw(st.integers(1, 127))))
    return observations


@st.composite
def played(draw: st.DrawFn) -> list[Observation]:
    """A performance with what happens in performances: another pace, slips, a jump, noodling."""
    pianist = Pianist(
        seed=draw(st.integers(0, 999)),
        pace=draw(st.floats(0.6, 1.8)),
        sway=draw(st.floats(0.0, 0.3)),
        wrong=draw(st.floats(0.0, 0.2)),
    )
    start, end = sorted((draw(st.floats(0.0, END)), draw(st.floats(0.0, END))))
    pause = draw(st.floats(0.0, 10.0))
    performance = pianist.play(SCORE, Passage(0.0, max(end, 4.0)), Passage(start, END, pause))
    tried = noodling(1, 0.0, 1.0) if draw(st.booleans()) else []
    return list(heard(tried + performance.notes))


def follow(observations: list[Observation]) -> list[Estimate]:
    follower = Follower(SCORE)
    return [follower.step(observation) for observation in observations]


@settings(max_examples=40, deadline=None)
@given(anything())
def test_whatever_is_heard_an_estimate_is_a_place_in_the_score(heard: list[Observation]) -> None:
    for observation, estimate in zip(heard, follow(heard), strict=True):
        assert estimate.at == observation.heard_at
        assert estimate.heard_at <= estimate.at
        assert 0.0 <= estimate.quarter <= END
        assert 0.0 <= estimate.confidence <= 1.0 + 1e-9
        assert 1.0 < estimate.tempo < 2000.0
        assert estimate.remaining is None or 0.0 <= estimate.remaining < math.inf


@settings(max_examples=10, deadline=None)
@given(played(), st.floats(0.0, 1.0))
def test_the_future_changes_nothing(heard: list[Observation], share: float) -> None:
    until = int(share * len(heard))
    assert follow(heard[:until]) == follow(heard)[:until]


@settings(max_examples=10, deadline=None)
@given(played())
def test_the_position_goes_back_only_in_a_jump(heard: list[Observation]) -> None:
    for before, after in pairwise(follow(heard)):
        assert after.jump is not None or after.quarter >= before.quarter


@settings(max_examples=10, deadline=None)
@given(played())
def test_silence_reaches_no_onset(heard: list[Observation]) -> None:
    """Where time alone passes, the position stays short of the next onset."""
    said = follow(heard)
    for k in range(1, len(said)):
        if isinstance(heard[k], Silence):
            reached = [o for o in ONSETS if said[k - 1].quarter < o - 1e-9 <= said[k].quarter]
            assert reached == []


@settings(max_examples=10, deadline=None)
@given(played())
def test_a_jump_is_said_once_and_lands_where_it_says(heard: list[Observation]) -> None:
    for before, after in pairwise(follow(heard)):
        if after.jump is not None:
            assert after.jump.origin == before.quarter
            assert after.jump.target <= after.quarter
            assert after.state in {Music.JUMPED, Music.ENDED}


@settings(max_examples=25, deadline=None)
@given(anything(), st.floats(0.0, END + 10), anything())
def test_a_person_is_believed_at_any_time(
    before: list[Observation], quarter: float, after: list[Observation]
) -> None:
    follower = Follower(SCORE)
    for observation in before:
        follower.step(observation)
    follower.place_at(Quarters(quarter))
    last = before[-1].heard_at
    assert follower.step(Silence(last)).quarter == quarter
    for observation in after:
        later = Instant(last + observation.heard_at)
        follower.step(NoteOn(later, 60, 64) if isinstance(observation, NoteOn) else Silence(later))
