"""How a player realises what is not written note by note: trills, turns, rolled chords, graces."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collavoce.score.model import Note

FINGERS_S = 0.012
"""Mean delay of a chord's later notes."""

QUICK_S = 0.07
"""One note of a mordent or a turn."""

FIGURES = {"mordent": (0, 2, 0), "turn": (2, 0, -1, 0)}
"""Semitones from the written note."""

SHARE = 0.9
"""Share of its length that a trill or a tremolo goes on."""

Key = tuple[float, int]
"""Seconds after the beat, or before it where negative; pitch."""


@dataclass(frozen=True, slots=True)
class Manner:
    """A player's habits.

    trill_hz : notes a second in trills and tremolos; 0 plays the plain note alone.
    above : trills begin with the upper note. ending : and end with a turn from below.
    roll_s : how long a chord marked as rolled takes, both hands together. down : from the top.
    grace_s : the length of a grace note. on_beat : graces begin on the beat instead of before it.
    all_rolled : chords without the sign, too,
        as far as there is time. adds : share of plain notes that get an ornament.
    """

    trill_hz: float = 11.0
    above: bool = False
    ending: bool = False
    roll_s: float = 0.25
    down: bool = False
    grace_s: float = 0.08
    on_beat: bool = False
    all_rolled: bool = False
    adds: float = 0.0


USUAL = Manner()


def keys(
    rng: random.Random, manner: Manner, notes: Sequence[Note], beat_s: float, before_s: float
) -> tuple[float, list[Key]]:
    """When the onset of `notes`, which share one, comes after the beat, and all their keys.

    beat_s : seconds a quarter. before_s : seconds since the onset before, for grace notes.
    """
    graces = [note for note in notes if note.grace]
    chord = [note for note in notes if not note.grace]
    step = min(manner.grace_s, before_s / 2 / max(len(graces), 1))
    shift = step * len(graces) if manner.on_beat else 0.0
    struck = [(shift - step * (len(graces) - k), note.pitch) for k, note in enumerate(graces)]
    shaking = [note for note in chord if note.ornament in {"trill", "tremolo"}]
    roll_s = _roll_s(manner, chord, beat_s)
    plain = [note for note in chord if note not in shaking or not manner.trill_hz]
    if roll_s:
        plain.sort(key=lambda note: note.pitch, reverse=manner.down)
    else:
        rng.shuffle(plain)
    for k, note in enumerate(plain):
        late = roll_s * k / max(len(plain) - 1, 1)
        late += rng.expovariate(1 / FINGERS_S) if k else 0.0
        ornament = note.ornament
        if manner.adds and not ornament and rng.random() < manner.adds:
            ornament = rng.choice(list(FIGURES))
        figure = FIGURES.get(ornament, (0,))
        struck += [(shift + late + n * QUICK_S, note.pitch + step) for n, step in enumerate(figure)]
    if manner.trill_hz and shaking:
        struck += [(shift + at, pitch) for at, pitch in _shake(rng, manner, shaking, beat_s)]
    return shift, struck


def _roll_s(manner: Manner, chord: Sequence[Note], beat_s: float) -> float:
    """Seconds from the first to the last note of `chord`; 0 for one that is not rolled."""
    if any(note.ornament == "arpeggio" for note in chord):
        return manner.roll_s
    shortest = min((note.duration for note in chord), default=0.0)
    return min(manner.roll_s, shortest * beat_s / 2) if manner.all_rolled else 0.0


def _shake(
    rng: random.Random, manner: Manner, notes: Sequence[Note], beat_s: float
) -> Iterator[Key]:
    """A trill with the note above; a tremolo of one note, or to and fro between several."""
    pitches = sorted(note.pitch for note in notes)
    if notes[0].ornament == "trill":
        pitches = [pitches[0], pitches[0] + 2]
    if manner.above:
        pitches.reverse()
    lasts = SHARE * beat_s * max(note.duration for note in notes)
    at, count = 0.0, 0
    while at < lasts or count < len(pitches):
        yield at, pitches[count % len(pitches)]
        at += (1 + rng.gauss(0, 0.1)) / manner.trill_hz
        count += 1
    if manner.ending:
        yield at, min(pitches) - 1
        yield at + QUICK_S, min(pitches)
