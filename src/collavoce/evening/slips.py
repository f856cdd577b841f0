"""Wrong notes, as practised pianists make them: few, small, and mostly where nobody listens.

In: the tones of a performance. Out: which go wrong, and how. Never: a place that nobody can hear:
an onset keeps at least one of its tones.

Repp ("The art of inaccuracy", Music Perception 14(2), 1996) found in recorded performances that
omissions are the most frequent, mostly inside chords; that wrong keys lie next to the right
ones; and that the melody and the bass are hit most surely.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from collavoce.evening.chance import Dice
from collavoce.evening.unfolding import Tone

SHARE = 0.026
"""How many tones go wrong."""

OMITTED, ADDED = 0.45, 0.25
"""Shares among the slips; the rest are wrong keys."""

NEAR = (-2, -1, 1, 2)
"""Semitones to a wrong key."""


@dataclass(frozen=True, slots=True)
class Slip:
    """kind: "omission", "substitution" or "addition"; played: the wrong key, None if omitted."""

    kind: str
    played: int | None


def slips(tones: Sequence[Tone], safe: tuple[Fraction, Fraction], dice: Dice) -> dict[int, Slip]:
    """Slips by index in `tones`; none before safe[0] nor from safe[1] on."""
    sounding: dict[Fraction, list[int]] = defaultdict(list)
    for tone in tones:
        sounding[tone.onset].append(tone.pitch)
    chosen: dict[int, Slip] = {}
    for index, tone in enumerate(tones):
        chance = SHARE * (0.5 if tone.melody else 1.2)
        if dice.uniform() >= chance or not safe[0] <= tone.onset < safe[1]:
            continue
        if tone.grace or tone.tags:
            continue
        together = sounding[tone.onset]
        wrong = dice.pick([tone.pitch + n for n in NEAR if tone.pitch + n not in together])
        kind = dice.uniform()
        if kind < OMITTED and not tone.melody and len(together) > 1:
            together.remove(tone.pitch)
            chosen[index] = Slip("omission", None)
        elif kind < OMITTED + ADDED:
            chosen[index] = Slip("addition", wrong)
        else:
            chosen[index] = Slip("substitution", wrong)
    return chosen
