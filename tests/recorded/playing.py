"""A seeded pianist: plays a score, or parts of it one after the other, and tells where they were.

Fingers differ by some ten milliseconds, the pace sways, keys are missed; nobody plays like a clock.
"""

import math
import random
from dataclasses import dataclass, field

from collavoce.listening import NoteOn
from collavoce.score.model import Score
from collavoce.units import Instant

FINGERS_S = 0.012
"""Mean delay of a chord's later notes."""

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
    """

    seed: int = 1
    pace: float = 1.0
    sway: float = 0.05
    wrong: float = 0.0

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
        beat_s = 60.0 / score.tempos[0].bpm * self.pace
        truth: list[tuple[float, float]] = []
        at = now
        for k, onset in enumerate(onsets):
            if k:
                wave = 1 + self.sway * math.sin(onset / 5) + rng.gauss(0, 0.03)
                at += (onset - onsets[k - 1]) * beat_s * wave
            before = len(played.notes)
            self._chord(rng, score, onset, at, played)
            if len(played.notes) > before:
                truth.append((at, onset))
        played.truth.append(truth)
        return at + beat_s

    def _chord(
        self, rng: random.Random, score: Score, onset: float, at: float, played: Played
    ) -> None:
        pitches = [n.pitch for n in score.notes if n.onset == onset]
        rng.shuffle(pitches)
        for k, pitch in enumerate(pitches):
            struck = at + (rng.expovariate(1 / FINGERS_S) if k else 0.0)
            if rng.random() < self.wrong:
                kind = rng.randrange(3)
                if kind:  # replaced, or doubled; else missed
                    beside = pitch + rng.choice((-3, -2, -1, 1, 2, 3))
                    played.notes.append(NoteOn(Instant(struck), beside, 64))
                if kind < 2:
                    continue
            played.notes.append(NoteOn(Instant(struck), pitch, 64))


def noodling(seed: int, start: float, seconds: float) -> list[NoteOn]:
    """Notes of no piece, five a second."""
    rng = random.Random(seed)
    count = int(seconds * 5)
    instants = sorted(start + rng.random() * seconds for _ in range(count))
    return [NoteOn(Instant(at), rng.randrange(36, 96), 64) for at in instants]
