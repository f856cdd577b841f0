"""The show file's people, exits and seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from collavoce.company.people import ROLES, Exit, Person, Seat
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table

PERSON_KEYS = (
    "id",
    "name",
    "roles",
    "under_18",
    "guardian",
    "chaperone",
    "engagement_end",
    "gender",
)


@dataclass(frozen=True, slots=True)
class Company:
    """Who and where, before anything is asked of them."""

    people: Mapping[str, Person]
    exits: Mapping[str, Exit]
    seats: Mapping[str, Seat]


def read_company(top: Table) -> Company:
    """People, exits and seats."""
    people: dict[str, Person] = {}
    written: list[tuple[Table, Person]] = []
    has_caller = False
    for table in top.tables("people", PERSON_KEYS):
        person = Person(
            table.id("id"),
            table.text("name", required=True),
            tuple(_roles(table)),
            under_18=table.yes("under_18"),
            guardian=table.text("guardian"),
            chaperone=table.text("chaperone"),
            engagement_end=_last_day(table),
            gender=_gender(table),
        )
        written.append((table, person))
        if person.id and person.id in people:
            table.error("id", "twice", id=person.id)
        people.setdefault(person.id, person)
        has_caller |= "caller" in person.roles
    for table, person in written:
        _elders(table, person, people)
    exits: dict[str, Exit] = {}
    for table in top.tables("exits", ("id", "name")):
        way = Exit(table.id("id"), table.text("name", required=True))
        if way.id and way.id in exits:
            table.error("id", "twice", id=way.id)
        exits.setdefault(way.id, way)
    if not has_caller:
        top.warning("people", "no_caller")
    return Company(people, exits, _seats(top, people))


def _elders(table: Table, person: Person, people: Mapping[str, Person]) -> None:
    """Who sees whom a minor may call: both are needed, and neither is the minor."""
    for key, elder in (("guardian", person.guardian), ("chaperone", person.chaperone)):
        if elder and elder not in people:
            table.error(key, "unknown_person", person=elder, instead=Instead(elder, people))
        elif elder == person.id and elder:
            table.error(key, "own_elder", person=person.name)
        elif person.under_18 and not elder:
            table.warning("under_18", "no_elder", person=person.name, key=key)


def _last_day(table: Table) -> str:
    """The last day of an engagement, "" where none is written or it is no day."""
    written = table.text("engagement_end")
    try:
        return written and date.fromisoformat(written).isoformat()
    except ValueError:
        table.error("engagement_end", "no_day", day=written)
        return ""


def _gender(table: Table) -> str:
    """A person's own word, "" where none is given, or one that no rule would meet."""
    written = table.text("gender")
    if written != written.lower():
        table.warning("gender", "no_gender", gender=written, instead=written.lower())
        return ""
    return written


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
