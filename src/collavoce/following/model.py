"""What the filter knows of a score: its events, in tables made once when the score is opened.

An event is all that begins together. Grace notes before an onset are an event of their own, so
that a long run of them does not count as the onset they lead to. Row 0 is the silence before the
first note.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from collavoce.following.arrays import Flags, Floats, Ints
from collavoce.score.model import Note, Score

PITCHES = 128

GRACE_S = 0.1
"""Written seconds before the beat at which grace notes are expected to begin."""

LEAD_S = 1.0
"""Written seconds of the silence before the first note; any other length is as likely."""

RUN, RUNS_MOST = 4, 4
"""Grace notes that are one event, for nobody knows in which order they are heard; and events into
which a longer run is cut, few enough to be left out together."""

RUNNING = frozenset({"trill", "tremolo", "mordent", "turn"})
"""Ornaments that sound a note and its neighbours again and again."""

ROLLED = frozenset({"arpeggio"})


class EmptyScoreError(ValueError):
    """A score without a single note: nothing can be followed."""


@dataclass(frozen=True, slots=True)
class Events:
    """Score events 0..N-1 in playing order; row 0 holds no notes.

    quarter : float64 [shape=(N,)]  Position, never decreasing.
    seconds : float64 [shape=(N,)]  The same at the written tempo, strictly increasing.
    onset : bool [shape=(N,)]  False for row 0 and for grace notes: their position is not reached
        by hearing them.
    size : float64 [shape=(N,)]  Different pitches in the event, at least 1.
    written : bool [shape=(128, N)]  The event holds the pitch.
    running : bool [shape=(128, N)]  A trill or its like on the key began here or still goes on.
    rolled : bool [shape=(N,)]  A chord that is spread.
    """

    quarter: Floats
    seconds: Floats
    onset: Flags
    size: Floats
    written: Flags
    running: Flags
    rolled: Flags

    def __len__(self) -> int:
        return len(self.quarter)

    def reached(self) -> Ints:
        """int64 [shape=(N,)]  For every event the last event up to it whose position counts."""
        return np.maximum.accumulate(np.where(self.onset, np.arange(len(self)), 0))

    def at(self, quarter: float) -> int:
        """The first event not before `quarter`; the last one where there is none."""
        first = int(np.searchsorted(self.quarter[1:], quarter - 1e-6)) + 1
        return min(first, len(self) - 1)


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Written tempo: quarters to seconds and back, piece by piece linear."""

    quarters: Floats
    seconds: Floats
    bpm: Floats

    def seconds_at(self, quarter: float) -> float:
        """Written seconds from the start to `quarter`."""
        k = max(int(np.searchsorted(self.quarters, quarter, side="right")) - 1, 0)
        return float(self.seconds[k] + (quarter - self.quarters[k]) * 60.0 / self.bpm[k])

    def quarter_at(self, seconds: float) -> float:
        """The quarter reached after `seconds` at the written tempo."""
        k = max(int(np.searchsorted(self.seconds, seconds, side="right")) - 1, 0)
        return float(self.quarters[k] + (seconds - self.seconds[k]) * self.bpm[k] / 60.0)

    def bpm_at(self, quarter: float) -> float:
        """The written tempo in force at `quarter`."""
        k = max(int(np.searchsorted(self.quarters, quarter, side="right")) - 1, 0)
        return float(self.bpm[k])


def tempo_map(score: Score) -> TempoMap:
    """The written tempo of `score`."""
    quarters = np.array([t.at for t in score.tempos], float)
    bpm = np.array([t.bpm for t in score.tempos], float)
    lengths = np.diff(quarters) * 60.0 / bpm[:-1]
    return TempoMap(quarters, np.concatenate(([0.0], np.cumsum(lengths))), bpm)


def events_of(score: Score, tempo: TempoMap) -> Events:
    """The events of `score`; raises EmptyScoreError when it holds no note."""
    groups = _groups(score)
    if not groups:
        raise EmptyScoreError(score.title)
    count = len(groups) + 1
    written = np.zeros((PITCHES, count), bool)
    quarter, seconds = np.zeros(count), np.zeros(count)
    onset, rolled = np.zeros(count, bool), np.zeros(count, bool)
    for i, notes in enumerate(groups, start=1):
        quarter[i] = notes[0].onset
        seconds[i] = tempo.seconds_at(quarter[i])
        onset[i] = not notes[0].grace
        written[[n.pitch for n in notes], i] = True
        rolled[i] = any(n.ornament in ROLLED for n in notes)
    quarter[0], seconds[0] = quarter[1], seconds[1] - LEAD_S
    _place_graces(seconds, onset)
    size = np.maximum(written.sum(axis=0), 1).astype(float)
    running = _running(score, quarter)
    return Events(quarter, seconds, onset, size, written, running, rolled)


def _running(score: Score, quarter: Floats) -> Flags:
    """The keys of every ornament that repeats notes, at all events as long as it lasts."""
    running = np.zeros((PITCHES, len(quarter)), bool)
    for note in score.notes:
        if note.ornament in RUNNING:
            begin, end = np.searchsorted(quarter[1:], (note.onset, note.onset + note.duration)) + 1
            running[note.pitch, begin : max(end, begin + 1)] = True
    return running


def _groups(score: Score) -> list[list[Note]]:
    """Notes that begin together, grace notes apart from the onset that they lead to."""
    groups: dict[tuple[float, bool], list[Note]] = {}
    for note in score.notes:
        groups.setdefault((round(note.onset, 6), not note.grace), []).append(note)
    return [part for key in sorted(groups) for part in _parts(groups[key])]


def _parts(notes: list[Note]) -> list[list[Note]]:
    """A long run of grace notes as a few groups in order; any other event as it is."""
    if not notes[0].grace:
        return [notes]
    count = min(-(-len(notes) // RUN), RUNS_MOST)
    ends = [len(notes) * k // count for k in range(count + 1)]
    return [notes[a:b] for a, b in pairwise(ends)]


def _place_graces(seconds: Floats, onset: Flags) -> None:
    """Expect grace notes a little before their beat, at most half way back to the last event."""
    for i in np.flatnonzero(~onset[1:]) + 1:
        seconds[i] -= min(GRACE_S, (seconds[i] - seconds[i - 1]) / 2)
