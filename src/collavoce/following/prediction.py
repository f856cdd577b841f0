"""From the last onset heard to now, and on to the end: position and time by the current pace."""

from dataclasses import dataclass
from math import exp

import numpy as np

from collavoce.following.model import Events, TempoMap

SHORT_OF = 0.02
"""Share of the way to the next onset that is never gone before it is heard."""

OVERDUE_S = 0.5
"""An onset is overdue so long after it was due, or half its interval, whichever is longer."""


MEMORY_S = 20.0
"""Written seconds after which an interval counts e times less in the mean pace: a phrase or two."""

KNOWN_S = 3.0
"""Written seconds that must have been played before there is a mean pace."""

PAUSE_FACTOR = 2.0
PAUSE_S = 0.3
"""An interval counts at most so many times its length, and so much more: a stop is not a tempo."""

CLOSING_S = 2.0
CLOSING = 0.6
"""Players broaden the end: so many last written seconds take that share longer."""


@dataclass(slots=True)
class MeanPace:
    """The pace of the last phrases: what the next ones will be like, apart from rubato."""

    _played_s: float = 0.0
    _written_s: float = 0.0

    def add(self, played_s: float, written_s: float) -> None:
        """An interval between two onsets."""
        longest = PAUSE_FACTOR * written_s * self.pace(otherwise=1.0) + PAUSE_S
        forgotten = exp(-written_s / MEMORY_S)
        self._played_s = self._played_s * forgotten + min(played_s, longest)
        self._written_s = self._written_s * forgotten + written_s

    def pace(self, otherwise: float) -> float:
        """Played seconds per written second; `otherwise` while too little was heard."""
        return self._played_s / self._written_s if self._written_s > KNOWN_S else otherwise


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

    def written(self, start: int, end: int) -> float:
        """Written seconds from one event to another."""
        return float(self._seconds[end] - self._seconds[start])

    def due(self, standing: Standing) -> float:
        """The instant at which the next onset is foretold."""
        interval = self.written(standing.event, int(self._next[standing.event]))
        return standing.since + interval * standing.pace

    def overdue(self, standing: Standing, now: float) -> bool:
        """Whether the next onset should have come."""
        due = self.due(standing)
        return now > due + max(OVERDUE_S, 0.5 * (due - standing.since))

    def remaining(self, quarter: float, pace: float) -> float:
        """Seconds from `quarter` to the last onset at the written tempo's curve and this pace."""
        left = max(float(self._seconds[self._last]) - self._tempo.seconds_at(quarter), 0.0)
        return (left + CLOSING * min(left, CLOSING_S)) * pace

    def bpm(self, quarter: float, pace: float) -> float:
        """Quarters a minute at `quarter`, as played."""
        return self._tempo.bpm_at(quarter) / pace
