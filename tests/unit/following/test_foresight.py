"""What is foreseen: how far, how surely, and when nothing is."""

from statistics import median

import pytest
from tests.recorded.measures import estimates
from tests.recorded.pieces import melody, note, piece, score_of
from tests.recorded.playing import Passage, Pianist, Played

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.following.timing import learn
from collavoce.listening import NoteOn, Silence
from collavoce.score.model import Score
from collavoce.units import Instant

BEAT_S = 0.5
PITCHES = tuple(48 + (7 * k) % 24 for k in range(20))


def steadily(follower: Follower, count: int, beat_s: float = BEAT_S) -> Estimate:
    """The estimate after so many notes of `melody(*PITCHES)` in strict time."""
    keys = [NoteOn(Instant(1 + beat_s * k), PITCHES[k], 64) for k in range(count)]
    return [follower.step(key) for key in keys][-1]


def missed_by(score: Score, said: list[Estimate], played: Played, seconds: float) -> float:
    """Median error of the onsets foreseen about so many seconds ahead."""
    truth = {quarter: at for at, quarter in played.truth[0]}
    errors = [
        abs(estimate.at + place.after - truth[place.quarter])
        for estimate in said[len(said) // 4 :]
        for place in estimate.foreseen
        if abs(place.after - seconds) < 0.2 and place.quarter in truth
    ]
    assert len(errors) > len(score.notes) // 10
    return median(errors)


class TestSteadyPlaying:
    def test_the_next_onsets_are_foreseen_to_a_few_hundredths_of_a_second(self) -> None:
        estimate = steadily(Follower(melody(*PITCHES)), 8)
        for place in estimate.foreseen:
            after = (place.quarter - estimate.quarter) * BEAT_S
            assert place.after == pytest.approx(after, abs=0.02 + 0.04 * after)

    def test_at_least_four_seconds_are_foreseen_where_the_piece_goes_on(self) -> None:
        score = piece("ABC")
        said = estimates(Follower(score), Pianist().play(score).notes)
        going_on = [
            e for e in said if e.foreseen and e.foreseen[-1].quarter < score.notes[-1].onset
        ]
        assert len(going_on) > len(said) / 2
        assert all(e.foreseen[-1].after >= 4.0 for e in going_on)
        assert all(len(e.foreseen) <= 10 for e in going_on)

    def test_the_give_grows_with_the_distance(self) -> None:
        gives = [place.give for place in steadily(Follower(melody(*PITCHES)), 8).foreseen]
        assert gives == sorted(gives)
        assert gives[0] < 0.3

    def test_time_that_passes_brings_the_places_nearer(self) -> None:
        follower = Follower(melody(*PITCHES))
        before = steadily(follower, 8).foreseen
        after = follower.step(Silence(Instant(1 + 7 * BEAT_S + 0.2))).foreseen
        assert [p.quarter for p in after] == [p.quarter for p in before]
        for earlier, later in zip(before, after, strict=True):
            assert earlier.after - later.after == pytest.approx(0.2)

    def test_an_onset_that_is_late_makes_all_that_follows_late(self) -> None:
        follower = Follower(melody(*PITCHES))
        before = steadily(follower, 8).foreseen
        late = follower.step(Silence(Instant(1 + 8 * BEAT_S + 0.3)))
        assert late.state is Music.FOLLOWING
        assert late.foreseen[0].after == 0.0
        assert late.foreseen[0].give > 0.2
        gap = late.foreseen[1].after - late.foreseen[0].after
        assert gap == pytest.approx(before[1].after - before[0].after)


class TestNothingToForesee:
    def test_before_the_tempo_is_known(self) -> None:
        follower = Follower(melody(*PITCHES))
        assert follower.step(Silence(Instant(0.5))).foreseen == ()
        assert steadily(follower, 1).foreseen == ()

    def test_in_a_stop(self) -> None:
        follower = Follower(melody(*PITCHES))
        steadily(follower, 8)
        held = follower.step(Silence(Instant(9.0)))
        assert held.state is Music.HELD
        assert held.foreseen == ()

    def test_after_the_end(self) -> None:
        ended = steadily(Follower(melody(*PITCHES)), len(PITCHES))
        assert ended.state is Music.ENDED
        assert ended.foreseen == ()

    def test_past_a_fermata(self) -> None:
        plain = melody(*PITCHES)
        score = Score(
            "", plain.notes, plain.bars, plain.tempos, (), (plain.notes[9].onset,), plain.end
        )
        follower = Follower(score)
        assert steadily(follower, 8).foreseen[-1].quarter == 9.0
        keys = [NoteOn(Instant(1 + BEAT_S * k), PITCHES[k], 64) for k in (8, 9)]
        assert [follower.step(key) for key in keys][-1].foreseen == ()

    def test_when_the_player_was_just_found_elsewhere(self) -> None:
        score = piece("ABC")
        played = Pianist().play(score, Passage(0.0, 64.0), Passage(32.0, 96.0))
        said = estimates(Follower(score), played.notes)
        assert [e.foreseen for e in said if e.jump is not None] == [()]


class TestWhatWasHeardBefore:
    def test_a_theme_that_comes_again_is_foreseen_better(self) -> None:
        theme = [k + (0.3 if k % 2 else 0.0) for k in range(16)]
        score = score_of(
            [note(16 * t + q, 60 + (5 * k) % 12) for t in range(4) for k, q in enumerate(theme)]
        )
        follower = Follower(score)
        onsets = [n.onset for n in score.notes]
        at, foreseen = 1.0, {0.0: 1.0}
        errors: list[float] = []
        for k, written in enumerate(score.notes):
            estimate = follower.step(NoteOn(Instant(at), written.pitch, 64))
            errors.append(abs(at - foreseen.get(float(written.onset), at)))
            foreseen |= {float(p.quarter): at + p.after for p in estimate.foreseen[:1]}
            liberty = 1.25 if k % 16 in {3, 4, 9, 12} else 0.95
            at += 0.6 * (onsets[min(k + 1, 63)] - written.onset) * liberty
        first, again = errors[:17], errors[17:60]
        assert max(first) > 0.15
        assert max(again) < 0.5 * max(first)

    def test_a_rehearsal_makes_the_same_liberties_foreseen(self) -> None:
        score = piece("ABC")
        rehearsal, evening = (Pianist(seed, sway=0.25).play(score) for seed in (5, 6))
        first = Follower(score)
        estimates(first, rehearsal.notes)
        take = first.take()
        assert take is not None
        plain = estimates(Follower(score), evening.notes)
        taught = estimates(Follower(score, timing=learn(score, [take])), evening.notes)
        without, with_it = (missed_by(score, said, evening, 2.0) for said in (plain, taught))
        assert with_it < 0.7 * without

    def test_a_rehearsal_of_opposite_liberties_hardly_hurts(self) -> None:
        score = piece("ABC")
        rehearsal = Pianist(5, sway=-0.15).play(score)
        evening = Pianist(6, sway=0.15).play(score)
        first = Follower(score)
        estimates(first, rehearsal.notes)
        take = first.take()
        assert take is not None
        plain = estimates(Follower(score), evening.notes)
        taught = estimates(Follower(score, timing=learn(score, [take])), evening.notes)
        without, with_it = (missed_by(score, said, evening, 2.0) for said in (plain, taught))
        assert with_it < 1.25 * without

    def test_a_fermata_that_was_rehearsed_is_foreseen_through_and_no_stop(self) -> None:
        plain = melody(*PITCHES)
        held = (plain.notes[9].onset,)
        score = Score("", plain.notes, plain.bars, plain.tempos, (), held, plain.end)
        keys = [NoteOn(Instant(1 + BEAT_S * k + 2 * (k > 9)), p, 64) for k, p in enumerate(PITCHES)]
        first = Follower(score)
        estimates(first, keys)
        take = first.take()
        assert take is not None
        for timing, state in ((learn(score, [take]), Music.FOLLOWING), (None, Music.HELD)):
            follower = Follower(score, timing=timing)
            estimates(follower, keys[:10], keys[9].heard_at + 0.01)
            waiting = follower.step(Silence(Instant(keys[9].heard_at + 1.8)))
            assert waiting.state is state
            assert [p.quarter for p in waiting.foreseen[:1]] == [10.0] * (timing is not None)
            if timing is not None:
                assert waiting.foreseen[0].after == pytest.approx(0.7, abs=0.5)
                assert waiting.foreseen[0].give > 0.3

    def test_what_is_forgotten_is_forgotten_and_the_place_is_kept(self) -> None:
        score = piece("ABC")
        rehearsal, evening = (Pianist(seed, sway=0.25).play(score) for seed in (5, 6))
        first = Follower(score)
        estimates(first, rehearsal.notes)
        take = first.take()
        assert take is not None
        follower = Follower(score, timing=learn(score, [take]))
        middle = evening.truth[0][len(evening.truth[0]) // 2][0] + 0.01
        before = estimates(follower, [n for n in evening.notes if n.heard_at <= middle], middle)
        follower.forget()
        assert follower.take() is None
        after = [follower.step(n) for n in evening.notes if n.heard_at > middle]
        assert [e for e in after if e.jump is not None] == []
        assert after[0].quarter >= before[-1].quarter
        assert after[-1].state is Music.ENDED
        assert after[0].quarter - before[-1].quarter <= 2.0
