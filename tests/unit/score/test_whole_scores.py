"""The small scores of `tests/scores`: played order, length, and a place on the page throughout."""

from itertools import pairwise
from pathlib import Path

import pytest

from collavoce.score import engrave, read_score, resolve, written_seconds
from collavoce.score.engraving import x_at
from collavoce.score.model import Score
from collavoce.score.places import parse_place
from collavoce.units import Quarters

FOLDER = Path(__file__).parents[2] / "scores"
NAMES = sorted(file.name for file in FOLDER.glob("*.musicxml"))


def score(name: str) -> Score:
    return read_score((FOLDER / name).read_bytes(), name)


@pytest.mark.parametrize(
    ("name", "order", "quarters", "seconds"),
    [
        (
            "minuet.musicxml",
            "0 1 2 3 4 1' 2' 3' 4' X1 5 6 7 X1' 5' 6' 7' 0' 1'' 2'' 3'' 4''",
            53,
            53 * 60 / 108,
        ),
        ("clarinet_duet.musicxml", "1 2 3 4 3' 5 6 7", 30, 24 * 60 / 72 + 6 * 60 / 90),
        ("dal_segno.musicxml", "1 2 3 4 5 2' 3' 6", 32, 16),
    ],
)
def test_the_score_is_written_out_as_it_is_played(
    name: str, order: str, quarters: float, seconds: float
) -> None:
    played = score(name)
    assert " ".join(bar.number + "'" * (bar.turn - 1) for bar in played.bars) == order
    assert played.end == quarters
    assert written_seconds(played, Quarters(0), played.end) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("name", "words", "quarter"),
    [
        ("minuet.musicxml", "bar 0", 0),
        ("minuet.musicxml", "bar 0 beat 3 pass 2", 41),
        ("minuet.musicxml", "mark A pass 3", 42),
        ("minuet.musicxml", "bar X1 pass 2", 32),
        ("clarinet_duet.musicxml", "bar 3 beat 2 pass 2", 17),
        ("clarinet_duet.musicxml", "mark C beat 4", 25.5),
        ("dal_segno.musicxml", "bar 6", 28),
    ],
)
def test_its_places_are_found(name: str, words: str, quarter: float) -> None:
    assert resolve(score(name), parse_place(words)) == quarter


@pytest.mark.parametrize("name", NAMES)
def test_every_bar_and_onset_has_its_place_on_the_page(name: str) -> None:
    played, drawn = score(name), engrave((FOLDER / name).read_bytes(), name)
    places = {bar.id: bar for bar in drawn.bars}
    for bar in played.bars:
        place = places[bar.id]
        begins = x_at(drawn, played, bar.start)
        assert place.x <= begins < place.x + place.width
        within = [
            x_at(drawn, played, Quarters(bar.start + part / 8 * bar.length)) for part in range(8)
        ]
        assert within == sorted(within)
    for note in played.notes:
        if not note.grace:
            assert f'id="{note.id}"' in drawn.svg


@pytest.mark.parametrize("name", NAMES)
def test_bars_lie_end_to_end_from_the_start(name: str) -> None:
    bars = score(name).bars
    assert bars[0].start == 0
    for left, right in pairwise(bars):
        assert left.start + left.length == right.start


def test_the_clarinet_sounds_a_tone_lower_than_it_is_written() -> None:
    first = [note.pitch for note in score("clarinet_duet.musicxml").notes if note.onset == 0]
    assert first == [48, 55, 64, 69]
    trill = [note for note in score("clarinet_duet.musicxml").notes if note.ornament == "trill"]
    assert [(note.onset, note.pitch) for note in trill] == [(4, 76)]
