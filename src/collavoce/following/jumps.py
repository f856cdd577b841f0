"""The player may go anywhere: the same filter, coarsely, over the whole score.

For every event of the score this keeps the odds that the player jumped and is now there, against
the odds that he still is on the track. A jump costs the same wherever it starts (a transition
matrix of rank one; Nakamura et al. 2014, arXiv 1404.2313), so one step is a handful of vector
operations however long the score. Where it leads is not the same: players begin again at bars,
repeat signs, marks, the top.

Two things are coarser than on the track: all hypotheses share the track's pace, and the last
chord heard stands for each one's own last event.
"""

from collections.abc import Sequence

import numpy as np

from collavoce.following.arrays import Floats, Singles
from collavoce.following.branches import Landing
from collavoce.following.emission import SPREAD, STRAY, STRAY_HZ, chord_density, liberty
from collavoce.following.model import Events
from collavoce.following.motion import (
    COUNTED,
    FREEDOM,
    JITTER_S,
    LEFT_OUT,
    LEFT_OUT_TOO,
    LONG_AGO,
    MISSED,
    PAUSE,
    T3_PEAK,
    TOGETHER_S,
)
from collavoce.following.tables import Tables
from collavoce.score.model import Score

STEPS = 3
"""Events that one note may lead on in the coarse filter."""

JUMP = 1e-4
"""Probability that a note is the first after a jump."""

AFTER_REST = 30.0
"""How much more often a player jumps after an unforeseen silence."""

REST_S = 0.8
"""A silence longer than this, past the moment when the next note was due, is unforeseen."""

LANDING_HZ = 2.0
"""Density of the moment of landing: within half a second or so."""

COARSE_SWAY = 0.16
"""Relative deviation of an interval around the shared pace."""

MANY = 8
"""Notes of a chord that are counted."""

NEARBY_S = 20.0
"""Written seconds: a place twice as far is reached about half as often, for the next look-alike
passage is a likelier goal than one at the other end of the piece."""

STALE_S = 2.0
"""Written seconds that the track may go on before nearness is measured anew."""

SAME_PACE = 0.05
"""Change of the log pace that is none."""

SAME_PLACE = 1e-3
"""The track is at an event when it gives it more than this."""

AROUND = 4
"""Events to both sides that are the same place."""

SMALL = 1e-30
"""Least divisor."""

LONG = 1000.0
"""Notes since a jump are counted up to this."""

CERTAIN = 1e30
"""Odds are kept below this."""

BAR, TURN, MARK, TOP, ANYWHERE = 1.0, 4.0, 6.0, 8.0, 0.05
"""Weights of where a jump leads: a bar's first onset, the bar where a repeat begins or goes on, a
rehearsal mark, the first note, any other event."""


def jump_hz(*, rested: bool) -> float:
    """Density of landing from a jump now; `rested` if an unforeseen silence came before."""
    return JUMP * (AFTER_REST if rested else 1.0) * LANDING_HZ


def landing_prior(score: Score, events: Events) -> Floats:
    """P(event | a jump) as float64 [shape=(N,)]."""
    weight = np.full(len(events), ANYWHERE)
    weight[0] = 0.0
    for before, bar in zip((None, *score.bars), score.bars, strict=False):
        breaks = before is not None and before.turn != bar.turn
        weight[events.at(bar.start)] = TURN if breaks else BAR
    for mark in score.marks:
        weight[events.at(mark.at)] = MARK
    weight[1] = TOP
    return weight / weight.sum()


class Elsewhere:
    """Odds of every other place against the track."""

    def __init__(self, tables: Tables, prior: Floats) -> None:
        n = tables.count
        self.odds: Singles = np.zeros(n, np.float32)
        self.notes: Singles = np.zeros(n, np.float32)
        self._prior = prior
        self.landing: Floats = prior
        self._landing = prior.astype(np.float32)
        self._landing_from = -np.inf
        self._enter = tables.enter[:, :n].astype(np.float32)
        self._own = tables.written[:, :n].astype(np.float32)
        got = np.arange(MANY + 1)[:, None]
        left = tables.size[:n] - got
        self._share = (1.0 / np.maximum(left, 1.0)).astype(np.float32)
        self._leave = (MISSED ** np.clip(left, 0.0, COUNTED)).astype(np.float32)
        self._got = 0
        self._written_s = tables.seconds[:n]
        self._pace = 1e-6
        self._expected = np.zeros((STEPS, n), np.float32)
        self._sharpness = np.zeros((STEPS, n), np.float32)
        self._peak = np.zeros((STEPS, n), np.float32)
        self._price = [1.0] + [LEFT_OUT * LEFT_OUT_TOO**k for k in range(1, STEPS)]
        self._chord_at = LONG_AGO
        self._heard_at = LONG_AGO

    def stand(self, event: int, pace: float) -> None:
        """Say where the track is, and its pace in played seconds per written second."""
        self._follow_pace(pace)
        here = float(self._written_s[event])
        if abs(here - self._landing_from) > STALE_S:
            self._landing_from = here
            near = self._prior / (NEARBY_S + np.abs(self._written_s - here))
            near[1] = self._prior[1] / NEARBY_S
            self.landing = near / near.sum()
            self._landing[:] = self.landing

    def hear(
        self,
        at: float,
        pitch: int,
        on_track: float,
        *,
        rested: bool,
        ways: Sequence[Landing] = (),
    ) -> None:
        """Take in one struck key.

        on_track : log density of the key on the track. rested : an unforeseen silence came before.
        ways : where the key may begin another way.
        """
        since = at - self._chord_at
        enter = self._enter[pitch]
        more = float(chord_density(np.array([since]), np.array([SPREAD]))[0])
        stay = self._own[pitch] * self._share[self._got]
        stay *= np.float32(more)
        stay += np.float32(STRAY_HZ * STRAY * liberty(at - self._heard_at))
        stay *= self.odds
        leaving = self.odds * self._leave[self._got]
        reached = stay
        counted = stay * (self.notes + np.float32(1.0))
        for s in range(1, STEPS + 1):
            come = self._density(since, s)
            come *= leaving[:-s]
            come *= enter[s:]
            reached[s:] += come
            come *= self.notes[:-s] + np.float32(1.0)
            counted[s:] += come
        landing = self._landing * enter
        landing *= np.float32(jump_hz(rested=rested))
        for way in ways:
            landing[way.event] += np.float32(way.hz) * enter[way.event]
        reached += landing
        counted += landing
        np.divide(counted, reached, out=self.notes, where=reached > SMALL)
        np.minimum(self.notes, LONG, out=self.notes)
        reached *= np.float32(np.exp(-on_track))
        np.minimum(reached, CERTAIN, out=self.odds)
        self._heard_at = at
        self._got = min(self._got + 1, MANY)
        if since > TOGETHER_S:
            self._chord_at, self._got = at, 1

    def _density(self, since: float, s: int) -> Singles:
        """float32 [shape=(N - s,)]  Density of coming s events on `since` seconds after a chord."""
        late = np.float32(since) - self._expected[s - 1, s:]
        z = late * self._sharpness[s - 1, s:]
        early = z < 0
        z *= z
        z += np.float32(1.0)
        density = np.divide(self._peak[s - 1, s:], z * z, dtype=np.float32)
        np.divide(density, z, out=density, where=early)
        np.maximum(late, 0, out=late)
        late += np.float32(1.0)
        late *= late
        density += np.float32(PAUSE * self._price[s - 1]) / late
        return density

    def best(self) -> tuple[int, float, float]:
        """The likeliest other place: its event, its odds, the notes since the jump there."""
        event = int(self.odds.argmax())
        return event, float(self.odds[event]), float(self.notes[event])

    def around(self, event: int) -> tuple[float, float, float]:
        """The odds of the likeliest place around `event`, of the likeliest that is not, of all."""
        first, last = max(event - AROUND, 0), event + AROUND + 1
        here = float(self.odds[first:last].max(initial=0.0))
        before, after = self.odds[:first], self.odds[last:]
        third = max(float(before.max(initial=0.0)), float(after.max(initial=0.0)))
        return here, third, here + float(before.sum()) + float(after.sum())

    def disregard(self, base: int, weight: Floats) -> None:
        """Drop what is no other place: the events base + k where the track itself may be."""
        there = self.odds[base : base + len(weight)]
        there *= weight[: len(there)] < SAME_PLACE

    def take_over(self, event: int, left: int, odds: float) -> None:
        """Count odds against `event` from now on: the track leaps there.

        left : the event the track was at; going back there, at `odds`, is cheaper than going
        anywhere, and so is going on to a passage that looks like the one at `event`.
        """
        self.odds /= max(self.around(event)[0], SMALL)
        np.minimum(self.odds, CERTAIN, out=self.odds)
        self.odds[left] = odds

    def _follow_pace(self, pace: float) -> None:
        """Foretell the intervals anew when the pace has changed."""
        if abs(np.log(pace / self._pace)) < SAME_PACE:
            return
        self._pace = pace
        for s in range(1, STEPS + 1):
            expected = (self._written_s[s:] - self._written_s[:-s]) * pace
            deviation = np.sqrt((COARSE_SWAY * expected) ** 2 + JITTER_S**2)
            self._expected[s - 1, s:] = expected
            self._sharpness[s - 1, s:] = 1.0 / (deviation * np.sqrt(FREEDOM))
            self._peak[s - 1, s:] = T3_PEAK * self._price[s - 1] / deviation
