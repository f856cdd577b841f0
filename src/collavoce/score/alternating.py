"""Two-note tremolos: what is engraved one after the other sounds to and fro from the beginning.

MusicXML gives each of the two notes half of the time and marks them `tremolo` start and stop. A
player begins the second a sixteenth or less after the first, so both begin together here.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from collavoce.score.engraved import EngravedNote


class Alternation(NamedTuple):
    """Where in a bar the notes of `voice` stand that alternate."""

    voice: str
    first: Fraction
    second: Fraction


def alternated(
    notes: Sequence[EngravedNote], alternations: Sequence[Alternation]
) -> list[EngravedNote]:
    """`notes` of a bar, those that alternate from the first's onset to the second's end."""
    result = list(notes)
    for voice, first, second in alternations:
        of_it = [n for n in result if n.voice == voice and not n.grace and n.at in {first, second}]
        end = max((note.at + note.length for note in of_it), default=first)
        result = [
            replace(note, at=first, length=end - first, ornament="tremolo")
            if note in of_it
            else note
            for note in result
        ]
    return result
