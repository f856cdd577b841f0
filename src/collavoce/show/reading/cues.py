"""One cue of the show file."""

from collections.abc import Mapping
from dataclasses import dataclass

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.actions.table import ACTIONS, read_actions
from collavoce.show.cues import AfterJump, Crew, Cue, Department
from collavoce.show.errors import ShowError
from collavoce.show.inputs import Input, read_input
from collavoce.show.reading.departments import LETTERS
from collavoce.show.reading.effects import read_brings, read_meets
from collavoce.show.reading.lead import read_lead
from collavoce.show.reading.policies import read_policy
from collavoce.show.reading.triggers import (
    TRIGGERS,
    WAIT_LONGEST_S,
    Surroundings,
    read_person,
    read_trigger,
)
from collavoce.show.triggers import ByHand, OnPerson, Trigger
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

HAZARDS = ("pyro", "flying", "rigging", "automation", "laser", "weapon")
"""What may hurt somebody when it goes at the wrong moment; it goes by a hand that sees it."""

CUE_KEYS = (
    "number",
    "name",
    "department",
    *TRIGGERS,
    "inputs",
    "pre",
    "lead",
    "needs",
    "crew",
    "hazard",
    "brings",
    "meets",
    "fade",
    *ACTIONS,
    "again",
    "skipped",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A cue's table with what it is called, read before any cue speaks of another."""

    table: Table
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """A cue as read, and the table it was read from. trigger None: it was not one."""

    table: Table
    cue: Cue
    trigger: Trigger | None


def read_cue(
    named: Named, house: House, around: Surroundings, crews: Mapping[str, Crew]
) -> Written:
    """The cue. Its policies are those that are written, else DROP: see `policies`."""
    table = named.table
    trigger = read_trigger(table, around)
    actions = read_actions(table, house)
    known = dict.fromkeys((*Department, *crews))
    department = table.choice("department", known) or Department.LX.value
    cue = Cue(
        number=named.number,
        name=named.name,
        department=str(department),
        trigger=trigger or ByHand(),
        actions=actions,
        again=read_policy(table, "again", trigger) or AfterJump.DROP,
        skipped=read_policy(table, "skipped", trigger) or AfterJump.DROP,
        lead=read_lead(table, trigger, actions),
        pre=_pre(table),
        inputs=_inputs(table),
        hazard=_hazard(table, actions),
        needs=_needs(table, around),
        crew=_crew(table, known),
        brings=read_brings(table),
        meets=read_meets(table, house.people),
    )
    return Written(table, cue, trigger)


def _pre(table: Table) -> Seconds:
    if "pre" in table and "lead" in table:
        table.warning("pre", "pre_and_lead")
    return Seconds(table.number("pre", 0.0, 0.0, WAIT_LONGEST_S))


def _inputs(table: Table) -> tuple[Input, ...]:
    found: dict[Input, None] = {}
    for words in table.words("inputs"):
        try:
            found[read_input(words)] = None
        except ShowError as error:
            table.sentence("inputs", str(error), say("show.found.bad_input.remedy"))
    return tuple(found)


def _hazard(table: Table, actions: tuple[Action, ...]) -> str:
    """What is hazardous. Nothing of it leaves by a wire: the operator's own system fires it."""
    hazard = table.choice("hazard", HAZARDS) if "hazard" in table else ""
    if hazard and any(action.replay is not Replay.INWARD for action in actions):
        table.error("hazard", "hazard_wire", hazard=hazard)
    return hazard


def _needs(table: Table, around: Surroundings) -> tuple[OnPerson, ...]:
    needs = (read_person(table, "needs", words, around.who) for words in table.words("needs"))
    return tuple(dict.fromkeys(need for need in needs if need is not None))


def _crew(table: Table, known: Mapping[str, None]) -> tuple[str, ...]:
    crew: dict[str, None] = {}
    for letters in table.words("crew"):
        if letters in known:
            crew[letters] = None
        elif LETTERS.fullmatch(letters):
            table.error("crew", "unknown_crew", letters=letters, instead=Instead(letters, known))
        else:
            table.error("crew", "bad_letters", letters=letters)
    return tuple(crew)
