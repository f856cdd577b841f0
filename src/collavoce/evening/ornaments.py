"""Ornaments as the model plays them: which keys a written sign stands for, and when.

In: a tone and the key it would be without its sign. Out: strokes. Never: chance.
"""

from collections.abc import Iterator
from typing import NamedTuple

from collavoce.evening.unfolding import Tone

GRACE = 0.085
"""Seconds a grace note comes before its main note."""

MORDENT = 0.075
"""Seconds for each of the two short notes of a mordent."""

TRILL = (0.13, 0.082)
"""Seconds for a note of a trill, at its beginning and once it has gathered speed."""

ROLL = 0.048
"""Seconds from one tone of a rolled chord to the next."""


class Stroke(NamedTuple):
    """on, off: seconds; softer: velocity added, at most 0."""

    on: float
    off: float
    pitch: int
    softer: int


def strokes(tone: Tone, plain: Stroke, chord: tuple[int, ...]) -> Iterator[Stroke]:
    """The keys for `tone`. chord: the pitches rolled with it, from low to high."""
    if tone.grace:
        yield plain._replace(on=plain.on - GRACE, off=plain.on + 0.02)
    elif "trill" in tone.tags:
        yield from _trill(tone, plain)
    elif "mordent" in tone.tags:
        below = plain.on + MORDENT
        yield plain._replace(off=below)
        yield Stroke(below, below + MORDENT, tone.neighbours[0], -4)
        yield plain._replace(on=below + MORDENT)
    elif tone.pitch in chord:
        yield plain._replace(on=plain.on + ROLL * chord.index(tone.pitch))
    else:
        yield plain


def _trill(tone: Tone, plain: Stroke) -> Iterator[Stroke]:
    """Main note first, faster and faster, resting on the main note at the end."""
    slow, fast = TRILL
    now, count = plain.on, 0
    while now + 2 * slow < plain.off or count % 2:
        length = max(fast, slow - 0.008 * count)
        pitch = tone.neighbours[1] if count % 2 else tone.pitch
        yield Stroke(now, now + length, pitch, -5 if count % 2 else -2)
        now, count = now + length, count + 1
    yield plain._replace(on=now)
