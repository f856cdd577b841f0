"""The show file's people, exits and seats."""

from collections.abc import Mapping
from dataclasses import dataclass

from collavoce.company.people import ROLES, Exit, Person, Seat
from collavoce.show.finding import Instead
from collavoce.show.table import Table


@dataclass(frozen=True, slots=True)
class Company:
    """Who and where, before anything is asked of them."""

    people: Mapping[str, Person]
    exits: Mapping[str, Exit]
    seats: Mapping[str, Seat]


def read_company(top: Table) -> Company:
    """People, exits and seats."""
    people: dict[str, Person] = {}
    has_caller = False
    for table in top.tables("people", ("id", "name", "roles")):
        person = Person(table.id("id"), table.text("name", required=True), tuple(_roles(table)))
        if person.id and person.id in people:
            table.error("id", "twice", id=person.id)
        people.setdefault(person.id, person)
        has_caller |= "caller" in person.roles
    exits: dict[str, Exit] = {}
    for table in top.tables("exits", ("id", "name")):
        way = Exit(table.id("id"), table.text("name", required=True))
        if way.id and way.id in exits:
            table.error("id", "twice", id=way.id)
        exits.setdefault(way.id, way)
    if not has_caller:
        top.warning("people", "no_caller")
    return Company(people, exits, _seats(top, people))


def _roles(table: Table) -> list[str]:
    roles = table.texts("roles")
    for index, role in enumerate(roles):
        if role not in ROLES:
            known = Instead(role, ROLES)
            table.item_error("roles", index, "unknown_role", role=role, instead=known)
    return roles


def _seats(top: Table, people: Mapping[str, Person]) -> dict[str, Seat]:
    seats: dict[str, Seat] = {}
    table = top.free("seats")
    for name in table.names():
        person = table.text(name)
        if person and person not in people:
            table.error(name, "unknown_person", person=person, instead=Instead(person, people))
        seats[name] = Seat(name, person or None)
    return seats
