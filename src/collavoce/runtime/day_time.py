"""The venue's time of day for whoever leads: what clock cues wait for.

It counts from the midnight with which the day of the performance began, by the clock on the wall: a
night in which the clocks are changed has its step, as the house sees it.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from collavoce.show.asked.running import ReadClock
from collavoce.show.cues import Show
from collavoce.show.triggers import AtClock

LOOK_S = 0.1
"""Between two readings: a cue at a time of day is late by no more than that."""


class DayTime:
    """Reads the clock from where the record ends, so that a successor misses no cue."""

    def __init__(self, show: Show) -> None:
        self._zone = ZoneInfo(show.timezone)
        cues = show.cues_by_number.values()
        self._wanted = any(isinstance(cue.trigger, AtClock) for cue in cues)
        self._midnight: datetime | None = None
        self._read = 0.0

    def begin(self, wall_ns: int) -> None:
        """The performance began then; whatever is said later does not begin it anew."""
        if self._wanted and self._midnight is None:
            at = self._local(wall_ns)
            self._midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
            self._read = self.seconds(wall_ns)

    def go_on_from(self, wall_ns: int) -> None:
        """Whoever led before recorded something then, and may have read the clock till then."""
        if self._wanted:
            self.begin(wall_ns)
            self._read = self.seconds(wall_ns)

    def seconds(self, wall_ns: int) -> float:
        """Seconds since the midnight of the performance's day, on the wall."""
        at = self._local(wall_ns)
        midnight = self._midnight or at.replace(hour=0, minute=0, second=0, microsecond=0)
        return (at - midnight).total_seconds()

    def due(self, wall_ns: int) -> ReadClock | None:
        """What to ask of the show now; None while there is nothing to ask."""
        if not self._wanted or self._midnight is None:
            return None
        now = self.seconds(wall_ns)
        if 0.0 <= now - self._read < LOOK_S:
            return None
        before, self._read = self._read, now
        return ReadClock(now, before)

    def _local(self, wall_ns: int) -> datetime:
        """What the clock on the wall shows; without a zone, so that differences are the wall's."""
        at = datetime.fromtimestamp(wall_ns * 1e-9, tz=UTC).astimezone(self._zone)
        return at.replace(tzinfo=None)
