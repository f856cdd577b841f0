"""A second hearing: the last notes again, as by a player who jumped before one of them.

The coarse filter of `jumps` suspects; a `Rival` with a track of full precision decides. The notes
since the landing are heard again, mixing "lands now" into "landed before", note by note; from then
on the rival hears every note beside the track. Where music comes again its odds therefore rest,
and speak as soon as the two passages part.
"""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

import numpy as np

from collavoce.following.arrays import Floats
from collavoce.following.branches import Landing
from collavoce.following.evidence import EXPLAINED, Evidence
from collavoce.following.jumps import jump_hz
from collavoce.following.motion import LONG_AGO
from collavoce.following.tables import WINDOW, Tables
from collavoce.following.track import BEHIND, Track

MEMORY = 16
"""Notes that are kept to be heard again."""

LOOK_BACK = 27
"""Events before the suspected place at which the jump may have landed."""

MORE = 2
"""Notes heard again beyond those that the coarse filter counted..."""

DEEP = 12
"""...and at most so many, for each costs as much as a new one."""

FAINT = 1e-4
"""Share of the belief below which "lands now" is not worth its mixing in."""


class Heard(NamedTuple):
    """A struck key.

    last : instant of the same key before. on_track : log density of the key on the track.
    rested : an unforeseen silence came before. ways : where it may have begun another way.
    """

    at: float
    pitch: int
    last: float
    on_track: float
    rested: bool
    ways: tuple[Landing, ...] = ()


class Rival:
    """Another place where the player may be, followed beside the track.

    odds : against the track; they hold the price of the jump and every note since.
    explained : notes it explains. since : when the player landed. densities : log densities of the
    last notes on its track.
    """

    def __init__(self, track: Track, odds: float = 0.0, since: float = LONG_AGO) -> None:
        self.track = track
        self.odds = odds
        self.explained = 0
        self.since = since
        self.evidence = Evidence(odds)
        self.densities: list[float] = []

    @property
    def event(self) -> int:
        """The likeliest event."""
        return self.track.peak

    def hear(self, note: Heard) -> None:
        """Follow the player who is here."""
        density = self.track.hear(note.at, note.pitch, note.last)
        self.odds *= exp(density - note.on_track)
        self.explained += density > EXPLAINED
        self.evidence.add(note.at, density, note.on_track)
        self.densities.append(density)
        del self.densities[:-MEMORY]

    def land(self, note: Heard, places: Floats) -> None:
        """Believe that the player may have landed with `note`, here if not before.

        places : float64 [shape=(WINDOW,)]  Density of landing at the event by this key.
        """
        price = float(places.sum())
        lands_now = price * exp(-note.on_track)
        if lands_now > self.odds:
            self.explained, self.since = 1, note.at
            self.evidence = Evidence(price)
            self.evidence.add(note.at, 0.0, note.on_track)
            self.densities = [0.0]
        self.odds += lands_now
        if lands_now > self.odds * FAINT:
            self.track.land(note.at, places, lands_now / self.odds)

    def over(self, found: "Rival") -> None:
        """Count against `found`, which is the track from now on."""
        self.odds /= found.odds
        self.evidence.over(found.evidence)


def rehear(
    tables: Tables, memory: Sequence[Heard], landing: Floats, event: int, notes: float, pace: float
) -> Rival:
    """Hear the last notes again as by a player who jumped to `event` or to shortly before it.

    landing : float64 [shape=(N,)]  P(event | a jump). notes : heard since the jump, about.
    pace : log pace with which the player lands.
    """
    rival = Rival(Track(tables, max(event - LOOK_BACK, 0) + BEHIND + 1, pace))
    prior = np.zeros(len(tables.seconds))
    reach = min(event + 2, len(landing))
    prior[:reach] = landing[:reach]
    again = round(notes) + MORE
    places = prior if again <= DEEP else _landed(prior)
    for note in memory[-min(again, DEEP) :]:
        if rival.odds:
            rival.hear(note)
        window = slice(rival.track.base, rival.track.base + WINDOW)
        here = places[window] * jump_hz(rested=note.rested)
        for way in note.ways:
            if way.event < reach and 0 <= way.event - rival.track.base < WINDOW:
                here[way.event - rival.track.base] += way.hz
        here *= tables.enter[note.pitch, window]
        if here.any():
            rival.land(note, here)
        places = prior
    return rival


def _landed(prior: Floats) -> Floats:
    """How likely each event is if the player landed before it, longer ago than is heard again."""
    before = np.pad(prior, (LOOK_BACK, 0))
    return np.lib.stride_tricks.sliding_window_view(before, LOOK_BACK + 1).max(axis=1)
