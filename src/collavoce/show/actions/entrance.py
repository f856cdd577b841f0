"""The cue is a performer who comes on."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.actions.naming import Names
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class ComeOn(Action):
    """`who` comes on: they are called to the standby of this cue. Firing it sends nothing.

    who : the id of a performer; whoever covers for them tonight is called in their place.
    """

    replay: ClassVar[Replay] = Replay.INWARD

    who: str


def read(cue: Table, house: House) -> tuple[ComeOn, ...]:
    """`entrance = "pianist"`."""
    who = cue.text("entrance", required=True)
    person = house.people.get(who)
    if who and person is None:
        cue.error("entrance", "unknown_person", person=who, instead=Instead(who, house.people))
    if person is not None and "performer" not in person.roles:
        cue.error("entrance", "not_a_performer", person=person.name, blocking=False)
    return (ComeOn(who),) if who else ()


def words(action: ComeOn, names: Names) -> str:
    """What it does, for people."""
    return say("show.does.entrance", who=names.people.get(action.who, action.who))
