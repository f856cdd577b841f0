"""What is played before the piece, after it, or instead of it, fires nothing."""

import random
from collections.abc import Callable, Sequence

import pytest
from tests.recorded.measures import estimates
from tests.recorded.pieces import SCALE, piece
from tests.recorded.playing import Passage, Pianist, noodling

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.listening import NoteOn
from collavoce.score.model import Score
from collavoce.show.rules.sure import FIRE_CONFIDENCE, why_unsure
from collavoce.units import Instant

PIECE = piece("ABC")
FIRST = sorted(n.pitch for n in PIECE.notes if n.onset == 0)
FIRST_TONES = [60, 62, 64, 65, 67, 69, 71]


def keys(*struck: tuple[float, int]) -> list[NoteOn]:
    return [NoteOn(Instant(at), pitch, 64) for at, pitch in struck]


def chord(at: float, pitches: Sequence[int]) -> list[NoteOn]:
    return keys(*((at + 0.01 * k, pitch) for k, pitch in enumerate(pitches)))


def shifted(notes: Sequence[NoteOn], seconds: float) -> list[NoteOn]:
    return [NoteOn(Instant(n.heard_at + seconds), n.pitch, n.velocity) for n in notes]


def degrees(start: int, count: int, step_s: float) -> list[NoteOn]:
    return keys(
        *((1 + step_s * k, start + 12 * (k // 7) + SCALE[k % 7]) for k in range(count)),
    )


def sure(said: Sequence[Estimate], since: float = 0.0) -> list[float]:
    """The places at which a cue would fire by itself, by the show's own rule."""
    return [e.quarter for e in said if e.at > since and why_unsure(e) is None]


def jumps(said: Sequence[Estimate], since: float = 0.0) -> list[Estimate]:
    return [e for e in said if e.jump is not None and e.at > since]


def tuning(_: int) -> list[NoteOn]:
    return keys(*((1.0 + k, 69) for k in range(8)))


def single_keys(seed: int) -> list[NoteOn]:
    rng = random.Random(seed)
    return keys(*((1 + 1.3 * k, rng.choice(FIRST_TONES)) for k in range(8)))


def scale(seed: int) -> list[NoteOn]:
    return degrees(48 + 12 * (seed % 3), 15, 0.2)


def glissando(seed: int) -> list[NoteOn]:
    return degrees(48 + 12 * (seed % 3), 22, 0.03)


def every_key(seed: int) -> list[NoteOn]:
    return keys(*((1 + 0.12 * k, 48 + seed + k) for k in range(37)))


def fingers(seed: int) -> list[NoteOn]:
    return noodling(seed, 1.0, 12.0)


def first_chord_once(_: int) -> list[NoteOn]:
    return chord(1.0, FIRST)


def first_chord_and_again(_: int) -> list[NoteOn]:
    return chord(1.0, FIRST) + chord(8.0, FIRST) + chord(15.0, FIRST)


BEFORE: list[Callable[[int], list[NoteOn]]] = [
    *(tuning, single_keys, scale, glissando, every_key, fingers),
    *(first_chord_once, first_chord_and_again),
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("played", BEFORE)
def test_before_the_start_nothing_fires_and_nothing_jumps(
    played: Callable[[int], list[NoteOn]], seed: int
) -> None:
    said = estimates(Follower(PIECE), played(seed))
    assert sure(said) == []
    assert jumps(said) == []
    begun = [e for e in said if e.state is not Music.WAITING]
    assert all(e.confidence < FIRE_CONFIDENCE for e in begun)


@pytest.mark.parametrize("played", [tuning, first_chord_once, first_chord_and_again])
def test_after_a_try_the_beginning_is_waited_for_again(
    played: Callable[[int], list[NoteOn]],
) -> None:
    notes = played(0)
    said = estimates(Follower(PIECE), notes, max(n.heard_at for n in notes) + 8.0)
    assert said[-1].state is Music.WAITING
    assert {e.quarter for e in said} == {0.0}


@pytest.mark.parametrize("played", [tuning, first_chord_once, first_chord_and_again, fingers])
def test_after_a_try_the_piece_is_followed_from_its_first_note(
    played: Callable[[int], list[NoteOn]],
) -> None:
    tried = played(0)
    begins = max(n.heard_at for n in tried) + 7.0
    notes = tried + shifted(Pianist().play(PIECE).notes, begins - 1.0)
    said = estimates(Follower(PIECE), notes)
    assert jumps(said) == []
    assert next(e.at for e in said if e.quarter >= 1.0) == pytest.approx(begins + 0.625, abs=0.2)
    assert said[-1].state is Music.ENDED


def test_the_first_onset_is_offered_and_the_third_fires() -> None:
    said = estimates(Follower(PIECE), Pianist().play(PIECE).notes)
    onsets = sorted({n.onset for n in PIECE.notes})
    assert min(sure(said)) == pytest.approx(onsets[2], abs=0.01)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_played_after_the_end_fires_nothing(seed: int) -> None:
    played = Pianist(seed).play(PIECE)
    last = [n for n in played.notes if n.heard_at > played.end - 0.1]
    for more in (
        noodling(seed, played.end + 1.0, 10.0),
        shifted(last, 3.0) + shifted(last, 5.0),
    ):
        said = estimates(Follower(PIECE), played.notes + more)
        after = [e for e in said if e.at > played.end + 0.1]
        assert {e.state for e in after} == {Music.ENDED}
        assert {e.quarter for e in after} == {after[0].quarter}
        assert jumps(after) == []


def test_an_encore_from_the_top_is_a_jump_only_when_much_was_heard_of_it() -> None:
    played = Pianist().play(PIECE)
    encore = shifted(Pianist(2).play(PIECE, Passage(0.0, 40.0)).notes, played.end + 2.0)
    said = estimates(Follower(PIECE), played.notes + encore)
    (leap,) = jumps(said)
    heard = [n for n in encore if n.heard_at <= leap.at]
    assert len(heard) >= 8
    assert leap.state is Music.JUMPED
    assert min(sure(said, leap.at - 0.001)) > leap.quarter


def another_piece(seed: int) -> list[NoteOn]:
    return Pianist(seed).play(piece("AB", seed + 500)).notes


def black_keys(_: int) -> list[NoteOn]:
    return keys(*((1 + 0.3 * k, (61, 63, 66, 68, 70, 73, 75, 78)[k % 8]) for k in range(40)))


def random_keys(seed: int) -> list[NoteOn]:
    return noodling(seed, 1.0, 12.0)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("instead", [another_piece, black_keys, random_keys])
def test_when_something_else_is_played_it_is_soon_unsure_and_comes_back(
    instead: Callable[[int], list[NoteOn]], seed: int
) -> None:
    half = Pianist(seed).play(PIECE, Passage(0.0, 40.0))
    away = shifted(instead(seed), half.end)
    begins = max(n.heard_at for n in away) + 2.0
    rest = shifted(Pianist(seed).play(PIECE, Passage(40.0, 96.0)).notes, begins - 1.0)
    said = estimates(Follower(PIECE), half.notes + away + rest)
    elsewhere = [e for e in said if half.end + 3.0 < e.at < begins]
    assert Music.LOST in {e.state for e in elsewhere}
    assert sum(why_unsure(e) is None for e in elsewhere) < 0.1 * len(elsewhere)
    found = [e for e in said if e.at > begins + 6.0]
    assert all(why_unsure(e) is None for e in found if e.state is Music.FOLLOWING)
    assert found[-1].state is Music.ENDED


def test_a_score_that_is_not_this_one_fires_next_to_nothing() -> None:
    score: Score = piece("ABC", 77)
    said = estimates(Follower(PIECE), Pianist().play(score).notes)
    assert len(sure(said)) < 0.1 * len(said)
