"""One engraved bar as read from the page, before repeats are written out. All lengths in quarters.

Positions are exact fractions: a triplet's third is a third. Programs that cannot write a third in
their whole-number `divisions` round it (Finale: 341 of 1024); there the note's written value
(type, dots, tuplet) is believed, as long as it differs from the number by less than one division.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from collavoce.score.order import Signs


@dataclass(frozen=True, slots=True)
class EngravedNote:
    """One note head. at: quarters from the bar's start; tie_in, tie_out: tied from, tied on."""

    id: str
    at: Fraction
    length: Fraction
    pitch: int
    part: int
    voice: str
    grace: bool
    tie_in: bool
    tie_out: bool
    ornament: str


@dataclass(slots=True)
class EngravedBar:
    """One bar of all parts together.

    filled : how far the longest part's music reaches; `length` in the end.
    tempos : (position, quarters a minute).
    """

    id: str
    number: str
    implicit: bool
    beats: int = 4
    beat_unit: int = 4
    filled: Fraction = Fraction(0)
    notes: list[EngravedNote] = field(default_factory=list[EngravedNote])
    tempos: list[tuple[Fraction, float]] = field(default_factory=list[tuple[Fraction, float]])
    marks: list[tuple[Fraction, str]] = field(default_factory=list[tuple[Fraction, str]])
    fermatas: set[Fraction] = field(default_factory=set[Fraction])
    signs: Signs = field(default_factory=Signs)

    @property
    def metre(self) -> Fraction:
        """The length the time signature asks for."""
        return Fraction(self.beats * 4, self.beat_unit)

    @property
    def length(self) -> Fraction:
        """The length the music has; the metre's if nothing is written."""
        return self.filled or self.metre
