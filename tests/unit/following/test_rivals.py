"""Places followed beside the track, until one is believed or all are dismissed."""

import numpy as np
import pytest
from tests.recorded.measures import heard
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist, Played

from collavoce.following.estimate import Estimate
from collavoce.following.follower import Follower
from collavoce.following.model import events_of, tempo_map
from collavoce.following.motion import LONG_AGO
from collavoce.following.tables import tables_of
from collavoce.following.track import Track
from collavoce.listening import NoteOn, Observation, Silence
from collavoce.score.model import Score
from collavoce.units import Instant, Quarters

SCORE = piece("ABCA")


def follow(score: Score, played: Played) -> list[Estimate]:
    follower = Follower(score)
    return [follower.step(observation) for observation in heard(played.notes)]


class TestPassagesThatAreAlike:
    def test_who_plays_on_into_a_passage_that_comes_again_is_not_believed_elsewhere(self) -> None:
        played = Pianist(3).play(SCORE)
        assert [e.jump for e in follow(SCORE, played) if e.jump is not None] == []


class TestStumbles:
    @pytest.mark.parametrize("back", [1, 2])
    def test_a_chord_struck_again_is_followed_and_so_is_what_comes_after(self, back: int) -> None:
        tempo = tempo_map(SCORE)
        events = events_of(SCORE, tempo)
        track, at = Track(tables_of(events), 1), 1.0
        for event in (*range(1, 20), *range(20 - back, 40)):
            for pitch in np.flatnonzero(events.written[:, event]).tolist():
                track.hear(at, pitch, LONG_AGO)
            at += float(events.seconds[event + 1] - events.seconds[event])
        assert track.peak == 39


class TestCausality:
    @pytest.mark.parametrize("case", ["back", "restart", "wrong"])
    def test_what_comes_later_changes_no_estimate_though_rivals_are_heard(self, case: str) -> None:
        pianist = Pianist(2, wrong=0.15 if case == "wrong" else 0.0)
        played = {
            "back": lambda: pianist.play(SCORE, Passage(0.0, 64.0), Passage(16.0, 80.0)),
            "restart": lambda: pianist.play(SCORE, Passage(0.0, 40.0), Passage(0.0, 30.0, 2.0)),
            "wrong": lambda: pianist.play(SCORE, Passage(0.0, 64.0)),
        }[case]()
        observations: list[Observation] = []
        for observation in heard(played.notes):
            observations += [observation, Silence(Instant(observation.heard_at + 0.005))]
        observations.sort(key=lambda o: o.heard_at)
        whole = Follower(SCORE)
        estimates = [whole.step(o) for o in observations]
        for share in (0.3, 0.6, 0.65, 0.7, 0.8):
            until = int(share * len(observations))
            follower = Follower(SCORE)
            assert [follower.step(o) for o in observations[:until]] == estimates[:until]


def test_a_rest_of_any_length_overflows_nothing() -> None:
    follower = Follower(SCORE)
    at = 0.0
    for k in range(600):
        at += 7200.0 if k % 97 == 0 else 0.05
        estimate = follower.step(NoteOn(Instant(at), 20 + (k * 7) % 90, 64))
        assert 0.0 <= estimate.quarter <= Quarters(SCORE.end)
