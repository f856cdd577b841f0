"""The rules of "I am with them" without a press, and of being alone.

Whoever agreed to be there for somebody may say they are with them, also if they were dropped since
or are kept away: they are answered alike, and it counts for nobody (`calling.with_them`).
"""

from math import isfinite

from collavoce.care.commands import CompanyCommand, EndWith, SayAlone, SayBack, StartWith
from collavoce.care.events import (
    AloneSaid,
    BackSaid,
    Decision,
    Refused,
    WithEnded,
    WithStarted,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People, order_of
from collavoce.care.reached.standing import was_met
from collavoce.care.rules.call import arrived
from collavoce.care.state import CareState
from collavoce.care.states.beside import ALONE_MAX_MINUTES, ALONE_MIN_MINUTES
from collavoce.care.states.circle import Answer
from collavoce.words import say

MINUTE_S = 60.0


def decide_beside(
    people: People, state: CareState, command: CompanyCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case StartWith():
            return _with(people, state, command, now)
        case EndWith():
            said = state.beside.withs.get(command.owner, {})
            ends = said if command.by == command.owner else {t for t in said if t == command.by}
            return tuple(WithEnded(now, command.owner, trusted) for trusted in ends)
        case SayAlone():
            return _alone(people, state, command, now)
        case SayBack():
            person = command.person
            gone = person in state.beside.alones or state.leaves.stands(person)
            if not gone and not was_met(state, person, now):
                return ()
            return (BackSaid(now, person),)


def _with(people: People, state: CareState, command: StartWith, now: Moment) -> Decision:
    owner, trusted = command.owner, command.trusted
    if state.circles.answer(owner, trusted) is not Answer.AGREED:
        return Refused(say("care.refused.not_asked"))
    resolved = arrived(state, owner, trusted, now)
    seen = state.alerts.open_of(owner)
    if seen is not None and any(event.press == seen.press for event in resolved):
        return resolved
    if trusted in state.beside.with_of(owner, now):
        return resolved
    counts = trusted in order_of(people, state, owner)
    return (*resolved, WithStarted(now, owner, trusted, counts))


def _alone(people: People, state: CareState, command: SayAlone, now: Moment) -> Decision:
    if command.person not in people:
        return Refused(say("care.refused.person_unknown"))
    minutes, look_after = command.minutes, command.look_after
    if not (isfinite(minutes) and ALONE_MIN_MINUTES <= minutes <= ALONE_MAX_MINUTES):
        return Refused(
            say(
                "care.refused.alone",
                least=f"{ALONE_MIN_MINUTES:g}",
                most=f"{ALONE_MAX_MINUTES:g}",
            )
        )
    if not (isfinite(look_after) and 0.0 <= look_after < minutes):
        return Refused(say("care.refused.look_after", most=f"{minutes:g}"))
    look_at = now + look_after * MINUTE_S if look_after else None
    order = order_of(people, state, command.person)
    return (AloneSaid(now, command.person, now + minutes * MINUTE_S, look_at, order),)
