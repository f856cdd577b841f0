"""A house to try the line in: everybody has one role, and is called by it."""

from dataclasses import dataclass, field
from typing import Any

from collavoce.company.people import ROLES, Person, Seat, Zone
from collavoce.line import Place, Who, decide, evolve
from collavoce.line.commands import AnyCommand
from collavoce.line.events import AnyEvent, Refused
from collavoce.line.place import Utc
from collavoce.line.state import LineState
from collavoce.line.view import View, line_view

NOW = 1_800_000_000.0

PLACE = Place(
    people={
        role.replace(" ", "_"): Person(role.replace(" ", "_"), role.title(), (role,))
        for role in ROLES
    }
    | {"seated": Person("seated", "The friend", ())},
    zones={
        "SR": Zone("SR", "stage right", "SR"),
        "SL": Zone("SL", "stage left", "SL"),
        "foyer": Zone("foyer", "foyer"),
    },
    seats=(Seat("friend", "seated"),),
)


def key(number: int) -> str:
    return f"key-{number:08d}"


@dataclass
class Line:
    """The line asked one thing after the other, its clock moved by hand."""

    place: Place = PLACE
    now: float = NOW
    state: LineState = field(default_factory=LineState)
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def when(self, command: AnyCommand, by: str | Who) -> tuple[AnyEvent, ...] | Refused:
        who = self.place.who(by) if isinstance(by, str) else by
        decision = decide(self.place, self.state, command, who, Utc(self.now))
        if not isinstance(decision, Refused):
            self.told += decision
            for event in decision:
                self.state = evolve(self.state, event)
        return decision

    def made(self, command: AnyCommand, by: str | Who) -> tuple[AnyEvent, ...]:
        decision = self.when(command, by)
        assert not isinstance(decision, Refused), decision
        return decision

    def breaches(self, person: str) -> list[tuple[str, str]]:
        shown: Any = self.view(person)["breaches"]
        return [(breach["id"], breach["is"]) for breach in shown]

    def view(self, person: str) -> View:
        return line_view(self.place, self.state, self.place.who(person), self.now)
