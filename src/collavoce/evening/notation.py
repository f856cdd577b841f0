"""A short way of writing piano music by hand, one voice of one bar at a time.

    "*d5 e5/4. d5/8 c5/4"      a grace note d5, then e5 dotted quarter, d5 eighth, c5 quarter
    "f4+a4/2~ f4+a4/4:arp"     a chord tied to the next; the second one rolled
    "c5/8t d5 e5 r/4"          a triplet of eighths (the length carries on), a quarter rest
    "c5/8( d5 e5/4)"           a slur

Pitches are letter, accidental (`#`, `b`), octave; c4 is the middle C. A length is 1, 2, 4, 8, 16
or 32 with `.` (half as long again) or `t` (a third shorter); left out, the last one holds. After
the length, in this order: `:tag` for each of TAGS, `~` ties, `(` or `)` slurs.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

TAGS = frozenset({"trill", "mordent", "arp", "fermata", "accent"})
"""What may be marked on a note."""

LENGTHS = frozenset({1, 2, 4, 8, 16, 32})

_TOKEN = re.compile(
    r"(?P<grace>\*)?(?P<pitches>r|[a-g][#b]?\d(?:\+[a-g][#b]?\d)*)"
    r"(?:/(?P<length>\d+)(?P<dot>\.)?(?P<triplet>t)?)?"
    r"(?P<tags>(?::[a-z]+)*)(?P<tie>~)?(?P<slur>[()]?)"
)
_SEMITONE = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_ALTER = {"": 0, "#": 1, "b": -1}


class NotationError(ValueError):
    """A token that says no music."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """A written pitch. alter: -1 flat, 0, 1 sharp; octave 4 begins at the middle C."""

    octave: int
    step: str
    alter: int

    @property
    def midi(self) -> int:
        """The MIDI number, 60 for c4."""
        return 12 * (self.octave + 1) + _SEMITONE[self.step] + self.alter


@dataclass(frozen=True, slots=True)
class Written:
    """A note, chord or rest as written.

    at, length : quarters from the bar's start; a grace note has length 0 and stands where its
        main note stands.
    value : 1 whole, 2 half, 4 quarter ...; pitches is empty for a rest, else from low to high.
    """

    at: Fraction
    length: Fraction
    value: int
    dotted: bool
    triplet: bool
    pitches: tuple[Pitch, ...]
    grace: bool
    tied: bool
    slur: str
    tags: frozenset[str]


def pitch(text: str) -> Pitch:
    """The pitch called `text`, "bb3" for the B flat below the middle C."""
    return Pitch(int(text[-1]), text[0], _ALTER[text[1:-1]])


def read_voice(text: str) -> tuple[Written, ...]:
    """The notes of one voice of one bar; raises NotationError with the token."""
    notes: list[Written] = []
    at = Fraction(0)
    value, dotted, triplet = 4, False, False
    for token in text.split():
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise NotationError(f"{token!r} in {text!r} is no note")
        if match["length"]:
            value = int(match["length"])
            dotted, triplet = bool(match["dot"]), bool(match["triplet"])
        tags = frozenset(match["tags"].split(":")) - {""}
        if value not in LENGTHS or not tags <= TAGS:
            raise NotationError(f"{token!r} in {text!r}: no such length or mark")
        grace = bool(match["grace"])
        length = Fraction(0) if grace else _quarters(value, dotted=dotted, triplet=triplet)
        names = [] if match["pitches"] == "r" else match["pitches"].split("+")
        notes.append(
            Written(
                at=at,
                length=length,
                value=8 if grace else value,
                dotted=dotted and not grace,
                triplet=triplet and not grace,
                pitches=tuple(sorted((pitch(name) for name in names), key=lambda p: p.midi)),
                grace=grace,
                tied=bool(match["tie"]),
                slur=match["slur"],
                tags=tags,
            )
        )
        at += length
    return tuple(notes)


def _quarters(value: int, *, dotted: bool, triplet: bool) -> Fraction:
    length = Fraction(4, value)
    if dotted:
        length *= Fraction(3, 2)
    if triplet:
        length *= Fraction(2, 3)
    return length
