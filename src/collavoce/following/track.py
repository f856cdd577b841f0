"""The forward filter near the player: where in a window of events, and at which pace.

`Track` holds P(event | everything heard) over a window of the score. A struck key moves mass
within the event (another note of the chord, an ornament, a slip) or on to one of the next
`SKIP` events. What else a hypothesis must know (when its last event began, how many of its notes
were heard, the pace) it inherits from its likeliest ancestor: the one approximation made.
"""

import numpy as np

from collavoce.following import emission
from collavoce.following.arrays import Flags, Floats
from collavoce.following.emission import again_share, chord_density, late_density
from collavoce.following.motion import (
    BEGIN_HZ,
    COUNTED,
    DOUBT,
    LEAST_S,
    LONG_AGO,
    MISSED,
    SKIP,
    SWAY,
    TOGETHER_S,
    delay_density,
    learn_pace,
)
from collavoce.following.tables import WINDOW, Tables

BEHIND = 12
"""Events of the window that lie behind the likeliest one."""

COMPLETE = 128.0
"""Notes got by a chord that is over, whatever was heard of it."""

NEARBY = 4
"""Events behind the likeliest one that are the same place."""

STUMBLE = 2
"""Events before the likeliest one that a player may strike again, correcting a slip. It needs no
proof, for it leads back and not far; and it sets the track right when it took a note played early
for the whole chord."""

STUMBLE_HZ = 7e-5
"""Density of striking each of them again: together about as often as a jump."""

UNLIKELY = 1e-5
"""Belief from which a stumble is worth forgetting how an event was reached before."""

NOTHING = 1e-12
"""Belief below this is none: it would only go on shrinking."""

_WEIGHT, _LEAVING, _ENTERED, _ANCHOR_AT, _ANCHOR_S, _PACE, _DOUBT, _STRETCH, _GOT = range(9)
"""Rows of a track's state: belief; belief ready to leave; when the event began; instant and
written second of the last onset; log pace, its variance, its exponential; notes heard."""


class Track:
    """One filter, at first certain that the player is about to begin event `start`."""

    def __init__(self, tables: Tables, start: int, log_pace: float = 0.0) -> None:
        self.tables = tables
        self._state = np.zeros((9, SKIP + WINDOW))
        self._state[_ENTERED] = LONG_AGO
        self._state[_ANCHOR_AT] = LONG_AGO
        self._state[_PACE] = self._log_pace = log_pace
        self._state[_DOUBT] = DOUBT
        self._state[_GOT] = COMPLETE
        self._from = [_lagged(row) for row in self._state]
        self._columns = np.arange(WINDOW)
        self._heard_at = LONG_AGO
        self.base = max(start - 1 - BEHIND, 0)
        self._state[_WEIGHT, SKIP + start - 1 - self.base] = 1.0
        self._prepare()

    def land(self, at: float, landing: Floats, share: float) -> None:
        """Believe, with `share`, that the player landed somewhere in the window at `at`.

        landing : float64 [shape=(WINDOW,)]  How likely each event is the place; any positive sum.
        """
        state = self._state
        weight = state[_WEIGHT, SKIP:] * (1.0 - share)
        landed = landing * (share / landing.sum())
        state[_WEIGHT, SKIP:] = weight + landed
        self._begin(at, landed > weight, self._log_pace)
        self._heard_at = at
        self._prepare()

    def settle(self) -> None:
        """Believe in the likeliest place alone: what lies further back is another place."""
        state = self._state
        back = max(int(self.weight.argmax()) - NEARBY, 0)
        state[_WEIGHT, SKIP : SKIP + back] = 0.0
        state[_WEIGHT, SKIP:] /= self.weight.sum()
        self._prepare()

    def retime(self, tables: Tables) -> None:
        """Go on by `tables` of the same events at other written times."""
        anchors = self._state[_ANCHOR_S]
        self._state[_ANCHOR_S] = np.interp(anchors, self.tables.seconds, tables.seconds)
        self.tables = tables

    @property
    def weight(self) -> Floats:
        """float64 [shape=(WINDOW,)]  P(event base + k); sums to 1."""
        return self._state[_WEIGHT, SKIP:]

    @property
    def entered(self) -> Floats:
        """float64 [shape=(WINDOW,)]  When each event began, if the player is there."""
        return self._state[_ENTERED, SKIP:]

    @property
    def pace(self) -> Floats:
        """float64 [shape=(WINDOW,)]  Log of played seconds per written second."""
        return self._state[_PACE, SKIP:]

    @property
    def peak(self) -> int:
        """The likeliest event."""
        return self.base + int(self.weight.argmax())

    def coming(self, event: int, at: float) -> float:
        """Density of beginning `event`, one of the window, at `at`, whatever key is struck."""
        column = event - self.base
        if event == self.tables.count:  # the piece is over
            return float(self.weight[column - 1]) * BEGIN_HZ
        entry = [row[:, column] for row in self._from]
        expected = (self.tables.seconds[event] - entry[_ANCHOR_S]) * entry[_STRETCH]
        expected = np.maximum(expected, LEAST_S)
        density, _ = delay_density(at - entry[_ANCHOR_AT], expected, entry[_DOUBT] + SWAY**2)
        density += self.tables.freely[:, event]
        return float((entry[_LEAVING] * self.tables.skip[:, event] * density).sum())

    def hear(self, at: float, pitch: int, last: float) -> float:
        """Take in one struck key; the log density of hearing it here and now.

        at : instant of the key. last : instant at which the same key was struck before.
        """
        window = slice(self.base, self.base + WINDOW)
        stay = self.weight * self._linger(at, pitch, last)
        delay = at - self._from[_ANCHOR_AT]
        expected = self.tables.seconds[window] - self._from[_ANCHOR_S]
        expected = np.maximum(expected * self._from[_STRETCH], LEAST_S)
        density, in_time = delay_density(delay, expected, self._from[_DOUBT] + SWAY**2)
        density += self.tables.freely[:, window]
        come = self._from[_LEAVING] * self.tables.skip[:, window] * density
        come *= self.tables.enter[pitch, window]
        moved = come.sum(axis=0)
        again, log_pace = self._strike_again(pitch)
        reached = stay + moved
        total = float(reached.sum() + again.sum())
        self._inherit(at, pitch, last, come, moved > stay, (delay, expected, in_time))
        self._begin(at, again > np.maximum(reached, total * UNLIKELY), log_pace)
        weight = (reached + again) / total
        self._state[_WEIGHT, SKIP:] = np.where(weight < NOTHING, 0.0, weight)
        self._heard_at = at
        self._recentre()
        self._prepare()
        return float(np.log(total))

    def _strike_again(self, pitch: int) -> tuple[Floats, float]:
        """Density of going back by an event or two to strike it again, and the log pace."""
        peak = int(self.weight.argmax())
        back = slice(max(peak - STUMBLE, 0), peak + 1)
        again = np.zeros(WINDOW)
        again[back] = self.tables.enter[pitch, self.base + back.start : self.base + back.stop]
        return again * STUMBLE_HZ, float(self.pace[peak])

    def _linger(self, at: float, pitch: int, last: float) -> Floats:
        """Density of the key while the player stays at each event of the window."""
        t = self.tables
        window = slice(self.base, self.base + WINDOW)
        since = at - self.entered
        own = t.written[pitch, window]
        fresh = own & (self.entered > last)
        left = np.maximum(t.size[window] - self._state[_GOT, SKIP:], 1.0)
        chord = chord_density(since, t.late_share[window])
        density = (fresh / left + t.slips[pitch, window] * ~own) * chord
        liberty = emission.liberty(at - self._heard_at)
        more = t.again[pitch, window] * again_share(since) + t.running[pitch, window]
        density += more * ~fresh * liberty
        if self.base:
            before = t.written[pitch, self.base - 1 : self.base + WINDOW - 1]
            density += (before & ~own) * late_density(since) / t.size[window]
        density += t.stray[window] * liberty
        if self.base == 0:
            density[0] = t.stray[0]
        return density

    def _inherit(
        self,
        at: float,
        pitch: int,
        last: float,
        come: Floats,
        moved: Flags,
        timing: tuple[Floats, Floats, Floats],
    ) -> None:
        """Give every event of the window the memory of its likeliest ancestor."""
        t, state, columns = self.tables, self._state, self._columns
        window = slice(self.base, self.base + WINDOW)
        best = come.argmax(axis=0)
        source = columns + SKIP - np.where(moved, best + 1, 0)
        own = t.written[pitch, window]
        # A wrong key struck with the chord stands for one of its notes.
        fresh = np.where(own, self.entered > last, at - self.entered < TOGETHER_S)
        memory = state[:, source]
        anchors = moved & t.onset[window]
        delay, expected, in_time = (table[best, columns] for table in timing)
        learned, doubt = learn_pace(memory[_PACE], memory[_DOUBT], delay, expected, in_time)
        memory[_PACE] = np.where(anchors, learned, memory[_PACE])
        memory[_DOUBT] = np.where(anchors, doubt, memory[_DOUBT])
        memory[_ENTERED] = np.where(moved, at, memory[_ENTERED])
        memory[_ANCHOR_AT] = np.where(anchors, at, memory[_ANCHOR_AT])
        memory[_ANCHOR_S] = np.where(anchors, t.seconds[window], memory[_ANCHOR_S])
        memory[_GOT] = np.where(moved, 1.0, memory[_GOT] + fresh)
        state[:, SKIP:] = memory

    def _begin(self, at: float, events: Flags, log_pace: float) -> None:
        """Forget what came before these events of the window: the player begins them at `at`."""
        state, new = self._state, SKIP + np.flatnonzero(events)
        if len(new) == 0:
            return
        state[_ENTERED, new] = at
        state[_ANCHOR_AT, new] = at
        state[_ANCHOR_S, new] = self.tables.seconds[self.base + new - SKIP]
        state[_PACE, new] = log_pace
        state[_DOUBT, new] = DOUBT
        state[_GOT, new] = 1.0

    def _recentre(self) -> None:
        """Slide the window so that it reaches on past the likeliest event."""
        ahead = int(self.weight.argmax()) - BEHIND
        if ahead <= 0:
            return
        state = self._state
        state[:, SKIP:-ahead] = state[:, SKIP + ahead :]
        state[_WEIGHT, -ahead:] = 0.0
        self.base += ahead

    def _prepare(self) -> None:
        """What the next note needs of every event: readiness to leave it, and its pace."""
        state = self._state
        left = self.tables.size[self.base : self.base + WINDOW] - state[_GOT, SKIP:]
        state[_LEAVING, SKIP:] = state[_WEIGHT, SKIP:] * MISSED ** np.clip(left, 0.0, COUNTED)
        np.exp(state[_PACE], out=state[_STRETCH])


def _lagged(row: Floats) -> Floats:
    """A view [shape=(SKIP, WINDOW)] of a padded row: line s-1, column j is the row at j - s."""
    step = row.strides[0]
    return np.lib.stride_tricks.as_strided(
        row[SKIP - 1 :], shape=(SKIP, WINDOW), strides=(-step, step), writeable=False
    )
