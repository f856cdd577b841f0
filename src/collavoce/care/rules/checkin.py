"""The rules of the check-in: whom it is asked, when, and that an answer ends it.

Everybody of the company is asked, whatever their role, unless they turned it off. What the engine
says may be said again and in any order: an evening that another has followed is not taken up again,
and an end that is said again is the same end.
"""

from math import isfinite

from collavoce.care.commands import (
    AnswerCheckIn,
    AskWhoIsDue,
    CheckInCommand,
    HearEvening,
    SetCheckIn,
)
from collavoce.care.events import (
    AnyEvent,
    CheckInAnswered,
    CheckInAsked,
    CheckInPutOff,
    CheckInSet,
    Decision,
    EveningBegun,
    EveningOver,
    EveningWentOn,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.checkin import (
    DELAY_MAX_MIN,
    LATER_LEAST_MIN,
    MINUTE_S,
    OFF,
    OLD_S,
)
from collavoce.words import say

SAME_END_S = 1.0
"""Two ends of one evening that are no further apart are one, said twice."""

ASKED_AT_ONCE = 256
"""Persons asked with one sync of the disk; the next of a larger company a moment later."""


def decide_checkin(
    people: People, state: CareState, command: CheckInCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case HearEvening():
            return _heard(state, command, now)
        case AskWhoIsDue():
            due = state.checkins.due(people, now)[:ASKED_AT_ONCE]
            return tuple(CheckInAsked(now, person) for person in due)
        case SetCheckIn():
            return _chosen(people, state, command, now)
        case AnswerCheckIn():
            return _answered(state, command, now)


def _heard(state: CareState, command: HearEvening, now: Moment) -> Decision:
    known, ago = state.checkins, command.ended_ago
    if not command.evening or command.evening in known.past:
        return ()
    if ago is not None and not (isfinite(ago) and 0.0 <= ago <= OLD_S):
        return ()
    same = command.evening == known.evening
    if not same and not command.begun and ago is None:
        return ()
    events: list[AnyEvent] = [] if same else [EveningBegun(now, command.evening)]
    over_at = known.over_at if same else None
    if ago is not None and (over_at is None or abs(now - ago - over_at) > SAME_END_S):
        events.append(EveningOver(now, command.evening, now - ago))
    elif ago is None and over_at is not None:
        events.append(EveningWentOn(now, command.evening))
    return tuple(events)


def _chosen(people: People, state: CareState, command: SetCheckIn, now: Moment) -> Decision:
    if command.person not in people:
        return Refused(say("care.refused.person_unknown"))
    if command.minutes != OFF and not 0 <= command.minutes <= DELAY_MAX_MIN:
        return Refused(say("checkin.refused.minutes", most=DELAY_MAX_MIN))
    if command.minutes == state.checkins.delay(command.person):
        return ()
    return (CheckInSet(now, command.person, command.minutes),)


def _answered(state: CareState, command: AnswerCheckIn, now: Moment) -> Decision:
    """What does not stand is not answered: it was, on another phone perhaps."""
    person = command.person
    if not state.checkins.stands(person, now):
        return Refused(say("checkin.refused.not_asked"))
    if not command.later:
        return (CheckInAnswered(now, person),)
    minutes = max(state.checkins.delay(person), LATER_LEAST_MIN)
    return (CheckInPutOff(now, person, now + minutes * MINUTE_S),)
