"""The press ladder: who is called when, counted from the press.

    rung     after   who is called
    FIRST      0 s   the first of the circle
    SECOND    20 s   the second too
    ALL       60 s   the whole circle
    VOICE    120 s   the last resort; the performer is told to use their voice

The times are the performer's own (`Times`); the rungs are four. A rung is reached by the clock
alone, never early; what one says with "coming" stops the climb. After a time away the ladder
stands at the rung the clock has reached, it does not climb the missed ones after the event.

`receipt_after` is no rung: it counts for each person from their own call, and when it is over
without their page having shown the call, their other channels are used (`outbox.py`).
"""

from dataclasses import dataclass
from enum import IntEnum
from math import isfinite
from typing import NewType

Moment = NewType("Moment", float)
"""Seconds on the machine's monotonic clock. Distress never runs on show time or wall time."""

SECOND_AFTER_MIN = 5.0
SECOND_AFTER_MAX = 60.0
RECEIPT_AFTER_MIN = 2.0
RECEIPT_AFTER_MAX = 30.0
ALL_AFTER_MAX = 300.0
VOICE_AFTER_MAX = 600.0


class Rung(IntEnum):
    """How far the ladder has climbed."""

    FIRST = 0
    SECOND = 1
    ALL = 2
    VOICE = 3  # nobody came: the last resort, and the performer is told to use their voice


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the press to each rung; each at least the one before.

    receipt_after : seconds from a person's call until their other channels are used.
    """

    second_after: float = 20.0
    all_after: float = 60.0
    voice_after: float = 120.0
    receipt_after: float = 5.0

    def at(self, rung: Rung) -> float:
        """Seconds from the press to `rung`."""
        return (0.0, self.second_after, self.all_after, self.voice_after)[rung]

    def fault(self) -> tuple[str, float, float] | None:
        """Which time is outside its limits, as (name, least, most); None if all are good."""
        limits = (
            ("receipt_after", self.receipt_after, RECEIPT_AFTER_MIN, RECEIPT_AFTER_MAX),
            ("second_after", self.second_after, SECOND_AFTER_MIN, SECOND_AFTER_MAX),
            ("all_after", self.all_after, self.second_after, ALL_AFTER_MAX),
            ("voice_after", self.voice_after, self.all_after, VOICE_AFTER_MAX),
        )
        for name, seconds, least, most in limits:
            later = name in ("all_after", "voice_after")
            good = isfinite(seconds) and least <= seconds <= most
            if not good or (later and seconds == least):
                return name, least, most
        return None


def rung_at(times: Times, elapsed: float) -> Rung:
    """The highest rung whose time has come `elapsed` seconds after the press."""
    return max((rung for rung in Rung if times.at(rung) <= elapsed), default=Rung.FIRST)


def called_at(rung: Rung, order: tuple[str, ...]) -> tuple[str, ...]:
    """Who of the circle is called once the ladder stands at `rung`, in order."""
    if rung is Rung.FIRST:
        return order[:1]
    if rung is Rung.SECOND:
        return order[:2]
    return order
