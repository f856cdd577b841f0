"""Times of day in the show file: "19:30", "19:30:15", and "00:10 +1" after midnight."""

import re

from collavoce.show.written.table import Table
from collavoce.units import Seconds

DAY = 86_400.0

CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?P<next>\s*\+\s*1)?"
"""A pattern, for others to build on; `clock_seconds` reads what it matched."""

_CLOCK = re.compile(CLOCK)


def clock_seconds(matched: re.Match[str]) -> Seconds:
    """Seconds since the midnight with which the day of the performance began."""
    hours, minutes, seconds = (int(matched[part] or 0) for part in ("hour", "minute", "second"))
    after = DAY if matched["next"] else 0.0
    return Seconds(after + 3600.0 * hours + 60.0 * minutes + seconds)


def read_clock(table: Table, key: str) -> Seconds | None:
    """The time of day under `key`; None where there is none, or none that can be read."""
    words = table.text(key)
    if not words:
        return None
    matched = _CLOCK.fullmatch(words)
    if matched is None:
        table.error(key, "bad_clock", time=words)
        return None
    return clock_seconds(matched)


def whole_clock(words: str) -> Seconds | None:
    """The time of day that `words` are; None for others."""
    matched = _CLOCK.fullmatch(words)
    return None if matched is None else clock_seconds(matched)


def clock_words(seconds: float) -> str:
    """A time of day for people, as it would be written."""
    day, rest = divmod(round(seconds), int(DAY))
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}"
    return f"{clock} +{day}" if day else clock
