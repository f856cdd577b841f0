"""What engraving knows beyond the notes: which accidentals are printed, which notes share a beam.

In: the written notes of one voice or staff. Out: marks for `engraving.py`. Never: a note changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from collavoce.evening.notation import Pitch, Written

_FLATS = "beadgcf"
_NAMES = {-1: "flat", 0: "natural", 1: "sharp"}
EIGHTH = 8
_BEAMS = {EIGHTH: 1, 16: 2, 32: 3}


def key_alter(step: str, fifths: int) -> int:
    """What the key signature makes of `step`. fifths: sharps, or flats below 0."""
    if fifths < 0:
        return -1 if step in _FLATS[:-fifths] else 0
    return 1 if step in _FLATS[::-1][:fifths] else 0


@dataclass(slots=True)
class Accidentals:
    """The accidentals in force in one bar of one staff, read from left to right."""

    fifths: int
    seen: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def printed(self, pitch: Pitch) -> str | None:
        """The accidental to print before `pitch`, None where it is already in force."""
        place = (pitch.step, pitch.octave)
        if self.seen.get(place, key_alter(pitch.step, self.fifths)) == pitch.alter:
            return None
        self.seen[place] = pitch.alter
        return _NAMES[pitch.alter]


def beams(voice: Sequence[Written]) -> dict[int, list[str]]:
    """MusicXML beam values by index in `voice`, the eighth's beam first.

    A bar of nothing but plain eighths has one beam, any other is beamed by the beat.
    """
    marks: dict[int, list[str]] = {}
    for group in _groups(voice):
        for level in range(1, 4):
            for run in _runs(i for i in group if _BEAMS[voice[i].value] >= level):
                if len(run) == 1 and level == 1:
                    continue
                for i in run:
                    marks.setdefault(i, []).append(_place(i, run))
    return marks


def tuplets(voice: Sequence[Written]) -> dict[int, str]:
    """By index, where a group of triplets has its "start" and its "stop": one group a beat."""
    marks: dict[int, str] = {}
    for run in _by_beat(voice, [i for i, note in enumerate(voice) if note.triplet]):
        marks[run[0]] = "start"
        marks[run[-1]] = "stop"
    return marks


def _groups(voice: Sequence[Written]) -> list[list[int]]:
    able = [
        i
        for i, note in enumerate(voice)
        if note.value in _BEAMS and note.pitches and not note.grace
    ]
    if all(note.value == EIGHTH and not note.triplet for note in voice):
        return [able]
    return _by_beat(voice, able)


def _by_beat(voice: Sequence[Written], indices: Iterable[int]) -> list[list[int]]:
    beats: dict[Fraction, list[int]] = {}
    for i in indices:
        beats.setdefault(Fraction(voice[i].at // 1), []).append(i)
    return list(beats.values())


def _runs(indices: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in indices:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _place(i: int, run: Sequence[int]) -> str:
    if len(run) == 1:
        return "backward hook"
    if i == run[0]:
        return "begin"
    return "end" if i == run[-1] else "continue"
