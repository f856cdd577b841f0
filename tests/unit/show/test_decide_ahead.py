"""Cues that fire ahead of their place, and what keeps them from it."""

from typing import TYPE_CHECKING

import pytest

from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.show.commands import GoTo, Hear, Hold, NotClear
from collavoce.show.events import CueFired, LeadUnmet
from collavoce.show.rules.ahead import GIVE_S, time_to
from collavoce.show.rules.sure import FIRE_CONFIDENCE
from collavoce.show.told.event import Cause
from collavoce.units import Bpm, Instant, Quarters, Seconds

if TYPE_CHECKING:
    from conftest import Begin, Stage


def estimate(
    at: float,
    quarter: float,
    *ahead: tuple[float, float, float],
    music: Music = Music.FOLLOWING,
    sure: float = 0.9,
    jump: Jump | None = None,
) -> Estimate:
    """ahead: quarter, seconds, give."""
    return Estimate(
        at=Instant(at),
        heard_at=Instant(at),
        quarter=Quarters(quarter),
        tempo=Bpm(60.0),
        confidence=sure,
        state=music,
        jump=jump,
        foreseen=tuple(Ahead(Quarters(q), Seconds(s), Seconds(g)) for q, s, g in ahead),
    )


def play(
    stage: "Stage",
    at: float,
    quarter: float,
    *,
    give: float = 0.1,
    music: Music = Music.FOLLOWING,
    sure: float = 0.9,
    jump: Jump | None = None,
) -> list[str]:
    """A quarter a second, four seconds foreseen; what fired so far."""
    stage.now = at
    ahead = [(quarter + n, float(n), give) for n in range(1, 5)]
    heard = estimate(at, quarter, *ahead, music=music, sure=sure, jump=jump)
    stage.when(Hear(heard), by="follower")
    return stage.fired


class TestTimeTo:
    def test_time_runs_evenly_from_here_to_the_first_place_and_between_two(self) -> None:
        heard = estimate(9.0, 4.0, (6.0, 1.0, 0.1), (10.0, 5.0, 0.3))
        assert time_to(heard, Quarters(5.0)) == (0.5, 0.1)
        assert time_to(heard, Quarters(6.0)) == (1.0, 0.1)
        assert time_to(heard, Quarters(7.0)) == (2.0, 0.3)
        assert time_to(heard, Quarters(10.0)) == (5.0, 0.3)

    def test_behind_beyond_and_unforeseen_places_have_no_time(self) -> None:
        heard = estimate(9.0, 4.0, (6.0, 1.0, 0.1))
        assert time_to(heard, Quarters(4.0)) is None
        assert time_to(heard, Quarters(6.5)) is None
        assert time_to(estimate(9.0, 4.0), Quarters(5.0)) is None


def test_a_cue_fires_its_lead_ahead_and_not_again_at_its_place(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3", "2 at 8")
    assert play(stage, 4.0, 4.0) == []
    assert play(stage, 5.0, 5.0) == ["1"]
    fired = next(event for event in stage.told if isinstance(event, CueFired))
    assert (fired.cause, fired.quarter) == (Cause.AHEAD, 5.0)
    assert play(stage, 8.0, 8.0) == ["1", "2"]
    assert stage.state.pointer is None


def test_an_estimate_that_is_told_late_counts_from_when_it_was_made(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3")
    stage.now = 5.2
    stage.when(Hear(estimate(4.6, 4.6, (8.6, 4.0, 0.1))), by="follower")
    assert stage.fired == ["1"]


def test_foreseen_too_late_it_fires_with_what_is_left(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3")
    assert play(stage, 6.0, 6.0, give=GIVE_S + 0.1) == []
    assert play(stage, 7.0, 7.0, give=GIVE_S) == ["1"]


@pytest.mark.parametrize(
    ("music", "sure", "give"),
    [
        *((music, 0.9, 0.1) for music in Music if music is not Music.FOLLOWING),
        (Music.FOLLOWING, FIRE_CONFIDENCE - 0.01, 0.1),
        (Music.FOLLOWING, 0.9, GIVE_S + 0.01),
    ],
)
def test_unsure_of_it_nothing_fires_ahead(
    begin: "Begin", music: Music, sure: float, give: float
) -> None:
    stage = begin("1 at 8 lead 3")
    assert play(stage, 5.0, 5.0, music=music, sure=sure, give=give) == []
    assert stage.state.offered == frozenset()
    assert play(stage, 8.0, 8.0) == ["1"]


def test_in_a_hold_and_when_somebody_is_not_clear_nothing_fires_ahead(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3", "2 at 8 lead 3 friend 40")
    stage.hear(4.0, remaining=20.0)
    stage.when(NotClear("2", "mina", "door"), by="mina")
    assert play(stage, 5.0, 5.0) == ["1"]
    stage = begin("1 at 8 lead 3")
    stage.when(Hold())
    assert play(stage, 5.0, 5.0) == []


@pytest.mark.parametrize("music", [Music.HELD, Music.LOST])
def test_music_that_does_not_go_on_takes_nothing_back_and_it_is_said_once(
    begin: "Begin", music: Music
) -> None:
    stage = begin("1 at 8 lead 3")
    play(stage, 5.0, 5.0)
    for at in (6.0, 6.5):
        stage.now = at
        stage.hear(5.5, music)
    (unmet,) = [event for event in stage.told if isinstance(event, LeadUnmet)]
    assert (unmet.cue, unmet.at) == ("1", 6.0)
    assert "quarter 8" in unmet.why
    assert play(stage, 9.0, 8.0) == ["1"]


def test_music_that_stands_after_the_place_was_reached_is_no_news(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3")
    play(stage, 5.0, 5.0)
    play(stage, 8.0, 8.0)
    stage.hear(8.5, Music.HELD)
    assert "LeadUnmet" not in stage.kinds()


@pytest.mark.parametrize(("policy", "fired"), [("", ["1"]), ("again", ["1", "1"])])
def test_after_a_jump_back_a_cue_that_went_ahead_counts_as_met(
    begin: "Begin", policy: str, fired: list[str]
) -> None:
    stage = begin(f"1 at 8 lead 3 {policy}")
    play(stage, 5.0, 5.0)
    play(stage, 6.0, 0.0, jump=Jump(Quarters(6.0), Quarters(0.0)))
    assert "LeadUnmet" in stage.kinds()
    for at in range(7, 16):
        play(stage, float(at), at - 6.0)
    assert stage.fired == fired


def test_a_leap_past_the_place_fires_it_no_second_time(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3 skipped")
    play(stage, 5.0, 5.0)
    play(stage, 6.0, 20.0, jump=Jump(Quarters(6.0), Quarters(20.0)))
    assert stage.fired == ["1"]
    assert "LeadUnmet" not in stage.kinds()


def test_a_go_to_arms_it_again(begin: "Begin") -> None:
    stage = begin("1 at 8 lead 3")
    play(stage, 5.0, 5.0)
    stage.when(GoTo("1"))
    assert play(stage, 5.5, 5.5) == ["1", "1"]
