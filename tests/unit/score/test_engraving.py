"""The drawn page: names as in the score, places that move rightwards, nothing a page must fear."""

import re

import pytest
from tests.unit.score import pages
from tests.unit.score.pages import FORWARD, back, backward, bar, music, page

from collavoce.score.engraving import Engraving, engrave, x_at
from collavoce.score.errors import ScoreError
from collavoce.score.reading import read_score
from collavoce.units import Quarters

PAGE = page(
    bar("C4:1 +E4:1 +F4:1 gD4 G4:1 C5:1/2 B4:1/2 A4:1~", before=FORWARD + pages.rehearsal("A")),
    bar("~A4:2 r:1 G4:1", after=backward()),
    bar("C4:4", before=pages.metronome("half", "60")),
)
DRAWN = engrave(PAGE, "page")
SCORE = read_score(PAGE, "page")


def x(quarter: float) -> float:
    return x_at(DRAWN, SCORE, Quarters(quarter))


def test_the_drawing_names_notes_and_bars_as_the_score_does() -> None:
    ids = set(re.findall(r'<g id="(\w+)" class="(\w+)"', DRAWN.svg))
    assert {name for name, kind in ids if kind == "bar"} == {bar.id for bar in SCORE.bars}
    assert {name for name, kind in ids if kind == "note"} >= {note.id for note in SCORE.notes}


def test_bars_follow_one_another_within_the_drawing() -> None:
    assert [bar.id for bar in DRAWN.bars] == ["b0", "b1", "b2"]
    for left, right in zip(DRAWN.bars, DRAWN.bars[1:], strict=False):
        assert left.x + left.width == pytest.approx(right.x, abs=0.2)
    assert DRAWN.bars[-1].x + DRAWN.bars[-1].width <= DRAWN.width


def test_each_onset_of_a_bar_has_a_place_graces_apart() -> None:
    assert [at for at, _ in DRAWN.bars[0].onsets] == [0, 1, 2, 2.5, 3]
    assert [at for at, _ in DRAWN.bars[1].onsets] == [0, 3]


def test_the_place_moves_rightwards_and_goes_back_with_the_repeat() -> None:
    once = [x(quarter / 4) for quarter in range(32)]
    assert once == sorted(once)
    assert [x(8 + quarter / 4) for quarter in range(32)] == once
    assert x(16) > once[-1]


def test_the_place_stands_on_the_notehead_at_its_onset_and_between_two_in_proportion() -> None:
    (_, first), (_, second) = DRAWN.bars[0].onsets[:2]
    assert x(0) == first
    assert x(1) == second
    assert x(0.25) == pytest.approx(first + (second - first) / 4)


def test_the_place_stays_on_the_page_whatever_is_asked() -> None:
    assert x(-5) == x(0)
    assert DRAWN.bars[-1].x < x(999) <= DRAWN.width


def test_the_drawing_is_dark_friendly_and_needs_no_style() -> None:
    assert 'stroke="currentColor"' in DRAWN.svg
    for unwanted in ("<style", "<script", "black", "white", "url(", "@font-face", " style="):
        assert unwanted not in DRAWN.svg


def test_a_metronome_note_is_drawn_since_no_system_font_has_it() -> None:
    assert not re.search("[\ue000-\uf8ff]", DRAWN.svg)
    assert re.search(r"<ellipse[^>]*rotate", DRAWN.svg)
    assert ">= 60<" in DRAWN.svg or ">60<" in DRAWN.svg


def test_words_on_the_page_cannot_become_markup() -> None:
    words = pages.words('&lt;script onload="x"&gt;&amp;')
    drawn = engrave(page(bar("C4:4", before=words)), "page")
    assert "<script" not in drawn.svg
    assert "&lt;script" in drawn.svg


def test_a_file_that_uses_a_staff_it_does_not_declare_gets_both_staves() -> None:
    two = page(music("C5:4", staff=1) + back(4) + music("C3:4", staff=2))
    assert (
        engrave(two, "page").svg.count("<path d=")
        >= engrave(page(bar("C5:4")), "page").svg.count("<path d=") + 5
    )


def test_a_staff_number_that_crashes_the_engraver_is_mended() -> None:
    wild = page(bar("C4:4")).replace(b"<staff>1<", b"<staff>99999999<")
    assert engrave(wild, "page").bars


def test_a_repeat_of_a_million_times_does_not_hang_the_engraver() -> None:
    assert engrave(page(bar("C4:4", after=backward(999_999_999))), "page").bars


def test_elements_nested_without_end_are_refused() -> None:
    nested = page(bar("C4:4")).replace(b"<measure", b"<a>" * 5000 + b"</a>" * 5000 + b"<measure")
    assert read_score(nested, "page").notes
    with pytest.raises(ScoreError, match="can be read but not drawn"):
        engrave(nested, "page")


def test_what_cannot_be_read_cannot_be_drawn() -> None:
    with pytest.raises(ScoreError, match="is not MusicXML"):
        engrave(b"not music", "page")


def test_drawing_twice_gives_the_same_page() -> None:
    again: Engraving = engrave(PAGE, "page")
    assert again == DRAWN


def test_the_engraver_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    engrave(page(music("C5:4", inside='<slur type="stop" number="1"/>')), "page")
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
