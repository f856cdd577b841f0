"""What a rehearsal leaves behind, and what is learned from it."""

from math import exp, log

import msgspec
import numpy as np
import pytest
from tests.recorded.measures import estimates
from tests.recorded.pieces import melody, piece
from tests.recorded.playing import Passage as Part
from tests.recorded.playing import Pianist

from collavoce.following.follower import Follower
from collavoce.following.model import tempo_map
from collavoce.following.takes import ONSETS_MOST, SHORTEST, Passage, Take, Taking
from collavoce.following.timing import learn
from collavoce.score.fingerprint import fingerprint
from collavoce.score.model import Score
from collavoce.units import Quarters

SCORE = melody(*[60 + k % 12 for k in range(24)])


def take(*seconds: float, score: Score = SCORE) -> Take:
    """Every onset played, with so many seconds between them."""
    instants = (0.0, *np.cumsum(seconds).tolist())
    quarters = tuple(float(k) for k in range(len(instants)))
    return Take(fingerprint(score), (Passage(quarters, instants),))


def with_fermata(quarter: float) -> Score:
    held = (Quarters(quarter),)
    return Score("", SCORE.notes, SCORE.bars, SCORE.tempos, (), held, SCORE.end)


def even(count: int = 23) -> list[float]:
    return [0.5] * count


class TestGathering:
    def test_a_performance_leaves_the_times_of_its_onsets(self) -> None:
        score = piece("AB")
        played = Pianist().play(score)
        follower = Follower(score)
        estimates(follower, played.notes)
        kept = follower.take()
        assert kept is not None
        (passage,) = kept.passages
        truth = {quarter: at for at, quarter in played.truth[0]}
        began = truth[passage.quarters[0]]
        assert len(passage.quarters) > 0.95 * len(truth)
        for quarter, second in zip(passage.quarters, passage.seconds, strict=True):
            assert second == pytest.approx(truth[quarter] - began, abs=0.1)

    def test_a_stop_and_a_jump_begin_other_passages(self) -> None:
        score = piece("ABC")
        played = Pianist().play(score, Part(0.0, 40.0), Part(40.0, 80.0, 8.0), Part(16.0, 90.0))
        follower = Follower(score)
        estimates(follower, played.notes)
        kept = follower.take()
        assert kept is not None
        lengths = [np.diff(passage.seconds).max() for passage in kept.passages]
        assert len(lengths) == 3
        assert max(lengths) < 4.0

    def test_a_wait_at_a_fermata_is_part_of_the_playing(self) -> None:
        taking = Taking(fermatas=[9.0])
        for k in range(20):
            taking.hear(float(k), k + (8.0 if k > 9 else 0.0), 0.9, followed=True)
            taking.wait()
            if k != 9:
                taking._waited = False
        kept = taking.take("")
        assert kept is not None
        assert len(kept.passages) == 1

    def test_what_is_not_surely_followed_is_left_out(self) -> None:
        taking = Taking([])
        for k in range(3 * SHORTEST):
            taking.hear(float(k), float(k), 0.9 if k % 3 else 0.2, followed=True)
        kept = taking.take("")
        assert kept is not None
        assert all(quarter % 3 for quarter in kept.passages[0].quarters)

    def test_too_little_is_nothing(self) -> None:
        taking = Taking([])
        for k in range(SHORTEST - 1):
            taking.hear(float(k), float(k), 0.9, followed=True)
        assert taking.take("") is None

    def test_a_take_has_an_end(self) -> None:
        taking = Taking([])
        for k in range(ONSETS_MOST + 100):
            taking.hear(float(k), float(k), 0.9, followed=True)
        kept = taking.take("")
        assert kept is not None
        assert sum(len(passage.quarters) for passage in kept.passages) == ONSETS_MOST

    def test_a_take_survives_the_way_to_a_file_and_back(self) -> None:
        written = msgspec.msgpack.encode(take(*even()))
        assert msgspec.msgpack.decode(written, type=Take) == take(*even())


class TestLearning:
    def test_nothing_is_learned_from_nothing_or_from_another_score(self) -> None:
        assert learn(SCORE, []) is None
        assert learn(SCORE, [take(*even(), score=piece("A"))]) is None

    def test_even_playing_at_any_tempo_changes_nothing(self) -> None:
        timing = learn(SCORE, [take(*[0.9] * 23)])
        assert timing is not None
        assert timing.longer == pytest.approx(0.0, abs=1e-6)

    def test_a_breath_is_expected_again_and_the_surer_the_more_takes_have_it(self) -> None:
        breath = even()
        breath[11] *= 1.4
        once, often = (learn(SCORE, [take(*breath)] * count) for count in (1, 4))
        assert once is not None
        assert often is not None
        assert 0.1 < once.longer[11] < often.longer[11] < log(1.4)
        assert often.give[11] < once.give[11]

    def test_takes_that_differ_teach_less_than_takes_that_agree(self) -> None:
        longer, shorter = even(), even()
        longer[11] *= 1.5
        shorter[11] /= 1.3
        differing = learn(SCORE, [take(*longer), take(*shorter)])
        agreeing = learn(SCORE, [take(*longer), take(*longer)])
        assert differing is not None
        assert agreeing is not None
        assert abs(differing.longer[11]) < 0.5 * agreeing.longer[11]
        assert differing.give[11] > agreeing.give[11]

    def test_a_fermata_is_held_as_it_was(self) -> None:
        score = with_fermata(11.0)
        held = even()
        held[11] *= 3.0
        timing = learn(score, [take(*held, score=score)])
        assert timing is not None
        assert exp(timing.longer[11]) == pytest.approx(3.0, rel=0.25)

    def test_an_accident_is_no_habit(self) -> None:
        stopped = even()
        stopped[11] *= 20.0
        timing = learn(SCORE, [take(*stopped)])
        assert timing is not None
        assert exp(timing.longer[11]) < 2.5
        assert np.delete(timing.longer, 11) == pytest.approx(0.0, abs=0.1)

    def test_in_the_retimed_score_only_fermatas_are_longer(self) -> None:
        score = with_fermata(11.0)
        played = even()
        played[11] *= 3.0
        played[4] *= 1.4
        timing = learn(score, [take(*played, score=score)])
        assert timing is not None
        assert timing.longer[4] > 0.1
        written = tempo_map(score)
        retimed = timing.retimed(written)
        for quarter in (0.0, 5.5, 11.5, 20.0):
            assert retimed.quarter_at(retimed.seconds_at(quarter)) == pytest.approx(quarter)
        for k in range(23):
            lengths = [t.seconds_at(k + 1.0) - t.seconds_at(k + 0.0) for t in (written, retimed)]
            longer = exp(timing.longer[11]) if k == 11 else 1.0
            assert lengths[1] == pytest.approx(lengths[0] * longer)


class TestFingerprint:
    def test_it_is_of_the_notes_and_not_of_the_title(self) -> None:
        named = Score("Nobody's", *[getattr(SCORE, f) for f in list(SCORE.__slots__)[1:]])
        assert fingerprint(named) == fingerprint(SCORE)
        assert fingerprint(piece("A")) != fingerprint(piece("B"))
