"""When cues were due, and how what fired is held against it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.evening.expected import expected
from collavoce.evening.matching import match
from collavoce.evening.scoring import Scored, Verdict, exit_late_s, percentile, score
from collavoce.evening.telling import account_lines, player_lines
from collavoce.evening.truth import Happening, Onset, Truth
from collavoce.show.cues import AfterJump, Cue, Department, Number, Show
from collavoce.show.patch import Patch
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.units import Quarters, Seconds


def cue(
    number: str,
    trigger: Trigger,
    again: AfterJump = AfterJump.DROP,
    skipped: AfterJump = AfterJump.DROP,
) -> Cue:
    return Cue(number, number, Department.LX, trigger, (), again, skipped)


def at(number: str, quarter: float, **policy: AfterJump) -> Cue:
    return cue(number, AtPlace(Quarters(quarter), "there"), **policy)


def show_of(*cues: Cue) -> Show:
    numbers = (Number("talk", "Talk", None, None, ()), Number("piece", "Piece", "s", None, cues))
    return Show("Show", "UTC", numbers, {}, {}, {}, Patch())


def way(first: int, last: int, begin: float) -> tuple[Onset, ...]:
    """A note each quarter, each second."""
    return tuple(Onset(q, 1 + q // 4, 1 + q % 4, begin + q - first) for q in range(first, last + 1))


def straight(last: int = 20) -> Truth:
    passes = (way(0, last, 1.0),)
    return Truth(passes, last_onset=1.0 + last, end=3.0 + last)


def back() -> Truth:
    """Quarters 0 to 10, then from 4 again to 20; the landing is at 12 s."""
    return Truth((way(0, 10, 1.0), way(4, 20, 12.0)), last_onset=28.0, end=30.0)


def leap() -> Truth:
    """Quarters 0 to 6, then 12 to 20; the landing is at 8 s."""
    return Truth((way(0, 6, 1.0), way(12, 20, 8.0)), last_onset=16.0, end=18.0)


def due(cues: Sequence[Cue], truth: Truth) -> list[tuple[str, float]]:
    return [(one.cue, one.at) for one in expected(cues, truth)]


def test_a_cue_is_due_when_the_first_note_of_its_place_is_played() -> None:
    assert due([at("1", 0), at("2", 7)], straight()) == [("1", 1.0), ("2", 8.0)]


def test_a_place_without_a_note_is_due_between_its_neighbours_and_judged_loosely() -> None:
    (one,) = expected([at("1", 2.5)], straight())
    assert one.at == pytest.approx(3.5)
    assert not one.too_early(2.6)
    assert one.too_early(2.4)


def test_after_a_jump_back_only_what_says_fire_is_due_again() -> None:
    cues = [at("once", 6), at("again", 7, again=AfterJump.FIRE), at("before", 2)]
    assert due(cues, back()) == [("before", 3.0), ("once", 7.0), ("again", 8.0), ("again", 15.0)]


def test_a_cue_just_beyond_the_jump_is_due_once_when_it_is_reached() -> None:
    assert due([at("1", 11, again=AfterJump.FIRE)], back()) == [("1", 19.0)]


def test_a_leap_fires_at_the_landing_what_says_so_and_drops_the_rest() -> None:
    cues = [at("dropped", 8), at("caught up", 9, skipped=AfterJump.FIRE), at("landing", 12)]
    assert due(cues, leap()) == [("caught up", 8.0), ("landing", 8.0)]


def test_what_was_leapt_over_and_dropped_is_due_when_he_goes_back_for_it() -> None:
    passes = (way(0, 6, 1.0), way(12, 14, 8.0), way(8, 20, 12.0))
    truth = Truth(passes, last_onset=24.0, end=25.0)
    assert due([at("1", 9)], truth) == [("1", 13.0)]


def test_what_follows_a_cue_is_due_after_each_of_its_firings() -> None:
    cues = [
        at("1", 7, again=AfterJump.FIRE),
        cue("1.5", AfterCue("1", Seconds(0.4))),
        cue("1.7", AfterCue("1.5", Seconds(1.0))),
    ]
    assert due(cues, back()) == [
        ("1", 8.0),
        ("1.5", pytest.approx(8.4)),
        ("1.7", pytest.approx(9.4)),
        ("1", 15.0),
        ("1.5", pytest.approx(15.4)),
        ("1.7", pytest.approx(16.4)),
    ]


def test_an_end_cue_may_come_from_the_last_onset_until_it_is_let_go() -> None:
    (one,) = expected([cue("1", AtEnd(Seconds(2.0)))], straight(20))
    assert (one.at, one.until) == (23.0, 25.0)
    assert [one.error(t) for t in (22.5, 23.0, 24.0, 25.0, 25.5)] == [-0.5, 0.0, 0.0, 0.0, 0.5]


def test_cues_that_follow_each_other_in_a_circle_end_the_account() -> None:
    circle = [cue("1", AfterCue("2", Seconds(1.0))), cue("2", AfterCue("1", Seconds(1.0)))]
    assert due(circle, straight()) == []
    assert due([at("0", 1), *circle[1:], cue("1", AfterCue("0", Seconds(1)))], straight())


def test_all_as_it_should_be_counts_nothing_against_it() -> None:
    show = show_of(at("1", 3), at("2", 7), cue("3", ByHand()), cue("4", AfterCue("3", Seconds(1))))
    scored = score([("1", 4.01), ("2", 7.98), ("3", 9.0), ("4", 10.0)], straight(), show)
    assert (scored.planned, scored.fired) == (2, 2)
    assert (scored.missed, scored.doubled, scored.early) == (0, 0, 0)
    assert scored.error_ms is not None
    assert scored.error_ms.p50 == pytest.approx(10.0)
    assert scored.error_ms.max == pytest.approx(20.0)


def test_a_missed_a_doubled_and_an_early_cue_are_each_found() -> None:
    show = show_of(at("1", 3), at("2", 7), at("3", 10))
    scored = score([("2", 8.0), ("2", 8.1), ("3", 10.69)], straight(), show)
    assert (scored.missed, scored.doubled, scored.early) == (1, 1, 1)
    assert {(row.cue, row.verdict) for row in scored.rows} == {
        ("1", Verdict.MISSED),
        ("2", Verdict.FIRED),
        ("2", Verdict.DOUBLED),
        ("3", Verdict.EARLY),
    }


def test_late_is_an_error_but_not_early() -> None:
    scored = score([("1", 9.0)], straight(), show_of(at("1", 3)))
    assert (scored.early, scored.missed) == (0, 0)
    assert scored.error_ms is not None
    assert scored.error_ms.max == pytest.approx(5000.0)


def test_a_cue_that_was_to_stay_silent_after_a_jump_counts_as_doubled_when_it_fires() -> None:
    scored = score([("1", 7.0), ("1", 14.0)], back(), show_of(at("1", 6)))
    assert (scored.planned, scored.fired, scored.doubled) == (1, 2, 1)


def test_the_second_of_two_due_firings_can_be_the_missed_one_or_the_first() -> None:
    show = show_of(at("1", 7, again=AfterJump.FIRE))
    for fired, missing in ((8.0, 15.0), (15.1, 8.0)):
        scored = score([("1", fired)], back(), show)
        assert scored.missed == 1
        assert [row.due for row in scored.rows if row.verdict is Verdict.MISSED] == [missing]


def test_nothing_fired_leaves_no_error_to_speak_of() -> None:
    scored = score([], straight(), show_of(at("1", 3)))
    assert (scored.missed, scored.error_ms) == (1, None)


def test_the_exit_is_late_by_what_is_missing_from_the_lead() -> None:
    assert exit_late_s(1.5, 20.0, straight(20)) == pytest.approx(0.5)
    assert exit_late_s(0.0, 20.0, straight(20)) == pytest.approx(-1.0)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, share) for share in (0.5, 0.95, 1.0)] == [3.0, 5.0, 5.0]


def test_the_account_and_the_player_are_told_in_words() -> None:
    scored = score(
        [("1", 2.0), ("2", 8.0), ("2", 9.0)], straight(), show_of(at("1", 3), at("2", 7))
    )
    lines = list(account_lines(scored))
    assert any("1 early" in line for line in lines)
    assert any("cue 2" in line and "not due" in line for line in lines)
    events = (
        Happening("stop", 9.0, 8, 3, 1, seconds=6.0),
        Happening("jump", 12.0, 11, 3, 4, to=4, to_bar=2),
        Happening("omission", 13.0, 12, 4, 1, written=60),
    )
    truth = Truth(straight().passes, 1.0, 2.0, events, "a model", 5)
    told = " ".join(player_lines(truth))
    assert "6 seconds" in told
    assert "bar 2" in told
    assert "not a human hand" in told


instants = st.lists(st.floats(0, 100), max_size=6).map(sorted)


@given(due=instants, fired=instants)
def test_matching_pairs_all_it_can_in_order(due: list[float], fired: list[float]) -> None:
    pairs = match(due, fired)
    assert len(pairs) == min(len(due), len(fired))
    assert all(0 <= i < len(due) and 0 <= j < len(fired) for i, j in pairs.items())
    partners = [pairs[i] for i in sorted(pairs)]
    assert partners == sorted(set(partners))


@given(times=st.lists(st.integers(0, 200), max_size=6, unique=True).map(sorted), extra=instants)
def test_what_fires_exactly_when_due_is_matched_exactly(
    times: list[int], extra: list[float]
) -> None:
    exact = [float(time) for time in times]
    fired = sorted([*exact, *extra])
    pairs = match(exact, fired)
    assert sum(abs(exact[i] - fired[j]) for i, j in pairs.items()) == 0.0


@given(st.permutations([("1", 4.0), ("2", 8.0), ("2", 9.5)]))
def test_the_order_in_which_firings_are_told_does_not_matter(
    fired: list[tuple[str, float]],
) -> None:
    show = show_of(at("1", 3), at("2", 7))
    told: Scored = score(fired, straight(), show)
    assert (told.planned, told.fired, told.doubled) == (2, 3, 1)
