"""The rules of being done, away, and back in part: a person's own word, and nobody else's.

said                     what follows
done, away               not available; again it changes what was said
the day is past          nothing; "still" takes the day away, and none takes its place
rehearses, performs      both: back; neither: done, unless a leave stands already
let an office know       not before `LET_KNOW_AFTER_S`; back until somebody has read it
read                     the company manager alone
"""

from collavoce.care.commands import (
    KeepBack,
    LeaveCommand,
    LetKnow,
    ReadKnown,
    SayAway,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.events import (
    AwaySaid,
    BackSaid,
    Decision,
    DoneSaid,
    OfficeRead,
    OfficeTold,
    OfficeUntold,
    Refused,
    ReturnSaid,
    StillAway,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.leave import LET_KNOW_AFTER_S, OFFICES, Leave
from collavoce.words import say

READER = "company manager"
"""Who reads what an office is let know, and hands it on."""

UNTIL_MAX_DAYS = 3660
HOUR_S = 3600.0


def decide_leave(people: People, state: CareState, command: LeaveCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    person, leave = command.person, state.leaves.by_person.get(command.person)
    if person not in people:
        return Refused(say("care.refused.person_unknown"))
    match command:
        case SayDone():
            stands = leave is not None and not leave.away and person not in state.leaves.parts
            return () if stands else (DoneSaid(now, person),)
        case SayAway():
            return _away(state, command, now)
        case SayStill():
            return () if leave is None or not leave.until else (StillAway(now, person),)
        case SayReturn():
            return _returned(state, command, now)
        case LetKnow() | KeepBack() | ReadKnown():
            return _office(people, leave, command, now)


def _away(state: CareState, command: SayAway, now: Moment) -> Decision:
    if command.until and not 0 <= command.until - command.day <= UNTIL_MAX_DAYS:
        return Refused(say("away.refused.until"))
    person, shown = command.person, command.shown and command.until > 0
    leave = state.leaves.by_person.get(person)
    stands = leave is not None and leave.away and person not in state.leaves.parts
    asked = (command.until, shown, command.called)
    if leave is not None and stands and asked == (leave.until, leave.shown, leave.called):
        return ()
    return (AwaySaid(now, person, command.day, command.until, shown, command.called),)


def _returned(state: CareState, command: SayReturn, now: Moment) -> Decision:
    person, leaves = command.person, state.leaves
    asked = (command.rehearses, command.performs)
    if asked == (True, True):
        return (BackSaid(now, person),) if leaves.stands(person) else ()
    if asked == leaves.parts.get(person, (False, False)) and leaves.stands(person):
        return ()
    if any(asked) or person in leaves.by_person:
        return (ReturnSaid(now, person, *asked),)
    return (DoneSaid(now, person),)


def _office(
    people: People, leave: Leave | None, command: LetKnow | KeepBack | ReadKnown, now: Moment
) -> Decision:
    person, office = command.person, command.office
    was_read = None if leave is None else leave.offices.get(office)
    if isinstance(command, LetKnow):
        return _let_know(leave, person, office, now)
    if isinstance(command, KeepBack):
        if was_read:
            return Refused(say("away.refused.read"))
        return () if was_read is None else (OfficeUntold(now, person, office),)
    if command.by not in people or READER not in people[command.by].roles:
        return Refused(say("care.refused.person_unknown"))
    return (OfficeRead(now, person, office),) if was_read is False else ()


def _let_know(leave: Leave | None, person: str, office: str, now: Moment) -> Decision:
    if office not in OFFICES:
        return Refused(say("care.refused.not_understood"))
    if leave is None:
        return Refused(say("away.refused.nothing"))
    if office in leave.offices:
        return ()
    if leave.waits(now) > 0.0:
        return Refused(say("away.refused.too_early", hours=f"{LET_KNOW_AFTER_S / HOUR_S:g}"))
    return (OfficeTold(now, person, office),)
