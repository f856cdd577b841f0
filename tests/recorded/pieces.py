"""Small piano pieces written by chance, the same for the same seed."""

import random

from collavoce.score.model import Bar, Mark, Note, Score, Tempo
from collavoce.units import Bpm, Quarters

BEATS = 4
SECTION_BARS = 8
SCALE = (0, 2, 4, 5, 7, 9, 11)
CHORDS = ((0, 2, 4), (3, 5, 7), (4, 6, 8), (5, 7, 9), (1, 3, 5))


def piece(form: str, seed: int = 1, bpm: float = 96.0, section_bars: int = SECTION_BARS) -> Score:
    """A piece in sections named by letters: a letter that comes again is the same music again."""
    notes: list[Note] = []
    bars: list[Bar] = []
    turns: dict[str, int] = {}
    for section in form:
        turns[section] = turns.get(section, 0) + 1
        rng = random.Random(f"{seed} {section}")
        for k in range(section_bars):
            start = len(bars) * BEATS
            notes += bar_of(rng, start, f"{section}{k}")
            number = str(form.index(section) * section_bars + k + 1)
            bars.append(
                Bar(number, turns[section], Quarters(start), Quarters(BEATS), BEATS, 4, number)
            )
    return score_of(notes, bars, bpm)


def score_of(notes: list[Note], bars: list[Bar] | None = None, bpm: float = 96.0) -> Score:
    """The notes as a score; bars of four quarters where none are given."""
    notes = sorted(notes, key=lambda note: (note.onset, not note.grace, note.pitch))
    end = max(note.onset + note.duration for note in notes)
    if bars is None:
        count = int(end // BEATS) + 1
        bars = [
            Bar(str(k + 1), 1, Quarters(k * BEATS), Quarters(BEATS), BEATS, 4) for k in range(count)
        ]
    return Score(
        title="piece",
        notes=tuple(notes),
        bars=tuple(bars),
        tempos=(Tempo(Quarters(0.0), Bpm(bpm)),),
        marks=(Mark("A", Quarters(0.0)),),
        fermatas=(),
        end=Quarters(bars[-1].start + bars[-1].length),
    )


def note(
    onset: float, pitch: int, duration: float = 1.0, *, grace: bool = False, ornament: str = ""
) -> Note:
    """A note by itself."""
    name = f"{onset}-{pitch}"
    return Note(name, Quarters(onset), Quarters(duration), pitch, grace, ornament)


def melody(*pitches: int, step: float = 1.0) -> Score:
    """One note after the other, `step` quarters apart."""
    return score_of([note(k * step, pitch, step) for k, pitch in enumerate(pitches)])


def bar_of(rng: random.Random, start: float = 0.0, name: str = "") -> list[Note]:
    """A chord every half bar, and a melody in quarters and eighths."""
    notes: list[Note] = []
    for half in range(2):
        chord = rng.choice(CHORDS)
        notes += [_note(start + 2 * half, 48 + _degree(d), 2.0, name) for d in chord]
    at, degree = start, rng.randrange(10)
    while at < start + BEATS:
        length = rng.choice((0.5, 0.5, 1.0))
        notes.append(_note(at, 67 + _degree(degree), length, name))
        degree = max(0, min(14, degree + rng.choice((-3, -2, -1, 1, 2, 4))))
        at += length
    return [n for n in notes if n.onset < start + BEATS]


def _note(onset: float, pitch: int, duration: float, name: str) -> Note:
    return Note(f"{name}-{onset}-{pitch}", Quarters(onset), Quarters(duration), pitch)


def _degree(degree: int) -> int:
    return 12 * (degree // 7) + SCALE[degree % 7]
