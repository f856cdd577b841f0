"""How a score was played in rehearsals: a written tempo that breathes as its player does.

For every onset: how much longer than the pace of the phrases the way to the next one took. One
take is an anecdote, several that agree are a habit: each interval is drawn towards the written
length by as much as the takes are few or differ. A fermata hardly is: nobody plays it as
written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collavoce.following.arrays import Flags, Floats
from collavoce.following.model import TempoMap, tempo_map
from collavoce.following.takes import Passage, Take
from collavoce.score.fingerprint import fingerprint
from collavoce.score.model import Score

TAKES_MOST = 8
"""The latest are learned from: people change."""

PHRASES_S = 8.0
"""Written seconds on either side over which the pace of the phrases is taken."""

HABIT = 0.15
"""Deviation of the log length of an interval from the pace, over the intervals of a piece."""

HABIT_HELD = 1.0
"""The same under a fermata."""

MOOD = 0.1
"""Deviation between two takes of the same player."""

MOOD_HELD = 0.3
"""The same under a fermata."""

FINGERS_S = 0.03
"""Deviation of an interval, whatever its length."""

SHORTER, LONGER = -0.7, 0.9
"""Logs of the factors by which an interval may differ from the pace; beyond is an accident."""

HELD_MOST = 2.0
"""The same for the most that a fermata is held."""

LEAST_S = 0.005


@dataclass(frozen=True, slots=True)
class Timing:
    """What rehearsals taught of N onsets.

    quarters : float64 [shape=(N,)]  The onsets, rising.
    longer : float64 [shape=(N,)]  Log of how much longer than the pace it takes to the next; 0
        where nothing is known.
    give : float64 [shape=(N,)]  Deviation of that; inf where nothing is known.
    held : bool [shape=(N,)]  A fermata is written between the onset and the next.
    """

    quarters: Floats
    longer: Floats
    give: Floats
    held: Flags

    def retimed(self, written: TempoMap) -> TempoMap:
        """The written tempo with the fermatas as long as they were held.

        Only they: where every interval was as in a rehearsal, another pianist was followed no
        better and, where places are written alike, a little worse.
        """
        quarters = np.union1d(self.quarters, written.quarters)
        seconds = np.array([written.seconds_at(q) for q in quarters])
        which = np.searchsorted(self.quarters, quarters, side="right") - 1
        held = np.where(self.held, self.longer, 0.0)
        longer = np.exp(np.where(which >= 0, held[np.maximum(which, 0)], 0.0))
        bpm = np.array([written.bpm_at(q) for q in quarters]) / longer
        lengths = np.concatenate((seconds[:1], np.diff(seconds) * longer[:-1]))
        return TempoMap(quarters, np.cumsum(lengths), bpm)


def learn(score: Score, takes: Sequence[Take]) -> Timing | None:
    """What the latest of `takes` teach of `score`; None if none of them is of it."""
    name = fingerprint(score)
    of_it = [take for take in takes if take.score == name][-TAKES_MOST:]
    quarters = np.unique([n.onset for n in score.notes if not n.grace])
    if not of_it or len(quarters) < 2:  # noqa: PLR2004 - one interval
        return None
    tempo = tempo_map(score)
    written = np.array([tempo.seconds_at(q) for q in quarters])
    held = under_fermatas(score, quarters)
    heard = [_longer(passage, quarters, written, held) for t in of_it for passage in t.passages]
    weight, longer = (np.array(rows) for rows in zip(*heard, strict=True))
    return Timing(quarters, *_agreed(weight, longer, held), held)


def under_fermatas(score: Score, quarters: Floats) -> Flags:
    """Whether a fermata is written between each of N onsets and the next, as bool [shape=(N,)]."""
    held = np.zeros(len(quarters), bool)
    under = np.searchsorted(quarters, np.array(score.fermatas, float) + 1e-6) - 1
    held[under[under >= 0]] = True
    return held


def _agreed(weight: Floats, longer: Floats, held: Flags) -> tuple[Floats, Floats]:
    """The expected length of every interval, and its give, from P passages.

    weight, longer : float64 [shape=(P, N)]
    """
    habit = np.where(held, HABIT_HELD, HABIT) ** 2
    mood = np.where(held, MOOD_HELD, MOOD) ** 2
    heard = weight.sum(axis=0)
    mean = (weight * longer).sum(axis=0) / np.maximum(heard, 1e-9)
    # Takes that differ by more than moods do are worth as much less.
    apart = (weight * (longer - mean) ** 2).sum(axis=0) + mood
    mood = np.maximum(apart / np.maximum(heard, 1.0), mood)
    share = heard * habit / (heard * habit + mood)
    give = np.sqrt(mood + (1.0 - share) * habit)
    return mean * share, np.where(heard > 0.0, give, np.inf)


def _longer(
    passage: Passage, quarters: Floats, written: Floats, held: Flags
) -> tuple[Floats, Floats]:
    """How far each interval of one passage is known, 0..1, and the log of how much longer it was.

    Two arrays, float64 [shape=(N,)].
    """
    weight, longer = np.zeros(len(quarters)), np.zeros(len(quarters))
    rows = np.clip(
        np.searchsorted(quarters, np.array(passage.quarters) - 1e-6), 0, len(quarters) - 1
    )
    seconds = np.array(passage.seconds)
    apart = np.flatnonzero((np.diff(rows) > 0) & (np.diff(seconds) > 0.0))
    first, last = rows[apart], rows[apart + 1]
    length = written[last] - written[first]
    played = np.log(np.maximum(np.diff(seconds)[apart], LEAST_S) / length)
    pace = _phrases(written[first], length, played, held[first])
    most = np.where(held[first], HELD_MOST, LONGER)
    known = length**2 / (length**2 + (FINGERS_S / HABIT * np.exp(-pace)) ** 2)
    for k, until, off, sure in zip(
        first, last, np.clip(played - pace, SHORTER, most), known, strict=True
    ):
        weight[k:until], longer[k:until] = sure, off
    return weight, longer


def _phrases(at: Floats, length: Floats, played: Floats, held: Flags) -> Floats:
    """The log of the pace of the phrases around each of N intervals, holds and stops left out."""
    typical = float(np.median(played))
    weight = length * ~held * (np.abs(played - typical) < LONGER)
    sums = np.concatenate(([0.0], np.cumsum(weight)))
    means = np.concatenate(([0.0], np.cumsum(weight * played)))
    begin = np.searchsorted(at, at - PHRASES_S)
    end = np.searchsorted(at, at + PHRASES_S, side="right")
    heard = sums[end] - sums[begin]
    return np.where(heard > 0.0, (means[end] - means[begin]) / np.maximum(heard, 1e-9), typical)
