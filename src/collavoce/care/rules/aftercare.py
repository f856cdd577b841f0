"""The rules of aftercare: an hour chosen, what is owed dated, offered, put away.

When an hour has come is found out from the wall clock (`aftertime.py`) by whoever asks; here it is
only seen to that nothing is offered that is not owed, and nothing twice.
"""

from collavoce.care.commands import (
    AftercareCommand,
    AnswerAftercare,
    DateAftercare,
    OfferAftercare,
    OweAftercare,
    SetAftercare,
)
from collavoce.care.events import (
    AftercareAnswered,
    AftercareDue,
    AftercareOffered,
    AftercareOwed,
    AftercareSet,
    Decision,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.aftercare import LAST_MINUTE, OFF, Hour
from collavoce.words import say


def decide_aftercare(
    people: People, state: CareState, command: AftercareCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    person, after = command.person, state.aftercare
    if person not in people:
        return Refused(say("care.refused.person_unknown"))
    match command:
        case SetAftercare():
            return _chosen(state, command, now)
        case OweAftercare(cause=cause):
            if person not in after.hours or after.knows(person, cause):
                return ()
            return (AftercareOwed(now, person, cause),)
        case DateAftercare(cause=cause, day=day):
            if person not in after.hours or cause not in after.owed.get(person, {}):
                return ()
            return (AftercareDue(now, person, cause, day),)
        case OfferAftercare(day=day):
            if day not in after.days.get(person, ()):
                return ()
            return (AftercareOffered(now, person, day),)
        case AnswerAftercare(later=later):
            return (AftercareAnswered(now, person, later),) if person in after.offers else ()


def _chosen(state: CareState, command: SetAftercare, now: Moment) -> Decision:
    """What stands on the page already stays there, unless none is wanted any more."""
    if not OFF <= command.minute <= LAST_MINUTE:
        return Refused(say("care.refused.hour"))
    hour = state.aftercare.hours.get(command.person)
    told = command.told and command.minute != OFF
    asked = None if command.minute == OFF else Hour(command.minute, told)
    return () if hour == asked else (AftercareSet(now, command.person, command.minute, told),)
