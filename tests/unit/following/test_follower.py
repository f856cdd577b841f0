"""The follower hears whole performances; each test is something that happens on a stage."""

import pytest
from tests.recorded.measures import delays, early, estimates, on_time
from tests.recorded.pieces import melody, note, piece, score_of
from tests.recorded.playing import Passage, Pianist, noodling

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.following.model import EmptyScoreError
from collavoce.listening import NoteOn, Silence
from collavoce.score.model import Score
from collavoce.units import Instant, Quarters

PIECE = piece("ABC")
BAR = 4.0


def jumps(said: list[Estimate]) -> list[Estimate]:
    return [estimate for estimate in said if estimate.jump is not None]


def at(said: list[Estimate], instant: float) -> Estimate:
    return [estimate for estimate in said if estimate.at <= instant][-1]


def press(follower: Follower, *keys: tuple[float, int]) -> Estimate:
    """The estimate after the last of (instant, pitch)."""
    said = [follower.step(NoteOn(Instant(when), pitch, 64)) for when, pitch in keys]
    return said[-1]


class TestPlaying:
    @pytest.mark.parametrize("seed", range(3))
    def test_every_onset_is_said_as_it_is_played(self, seed: int) -> None:
        score = piece("ABC", seed)
        played = Pianist(seed).play(score)
        delay = delays(estimates(Follower(score), played.notes), played)
        assert all(d is not None and 0 <= d < 0.1 for d in delay)

    def test_a_free_pace_is_followed(self) -> None:
        played = Pianist(2, sway=0.35).play(PIECE)
        delay = delays(estimates(Follower(PIECE), played.notes), played)
        assert on_time(delay) > 0.99
        assert early(delay) == 0

    @pytest.mark.parametrize("pace", [0.6, 1.7])
    def test_another_tempo_than_the_written_one_is_followed(self, pace: float) -> None:
        played = Pianist(3, pace=pace).play(PIECE)
        said = estimates(Follower(PIECE), played.notes)
        assert on_time(delays(said, played)) > 0.99
        assert at(said, played.end / 2).tempo == pytest.approx(96 / pace, rel=0.15)

    @pytest.mark.parametrize("seed", range(3))
    def test_wrong_notes_do_not_lead_astray(self, seed: int) -> None:
        played = Pianist(seed, wrong=0.15).play(PIECE)
        said = estimates(Follower(PIECE), played.notes)
        delay = delays(said, played)
        assert on_time(delay) > 0.97
        assert early(delay) < 0.01
        assert jumps(said) == []

    def test_music_that_comes_again_as_written_is_no_jump(self) -> None:
        score = piece("AABA")
        played = Pianist().play(score)
        said = estimates(Follower(score), played.notes)
        assert on_time(delays(said, played)) == 1
        assert jumps(said) == []

    def test_the_position_never_goes_back_while_nobody_jumps(self) -> None:
        played = Pianist(4, sway=0.2, wrong=0.1).play(PIECE)
        said = [e.quarter for e in estimates(Follower(PIECE), played.notes)]
        assert said == sorted(said)


class TestBetweenOnsets:
    def test_the_position_goes_on_by_the_pace_but_not_onto_what_was_not_heard(self) -> None:
        follower = Follower(melody(60, 62, 64, 65, 67, 69))
        press(follower, (1.0, 60), (2.0, 62), (3.0, 64))
        halfway = follower.step(Silence(Instant(3.5)))
        assert halfway.quarter == pytest.approx(2.5, abs=0.1)
        assert 2.9 < follower.step(Silence(Instant(5.0))).quarter < 3.0
        assert press(follower, (5.1, 65)).quarter == pytest.approx(3.0)

    def test_what_is_overdue_is_held_and_goes_on_with_the_next_onset(self) -> None:
        follower = Follower(melody(60, 62, 64, 65, 67, 69))
        press(follower, (1.0, 60), (2.0, 62), (3.0, 64))
        assert follower.step(Silence(Instant(4.2))).state is Music.FOLLOWING
        assert follower.step(Silence(Instant(6.0))).state is Music.HELD
        assert press(follower, (9.0, 65)).state is Music.FOLLOWING

    def test_a_stop_of_six_seconds_changes_nothing_but_the_time(self) -> None:
        stop = Passage(0.0, 40.0), Passage(40.0, 96.0, pause=6.0)
        played = Pianist().play(PIECE, *stop)
        said = estimates(Follower(PIECE), played.notes)
        resumed = played.truth[1][0][0]
        assert on_time(delays(said, played)) == 1
        assert at(said, resumed - 0.1).state is Music.HELD
        assert at(said, resumed - 0.1).quarter < 40.0
        assert at(said, resumed + 0.5).state is Music.FOLLOWING

    def test_the_predicted_end_is_near_the_truth_and_moves_on_with_a_stop(self) -> None:
        stop = Passage(0.0, 40.0), Passage(40.0, 96.0, pause=6.0)
        played = Pianist(pace=1.2).play(PIECE, *stop)
        said = estimates(Follower(PIECE), played.notes)
        stopped, resumed = played.truth[0][-1][0] + 1.5, played.truth[1][0][0]

        def end(instant: float) -> float:
            estimate = at(said, instant)
            assert estimate.remaining is not None
            return instant + estimate.remaining

        assert end(resumed + 5) == pytest.approx(played.end, abs=4.0)
        waited = resumed - 0.5 - stopped
        assert end(resumed - 0.5) - end(stopped) == pytest.approx(waited, abs=0.1)


class TestElsewhere:
    @pytest.mark.parametrize("seed", range(3))
    def test_a_jump_back_of_eight_bars_is_found_and_said_once(self, seed: int) -> None:
        score = piece("ABC", seed)
        played = Pianist(seed).play(score, Passage(0.0, 64.0), Passage(32.0, 96.0))
        said = estimates(Follower(score), played.notes)
        landed = played.truth[1][0][0]
        (leap,) = jumps(said)
        assert landed < leap.at < landed + 3.0
        assert leap.jump is not None
        assert leap.jump.origin < 64.0 + BAR
        assert leap.jump.target == 32.0
        assert 32.0 <= leap.quarter < 32.0 + 2 * BAR
        assert early(delays(said, played)) == 0
        assert said[-1].state is Music.ENDED

    @pytest.mark.parametrize("seed", range(3))
    def test_a_cut_of_eight_bars_is_found(self, seed: int) -> None:
        score = piece("ABC", seed)
        played = Pianist(seed).play(score, Passage(0.0, 30.0), Passage(64.0, 96.0))
        said = estimates(Follower(score), played.notes)
        landed = played.truth[1][0][0]
        (leap,) = jumps(said)
        assert landed < leap.at < landed + 3.0
        assert 64.0 <= leap.quarter < 64.0 + 2 * BAR

    def test_a_new_start_from_the_top_is_found(self) -> None:
        played = Pianist().play(PIECE, Passage(0.0, 50.0), Passage(0.0, 96.0, pause=3.0))
        said = estimates(Follower(PIECE), played.notes)
        (leap,) = jumps(said)
        assert leap.quarter < 2 * BAR
        assert leap.at < played.truth[1][0][0] + 3.0

    def test_a_start_in_the_middle_is_found(self) -> None:
        played = Pianist().play(PIECE, Passage(40.0, 96.0))
        said = estimates(Follower(PIECE), played.notes)
        assert jumps(said)[0].at < played.truth[0][0][0] + 3.0
        assert on_time(delays(said, played)[8:]) == 1

    def test_a_start_that_was_told_is_followed_from_its_first_note(self) -> None:
        played = Pianist().play(PIECE, Passage(40.0, 96.0))
        said = estimates(Follower(PIECE, start=Quarters(40.0)), played.notes)
        assert said[0].state is Music.WAITING
        assert said[0].quarter == 40.0
        assert jumps(said) == []
        assert on_time(delays(said, played)) == 1

    def test_a_person_is_believed_about_the_place(self) -> None:
        follower = Follower(PIECE)
        played = Pianist().play(PIECE, Passage(0.0, 10.0), Passage(60.0, 96.0))
        landed = played.truth[1][0][0]
        estimates(follower, [n for n in played.notes if n.heard_at < landed - 0.2], landed - 0.2)
        follower.place_at(Quarters(60.0))
        after = [n for n in played.notes if n.heard_at >= landed - 0.2]
        said = [follower.step(n) for n in after]
        assert said[0].quarter >= 60.0
        assert jumps(said) == []
        assert said[-1].state is Music.ENDED


class TestBeforeAndAfter:
    @pytest.mark.parametrize("seed", range(5))
    def test_fingers_being_tried_do_not_begin_the_piece(self, seed: int) -> None:
        follower = Follower(PIECE)
        said = estimates(follower, noodling(seed, 1.0, 12.0))
        assert {estimate.state for estimate in said} == {Music.WAITING}
        assert {estimate.quarter for estimate in said} == {0.0}

    def test_the_piece_is_found_after_fingers_were_tried(self) -> None:
        tried = noodling(7, 0.0, 5.0)
        played = Pianist().play(PIECE, Passage(0.0, 96.0, pause=6.0))
        said = estimates(Follower(PIECE), tried + played.notes)
        assert on_time(delays(said, played)) == 1

    @pytest.mark.parametrize("seed", range(5))
    def test_nothing_moves_after_the_end(self, seed: int) -> None:
        played = Pianist(seed).play(PIECE)
        follower = Follower(PIECE)
        estimates(follower, played.notes, played.end + 0.5)
        said = estimates(follower, noodling(seed, played.end + 1.0, 20.0))
        assert {e.state for e in said if e.at > played.end} == {Music.ENDED}
        assert jumps(said) == []

    def test_the_end_leaves_nothing_to_wait_for(self) -> None:
        played = Pianist().play(PIECE)
        last = estimates(Follower(PIECE), played.notes)[-1]
        assert last.state is Music.ENDED
        assert last.remaining == 0.0

    def test_before_the_first_note_nothing_is_known_of_the_length(self) -> None:
        first = Follower(PIECE).step(Silence(Instant(0.1)))
        assert first.state is Music.WAITING
        assert first.remaining is None

    def test_music_that_is_not_in_the_score_is_lost(self) -> None:
        played = Pianist().play(PIECE, Passage(0.0, 30.0))
        follower = Follower(PIECE)
        estimates(follower, played.notes, played.end + 0.5)
        said = estimates(follower, noodling(1, played.end + 0.6, 8.0))
        assert Music.LOST in {e.state for e in said if e.at > played.end}


class TestOrnaments:
    def test_a_trill_stays_on_its_note(self) -> None:
        score = score_of(
            [note(0, 60), note(1, 72, 2.0, ornament="trill"), note(3, 67), note(4, 65)]
        )
        follower = Follower(score)
        press(follower, (1.0, 60), (1.6, 72))
        keys = [(1.7 + k / 12, 74 if k % 2 == 0 else 72) for k in range(12)]
        assert press(follower, *keys).quarter < 3.0
        assert press(follower, (2.85, 67)).quarter == pytest.approx(3.0)

    def test_grace_notes_do_not_reach_the_onset_they_lead_to(self) -> None:
        score = score_of(
            [note(0, 60), note(1, 62), note(2, 76, 0.0, grace=True), note(2, 64), note(3, 65)]
        )
        follower = Follower(score)
        press(follower, (1.0, 60), (1.6, 62))
        assert press(follower, (2.15, 76)).quarter < 2.0
        assert press(follower, (2.25, 64)).quarter == pytest.approx(2.0)

    def test_a_rolled_chord_is_one_onset(self) -> None:
        chord = [note(1, pitch, ornament="arpeggio") for pitch in (48, 55, 64, 72)]
        score = score_of([note(0, 60), *chord, note(2, 65), note(3, 67)])
        follower = Follower(score)
        press(follower, (1.0, 60), (1.6, 48))
        rolled = press(follower, (1.7, 55), (1.85, 64), (2.0, 72))
        assert 1.0 <= rolled.quarter < 2.0
        assert press(follower, (2.3, 65)).quarter == pytest.approx(2.0)

    def test_a_chord_that_is_not_together_does_not_move_the_position_back(self) -> None:
        score = score_of([note(k, p) for k in range(6) for p in (48 + k, 64 + k)])
        follower = Follower(score)
        keys = [(1 + 0.6 * k, 64 + k) for k in range(6)]
        late = [(1.12 + 0.6 * k, 48 + k) for k in range(6)]
        said = [press(follower, key).quarter for key in sorted(keys + late)]
        assert said == sorted(said)
        assert said[-1] == pytest.approx(5.0, abs=0.25)


class TestSmallScores:
    def test_a_score_of_one_note_begins_and_ends_with_it(self) -> None:
        follower = Follower(melody(60))
        assert follower.step(Silence(Instant(1.0))).state is Music.WAITING
        assert press(follower, (2.0, 60)).state is Music.ENDED

    @pytest.mark.parametrize("count", range(2, 10))
    def test_a_short_score_is_followed_to_its_end(self, count: int) -> None:
        follower = Follower(melody(*(60 + 2 * k for k in range(count))))
        keys = [(1.0 + 0.6 * k, 60 + 2 * k) for k in range(count)]
        assert press(follower, *keys).state is Music.ENDED

    def test_a_score_without_a_note_cannot_be_followed(self) -> None:
        empty = Score("empty", (), PIECE.bars, PIECE.tempos, (), (), PIECE.end)
        with pytest.raises(EmptyScoreError, match="empty"):
            Follower(empty)
