"""A seeded pianist: plays a score, or parts of it one after the other, and tells where they were.

Fingers differ by some ten milliseconds, the pace sways, keys are missed; nobody plays like a clock.
"""

import math
import random
from dataclasses import dataclass, field
from itertools import pairwise

from tests.recorded.ornaments import USUAL, Manner, keys

from collavoce.listening import NoteOn
from collavoce.score.model import Score
from collavoce.units import Instant

LEAD_IN_S = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Bars played in one go: from quarter `start` up to `end`, after a silence of `pause` s."""

    start: float
    end: float
    pause: float = 0.0


@dataclass(slots=True)
class Played:
    """What was played. truth: for each passage, (instant, quarter) of every onset that sounded."""

    notes: list[NoteOn] = field(default_factory=list[NoteOn])
    truth: list[list[tuple[float, float]]] = field(default_factory=list[list[tuple[float, float]]])

    @property
    def end(self) -> float:
        """The instant of the last note."""
        return max(note.heard_at for note in self.notes)


@dataclass(frozen=True, slots=True)
class Pianist:
    """How somebody plays.

    pace : written seconds become this many. sway : the largest relative change of pace, in waves.
    wrong : share of notes that are missed, replaced or doubled by a neighbour.
    linger_s : how long a fermata is held beyond what is written.
    """

    seed: int = 1
    pace: float = 1.0
    sway: float = 0.05
    wrong: float = 0.0
    linger_s: float = 1.5
    manner: Manner = USUAL

    def play(self, score: Score, *passages: Passage) -> Played:
        """`passages`, or all of it."""
        rng = random.Random(self.seed)
        played = Played()
        now = LEAD_IN_S
        for passage in passages or (Passage(0.0, score.end),):
            now = self._passage(rng, score, passage, now + passage.pause, played)
        played.notes.sort(key=lambda note: note.heard_at)
        return played

    def _passage(
        self, rng: random.Random, score: Score, passage: Passage, now: float, played: Played
    ) -> float:
        onsets = sorted({n.onset for n in score.notes if passage.start <= n.onset < passage.end})
        truth: list[tuple[float, float]] = []
        at, before = now, LEAD_IN_S
        for onset, following in pairwise([*onsets, min(passage.end, score.end)]):
            beat_s = self._beat_s(score, onset)
            truth += self._onset(rng, score, onset, (at, before, beat_s), played)
            wave = 1 + self.sway * math.sin(following / 5) + rng.gauss(0, 0.03)
            before = (following - onset) * beat_s * wave
            before += self.linger_s * any(onset <= held < following for held in score.fermatas)
            at += before
        played.truth.append(truth)
        return at

    def _beat_s(self, score: Score, onset: float) -> float:
        written = [tempo.bpm for tempo in score.tempos if tempo.at <= onset]
        return 60.0 / written[-1] * self.pace

    def _onset(
        self,
        rng: random.Random,
        score: Score,
        onset: float,
        timing: tuple[float, float, float],
        played: Played,
    ) -> list[tuple[float, float]]:
        """Play what begins at `onset`; when that was, nothing if nothing of it sounded.

        timing : its instant, seconds since the onset before, seconds a quarter.
        """
        at, before, beat_s = timing
        notes = [n for n in score.notes if n.onset == onset]
        sounding = len(played.notes)
        shift, struck_keys = keys(rng, self.manner, notes, beat_s, before)
        for after, pitch in struck_keys:
            struck = at + after
            if rng.random() < self.wrong:
                kind = rng.randrange(3)
                if kind:  # replaced, or doubled; else missed
                    beside = pitch + rng.choice((-3, -2, -1, 1, 2, 3))
                    played.notes.append(NoteOn(Instant(struck), beside, 64))
                if kind < 2:
                    continue
            played.notes.append(NoteOn(Instant(struck), pitch, 64))
        return [(at + shift, onset)] if len(played.notes) > sounding else []


def noodling(seed: int, start: float, seconds: float) -> list[NoteOn]:
    """Notes of no piece, five a second."""
    rng = random.Random(seed)
    count = int(seconds * 5)
    instants = sorted(start + rng.random() * seconds for _ in range(count))
    return [NoteOn(Instant(at), rng.randrange(36, 96), 64) for at in instants]
