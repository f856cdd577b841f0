"""How long written music takes."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.score.pages import bar, page, sound

from collavoce.score.reading import read_score
from collavoce.score.tempi import written_seconds
from collavoce.units import Quarters

SCORE = read_score(
    page(
        bar("C4:4", before=sound('tempo="60"')),
        bar("C4:4", before=sound('tempo="120"')),
        bar("C4:4", before=sound('tempo="30"')),
    ),
    "page",
)


def seconds(start: float, end: float) -> float:
    return written_seconds(SCORE, Quarters(start), Quarters(end))


def test_each_stretch_goes_at_its_own_tempo() -> None:
    assert seconds(0, 4) == 4
    assert seconds(4, 8) == 2
    assert seconds(8, 12) == 8
    assert seconds(2, 9) == 2 + 2 + 2


def test_no_way_takes_no_time_and_the_way_back_is_negative() -> None:
    assert seconds(5, 5) == 0
    assert seconds(8, 4) == -2


def test_beyond_the_score_the_last_tempo_goes_on() -> None:
    assert seconds(12, 13) == 2
    assert seconds(-1, 0) == 1


@given(*(st.floats(-2, 14) for _ in range(3)))
def test_times_add_up(start: float, middle: float, end: float) -> None:
    assert abs(seconds(start, middle) + seconds(middle, end) - seconds(start, end)) < 1e-9
