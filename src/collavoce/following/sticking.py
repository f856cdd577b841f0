"""A key that repeats by itself: a broken contact, a cable, a switch that bounces.

No hand is so even, but a machine that plays a written repetition is: the score has a say too.
"""

from collections import deque

import numpy as np

from collavoce.following.model import PITCHES, Events
from collavoce.listening.observation import NoteOn

STUCK = 12
JITTER_S = 0.005
WITHIN_S = 10.0
"""So many strokes of one key in so many seconds, all at one velocity and each within the jitter of
its beat, are a fault, unless the score repeats the note as often. Pianists who tap as evenly as
they can spread by some 10 to 20 ms."""

FASTER = 2.0
"""The score is taken at its written tempo and up to so many times faster."""

NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class Sticking:
    """Watches every key. keys : those that repeat by themselves now."""

    def __init__(self, events: Events) -> None:
        self.keys: set[int] = set()
        self._often = [_most_often(events, pitch) for pitch in range(PITCHES)]
        self._strokes: dict[int, deque[tuple[float, int]]] = {}

    def begins(self, note: NoteOn) -> bool:
        """Whether this stroke shows that its key repeats by itself and did not before."""
        if not self._by_itself(note):
            self.keys.discard(note.pitch)
            return False
        known = note.pitch in self.keys
        self.keys.add(note.pitch)
        return not known

    def _by_itself(self, note: NoteOn) -> bool:
        strokes = self._strokes.setdefault(note.pitch, deque(maxlen=STUCK))
        strokes.append((note.heard_at, note.velocity))
        instants, velocities = zip(*strokes, strict=True)
        if len(strokes) < STUCK or len(set(velocities)) > 1 or self._often[note.pitch] >= STUCK:
            return False
        even = np.ptp(np.diff(instants)) <= 2 * JITTER_S
        return bool(even and instants[-1] - instants[0] <= WITHIN_S)


def name_of(pitch: int) -> str:
    """A key as a person says it: "C4" is the one in the middle."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


def _most_often(events: Events, pitch: int) -> float:
    """Times the score strikes the key while a fault would; no end to a trill's or a tremolo's."""
    if events.running[pitch].any():
        return float("inf")
    instants = events.seconds[events.written[pitch]]
    until = np.searchsorted(instants, instants + FASTER * WITHIN_S, side="right")
    return float((until - np.arange(len(instants))).max(initial=0))
