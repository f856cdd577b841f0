"""The day as two clocks say it: while one of them is right it is never believed too early."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from collavoce.care.aftertime import UTC_MAX, has_come
from collavoce.care.two_clocks import AGREE_S, TwoClocks

YEAR_S = 365.25 * 86_400.0
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> float:
    """The moment of a date in UTC."""
    return datetime.fromisoformat(f"{text}+00:00").timestamp()


STARTS = st.sampled_from(
    (
        at("2026-03-29 00:59:50"),  # summer time begins
        at("2026-10-25 00:59:50"),  # it ends
        at("2028-02-28 23:59:50"),  # leap day
        at("2038-01-19 03:14:00"),  # 32 bits of seconds
        at("2027-06-01 12:00:00"),
    )
)
ERRORS = st.one_of(
    st.just(0.0),
    st.sampled_from((1.0, -1.0, 299.0, -299.0, 301.0, -301.0, 3600.0, -3600.0)),
    st.sampled_from((86_400.0, -86_400.0, YEAR_S, -YEAR_S, 10 * YEAR_S, -10 * YEAR_S)),
    st.floats(-1000.0, 1000.0),
    st.sampled_from((float("nan"), float("inf"), -1e300, 1e300)),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("passes"), st.floats(0.0, 4000.0)),
        st.tuples(st.just("wall"), ERRORS),
        st.tuples(st.just("phone"), ERRORS),
        st.tuples(st.just("restart"), st.just(0.0)),
        st.tuples(st.just("sleeps"), st.floats(0.0, 100_000.0)),
    ),
    max_size=40,
)


@given(STARTS, STEPS, st.sampled_from(("wall", "phone")))
def test_it_is_never_ahead_of_the_truth_while_one_of_the_two_is_right(
    start: float, steps: list[tuple[str, float]], right: str
) -> None:
    """The other one may say whatever it likes, and change its mind at every step."""
    clocks, truth, count, wall = TwoClocks(), start, 50.0, 0.0
    for what, value in steps:
        match what:
            case "passes":
                truth, count = truth + value, count + value
            case "sleeps":
                truth += value  # the machine's count stands still
            case "wall":
                wall = 0.0 if right == "wall" else value
            case "restart":
                clocks = TwoClocks()
            case _:
                said = truth if right == "phone" else truth + value
                clocks = clocks.looked(truth + wall, count).heard(said, count)
        clocks = clocks.looked(truth + wall, count)
        utc = clocks.utc(count)
        assert utc is None or utc <= truth + 1e-3


@given(STARTS, STEPS, st.sampled_from(("wall", "phone")), st.floats(-AGREE_S, AGREE_S))
def test_it_is_no_further_ahead_than_the_better_clock_is_wrong(
    start: float, steps: list[tuple[str, float]], right: str, wrong: float
) -> None:
    clocks, truth, count, wall = TwoClocks(), start, 50.0, wrong if right == "wall" else 0.0
    for what, value in steps:
        if what == "passes":
            truth, count = truth + value, count + value
        elif what == "wall" and right == "phone":
            wall = value
        elif what == "phone":
            said = truth + (wrong if right == "phone" else value)
            clocks = clocks.looked(truth + wall, count).heard(said, count)
        clocks = clocks.looked(truth + wall, count)
        utc = clocks.utc(count)
        assert utc is None or utc <= truth + max(0.0, wrong) + 1e-3


@given(STARTS, st.floats(-AGREE_S + 1, AGREE_S - 1), st.floats(0.0, 1e6))
def test_it_is_believed_as_soon_as_a_phone_agrees_and_for_as_long_as_the_process_lives(
    start: float, phone: float, later: float
) -> None:
    clocks = TwoClocks().looked(start, 5.0)
    assert clocks.utc(5.0) is None
    clocks = clocks.heard(start + phone, 5.0)
    said = clocks.looked(start + later, 5.0 + later).utc(5.0 + later)
    assert said is not None
    assert abs(said - (start + later + min(0.0, phone))) < 1e-3


@given(STARTS, st.floats(AGREE_S + 1, 10 * YEAR_S))
def test_a_leap_forward_is_not_believed_before_a_phone_has_said_so_however_long_it_stands(
    start: float, leap: float
) -> None:
    clocks = TwoClocks().looked(start, 0.0).heard(start, 0.0)
    for count in (0.0, 900.0, 86_400.0):
        clocks = clocks.looked(start + leap + count, count)
        assert clocks.utc(count) == start + count
    told = clocks.heard(start + leap + 86_400.0, 86_400.0)
    assert told.utc(86_400.0) == start + leap + 86_400.0


@given(STARTS, st.floats(1.0, 10 * YEAR_S), st.floats(0.0, 86_400.0))
def test_a_leap_back_is_believed_at_once_and_forth_again_no_further_than_before(
    start: float, leap: float, later: float
) -> None:
    clocks = TwoClocks().looked(start, 0.0).heard(start, 0.0)
    back = clocks.looked(max(0.0, start - leap), 1.0)
    assert back.utc(1.0) == max(0.0, start - leap)
    forth = back.looked(start + 1.0 + later, 1.0 + later)
    said = forth.utc(1.0 + later)
    assert said is not None
    assert abs(said - (start + 1.0 + later)) <= 1.0 + 1e-3
    assert said <= start + 1.0 + later + 1e-3


@given(st.sampled_from((float("nan"), float("inf"), -1.0, 1e300, UTC_MAX + 1.0)), STARTS)
def test_a_clock_that_says_no_time_says_nothing(absurd: float, start: float) -> None:
    clocks = TwoClocks().looked(start, 0.0).heard(start, 0.0)
    assert clocks.heard(absurd, 1.0) == clocks
    assert clocks.looked(absurd, 1.0).utc(1.0) is None
    assert clocks.looked(absurd, 1.0).looked(start + 2.0, 2.0).utc(2.0) is not None


def test_an_hour_that_a_day_leaves_out_comes_and_one_that_it_has_twice_comes_the_first_time() -> (
    None
):
    march, october = datetime(2026, 3, 29).toordinal(), datetime(2026, 10, 25).toordinal()  # noqa: DTZ001
    assert not has_come(BERLIN, at("2026-03-29 00:59:59"), march, 2 * 60 + 30)
    assert has_come(BERLIN, at("2026-03-29 01:00:00"), march, 2 * 60 + 30)
    assert not has_come(BERLIN, at("2026-10-25 00:29:59"), october, 2 * 60 + 30)
    assert has_come(BERLIN, at("2026-10-25 00:30:00"), october, 2 * 60 + 30)
