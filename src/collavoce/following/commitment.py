"""When a belief is spoken: what is likely is not yet what is said.

A cue that fired cannot be taken back. So the position said moves on only when most of the
belief lies at or past the next onset, never back on the same track, and to another place only
when that place has won a second hearing (`rehear`) against the track.
"""

from collections import deque
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

import numpy as np

from collavoce.following.arrays import Flags, Floats
from collavoce.following.jumps import jump_hz
from collavoce.following.motion import LONG_AGO, TOGETHER_S
from collavoce.following.tables import WINDOW, Tables
from collavoce.following.track import BEHIND, Track

MEMORY = 32
"""Notes that are kept to be heard again."""

ADVANCE = 0.5
"""Belief at or past an onset before the position said reaches it."""

SUSPECT = 3.0
"""Odds of another place from which a second hearing is worth its time."""

SWITCH = 50.0
"""Odds, after a second hearing, from which another place is believed."""

NOTES = 4
"""Notes that another place must explain before it is believed."""

EXPLAINED = log(0.04)
"""Log density above which a note is explained: ten times that of a stray one."""

RECENT = 5
AHEAD = 2.5
"""Of so many last chords (a note alone is one), those by which another place must explain more than
the track: where music comes back note for note both explain it, and the player is believed to have
gone on. A chord counts by the share of its notes, so that octaves added to it do not count as much
as a wrong one."""

HESITATE = 1.5
"""The same number from which the position said stands still until the doubt is gone."""

DECIDED = 10.0
"""Odds of another place against the next best one from which it is worth landing there..."""

PATIENCE = 10
"""...unless so many notes have been heard since the jump: then the better guess has to do."""

BEYOND_DOUBT = 1e6
"""Odds from which one note less will do."""

LOOK_BACK = 27
"""Events before the suspected place at which the jump may have landed."""

MORE = 2
"""Notes heard again beyond those that the coarse filter counted."""


class Heard(NamedTuple):
    """A struck key with what the track made of it."""

    at: float
    pitch: int
    last: float
    on_track: float
    rested: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """Another place after its second hearing; `odds` against the track.

    event : where the coarse filter suspected the player. explained : notes it
    explains. ahead : notes by which it explains more
    than the track.
    """

    track: Track
    event: int
    odds: float
    explained: int
    ahead: float

    @property
    def believed(self) -> bool:
        """Whether the player is there."""
        ahead = AHEAD if self.odds < BEYOND_DOUBT else AHEAD - 1.0
        return self.odds > SWITCH and self.explained >= NOTES and self.ahead > ahead


class Lead:
    """By how many of the last chords one place explains more than another."""

    def __init__(self) -> None:
        self._chords: deque[list[int]] = deque(maxlen=RECENT)
        self._since = LONG_AGO

    def add(self, at: float, lead: int) -> None:
        """Count a note struck at `at` with `lead`: 1 only the one explains it, -1 only the other."""
        if at - self._since > TOGETHER_S:
            self._since = at
            self._chords.append([])
        self._chords[-1].append(lead)

    def total(self) -> float:
        """Chords, each by the mean lead of its notes."""
        return sum(sum(chord) / len(chord) for chord in self._chords)


def onset_reached(track: Track, onsets: Flags, share: float) -> int:
    """The last onset at or past which more than ADVANCE of the belief lies; 0 for none.

    onsets : bool [shape=(N + WINDOW,)]  Events whose position counts.
    share : 0..1, belief in the track at all.
    """
    beyond = np.cumsum(track.weight[::-1])[::-1] * share
    sure = np.flatnonzero((beyond > ADVANCE) & onsets[track.base : track.base + WINDOW])
    return track.base + int(sure[-1]) if len(sure) else 0


def rehear(
    tables: Tables,
    memory: deque[Heard],
    landing: Floats,
    event: int,
    notes: float,
    log_pace: float,
) -> Rival:
    """Hear the last notes again as by a player who jumped, before one of them, to near `event`.

    landing : float64 [shape=(N,)]  P(event | a jump).
    """
    count = min(int(notes + 0.5) + MORE, len(memory))
    track = Track(tables, max(event - LOOK_BACK, 0) + BEHIND + 1, log_pace)
    prior = np.zeros(len(tables.seconds))
    reach = min(event + 2, len(landing))
    prior[:reach] = landing[:reach]
    odds, explained = 0.0, 0
    ahead = Lead()
    for note in list(memory)[-count:]:
        gone_on = 0.0
        if odds:
            density = track.hear(note.at, note.pitch, note.last)
            gone_on = odds * exp(density - note.on_track)
            explained += density > EXPLAINED
            lead = (density > EXPLAINED) - (note.on_track > EXPLAINED)
            ahead.add(note.at, lead)
        window = slice(track.base, track.base + WINDOW)
        landed = prior[window] * tables.enter[note.pitch, window]
        jumped = float(landed.sum()) * jump_hz(rested=note.rested) * exp(-note.on_track)
        odds = gone_on + jumped
        if jumped > gone_on:
            explained = 1
            ahead = Lead()
            ahead.add(note.at, int(note.on_track <= EXPLAINED))
        if jumped:
            track.land(note.at, landed, jumped / odds)
    return Rival(track, event, odds, explained, ahead.total())
