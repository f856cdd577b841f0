"""When a belief is spoken: what is likely is not yet what is said.

A cue that fired cannot be taken back. So the position said moves on only when most of the belief
lies at or past the next onset; it never moves back on the same track; and it leaps only when
another place has won a second hearing, explains notes that the track does not, and no third place
could be meant as well.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from collavoce.following.jumps import Elsewhere
from collavoce.following.rehearing import EXPLAINED, Heard, Rival, rehear
from collavoce.following.tables import Tables
from collavoce.following.track import Track

MEMORY = 32
"""Notes that are kept to be heard again."""

ADVANCE = 0.5
"""Belief at or past an onset before the position said reaches it."""

SUSPECT = 3.0
"""Odds of another place from which a second hearing is worth its time."""

DECIDED = 10.0
"""Odds of another place against the next best one from which it is worth landing there..."""

PATIENCE = 10
"""...unless so many notes have been heard since the jump: then the better guess has to do."""

HESITATE = 1.5
"""Chords ahead from which the position said stands still until the doubt is gone."""

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

    odds : against the track. explained : notes. lead : of the last chords (see `Rival`), those
        that only it explains: where music comes back note for note both places explain it, and
        the player is believed to have gone on.
    """

    odds: float
    explained: int
    lead: float


PLAYING = Proof(odds=50.0, explained=4, lead=2.5)
ENDED = Proof(odds=1e6, explained=8, lead=2.5)
"""After the last onset much may sound that is not the piece."""


class Commitment:
    """The doubt about the track, and what is said in spite of it.

    doubt : odds of the likeliest other place. fit : 0..1, share of the last notes explained.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._memory: deque[Heard] = deque(maxlen=MEMORY)
        self._lead = 0.0
        self.doubt = 0.0
        self.fit = 1.0

    def hear(self, note: Heard) -> None:
        """Remember a note."""
        self._memory.append(note)
        self.fit += FORGET * ((note.on_track > EXPLAINED) - self.fit)

    def settle(self, doubt: float) -> None:
        """Trust the track again but for `doubt`: the player was found, or a person placed it."""
        self.doubt, self._lead, self.fit = doubt, 0.0, 1.0

    def rival(self, elsewhere: Elsewhere, pace: float, proof: Proof) -> Rival | None:
        """Another place that is to be believed, if there is one; `pace` is the track's log pace."""
        event, odds, notes = elsewhere.best()
        if odds < SUSPECT or notes < proof.explained - 1:
            self.doubt, self._lead = odds, 0.0
            return None
        rival = rehear(self._tables, tuple(self._memory), elsewhere.landing, event, notes, pace)
        odds = min(odds, rival.odds)
        self.doubt, self._lead = odds, rival.lead
        if odds < proof.odds or rival.explained < proof.explained:
            return None
        if notes < PATIENCE and elsewhere.odds[event] < DECIDED * elsewhere.second(event):
            return None
        return rival if rival.lead > proof.lead - (odds > BEYOND_DOUBT) else None

    def reached(self, track: Track) -> int:
        """The last onset that is to be said; 0 for none."""
        # A place that explains no more than the track does is no reason to stand still.
        share = 1.0 / (1.0 + self.doubt) if self._lead >= HESITATE else 1.0
        beyond = np.cumsum(track.weight[::-1])[::-1] * share
        onsets = self._tables.onset[track.base : track.base + len(beyond)]
        sure = np.flatnonzero((beyond > ADVANCE) & onsets)
        return track.base + int(sure[-1]) if len(sure) else 0

    def begun(self, since: float) -> bool:
        """Whether what began at `since` is the piece and no note of fingers being tried."""
        before = any(since - NOODLED_S < note.at < since for note in self._memory)
        return not before or sum(note.at >= since for note in self._memory) >= BEGINNING
