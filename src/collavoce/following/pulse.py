"""A clock for the player: how long the next written seconds will take, and how surely.

Three numbers are believed, as one Gaussian: the instant at which the last onset was due (fingers
are a little off it), the log of the slow pace of the phrases, and how far the pace is from it just
now. The slow pace wanders; the deviation fades within a second or so, for that is how rubato
goes: who hurries now will not hurry in four seconds. What is foretold near by therefore leans on
the last notes, and what is far on the last phrases, and nothing has to choose between them.

R. E. Kalman, A new approach to linear filtering and prediction problems, J. Basic Engineering 82,
1960; G. E. Uhlenbeck, L. S. Ornstein, On the theory of the Brownian motion, Phys. Rev. 36, 1930.
"""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

JITTER_S = 0.03
"""Deviation of an onset from the player's own clock."""

RUBATO = 0.09
"""Relative deviation of the pace around the slow one."""

BREATH = 0.002
"""Variance of the clock gained with every played second, s^2: waits that no pace explains."""

UNKNOWN = 0.12
"""Variance of the log pace before anything was heard, as in `motion.DOUBT`."""

FREEDOM = 3.0
"""An onset farther off than one deviation counts the less, as under a Student t of so many."""

PACE_MOST, RUBATO_MOST = 1.2, 0.5
"""The log of the slow pace, and the deviation from it, stay within these."""

NEWS = 9.0
"""Square of the deviation, in gives, above which a surprise says no more of the gives."""

GIVES_BEFORE, GIVES_KEPT = 20.0, 200.0
"""Onsets that the gives written here count for, and that a player's own are remembered."""

SHORTEST_S = 1e-4
"""Two onsets are never nearer than this."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How a player is with the time.

    fades_s : written seconds in which a deviation from the slow pace falls to a third. wander :
        variance of the log of the slow pace gained with every written second.
    """

    fades_s: float
    wander: float


STRICT = Temper(fades_s=0.7, wander=0.00002)
"""One tempo, and a ripple on it."""

CALM = Temper(fades_s=0.7, wander=0.0004)
"""A pace that wanders from phrase to phrase, and the ripple."""

FREE = Temper(fades_s=3.0, wander=0.02)
"""Whole phrases that hurry and slacken."""


class Pulse:
    """Tells times from written seconds; asked and told in order of time."""

    def __init__(self, temper: Temper = CALM) -> None:
        self._temper = temper
        self._belief = np.zeros(3)
        self._doubt = np.diag([JITTER_S**2, UNKNOWN, RUBATO**2])
        self._surprises = self._counted = GIVES_BEFORE

    def begin(self, at: float) -> None:
        """An onset at `at` that nothing foretold: the paces stay, the clock is set."""
        self._belief[0] = at
        self._doubt[0, :] = self._doubt[:, 0] = 0.0
        self._doubt[0, 0] = JITTER_S**2

    @property
    def pace(self) -> float:
        """Log of the slow pace."""
        return float(self._belief[1])

    @property
    def unsure(self) -> float:
        """Deviation of the log pace."""
        return sqrt(float(self._doubt[1, 1]))

    def beat(self, at: float, written_s: float) -> None:
        """The next onset came at `at`, so many written seconds after the last."""
        self._pass(max(written_s, SHORTEST_S))
        late = at - float(self._belief[0])
        variance = float(self._doubt[0, 0]) + JITTER_S**2
        square = late * late / variance
        self._count(min(square, NEWS))
        trust = min((FREEDOM + 1.0) / (FREEDOM + square), 1.0)
        column = self._doubt[0].copy()
        gain = column * (trust / variance)
        self._belief += gain * late
        self._doubt -= np.outer(gain, column)
        # What is not believed to be the pace was a wait: the clock was stopped meanwhile.
        self._belief[0] += (at - self._belief[0]) * (1.0 - trust)
        self._belief[1] = min(max(self._belief[1], -PACE_MOST), PACE_MOST)
        self._belief[2] = min(max(self._belief[2], -RUBATO_MOST), RUBATO_MOST)

    def after(self, written_s: float) -> tuple[float, float]:
        """The instant at which so many written seconds will have been played, and its give."""
        at, pace = float(self._belief[0]), exp(self._belief[1])
        lasting = self._lasting(written_s) * pace
        gone = written_s * pace + lasting * float(self._belief[2])
        (clock, with_slow, with_off), (_, slow, slow_off), (_, _, off) = self._doubt.tolist()
        variance = clock + gone * gone * slow + lasting * lasting * off
        variance += 2.0 * (gone * with_slow + lasting * with_off + gone * lasting * slow_off)
        variance += self._play(written_s, pace) + JITTER_S**2
        freer = sqrt(self._surprises / self._counted)
        return at + gone, freer * sqrt(max(variance, 0.0))

    def _pass(self, written_s: float) -> None:
        """Let so many written seconds go by."""
        pace, kept = exp(self._belief[1]), exp(-written_s / self._temper.fades_s)
        lasting = self._lasting(written_s) * pace
        gone = written_s * pace + lasting * float(self._belief[2])
        move = np.array([[1.0, gone, lasting], [0.0, 1.0, 0.0], [0.0, 0.0, kept]])
        self._belief[0] += gone
        self._belief[2] *= kept
        self._doubt = move @ self._doubt @ move.T
        self._doubt[0, 0] += self._play(written_s, pace)
        self._doubt[1, 1] += self._temper.wander * written_s
        self._doubt[2, 2] += RUBATO**2 * (1.0 - kept * kept)

    def _lasting(self, written_s: float) -> float:
        """Written seconds at a deviation of 1 that are as much as one that fades meanwhile."""
        fades_s = self._temper.fades_s
        return fades_s * (1.0 - exp(-written_s / fades_s))

    def _play(self, written_s: float, pace: float) -> float:
        """Variance of the time that so many written seconds take, for changes still to come."""
        fades_s, lasting = self._temper.fades_s, self._lasting(written_s)
        rubato = 2.0 * (written_s - lasting) - lasting * lasting / fades_s
        free = RUBATO**2 * fades_s * max(rubato, 0.0) + self._temper.wander * written_s**3 / 3.0
        return pace * pace * free + BREATH * written_s * pace

    def _count(self, square: float) -> None:
        """How much freer than written here this player is: the gives follow."""
        forgotten = min(GIVES_KEPT / (self._counted + 1.0), 1.0)
        self._surprises = (self._surprises + square) * forgotten
        self._counted = (self._counted + 1.0) * forgotten
