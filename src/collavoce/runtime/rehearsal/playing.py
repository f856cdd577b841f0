"""Somebody who plays a score as it is written, as evenly as people do.

The same liberties as in the bundled performance, as far as a plain score tells of them: a drift of
tempo with a 1/f spectrum, a motor noise that does not add up, and fermatas that are held. No slips
and no jumps: what a rehearsal looks for is in the show, not in the player.
"""

from bisect import bisect_right
from itertools import pairwise

from collavoce.evening.chance import Dice
from collavoce.evening.playing import DRIFT, MOTOR
from collavoce.score.model import Note, Score
from collavoce.score.tempi import written_seconds
from collavoce.units import Quarters, Seconds
from collavoce.wire.midi.message import LOUDEST, note_off, note_on

BEAT = 1.0
"""Quarters over which one draw of the drift holds."""

FERMATA = 0.8
"""Seconds that a fermata lasts beyond its written length."""

GRACE = 0.07
"""Seconds between a grace note and what comes next."""

LEGATO = 0.95
"""The share of its length for which a key is held."""

SHORTEST = 0.03
LOUDNESS, UNEVEN = 72, 6.0


def played(score: Score, dice: Dice, transpose: int = 0) -> tuple[tuple[Seconds, bytes], ...]:
    """A performance of `score`: seconds from its beginning, and MIDI messages, in order.

    transpose : what whoever listens adds to each key, in semitones; the keyboard sends so much
        less. A note that it has no key for is not played.
    """
    time = _Time(score, dice)
    ons: list[tuple[float, float, Note]] = []
    graces = _grace_places(score)
    for note, place in zip(score.notes, graces, strict=True):
        on = max(time.at(note.onset) - GRACE * place + dice.normal(MOTOR), 0.0)
        off = time.at(note.onset + note.duration) if note.duration else on + GRACE
        ons.append((on, on + max(LEGATO * (off - on), SHORTEST), note))
    messages: list[tuple[Seconds, bytes]] = []
    for on, off, note in _let_go(ons):
        key = note.pitch - transpose
        velocity = min(max(round(LOUDNESS + dice.normal(UNEVEN)), 1), LOUDEST)
        if 0 <= key <= LOUDEST:
            messages.append((Seconds(on), note_on(1, key, velocity)))
            messages.append((Seconds(off), note_off(1, key)))
    return tuple(sorted(messages))


class _Time:
    """Where each quarter falls, in seconds."""

    def __init__(self, score: Score, dice: Dice) -> None:
        drift = dice.pink(DRIFT)
        self._quarters, self._seconds = [0.0], [0.0]
        fermatas = sorted(score.fermatas)
        here = 0.0
        while here < score.end:
            then = min(here + BEAT, score.end)
            length = written_seconds(score, Quarters(here), Quarters(then)) * (1.0 + next(drift))
            held = sum(here <= fermata < then for fermata in fermatas)
            self._quarters.append(then)
            self._seconds.append(self._seconds[-1] + max(length, 0.01) + FERMATA * held)
            here = then

    def at(self, quarter: float) -> float:
        """Seconds at `quarter`; behind the end as far as the last beat was long."""
        index = min(bisect_right(self._quarters, quarter), len(self._quarters) - 1)
        if index == 0:
            return 0.0
        before, after = self._quarters[index - 1 : index + 1]
        start, end = self._seconds[index - 1 : index + 1]
        return start + (end - start) * (quarter - before) / (after - before)


def _grace_places(score: Score) -> list[int]:
    """How many strokes before its onset each note comes: of grace notes, the first most."""
    left: dict[float, int] = {}
    for note in score.notes:
        left[note.onset] = left.get(note.onset, 0) + note.grace
    places: list[int] = []
    for note in score.notes:
        places.append(left[note.onset] if note.grace else 0)
        left[note.onset] -= note.grace
    return places


def _let_go(ons: list[tuple[float, float, Note]]) -> list[tuple[float, float, Note]]:
    """Each key is let go before it is struck again."""
    by_pitch: dict[int, list[tuple[float, float, Note]]] = {}
    for one in sorted(ons, key=lambda one: one[0]):
        by_pitch.setdefault(one[2].pitch, []).append(one)
    freed: list[tuple[float, float, Note]] = []
    for strokes in by_pitch.values():
        for (on, off, note), (again, _, _) in pairwise(strokes):
            freed.append((on, max(min(off, again - SHORTEST), on), note))
        freed.append(strokes[-1])
    return freed
