"""What speaks for another place, as a sceptic counts it.

Odds multiply as if every note were news of its own and the model were exact. Neither is true: a
slip, an ornament, an octave added spoil some notes in a row, and a hand that drags a little would
in time prove anything. So the sceptic's odds count what sounds within a moment once, up to a limit,
leave out what the model's own errors could explain, and let a note that both places explain, one of
them by a slip, say little (P. J. Huber, A robust version of the probability ratio test, Ann. Math.
Stat. 36(6), 1965).
"""

from collections import deque
from math import exp, log, sqrt

from collavoce.following.motion import LONG_AGO, TOGETHER_S

EXPLAINED = log(0.04)
"""Log density above which a note is explained: ten times that of a stray one."""

BOTH = log(10.0)
"""Most that a note which both places explain may say."""

MOMENT_S = 0.15
"""What sounds within this is counted once: a slip is over by then, an ornament has gone on."""

MARGIN = log(3.0)
"""What a moment says, for or against, beyond the model's own errors is more than this..."""

MOST = log(300.0)
"""...and at most this, times the root of its notes: a full chord is no slip."""

RECENT = 5
"""Last chords in which the lead is counted; a note alone is a chord."""

FAR = 99.0
"""Log odds are kept within +- this when they become odds."""


class Evidence:
    """The evidence for one place against another.

    price : odds before the first note of it.
    """

    def __init__(self, price: float) -> None:
        self.price = price
        self._before = log(price) if price else -FAR
        self._moment, self._notes, self._since = 0.0, 0, LONG_AGO
        self._lead = Lead()

    @property
    def odds(self) -> float:
        """The sceptic's odds."""
        return exp(min(max(self._before + _counted(self._moment, self._notes), -FAR), FAR))

    @property
    def lead(self) -> float:
        """Of the last RECENT chords, those that only this place explains."""
        return self._lead.total()

    def add(self, at: float, here: float, there: float) -> None:
        """Count a note by its log densities at this place and at the other."""
        lead = (here > EXPLAINED) - (there > EXPLAINED)
        self._lead.add(at, lead)
        if at - self._since > MOMENT_S:
            self._before += _counted(self._moment, self._notes)
            self._moment, self._notes, self._since = 0.0, 0, at
        ratio = here - there
        self._moment += ratio if lead else min(max(ratio, -BOTH), BOTH)
        self._notes += 1

    def over(self, other: "Evidence") -> None:
        """Count against the place of `other` instead."""
        self._before -= log(other.odds)
        self.price = self.odds


class Lead:
    """By how many of the last chords one place explains more than another.

    A chord counts by the share of its notes: octaves added to what is written are not a jump.
    """

    def __init__(self) -> None:
        self._chords: deque[list[int]] = deque(maxlen=RECENT)
        self._since = LONG_AGO

    def add(self, at: float, lead: int) -> None:
        """Count a note: 1 if only the one place explains it, -1 if only the other does."""
        if at - self._since > TOGETHER_S:
            self._since = at
            self._chords.append([])
        self._chords[-1].append(lead)

    def total(self) -> float:
        """Chords, each by the mean lead of its notes."""
        return sum(sum(chord) / len(chord) for chord in self._chords)


def _counted(moment: float, notes: int) -> float:
    """What a moment's log odds count for."""
    beyond = max(abs(moment) - MARGIN, 0.0)
    counted = min(beyond, MOST * sqrt(notes))
    return counted if moment > 0.0 else -counted
