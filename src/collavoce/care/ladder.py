"""The press ladder: who is called when, counted from the press.

The shape is the performer's own (`Times`); the rungs are four. A rung is reached by the clock
alone, never early; what one says with "coming" stops the climb. After a time away the ladder
stands at the rung the clock has reached, it does not climb the missed ones after the event.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NewType

Moment = NewType("Moment", float)
"""Seconds on the machine's monotonic clock. Distress never runs on show time or wall time."""

SECOND_AFTER_MIN = 5.0
SECOND_AFTER_MAX = 60.0


class Rung(IntEnum):
    """How far the ladder has climbed."""

    FIRST = 0
    SECOND = 1
    ALL = 2
    VOICE = 3  # nobody came: the performer is told to use their voice


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the press to each rung; each at least the one before."""

    second_after: float = 20.0
    all_after: float = 60.0
    voice_after: float = 120.0

    def at(self, rung: Rung) -> float:
        """Seconds from the press to `rung`."""
        return (0.0, self.second_after, self.all_after, self.voice_after)[rung]


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
