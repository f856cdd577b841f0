"""Wishes: what somebody marks about music, for themself; who may be given one, who be found.

    nobody                 unless its author says otherwise
    one person             by name; nobody who has a say in who works
    the musical director   as a wish, never as a feeling

A mark is sealed to its author's phones, and no fact of care; what is here are the rules alone.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from collavoce.company.people import Person

People = Mapping[str, Person]

DIRECTOR = "musical director"

POWER = frozenset({"company manager", "artist liaison", "administrator", DIRECTOR})
"""The roles with a say in who is engaged, kept or paid."""

APART = POWER | {"caller", "guest"}
"""The roles that are not found, and find nobody. The caller writes the report and gives the calls;
guests come for somebody, and would only make the pool look larger than it is."""


class Kind(StrEnum):
    """What a mark says."""

    NOT_MINE = "not_mine"
    SITS = "sits"  # a key, a register
    HURTS = "hurts"
    LIKE = "like"  # "I would like to ..."


ASKING = frozenset({Kind.SITS, Kind.LIKE})
"""What is a wish, and may go to the musical director; the others are feelings."""

FINDABLE = (Kind.NOT_MINE, Kind.HURTS, Kind.LIKE)
"""What two people can be found for."""


class Topic(NamedTuple):
    """What a tick is for. piece: id of a number of the show, "" in general."""

    kind: Kind
    piece: str = ""


def topics(pieces: Mapping[str, str]) -> tuple[Topic, ...]:
    """Everything a tick can be for: a fixed set, so that two of them can be the same."""
    return tuple(Topic(kind, piece) for kind in FINDABLE for piece in ("", *pieces))


def directors(people: People) -> tuple[str, ...]:
    """Who has the musical direction."""
    return tuple(person.id for person in people.values() if DIRECTOR in person.roles)


def may_be_named(people: People, author: str, reader: str) -> bool:
    """Whether `author` may give a mark to `reader` by name."""
    return reader in people and reader != author and not POWER & set(people[reader].roles)


def pool(people: People) -> frozenset[str]:
    """Who may be found, and may find, at all: no role apart, and grown up."""
    return frozenset(
        person.id
        for person in people.values()
        if not person.under_18 and not APART & set(person.roles)
    )
