"""The wall clock of aftercare, in zones and on days the machine finds for itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from collavoce.care.aftertime import (
    FORWARD_MAX_S,
    REST_S,
    STANDS_S,
    UTC_MAX,
    Trust,
    day_of,
    has_come,
    next_day,
)

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe",
         "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns")  # fmt: skip
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.floats(0.0, 2_500_000_000.0)
minutes = st.integers(0, 1439)


@given(zones, instants, minutes)
def test_the_next_day_is_never_the_same_evening_and_at_least_six_hours_off(
    zone: ZoneInfo, utc: float, minute: int
) -> None:
    day = next_day(zone, utc, minute)
    assert not has_come(zone, utc, day, minute)
    assert not has_come(zone, utc + REST_S - 60.0, day, minute) or REST_S == 0
    today, now = day_of(zone, utc)
    assert today <= day <= today + 2
    assert day > today or now < 5 * 60, "after the evening itself"


@given(zones, instants, minutes, st.floats(0.0, 3 * 86_400.0))
def test_it_comes_when_the_venues_clock_says_so_and_never_before(
    zone: ZoneInfo, utc: float, minute: int, later: float
) -> None:
    day = next_day(zone, utc, minute)
    here = datetime.fromtimestamp(utc + later, zone)
    said = (here.toordinal(), here.hour * 60 + here.minute)
    assert has_come(zone, utc + later, day, minute) is (said >= (day, minute))


@given(zones, instants, minutes)
def test_it_comes_at_all_within_three_days_whatever_the_clock_leaves_out(
    zone: ZoneInfo, utc: float, minute: int
) -> None:
    # One zone has left out a whole day of its calendar.
    assert has_come(zone, utc + 3.1 * 86_400.0, next_day(zone, utc, minute), minute)


looks = st.lists(
    st.tuples(
        st.floats(0.0, 4000.0),
        st.one_of(
            st.just(0.0),
            st.floats(-400.0, 400.0),
            st.sampled_from((3600.0, -3600.0, 86_400.0, -3.2e8, 3.2e8)),
        ),
    ),
    max_size=40,
)


@given(instants, looks)
def test_what_is_believed_never_leaps_ahead_of_a_clock_that_has_not_stood(
    utc: float, moves: list[tuple[float, float]]
) -> None:
    """By the machine's own count a leap forward is believed after `STANDS_S`, not sooner."""
    trust, count, stood, before = Trust().looked(utc, 0.0), 0.0, 0.0, None
    for passes, leaps in moves:
        count += passes
        utc += passes + leaps
        stood = stood + passes if abs(leaps) <= FORWARD_MAX_S else 0.0
        trust = trust.looked(utc, count)
        said = trust.utc(count)
        if said is not None and before is not None and said - before - passes > FORWARD_MAX_S + 1.0:
            assert stood >= STANDS_S - 1.0
        if 0.0 <= utc <= UTC_MAX and said is not None and stood < STANDS_S - 1.0:
            assert said <= max(utc, (before or said) + passes) + FORWARD_MAX_S + 1.0
        before = said


@given(instants)
def test_a_clock_that_stands_is_believed_and_then_followed(utc: float) -> None:
    trust = Trust().looked(utc, 5.0)
    assert trust.utc(5.0) is None
    trust = trust.looked(utc + STANDS_S, 5.0 + STANDS_S)
    assert trust.utc(5.0 + STANDS_S) is not None
    back = trust.looked(max(0.0, utc - 86_400.0), 6.0 + STANDS_S)
    said = back.utc(6.0 + STANDS_S)
    assert said is not None
    assert abs(said - max(0.0, utc - 86_400.0)) < 1.0, "set back is believed at once"


@given(st.sampled_from((float("nan"), float("inf"), -1.0, 1e300, UTC_MAX + 1.0)))
def test_a_clock_that_says_no_number_is_not_heard(absurd: float) -> None:
    trust = Trust(ahead=10.0)
    assert trust.looked(absurd, 50.0) == trust
    assert datetime.fromtimestamp(UTC_MAX, UTC).year == 2100
