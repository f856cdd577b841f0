"""What a look promises, told with numbers."""

import pytest

from collavoce.show.looks import Look
from collavoce.units import Instant, Seconds


def fire(look: Look, at: float, fade: float, **levels: float) -> Look:
    return look.fire(levels, Seconds(fade), Instant(at))


def test_a_fade_is_linear_in_level_from_zero() -> None:
    look = fire(Look(), 10.0, 4.0, wash=0.8)
    seen = [look.at(Instant(at))["wash"] for at in (9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 99.0)]
    assert seen == pytest.approx([0.0, 0.0, 0.2, 0.4, 0.6, 0.8, 0.8])


def test_a_fade_ends_exactly_at_its_level() -> None:
    look = fire(Look(), 0.1, 0.7, wash=0.3)
    assert look.at(look.moving_until) == {"wash": 0.3}


def test_a_fade_of_nothing_is_there_at_once() -> None:
    look = fire(Look(), 5.0, 0.0, wash=1.0)
    assert look.at(Instant(5.0)) == {"wash": 1.0}
    assert look.moving_until == 5.0


def test_a_channel_that_a_cue_does_not_name_stays_and_goes_on() -> None:
    look = fire(Look(), 0.0, 10.0, wash=1.0)
    look = fire(look, 5.0, 1.0, spot=1.0)
    assert look.at(Instant(6.0)) == pytest.approx({"wash": 0.6, "spot": 1.0})
    assert look.moving_until == 10.0


def test_a_new_fade_starts_where_the_channel_is() -> None:
    look = fire(Look(), 0.0, 10.0, wash=1.0)
    look = fire(look, 5.0, 5.0, wash=0.0)
    seen = [look.at(Instant(at))["wash"] for at in (5.0, 7.5, 10.0)]
    assert seen == pytest.approx([0.5, 0.25, 0.0])


def test_a_shorter_fade_ends_the_moving_of_a_longer_one() -> None:
    look = fire(fire(Look(), 0.0, 60.0, wash=1.0), 1.0, 2.0, wash=1.0)
    assert look.moving_until == 3.0


def test_black_is_every_channel_that_was_ever_named() -> None:
    look = fire(Look.dark(["exit"]), 0.0, 0.0, wash=1.0, spot=0.4)
    look = look.black(Instant(1.0), Seconds(2.0))
    assert look.at(Instant(2.0)) == {"exit": 0.0, "wash": 0.5, "spot": 0.2}
    assert look.at(Instant(3.0)) == {"exit": 0.0, "wash": 0.0, "spot": 0.0}


def test_the_look_before_a_cue_is_still_the_look_before() -> None:
    before = fire(Look(), 0.0, 0.0, wash=1.0)
    fire(before, 1.0, 0.0, wash=0.0)
    assert before.at(Instant(2.0)) == {"wash": 1.0}


def test_a_level_beyond_the_ends_is_the_end() -> None:
    look = fire(Look(), 0.0, 0.0, wash=1.5, spot=-1.0)
    assert look.at(Instant(0.0)) == {"wash": 1.0, "spot": 0.0}


def test_a_cue_without_levels_changes_nothing() -> None:
    look = fire(Look(), 0.0, 3.0, wash=1.0)
    assert fire(look, 1.0, 9.0) == look
