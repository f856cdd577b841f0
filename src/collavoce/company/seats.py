"""Who holds a seat tonight, and how a text names them.

`{{friend}}` in a text stands for the name of whoever holds the seat `friend`. The folder stays the
same from night to night; only the seat changes.
"""

import re
from collections.abc import Mapping

from collavoce.company.people import Person, Seat
from collavoce.words import say

_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def seats_named(text: str) -> tuple[str, ...]:
    """The seats that `text` names, in order."""
    return tuple(_NAMED.findall(text))


def holder(seat: str, seats: Mapping[str, Seat], people: Mapping[str, Person]) -> Person | None:
    """The person who holds `seat`; None while it is empty or there is no such seat or person."""
    held = seats.get(seat)
    return people.get(held.person) if held is not None and held.person is not None else None


def with_names(text: str, seats: Mapping[str, Seat], people: Mapping[str, Person]) -> str:
    """`text` with the names of tonight in it; an empty seat says that nobody holds it yet."""

    def name(found: re.Match[str]) -> str:
        person = holder(found[1], seats, people)
        return person.name if person is not None else say("show.nobody")

    return _NAMED.sub(name, text)
