"""Everybody of the show but the player and the caller, as a rehearsal supposes them.

| when | who | does, after |
|---|---|---|
| a standby is called | each who is asked | says ready, 0.8 to 3 s |
| somebody is called to an exit | whoever holds the seat | says in position, 3 to 8 s |
| a hazardous cue is said | the first of its department, else a caller | confirms, 1 to 2.5 s |
| a number begins | whom its cues wait for on stage | is in position after 2 s, there after 4 s |
| a number begins | whom they wait for elsewhere | is in position after 6 s |
| its music is over | whom its cues wait for | is clear after 4 to 6 s |

Nobody ever says "not clear" by themself, so a cue that waits for that is found to come never.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from collavoce.evening.chance import Dice
from collavoce.show.asked.running import SayPerson
from collavoce.show.asked.standby import ConfirmHazard
from collavoce.show.commands import Acknowledge, AnyCommand
from collavoce.show.cues import Number, Show
from collavoce.show.events import AnyEvent, CueFired, ExitStandby, StandbyCalled
from collavoce.show.order import find
from collavoce.show.person import PersonIs
from collavoce.show.rules.crews import operators_of
from collavoce.show.triggers import OnPerson

READY_S = (0.8, 3.0)
CROSSING_S = (3.0, 8.0)
PULLING_S = (1.0, 2.5)
CLEARING_S = (4.0, 6.0)
GOING_ON_S, ON_STAGE_S, IN_POSITION_S = 2.0, 4.0, 6.0
CALLER = "caller"

Act = tuple[float, AnyCommand, str]
"""After how many seconds, what, who."""


@dataclass(frozen=True, slots=True)
class People:
    """What everybody does, by the table above."""

    show: Show
    dice: Dice

    def react(self, event: AnyEvent) -> Iterator[Act]:
        """What somebody does about `event`."""
        match event:
            case StandbyCalled(cue=cue, people=people):
                for person in people:
                    yield self._after(READY_S), Acknowledge(cue, person), person
            case ExitStandby(cue=cue, person=str(person)):
                yield self._after(CROSSING_S), Acknowledge(cue, person), person
            case CueFired(cue=number):
                cue = find(self.show, number)
                operator = self._operator(number)
                if cue is not None and cue.hazard and operator is not None:
                    yield self._after(PULLING_S), ConfirmHazard(number, operator), operator
            case _:
                pass

    def begin(self, number: Number) -> Iterator[Act]:
        """What happens because `number` begins."""
        awaited = self._awaited(number)
        going_on = {who for who, state in awaited if state is PersonIs.ON_STAGE}
        for who, state in awaited:
            if state is PersonIs.ON_STAGE:
                yield ON_STAGE_S, SayPerson(who, state), CALLER
            elif state is PersonIs.IN_POSITION:
                wait = GOING_ON_S if who in going_on else IN_POSITION_S
                yield wait, SayPerson(who, state), CALLER

    def end(self, number: Number) -> Iterator[Act]:
        """What happens because the music of `number`, or the rest of it, is over."""
        for who, state in self._awaited(number):
            if state is PersonIs.CLEAR:
                yield self._after(CLEARING_S), SayPerson(who, state), CALLER

    def _awaited(self, number: Number) -> list[tuple[str, PersonIs]]:
        """Whom the cues of `number` wait for, each once, in the order of the cues."""
        awaited: dict[tuple[str, PersonIs], None] = {}
        for cue in number.cues:
            triggers = (cue.trigger,) if isinstance(cue.trigger, OnPerson) else ()
            for one in (*triggers, *cue.needs):
                seat = self.show.seats.get(one.who)
                person = one.who if seat is None else seat.person
                if person is not None:
                    awaited[person, one.state] = None
        return list(awaited)

    def _operator(self, number: str) -> str | None:
        cue = find(self.show, number)
        asked = operators_of(self.show, cue) if cue is not None else ()
        callers = (p.id for p in self.show.people.values() if "caller" in p.roles)
        return next(iter((*asked, *callers)), None)

    def _after(self, span: tuple[float, float]) -> float:
        return self.dice.uniform(*span)
