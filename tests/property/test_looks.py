"""Laws of the looks, whatever cues come when."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.show.looks import Look
from collavoce.units import Instant, Seconds

CHANNELS = ("wash", "spot", "exit")


@dataclass(frozen=True)
class Firing:
    pause: float
    levels: dict[str, float]
    fade: float


firings = st.lists(
    st.builds(
        Firing,
        st.floats(0.0, 20.0),
        st.dictionaries(st.sampled_from(CHANNELS), st.floats(0.0, 1.0)),
        st.one_of(st.just(0.0), st.floats(0.01, 30.0)),
    ),
    max_size=12,
)


def told(story: list[Firing]) -> list[tuple[Instant, Look]]:
    """The looks of a story, each with the instant of its cue."""
    look, at = Look.dark(CHANNELS), 0.0
    looks = [(Instant(at), look)]
    for firing in story:
        at += firing.pause
        look = look.fire(firing.levels, Seconds(firing.fade), Instant(at))
        looks.append((Instant(at), look))
    return looks


@given(firings, st.floats(-1.0, 400.0))
def test_levels_never_leave_zero_to_one(story: list[Firing], now: float) -> None:
    for _, look in told(story):
        assert all(0.0 <= level <= 1.0 for level in look.at(Instant(now)).values())


@given(firings)
def test_every_fade_ends_exactly_at_the_last_level_named(story: list[Firing]) -> None:
    wanted = dict.fromkeys(CHANNELS, 0.0)
    for firing in story:
        wanted |= firing.levels
    _, look = told(story)[-1]
    assert look.at(look.moving_until) == wanted
    assert look.at(Instant(look.moving_until + 1000.0)) == wanted


@given(firings)
def test_no_channel_jumps_when_a_cue_with_a_fade_fires(story: list[Firing]) -> None:
    looks = told(story)
    for firing, (_, before), (at, after) in zip(story, looks, looks[1:], strict=False):
        jumps = {} if firing.fade else firing.levels
        assert after.at(at) == pytest.approx(before.at(at) | jumps)


@given(firings)
def test_a_channel_not_named_goes_on_as_if_nothing_had_fired(story: list[Firing]) -> None:
    looks = told(story)
    for firing, (_, before), (at, after) in zip(story, looks, looks[1:], strict=False):
        for later in (0.0, 0.5, 7.0, 60.0):
            then = Instant(at + later)
            for channel in set(CHANNELS) - set(firing.levels):
                assert after.at(then)[channel] == before.at(then)[channel]


@given(firings, st.lists(st.floats(0.0, 1.0), max_size=5), st.floats(0.0, 60.0))
def test_walking_through_a_fade_ends_as_jumping_over_it(
    story: list[Firing], steps: list[float], later: float
) -> None:
    at, jumped = told(story)[-1]
    walked = jumped
    for part in sorted(steps):
        # Fired anew on its way, with the time that is left: the same way.
        now = Instant(at + part * (jumped.moving_until - at))
        for channel, way in jumped.fades.items():
            if way.until > now:
                rest = Seconds(way.until - now)
                walked = walked.fire({channel: way.target}, rest, now)
    then = Instant(max(at, jumped.moving_until) + later)
    assert walked.at(then) == pytest.approx(jumped.at(then), abs=1e-6)


@given(firings, st.floats(0.0, 10.0))
def test_black_is_dark_when_it_says_so(story: list[Firing], fade: float) -> None:
    at, look = told(story)[-1]
    black = look.black(at, Seconds(fade))
    assert black.moving_until == at + fade
    assert set(black.at(black.moving_until).values()) == {0.0}


@given(firings, st.floats(0.0, 100.0))
def test_nothing_moves_after_moving_until(story: list[Firing], later: float) -> None:
    _, look = told(story)[-1]
    assert look.at(look.moving_until) == look.at(Instant(look.moving_until + later))
