"""Places in words and back; a place that is not there is told what is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.score import pages
from tests.unit.score.pages import FORWARD, attributes, backward, bar, page, pickup

from collavoce.score.errors import PlaceError
from collavoce.score.places import Place, Where, parse_place, resolve, where
from collavoce.score.reading import read_score
from collavoce.units import Quarters

SIX_EIGHT = attributes(pages.time("6/8"))
SCORE = read_score(
    page(
        pickup("G4"),
        bar("C4:4", before=FORWARD),
        bar("C4:4", before=pages.rehearsal("B"), after=backward()),
        bar("C4:3", before=SIX_EIGHT),
        bar("C4:1") + pages.rehearsal("Letter C") + pages.music("D4:2"),
    ),
    "page",
)
"""Played: 0 (one quarter), 1 2 1 2 in 4/4 from quarter 1, 3 4 in 6/8 from quarter 17; end 23."""


def at(words: str) -> float:
    return resolve(SCORE, parse_place(words))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("bar 12", Place("12")),
        ("bar 12 beat 3", Place("12", 3.0)),
        ("Bar 12, beat 2.5 pass 2", Place("12", 2.5, 2)),
        ("bar X3", Place("X3")),
        ("mark B", Place(mark="B")),
        ("mark Letter C pass 2", Place(mark="Letter C", turn=2)),
        ("mark B bar +2 beat 3", Place(mark="B", bars_on=2, beat=3.0)),
        ("  mark  B  ", Place(mark="B")),
    ],
)
def test_places_are_read_as_people_write_them(words: str, place: Place) -> None:
    assert parse_place(words) == place


@pytest.mark.parametrize(
    "words", ["", "12", "bar", "bar 12 beat", "bar 12 beat x", "mark", "bra 12"]
)
def test_what_is_no_place_is_told_how_one_is_written(words: str) -> None:
    with pytest.raises(PlaceError, match="is not a place; write “bar 12”"):
        parse_place(words)


@pytest.mark.parametrize(
    ("words", "quarter"),
    [
        ("bar 0", 0),
        ("bar 0 beat 4", 0),
        ("bar 0 beat 4.5", 0.5),
        ("bar 1", 1),
        ("bar 1 beat 1", 1),
        ("bar 2 beat 2.5", 6.5),
        ("bar 2 beat 4.75 pass 2", 16.75),
        ("bar 3 beat 4", 18.5),
        ("mark B", 5),
        ("mark b pass 2", 13),
        ("mark B bar +1 pass 2", 17),
        ("mark B beat 3", 7),
        ("mark Letter C", 21),
        ("mark Letter C beat 1", 20),
    ],
)
def test_a_place_is_where_a_musician_would_find_it(words: str, quarter: float) -> None:
    assert at(words) == quarter


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bar 99", "bar 99 is not in the score; it ends with bar 4"),
        ("bar 3 pass 2", "bar 3 is played once, there is no pass 2"),
        ("bar 1 pass 3", "bar 1 is played 2 times, there is no pass 3"),
        ("bar 1 pass 0", "bar 1 is played 2 times, there is no pass 0"),
        ("bar 2 beat 5", "bar 2 has 4 beats, there is no beat 5"),
        ("bar 2 beat 0.5", "bar 2 has 4 beats, there is no beat 0.5"),
        ("bar 3 beat 7", "bar 3 has 6 beats, there is no beat 7"),
        ("bar 0 beat 1", "bar 0 is a pickup that begins on beat 4, there is no beat 1"),
        ("mark Q", "mark Q is not in the score; it has the marks B, Letter C"),
        ("mark B pass 3", "mark B is passed 2 times, there is no pass 3"),
        ("mark Letter C pass 2", "mark Letter C is passed once, there is no pass 2"),
        ("mark Letter C bar +1", "1 bars after mark Letter C the score is over"),
    ],
)
def test_a_place_that_is_not_there_is_told_what_is(words: str, said: str) -> None:
    with pytest.raises(PlaceError) as refused:
        at(words)
    assert said in str(refused.value)


def test_a_score_without_marks_says_so() -> None:
    plain = read_score(page(bar("C4:4")), "page")
    with pytest.raises(PlaceError, match="it has no rehearsal marks"):
        resolve(plain, Place(mark="A"))


def test_a_bar_of_one_beat_says_so() -> None:
    single = read_score(page(bar("C4"), first=pages.time("1/4")), "page")
    with pytest.raises(PlaceError, match="bar 1 has 1 beat, there is no beat 2"):
        resolve(single, Place("1", 2.0))


@pytest.mark.parametrize(
    ("quarter", "found"),
    [
        (0.0, Where("0", 4.0, 1, 0)),
        (1.0, Where("1", 1.0, 1, 1)),
        (6.5, Where("2", 2.5, 1, 2)),
        (14.0, Where("2", 2.0, 2, 4)),
        (18.5, Where("3", 4.0, 1, 5)),
        (-3.0, Where("0", 4.0, 1, 0)),
        (99.0, Where("4", 7.0, 1, 6)),
    ],
)
def test_a_quarter_is_told_as_bar_beat_and_pass(quarter: float, found: Where) -> None:
    assert where(SCORE, Quarters(quarter)) == found


def test_a_hair_before_the_bar_line_is_the_bar_line() -> None:
    assert where(SCORE, Quarters(5 - 1e-9)) == Where("2", 1.0, 1, 2)


@given(quarter=st.floats(0, 22.99))
def test_where_and_resolve_undo_each_other(quarter: float) -> None:
    found = where(SCORE, Quarters(quarter))
    back = resolve(SCORE, Place(found.bar, found.beat, found.turn))
    assert abs(back - quarter) <= 2e-6


@given(
    metres=st.lists(
        st.sampled_from(["2/4", "3/4", "4/4", "6/8", "5/8", "2/2"]), min_size=1, max_size=6
    ),
    passes=st.integers(1, 3),
    data=st.data(),
)
def test_every_beat_of_every_bar_is_found_again(
    metres: list[str], passes: int, data: st.DataObject
) -> None:
    bars = [bar("", before=attributes(pages.time(metre))) for metre in metres]
    bars.append(bar("C4:4", before=attributes(pages.time("4/4"))))
    if passes > 1:
        bars[0], bars[-1] = FORWARD + bars[0], bars[-1] + backward(passes)
    score = read_score(page(*bars), "page")
    played = data.draw(st.sampled_from(score.bars))
    beat = data.draw(st.integers(1, played.beats))
    at = resolve(score, Place(played.number, beat, played.turn))
    found = where(score, at)
    assert (found.bar, found.beat, found.turn) == (played.number, beat, played.turn)
    assert score.bars[found.bar_index] == played
