"""The place in the music, and where it stands on the engraved page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import little_show, score

from collavoce.desk.views import engraved_view, place_view, plan_view
from collavoce.following.estimate import Music
from collavoce.score.engraving import x_at
from collavoce.show.commands import Follow
from collavoce.show.state import ShowState
from collavoce.units import Quarters

SCORE, ENGRAVING = score()
PAGE: Any = engraved_view(SCORE, ENGRAVING)


def seen(hand: FakeStagehand) -> Any:
    return place_view(hand.show, hand.state(), hand.music(), SCORE)


@pytest.fixture
def hand() -> FakeStagehand:
    fake = FakeStagehand((SCORE, ENGRAVING))
    fake.begin()
    return fake


def test_a_place_is_a_bar_a_beat_and_how_sure(hand: FakeStagehand) -> None:
    hand.hear(14.3, remaining=211.4)
    assert seen(hand) == {
        "quarter": 14.3,
        "bar": "5",
        "turn": 1,
        "beat": 2,
        "tempo": 66,
        "confidence": 0.96,
        "sure": "sure",
        "remaining": 211,
        "next": None,
        "sign": {"is": "music.following", "word": "following", "shape": "▶", "tone": "good"},
    }


def test_a_bar_played_again_says_which_pass(hand: FakeStagehand) -> None:
    again = next(bar for bar in SCORE.bars if bar.turn == 2)
    hand.hear(again.start)
    assert (seen(hand)["bar"], seen(hand)["turn"]) == (again.number, 2)


@pytest.mark.parametrize(
    ("music", "confidence", "word", "shape"),
    [
        (Music.FOLLOWING, 0.2, "unsure", "?"),
        (Music.HELD, 0.9, "music stands", "‖"),
        (Music.LOST, 0.1, "lost", "?"),
        (Music.WAITING, 0.9, "waiting", "‖"),
        (Music.JUMPED, 0.85, "found elsewhere", "↷"),
        (Music.ENDED, 0.9, "ended", "✓"),
    ],
)
def test_each_state_of_the_music_has_a_word_and_a_shape(
    hand: FakeStagehand, music: Music, confidence: float, word: str, shape: str
) -> None:
    hand.hear(14.3, music=music, confidence=confidence)
    assert (seen(hand)["sign"]["word"], seen(hand)["sign"]["shape"]) == (word, shape)


def test_with_follow_off_that_is_what_is_said(hand: FakeStagehand) -> None:
    hand.hear(14.3)
    hand.act(Follow(on=False))
    assert seen(hand)["sign"]["word"] == "follow off"


def test_without_an_estimate_or_a_number_there_is_no_place() -> None:
    view: Any = place_view(None, ShowState(), None, None)
    assert view["quarter"] is None
    assert view["bar"] is None
    assert view["sign"]["word"] == "waiting"


@given(st.floats(min_value=0.0, max_value=SCORE.end - 1e-3))
def test_the_page_walks_where_the_engraving_says(quarter: float) -> None:
    """The page's own interpolation, as written in music.js, against `x_at`."""
    points = PAGE["points"]
    low = max(i for i, (at, _) in enumerate(points) if at <= quarter)
    (q0, x0), (q1, x1) = points[low], points[min(low + 1, len(points) - 1)]
    x = x0 if q1 == q0 else x0 + (x1 - x0) * (quarter - q0) / (q1 - q0)
    assert x == pytest.approx(x_at(ENGRAVING, SCORE, Quarters(quarter)), abs=0.5)


def test_every_bar_as_played_stands_on_the_page() -> None:
    assert len(PAGE["bars"]) == len(SCORE.bars)
    assert all(0 <= x <= ENGRAVING.width for _, x in PAGE["bars"])
    quarters = [quarter for quarter, _ in PAGE["points"]]
    assert quarters == sorted(quarters)


def test_a_cues_trigger_is_said_in_words() -> None:
    plan: Any = plan_view(little_show(SCORE), {"nocturne": SCORE})
    when = {cue["number"]: cue["when"] for cue in plan["cues"]}
    assert when["5"] == "bar 5"
    assert when["6.5"] == "1.5 s after LX 6"
    assert when["9"] == "by hand"
    assert when["29"] == "9 s after the end"
    assert when["24-ON"] == "3 s after VID 42"


def test_a_plans_id_changes_with_the_plan_and_only_then() -> None:
    plan = plan_view(little_show(SCORE), {"nocturne": SCORE})
    assert plan == plan_view(little_show(SCORE), {"nocturne": SCORE})
    assert plan["id"] != plan_view(little_show(None), {})["id"]
