"""What a person keeps here for whoever comes: only their own phone opens it.

Each of these goes to the `KeyHand` with the token of the phone that asks.
"""

from typing import Annotated

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.care.states.keys import AFTERCARE_CHARACTERS_MAX, LINE_CHARACTERS_MAX, LINES_MAX
from collavoce.desk.care.acts_shapes import Circle
from collavoce.desk.care.keyhand import KeyHand

Line = Annotated[str, msgspec.Meta(max_length=LINE_CHARACTERS_MAX)]


class WriteLines(msgspec.Struct, frozen=True, tag=True):
    """My lines for whoever comes, and with whom of my circle I share them."""

    lines: Annotated[tuple[Line, ...], msgspec.Meta(max_length=LINES_MAX)]
    shared: Circle


class WriteAftercare(msgspec.Struct, frozen=True, tag=True):
    """My own words for afterwards."""

    words: Annotated[str, msgspec.Meta(max_length=AFTERCARE_CHARACTERS_MAX)]


class Routing(msgspec.Struct, frozen=True, tag=True):
    """Whether my circle may be read here while no phone of mine is present."""

    on: bool


class BeginAnew(msgspec.Struct, frozen=True, tag=True):
    """A new key: nothing is left that opens what I had sealed."""


class EraseMe(msgspec.Struct, frozen=True, tag=True):
    """Erase everything of mine. sure: said twice."""

    sure: bool


Own = WriteLines | WriteAftercare | Routing | BeginAnew | EraseMe


def own_act(act: Own, hand: KeyHand, token: str) -> Outcome:
    """Carry out `act` for the person of the phone of `token`."""
    match act:
        case WriteLines():
            kept = tuple(line.strip() for line in act.lines if line.strip())
            return hand.write_lines(token, kept, act.shared)
        case WriteAftercare():
            return hand.write_aftercare(token, act.words)
        case Routing():
            return hand.set_routing(token, on=act.on)
        case BeginAnew():
            return hand.begin_anew(token)
        case EraseMe():
            assert act.sure
            return hand.erase(token)
