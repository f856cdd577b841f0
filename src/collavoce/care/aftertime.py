"""The wall clock of aftercare: which day is the next, whether its hour has come, what is believed.

Time is an argument throughout: UTC in seconds since 1970, the machine's own count, the venue's time
zone. An hour that a day leaves out (summer time begins) has come when the clock has passed it; an
hour that a day has twice comes the first time, and nothing is offered twice (`aftercare.py`).

    a clock set forward by more than 5 min      is believed once it has stood for 15 min
    a clock set back, or drifting               is believed at once: it makes nobody early
    the clock of a process that just began      as one that was set forward
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from math import isfinite

EVENING_UNTIL = 5 * 60
"""Minutes of the day until which a night still belongs to the evening before."""

REST_S = 6 * 3600.0
"""Nobody is asked sooner than this after a call: it is the next day's matter."""

FORWARD_MAX_S = 300.0
STANDS_S = 900.0
"""How far a clock may be set forward unasked; how long it has to stand if it was set further."""

UTC_MAX = 4_102_444_800.0
"""The year 2100: a clock that says more says nothing."""

DAY_S = 86_400.0


def day_of(zone: tzinfo, utc: float) -> tuple[int, int]:
    """The venue's date as a count of days (`date.toordinal`), and the minute of that day."""
    here = datetime.fromtimestamp(utc, zone)
    return here.toordinal(), here.hour * 60 + here.minute


def next_day(zone: tzinfo, utc: float, minute: int) -> int:
    """The day at whose `minute` somebody is asked after a call that was answered at `utc`.

    The day after the evening the call was of; the one after that if its hour is nearer than
    `REST_S`.
    """
    today, now = day_of(zone, utc)
    day = today if now < EVENING_UNTIL else today + 1
    rested = day_of(zone, utc + REST_S)
    while (day, minute) < rested:
        day += 1
    return day


def has_come(zone: tzinfo, utc: float, day: int, minute: int) -> bool:
    """Whether the venue's clock has reached `minute` of `day`."""
    return day_of(zone, utc) >= (day, minute)


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the wall clock is ahead of the machine's own count, as believed and as doubted.

    ahead : None while nothing is believed yet. doubted : another one, since `since` of the count.
    """

    ahead: float | None = None
    doubted: float | None = None
    since: float = 0.0

    def looked(self, utc: float, count: float) -> "Trust":
        """What is believed after a look at both clocks; both s."""
        if not isfinite(utc) or not 0.0 <= utc <= UTC_MAX:
            return self
        ahead = utc - count
        if self.ahead is not None and ahead - self.ahead <= FORWARD_MAX_S:
            return Trust(ahead)
        if self.doubted is None or abs(ahead - self.doubted) > FORWARD_MAX_S or count < self.since:
            return Trust(self.ahead, ahead, count)
        return Trust(ahead) if count - self.since >= STANDS_S else self

    def utc(self, count: float) -> float | None:
        """The wall clock as believed; None while nothing is."""
        return None if self.ahead is None else count + self.ahead
