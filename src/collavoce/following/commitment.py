"""When a belief is spoken: what is likely is not yet what is said.

A cue that fired cannot be taken back. So the position said moves on only when most of the
belief lies at or past the next onset, never back on the same track, and to another place only
when that place has won a second hearing (`rehear`) against the track.
"""

from collections import deque
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from collavoce.following.jumps import jump_hz
from collavoce.following.motion import LONG_AGO
from collavoce.following.track import BEHIND, TOGETHER_S, WINDOW, Tables, Track

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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

RECENT = 8
AHEAD = 3
"""Of so many last notes, those by which it must explain more than the track: where music comes back note for note, both
places explain it, and the player is believed to have gone on."""

HESITATE = 2
"""The same number from which the position said stands still until the doubt is gone."""

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
    ahead: int

    @property
    def believed(self) -> bool:
        """Whether the player is there."""
        ahead = AHEAD if self.odds < BEYOND_DOUBT else AHEAD - 1
        return self.odds > SWITCH and self.explained >= NOTES and self.ahead >= ahead


def onset_reached(track: Track, onsets: "NDArray[np.bool_]", share: float) -> int:
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
    landing: "Floats",
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
    prior[: event + 2] = landing[: event + 2]
    odds, explained = 0.0, 0
    ahead: deque[int] = deque(maxlen=RECENT)
    chord_at = LONG_AGO
    for note in list(memory)[-count:]:
        gone_on = 0.0
        if odds:
            density = track.hear(note.at, note.pitch, note.last)
            gone_on = odds * exp(density - note.on_track)
            explained += density > EXPLAINED
            lead = (density > EXPLAINED) - (note.on_track > EXPLAINED)
            same = note.at - chord_at <= TOGETHER_S and bool(ahead)
            ahead.append(max(ahead.pop(), lead) if same else lead)
        if note.at - chord_at > TOGETHER_S:
            chord_at = note.at
        window = slice(track.base, track.base + WINDOW)
        landed = prior[window] * tables.enter[note.pitch, window]
        jumped = float(landed.sum()) * jump_hz(rested=note.rested) * exp(-note.on_track)
        odds = gone_on + jumped
        if jumped > gone_on:
            explained = 1
            ahead.clear()
            ahead.append(note.on_track <= EXPLAINED)
        if jumped:
            track.land(note.at, landed, jumped / odds)
    return Rival(track, event, odds, explained, sum(ahead))
