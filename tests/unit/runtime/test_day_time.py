"""Clock cues go by the wall of the venue, from the day on which the performance began."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from collavoce.runtime.day_time import LOOK_S, DayTime
from collavoce.show.asked.running import ReadClock
from collavoce.show.cues import Cue, Department
from collavoce.show.triggers import AtClock
from collavoce.units import Seconds

from .small_show import SHOW

VIENNA = ZoneInfo("Europe/Vienna")
CLOCK = Cue("9", "doors", Department.LX, AtClock(Seconds(70_200.0), "clock 19:30"), ())
WITH_CLOCK = replace(SHOW, numbers=(replace(SHOW.numbers[0], cues=(CLOCK,)),))


def at(words: str, fold: int = 0) -> int:
    moment = datetime.fromisoformat(words).replace(tzinfo=VIENNA, fold=fold)
    return round(moment.timestamp() * 1e9)


def test_a_show_without_clock_cues_never_reads_the_clock() -> None:
    day = DayTime(SHOW)
    day.begin(at("2026-11-21T19:00:00"))
    assert day.due(at("2026-11-21T20:00:00")) is None


def test_each_reading_goes_on_where_the_last_one_ended() -> None:
    day = DayTime(WITH_CLOCK)
    day.begin(at("2026-11-21T19:00:00"))
    first = day.due(at("2026-11-21T19:00:01"))
    assert first == ReadClock(68_401.0, 68_400.0)
    assert day.due(at("2026-11-21T19:00:01") + round(LOOK_S * 0.5e9)) is None
    assert day.due(at("2026-11-21T19:00:02")) == ReadClock(68_402.0, 68_401.0)


def test_after_midnight_it_counts_on() -> None:
    day = DayTime(WITH_CLOCK)
    day.begin(at("2026-11-21T23:59:59"))
    assert day.due(at("2026-11-22T00:00:10")) == ReadClock(86_410.0, 86_399.0)


def test_a_successor_goes_on_from_the_record_and_misses_no_cue() -> None:
    day = DayTime(WITH_CLOCK)
    day.go_on_from(at("2026-11-21T19:00:00"))
    day.go_on_from(at("2026-11-21T19:29:58"))
    reading = day.due(at("2026-11-21T19:30:01"))
    assert reading == ReadClock(70_201.0, 70_198.0)


def test_what_is_recorded_later_takes_nothing_from_the_next_reading() -> None:
    day = DayTime(WITH_CLOCK)
    day.begin(at("2026-11-21T19:29:59"))
    day.begin(at("2026-11-21T19:30:01"))
    assert day.due(at("2026-11-21T19:30:02")) == ReadClock(70_202.0, 70_199.0)


def test_a_night_in_which_the_clocks_go_back_has_its_hour_twice() -> None:
    day = DayTime(WITH_CLOCK)
    day.begin(at("2026-10-25T02:30:00"))
    assert day.due(at("2026-10-25T02:30:00", fold=1) + 10**9) == ReadClock(9001.0, 9000.0)
    assert day.due(at("2026-10-25T03:00:00")) == ReadClock(10_800.0, 9001.0)
