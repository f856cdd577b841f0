"""A second hearing: the last notes again, as by a player who jumped before one of them.

The coarse filter of `jumps` suspects; this decides, with a track of full precision. It mixes, note
by note, "he lands now" into "he landed before", so the odds that come out hold the price of the
jump, the place, and every note since, against the track's own account of the same notes.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

import numpy as np

from collavoce.following.arrays import Floats
from collavoce.following.jumps import jump_hz
from collavoce.following.motion import LONG_AGO, TOGETHER_S
from collavoce.following.tables import WINDOW, Tables
from collavoce.following.track import BEHIND, Track

EXPLAINED = log(0.04)
"""Log density above which a note is explained: ten times that of a stray one."""

RECENT = 5
"""Last chords in which two places are compared; a note alone is a chord."""

LOOK_BACK = 27
"""Events before the suspected place at which the jump may have landed."""

MORE = 2
"""Notes heard again beyond those that the coarse filter counted."""


class Heard(NamedTuple):
    """A struck key.

    last : instant of the same key before. on_track : log density of the key on the track.
    rested : an unforeseen silence came before.
    """

    at: float
    pitch: int
    last: float
    on_track: float
    rested: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """Another place after its second hearing.

    event : where the player was suspected. odds : against the track. explained : notes it explains.
    lead : of the last RECENT chords, those that only it explains.
    """

    track: Track
    event: int
    odds: float
    explained: int
    lead: float


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


def rehear(
    tables: Tables, memory: Sequence[Heard], landing: Floats, event: int, notes: float, pace: float
) -> Rival:
    """Hear the last notes again as by a player who jumped to `event` or to shortly before it.

    landing : float64 [shape=(N,)]  P(event | a jump). notes : heard since the jump, about.
    pace : log pace with which the player lands.
    """
    track = Track(tables, max(event - LOOK_BACK, 0) + BEHIND + 1, pace)
    prior = np.zeros(len(tables.seconds))
    reach = min(event + 2, len(landing))
    prior[:reach] = landing[:reach]
    odds, explained, lead = 0.0, 0, Lead()
    for note in memory[-(int(notes + 0.5) + MORE) :]:
        landed_before = 0.0
        if odds:
            density = track.hear(note.at, note.pitch, note.last)
            landed_before = odds * exp(density - note.on_track)
            explained += density > EXPLAINED
            lead.add(note.at, (density > EXPLAINED) - (note.on_track > EXPLAINED))
        places = prior[track.base : track.base + WINDOW]
        places = places * tables.enter[note.pitch, track.base : track.base + WINDOW]
        lands_now = float(places.sum()) * jump_hz(rested=note.rested) * exp(-note.on_track)
        odds = landed_before + lands_now
        if lands_now > landed_before:
            explained, lead = 1, Lead()
            lead.add(note.at, int(note.on_track <= EXPLAINED))
        if lands_now:
            track.land(note.at, places, lands_now / odds)
    return Rival(track, event, odds, explained, lead.total())
