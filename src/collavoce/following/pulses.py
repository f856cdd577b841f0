"""Three clocks for one player, a strict, a calm and a free one, and the share of each.

Some keep one tempo through a piece; with most it wanders a little from phrase to phrase; some, and
some music, swell and slacken all the time. Nobody can say beforehand which it is. So the clocks run
side by side, each is asked for an onset some two seconds away, and the one that was nearer is
believed more (a bank of filters: D. T.
Magill, Optimal adaptive estimation of sampled stochastic processes, IEEE Trans. Automatic Control
10, 1965; there by the likelihood of the next sample, here by what is wanted: the near future).
"""

from dataclasses import dataclass
from math import sqrt

from collavoce.following.pulse import CALM, FREE, STRICT, Pulse

PROMISED_S = 2.0
"""Seconds ahead for which the clocks are compared."""

TEMPERS = ((STRICT, 0.12), (CALM, 0.1), (FREE, 0.15))
"""The clocks, and the relative error of each before any is known."""

SHORTEST_S = 0.5
"""A promise counts as at least so long."""

WORST = 0.5
"""A larger relative error counts as this: it was a stop, and no clock's fault."""

LEAST = 1e-3
"""Relative errors are never less than this: fingers are not."""

KEPT = 0.85
"""What an error counts after the next one: some seven promises, a quarter of a minute."""

SHARPNESS = 4
"""The share of a clock is as one over this power of its error."""


@dataclass(frozen=True, slots=True)
class Promise:
    """When each clock said that an onset would come, some `length_s` later than it was said."""

    onset: int
    at: tuple[float, ...]
    length_s: float


class Pulses:
    """Told and asked like one `Pulse`."""

    def __init__(self) -> None:
        self._clocks = tuple(Pulse(temper) for temper, _ in TEMPERS)
        self._calm = self._clocks[1]
        self._errors = tuple(error for _, error in TEMPERS)
        self._promise: Promise | None = None
        self._share()

    @property
    def pace(self) -> float:
        """Log of the slow pace."""
        return self._calm.pace

    @property
    def unsure(self) -> float:
        """Deviation of the log pace."""
        return self._calm.unsure

    def begin(self, at: float) -> None:
        """An onset at `at` that nothing foretold."""
        for clock in self._clocks:
            clock.begin(at)
        self._promise = None

    def beat(self, at: float, written_s: float, onset: int) -> None:
        """The next onset, number `onset`, came at `at`, so many written seconds after the last."""
        for clock in self._clocks:
            clock.beat(at, written_s)
        promise = self._promise
        if promise is not None and onset >= promise.onset:
            self._promise = None
            if onset == promise.onset:
                self._judge(at, promise)

    def promise(self, onset: int, written_s: float, now: float) -> None:
        """Be judged by when the onset so many written seconds ahead will come."""
        if self._promise is None:
            said = tuple(clock.after(written_s)[0] for clock in self._clocks)
            self._promise = Promise(onset, said, max(said[1] - now, SHORTEST_S))

    def after(self, written_s: float) -> tuple[float, float]:
        """The instant at which so many written seconds will have been played, and its give."""
        at, variance = 0.0, 0.0
        for share, clock in zip(self._shares, self._clocks, strict=True):
            said, give = clock.after(written_s)
            at += share * said
            variance += share * give * give
        return at, sqrt(variance)

    def _judge(self, at: float, promise: Promise) -> None:
        self._errors = tuple(
            max(old * KEPT + min(abs(at - said) / promise.length_s, WORST) * (1.0 - KEPT), LEAST)
            for old, said in zip(self._errors, promise.at, strict=True)
        )
        self._share()

    def _share(self) -> None:
        weights = [error**-SHARPNESS for error in self._errors]
        self._shares = tuple(weight / sum(weights) for weight in weights)
