"""When a belief is spoken: what is likely is not yet what is said.

A cue that fired cannot be taken back. So the position said moves on only when most of the belief
lies at or past the next onset; it never moves back on the same track; and it leaps only when
another place has convinced a sceptic, explains notes that the track does not, and no third place
could be meant as well.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from collavoce.following.evidence import EXPLAINED
from collavoce.following.jumps import SMALL, Elsewhere
from collavoce.following.motion import LONG_AGO, TOGETHER_S
from collavoce.following.rehearing import MEMORY, Heard, Rival, rehear
from collavoce.following.tables import Tables
from collavoce.following.track import Track

ADVANCE = 0.5
"""Belief at or past an onset before the position said reaches it."""

SUSPECT = 0.02
"""Odds of another place from which it is followed beside the track..."""

DISMISSED = 2e-4
"""...and below which it no longer is."""

RIVALS = 2
"""Places followed beside the track: each costs as much as the track does."""

MET = 2
"""Events within which two places are the same."""

DECIDED = 10.0
"""Odds of another place against the next best one from which it is worth landing there..."""

PATIENCE = 10
"""...unless so many notes have been heard since the jump: then the better guess has to do."""

HESITATE = 1.5
"""Chords ahead from which the position said stands still until the doubt is gone."""

AWAITED = 1e-4
"""Odds before any note of it from which a place is no surprise: a beginning after a rest, a way
that the page leaves open, the twin of the passage leapt to. It must convince, but need not lead."""

BEYOND_DOUBT = 1e6
"""Odds from which a lead of one chord less will do."""

NOODLED_S = 2.0
BEGINNING = 3
"""Notes of the beginning that must have been heard if others were less than NOODLED_S before."""

FORGET = 0.15
"""Weight of the newest note in how well notes fit of late."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What another place must show to be believed.

    odds : against the track. sceptic : the same as a sceptic counts. explained : notes. lead : of
    the last chords, those that only it explains.
    """

    odds: float
    sceptic: float
    explained: int
    lead: float


PLAYING = Proof(odds=50.0, sceptic=20.0, explained=4, lead=2.0)
ENDED = Proof(odds=1e6, sceptic=4e5, explained=8, lead=2.0)
"""After the last onset much may sound that is not the piece."""


class Commitment:
    """The doubt about the track, and what is said in spite of it.

    doubt : odds of all other places together. fit : 0..1, share of the last notes explained.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._memory: deque[Heard] = deque(maxlen=MEMORY)
        self._rivals: list[Rival] = []
        self._suspected_at = LONG_AGO
        self.doubt = 0.0
        self.fit = 1.0

    def hear(self, note: Heard) -> None:
        """Remember a note."""
        self._memory.append(note)
        self.fit += FORGET * ((note.on_track > EXPLAINED) - self.fit)
        for rival in self._rivals:
            rival.hear(note)

    def rival(self, track: Track, elsewhere: Elsewhere, pace: float, proof: Proof) -> Rival | None:
        """Another place that is to be believed, if there is one; `pace` is the track's log pace."""
        self._dismiss(track)
        self._suspect(track, elsewhere, pace)
        if not self._rivals:
            self.doubt = float(elsewhere.odds.sum())
            return None
        best = self._rivals[0]
        here, third, everywhere = elsewhere.around(best.event)
        # The coarse filter knows the places that look alike; the rival knows their odds better.
        self.doubt = best.odds * max(everywhere / max(here, SMALL), 1.0)
        if not _proved(best, proof):
            return None
        return best if best.explained >= PATIENCE or here >= DECIDED * third else None

    def _dismiss(self, track: Track) -> None:
        """Follow no longer what was refuted, or has met the track or a likelier rival."""
        rivals, self._rivals = sorted(self._rivals, key=lambda rival: -rival.odds), []
        self._rivals = [
            rival
            for k, rival in enumerate(rivals)
            if rival.odds > DISMISSED and not _meets(rival.event, track, rivals[:k])
        ]

    def _suspect(self, track: Track, elsewhere: Elsewhere, pace: float) -> None:
        """Follow the likeliest other place beside the track; once a chord, for that takes time."""
        event, odds, notes = elsewhere.best()
        now = self._memory[-1].at
        late = now - self._suspected_at > TOGETHER_S
        if odds < SUSPECT or not late or _meets(event, track, self._rivals, 2 * MET):
            return
        self._suspected_at = now
        rival = rehear(self._tables, tuple(self._memory), elsewhere.landing, event, notes, pace)
        if rival.odds > SUSPECT and not _meets(rival.event, track, self._rivals):
            rivals = sorted((*self._rivals[:RIVALS], rival), key=lambda each: -each.odds)
            self._rivals = rivals[:RIVALS]

    def settle(self) -> None:
        """Trust the track alone: the music begins, or a person placed it."""
        self._rivals, self.doubt, self.fit = [], 0.0, 1.0

    def leap(self, found: Rival, track: Track) -> None:
        """Trust `found` from now on; `track`, left for it, is a rival like the others."""
        known = tuple(self._memory)[-len(found.densities) :]
        left = Rival(track, 1.0, self._memory[-1].at)
        left.densities = [note.on_track for note in known]
        self._rivals = [left, *(rival for rival in self._rivals if rival is not found)]
        for rival in self._rivals:
            rival.over(found)
        densities = found.densities[-len(known) :]
        heard = zip(known, densities, strict=True)
        self._memory = deque((n._replace(on_track=d) for n, d in heard), MEMORY)
        self.doubt, self.fit = left.odds, 1.0

    def reached(self, track: Track) -> int:
        """The last onset that is to be said; 0 for none."""
        # A place that explains no more than the track does is no reason to stand still.
        doubt = sum(
            rival.odds if rival.evidence.lead >= HESITATE else min(rival.odds, rival.evidence.odds)
            for rival in self._rivals
            if rival.evidence.price > AWAITED or rival.evidence.lead >= HESITATE
        )
        beyond = np.cumsum(track.weight[::-1])[::-1] / (1.0 + doubt)
        onsets = self._tables.onset[track.base : track.base + len(beyond)]
        sure = np.flatnonzero((beyond > ADVANCE) & onsets)
        return track.base + int(sure[-1]) if len(sure) else 0

    def begun(self, since: float) -> bool:
        """Whether what began at `since` is the piece and no note of fingers being tried."""
        before = any(since - NOODLED_S < note.at < since for note in self._memory)
        return not before or sum(note.at >= since for note in self._memory) >= BEGINNING


def _proved(rival: Rival, proof: Proof) -> bool:
    """Whether the rival has shown what `proof` asks."""
    evidence = rival.evidence
    if rival.odds < proof.odds or evidence.odds < proof.sceptic:
        return False
    lead = proof.lead - (rival.odds > BEYOND_DOUBT)
    leads = evidence.price > AWAITED or evidence.lead >= lead
    return leads and rival.explained >= proof.explained


def _meets(event: int, track: Track, rivals: list[Rival], within: int = MET) -> bool:
    """Whether `event` is where the track or one of the rivals is."""
    places = (rival.event for rival in rivals)
    return abs(event - track.peak) <= MET or any(abs(event - each) <= within for each in places)
