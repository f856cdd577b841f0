"""From the last onset heard to now, and on to the end: position and time by the current pace."""

from dataclasses import dataclass

import numpy as np

from collavoce.following.model import Events, TempoMap

SHORT_OF = 0.02
"""Share of the way to the next onset that is never gone before it is heard."""

OVERDUE_S = 0.5
"""An onset is overdue so long after it was due, or half its interval, whichever is longer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The last onset believed in.

    event : its row. since : instant of it. pace : played seconds per written second.
    """

    event: int
    since: float
    pace: float


class Prediction:
    """Arithmetic on the written tempo; keeps nothing but the score."""

    def __init__(self, events: Events, tempo: TempoMap) -> None:
        self._tempo = tempo
        self._seconds = events.seconds
        self._quarter = events.quarter
        self._last = int(np.flatnonzero(events.onset)[-1]) if events.onset.any() else 1
        self._reached = events.reached()
        onsets = np.flatnonzero(events.onset)
        following = np.searchsorted(onsets, np.arange(len(events)), side="right")
        self._next = np.append(onsets, self._last)[following]

    @property
    def last(self) -> int:
        """The event of the last onset."""
        return self._last

    def reached(self, event: int) -> int:
        """The last onset up to `event`, 0 if there is none: grace notes reach nothing."""
        return int(self._reached[min(event, self._last)])

    def quarter(self, standing: Standing, now: float) -> float:
        """Where the music is if it goes on at this pace: always short of the next onset."""
        here = float(self._quarter[standing.event])
        if standing.event >= self._last:
            return here
        room = (float(self._quarter[self._next[standing.event]]) - here) * (1 - SHORT_OF)
        gone = max(now - standing.since, 0.0) / standing.pace
        there = self._tempo.quarter_at(self._tempo.seconds_at(here) + gone)
        return min(there, here + room)

    def due(self, standing: Standing) -> float:
        """The instant at which the next onset is foretold."""
        interval = self._seconds[self._next[standing.event]] - self._seconds[standing.event]
        return standing.since + float(interval) * standing.pace

    def overdue(self, standing: Standing, now: float) -> bool:
        """Whether the next onset should have come."""
        due = self.due(standing)
        return now > due + max(OVERDUE_S, 0.5 * (due - standing.since))

    def remaining(self, quarter: float, pace: float) -> float:
        """Seconds from `quarter` to the last onset at the written tempo's curve and this pace."""
        left = float(self._seconds[self._last]) - self._tempo.seconds_at(quarter)
        return max(left, 0.0) * pace

    def bpm(self, quarter: float, pace: float) -> float:
        """Quarters a minute at `quarter`, as played."""
        return self._tempo.bpm_at(quarter) / pace
