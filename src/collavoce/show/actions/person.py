"""The cue is a person."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.actions.naming import Names
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

LEAD_LONGEST_S = 3600.0
LEAD_S = 40.0
"""Ahead of the end, unless the cue says otherwise: enough to cross a backstage."""


@dataclass(frozen=True, slots=True)
class CallPerson(Action):
    """The cue is a person: whoever holds `seat` is in position at `exit`.

    Standby goes out `lead` before the predicted end of the number.
    """

    replay: ClassVar[Replay] = Replay.INWARD

    seat: str
    exit: str
    lead: Seconds


def read(cue: Table, house: House) -> tuple[CallPerson, ...]:
    """`person = { seat = "friend", exit = "SL", lead = 40 }`."""
    person = cue.table("person", ("seat", "exit", "lead"))
    seat = person.text("seat", required=True)
    way = person.text("exit", required=True)
    held = house.seats.get(seat)
    if seat and held is None:
        person.error("seat", "unknown_seat", seat=seat, instead=Instead(seat, house.seats))
    if held is not None and held.person is None:
        person.error("seat", "empty_seat", blocking=False, seat=seat)
    if way and way not in house.exits:
        person.error("exit", "unknown_exit", exit=way, instead=Instead(way, house.exits))
    lead = person.number("lead", LEAD_S, 0.0, LEAD_LONGEST_S)
    return (CallPerson(seat, way, Seconds(lead)),)


def words(action: CallPerson, names: Names) -> str:
    """What it does, for people."""
    who = names.seats.get(action.seat, action.seat)
    door = names.exits.get(action.exit, action.exit)
    return say("show.does.person", who=who, exit=door, lead=f"{action.lead:g}")
