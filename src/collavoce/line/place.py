"""What the line must know of the show: its people, its zones, its seats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NewType

from collavoce.company.people import Person, Seat, Zone
from collavoce.line.roles import COMPANY, SEAT, Who

Utc = NewType("Utc", float)
"""Seconds since 1970: what the line keeps is for people, no timer of distress runs on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """people, zones: by id; seats: those that person cues call for, in the order of the cues."""

    people: Mapping[str, Person] = field(default_factory=dict[str, Person])
    zones: Mapping[str, Zone] = field(default_factory=dict[str, Zone])
    seats: tuple[Seat, ...] = ()

    def who(self, person: str, besides: Iterable[str] = ()) -> Who:
        """Who `person` is to the line. besides: `CALLED`, `HELPER`, as they are right now.

        A person the show does not know has no role and may do nothing.
        """
        known = self.people.get(person)
        roles = {*(() if known is None else (COMPANY, *known.roles)), *besides}
        if any(seat.person == person for seat in self.seats):
            roles.add(SEAT)
        return Who(person, frozenset(roles))

    def desk(self, role: str = "caller") -> Who:
        """Who a desk is to the line: the one person with its role, "" where several could be."""
        theirs = [p.id for p in self.people.values() if role in p.roles]
        return Who(theirs[0] if len(theirs) == 1 else "", frozenset({role}), desk=True)
