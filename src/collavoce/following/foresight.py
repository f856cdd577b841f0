"""When the places ahead will be reached.

The player's clocks (`pulses.py`) run on a line of seconds drawn for this player: the written ones,
longer or shorter where the same music was so before, be it earlier in this performance
(`parallels.py`) or in rehearsals (`timing.py`). How far rehearsals are to be believed the player
shows as he goes. Nothing is foreseen past a fermata that no rehearsal knows.
"""

from math import exp, hypot, log

import numpy as np

from collavoce.following.arrays import Flags, Floats
from collavoce.following.estimate import Ahead
from collavoce.following.model import Events
from collavoce.following.parallels import parallels
from collavoce.following.pulse import JITTER_S, RUBATO
from collavoce.following.pulses import PROMISED_S, Pulses
from collavoce.following.timing import Timing, under_fermatas
from collavoce.score.model import Score
from collavoce.units import Quarters, Seconds

AHEAD_S = 4.5
"""Seconds past the next onset that are foreseen: never less than four from now, then."""

NODE_S = 0.6
"""The places said are at least so far apart: some eight, and time between them runs evenly."""

LOOKED_AT = 256
"""Onsets ahead that are looked at; 64 a second are no music."""

SURE = 0.2
"""Deviation of the log pace above which there is no tempo to foresee by."""

KNOWN = 0.1
"""The same above which no interval is remembered: who knows what was tempo there, what rubato?"""

SHORTER, LONGER = -0.5, 0.7
"""An interval is remembered as at most so much off the pace: beyond is a stop or a slip."""

AGAIN = 0.8
"""Share of what was played that is expected when the very same onsets come again."""

CLOSING_S, CLOSING = 2.0, 0.25
"""Players broaden the end: so many last written seconds, and by how much, as a log."""

NEXT_S = 1e-3
"""Two places are foreseen at least so far apart."""


TRUSTED = 8.0
"""Intervals of a player who does as in rehearsals, from which the trust in them begins."""

TRUST_KEPT = 0.995
"""What an interval counts for the trust after the next: some 200 of them."""


class Likeness:
    """The share of what is expected of intervals that comes true: a regression, as it goes."""

    def __init__(self) -> None:
        self._square = self._both = TRUSTED * RUBATO**2

    @property
    def share(self) -> float:
        """0..1."""
        return min(max(self._both / self._square, 0.0), 1.0)

    def learn(self, expected: float, played: float) -> None:
        """An interval took longer than the pace by `played`, a log; `expected` was foretold."""
        self._square = self._square * TRUST_KEPT + expected * expected
        self._both = self._both * TRUST_KEPT + expected * played


class Foresight:
    """Told of every onset that is said; asked for the places ahead."""

    def __init__(self, score: Score, events: Events, timing: Timing | None = None) -> None:
        """`events` of `score` at its written tempo."""
        onsets = np.flatnonzero(events.onset)
        self._onset = np.searchsorted(onsets, np.arange(len(events)), side="right") - 1
        self._quarter, seconds = events.quarter[onsets], events.seconds[onsets]
        self._written = np.diff(seconds, append=seconds[-1:])
        self._like, self._share = parallels(events.written[:, onsets], self._quarter)
        self._before = np.zeros(len(onsets))
        self._played = np.zeros(len(onsets), bool)
        self._held = under_fermatas(score, self._quarter)
        self._closing = np.where(seconds >= seconds[-1] - CLOSING_S, CLOSING, 0.0)
        self._learn(timing)
        self._trust = Likeness()
        self._pulse = Pulses()
        self._here: int | None = None
        self._since = 0.0
        self._nodes: list[tuple[float, float, float]] | None = None

    def _learn(self, timing: Timing | None) -> None:
        """Expect of every interval what rehearsals taught."""
        known: Flags = np.zeros(len(self._quarter), bool)
        self._rehearsed, self._give = np.zeros(len(known)), np.zeros(len(known))
        if timing is not None and len(timing.quarters) == len(known):
            known = np.isfinite(timing.give)
            self._rehearsed = timing.longer
            self._give = np.where(self._held & known, timing.give, 0.0)
        self._unknown = np.flatnonzero(self._held & ~known)
        self._ending = np.where(known, 0.0, self._closing)

    def forget(self) -> None:
        """Foresee without what rehearsals taught."""
        self._learn(None)
        self._nodes = None

    def leave(self) -> None:
        """The player goes elsewhere: nothing foretells the next onset that is said."""
        self._here = self._nodes = None

    def stand(self, event: int, since: float) -> None:
        """The onset of `event` was played at `since`."""
        onset, here = int(self._onset[event]), self._here
        self._nodes = None
        if here is None or onset <= here or since <= self._since or here in self._unknown:
            self._pulse.begin(since)
        else:
            self._pulse.beat(since, float(self._lengths(here, onset).sum()), onset)
            if self._pulse.unsure <= KNOWN:
                self._remember(here, onset, since)
        self._here, self._since = onset, since

    def ahead(self, now: float) -> tuple[Ahead, ...]:
        """The places from the next onset on; none where nothing can be foreseen."""
        if self._nodes is None:
            self._nodes = self._foresee()
        if not self._nodes:
            return ()
        # Whoever lets the next onset wait lets all of it wait.
        waited = max(now - self._nodes[0][1], 0.0)
        return tuple(
            Ahead(Quarters(quarter), Seconds(at - now + waited), Seconds(hypot(give, waited)))
            for quarter, at, give in self._nodes
        )

    def _lengths(self, begin: int, end: int) -> Floats:
        """Seconds of every interval between two onsets, for this player at the written pace."""
        rows = slice(begin, end)
        like = self._share[rows] * self._before[self._like[rows]]
        longer = np.where(self._played[rows], AGAIN * self._before[rows], like)
        longer = longer + self._rehearsed[rows] * self._trust.share + self._ending[rows]
        return self._written[rows] * np.exp(longer)

    def _remember(self, begin: int, end: int, since: float) -> None:
        """How the way between two onsets was played."""
        written = float(self._written[begin:end].sum()) * exp(self._pulse.pace)
        played = log(max((since - self._since) / written, NEXT_S))
        played = min(max(played, SHORTER), LONGER)
        # Of short intervals the fingers explain most.
        heard = 1.0 / (1.0 + 2.0 * (JITTER_S / (RUBATO * written)) ** 2)
        if self._rehearsed[begin] and end == begin + 1:
            expected = float(self._rehearsed[begin])
            self._trust.learn(expected * heard, played * heard)
            played -= expected * self._trust.share
        self._before[begin:end] = played * heard
        self._played[begin:end] = True

    def _foresee(self) -> list[tuple[float, float, float]]:
        """(quarter, instant, give) of places ahead."""
        here = self._here
        if here is None or self._pulse.unsure > SURE:
            return []
        barred = self._unknown[np.searchsorted(self._unknown, here) :]
        end = min(int(barred[0]) if len(barred) else len(self._quarter) - 1, here + LOOKED_AT)
        if end <= here:
            return []
        lengths = self._lengths(here, end)
        gone = np.cumsum(lengths)
        loose = np.sqrt(np.cumsum((lengths * self._give[here:end] * exp(self._pulse.pace)) ** 2))
        step = NODE_S / exp(self._pulse.pace)
        nodes: list[tuple[float, float, float]] = []
        k, until = 0, float("inf")
        while k < len(gone):
            at, give = self._pulse.after(float(gone[k]))
            at = max(at, nodes[-1][1] + NEXT_S) if nodes else at
            nodes.append((float(self._quarter[here + 1 + k]), at, hypot(give, float(loose[k]))))
            if at >= self._since + PROMISED_S:
                self._pulse.promise(here + 1 + k, float(gone[k]), self._since)
            until = min(until, at + AHEAD_S)
            if at >= until or k == len(gone) - 1:
                break
            k = min(int(np.searchsorted(gone, gone[k] + step)), len(gone) - 1)
        return nodes
