"""Every rule of care: what follows from a command, or why it is refused.

In: the people of the show, the state, a command, the moment. Out: events, or `Refused` in words
for the person who asked. A command that asks for what is already so is answered with no events:
asking twice is safe, whatever the network does. The rules of pairing are in `admitting.py`.
"""

from collections.abc import Mapping

from collavoce.care.admitting import admit
from collavoce.care.alert import CANCEL_WITHIN, DATED_FROM, Alert, End
from collavoce.care.circle import CIRCLE_MAX, Answer
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    CircleCommand,
    Climb,
    ConfirmShown,
    EndAlert,
    HelperCommand,
    PresserCommand,
    RaiseAlert,
    SayWith,
)
from collavoce.care.events import (
    AlertCancelled,
    AlertDated,
    AlertEnded,
    AlertRaised,
    AlertReplaced,
    CallShown,
    CircleSet,
    ConsentGiven,
    ConsentRefused,
    Decision,
    HelpArrived,
    HelpComing,
    Refused,
    RungReached,
)
from collavoce.care.ladder import SECOND_AFTER_MAX, SECOND_AFTER_MIN, Moment, Rung, rung_at
from collavoce.care.state import CareState
from collavoce.company.people import Person
from collavoce.words import say

People = Mapping[str, Person]


def decide(people: People, state: CareState, command: AnyCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    if isinstance(command, Climb):
        return _climb(state, command, now)
    if isinstance(command, PresserCommand):
        return _presser(state, command, now)
    if isinstance(command, HelperCommand):
        return _helper(state, command, now)
    if isinstance(command, CircleCommand):
        return _circle(people, state, command, now)
    return admit(people, state.pairings, command, now)


def due(state: CareState, now: Moment) -> tuple[Climb, ...]:
    """The ladders whose next rung's time has come, the longest waiting first."""
    late = [a for a in state.alerts.by_press.values() if a.climbing and a.climbs_at() <= now]
    return tuple(Climb(a.press) for a in sorted(late, key=Alert.climbs_at))


def next_due(state: CareState) -> Moment | None:
    """When `due` will next have something; None while nothing climbs."""
    return min((a.climbs_at() for a in state.alerts.by_press.values() if a.climbing), default=None)


def _climb(state: CareState, command: Climb, now: Moment) -> Decision:
    alert = state.alerts.by_press.get(command.press)
    if alert is None or not alert.climbing:
        return ()
    rung = rung_at(alert.times, now - alert.since)
    if rung <= alert.rung:
        return ()
    return (RungReached(now, alert.person, alert.press, rung),)


def _presser(state: CareState, command: PresserCommand, now: Moment) -> Decision:
    alert = state.alerts.by_press.get(command.press)
    if alert is not None and alert.person != command.person:
        return Refused(say("care.refused.press_taken"))
    known = state.alerts.knows(command.person, command.press)
    match command:
        case RaiseAlert():
            return _dated(alert, command, now) if known else _raised(state, command, now)
        case CancelAlert():
            if not known:
                # The cancel overtook its press: when that arrives, it finds itself taken back.
                return (AlertCancelled(now, command.person, command.press),)
            if alert is None or alert.end is not None:
                return ()
            if now - alert.raised_at > CANCEL_WITHIN:
                return Refused(say("care.refused.too_late_to_cancel"))
            return (AlertCancelled(now, command.person, command.press),)
        case EndAlert():
            if alert is None or alert.end not in (None, End.ARRIVED):
                return ()
            return (AlertEnded(now, command.person, command.press),)


def _dated(alert: Alert | None, command: RaiseAlert, now: Moment) -> Decision:
    """A copy of a known press raises nothing, but may know better when the finger pressed.

    The first to arrive may have lain on its way, in the socket of a dead process for example.
    """
    pressed_at = now - command.pressed_ago
    if alert is None or alert.end is not None or pressed_at > alert.pressed_at - DATED_FROM:
        return ()
    return (AlertDated(now, alert.person, alert.press, pressed_at),)


def _raised(state: CareState, command: RaiseAlert, now: Moment) -> Decision:
    """A new press stands for the one before it, and never sets the climb back."""
    before = state.alerts.open_of(command.person)
    since, rung = float(now), Rung.FIRST
    if before is not None:
        rung = min(before.rung, Rung.ALL)
        since = before.since if before.climbing else now
    raised = AlertRaised(
        at=now,
        person=command.person,
        press=command.press,
        pressed_at=now - max(0.0, command.pressed_ago),
        since=since,
        rung=rung,
        order=state.circles.agreed(command.person),
        second_after=state.circles.of(command.person).times.second_after,
    )
    if before is None:
        return (raised,)
    return (AlertReplaced(now, before.person, before.press), raised)


def _helper(state: CareState, command: HelperCommand, now: Moment) -> Decision:
    alert = state.alerts.by_press.get(command.press)
    if alert is None or not alert.calls_on(command.trusted):
        # The same words whether the alert never was, is over, or was never theirs.
        return Refused(say("care.refused.no_such_call"))
    if isinstance(command, ConfirmShown):
        if command.trusted in alert.shown:
            return ()
        return (CallShown(now, alert.person, alert.press, command.trusted),)
    if alert.end is not None:
        return Refused(say("care.refused.call_over"))
    if isinstance(command, SayWith):
        return (HelpArrived(now, alert.person, alert.press, command.trusted),)
    if alert.coming == command.trusted:
        return ()
    if alert.coming is not None:
        return Refused(say("care.refused.covered"))
    return (HelpComing(now, alert.person, alert.press, command.trusted),)


def _circle(people: People, state: CareState, command: CircleCommand, now: Moment) -> Decision:
    if isinstance(command, AnswerRequest):
        before = state.circles.answer(command.owner, command.trusted)
        if before is None:
            return Refused(say("care.refused.not_asked"))
        if before is (Answer.AGREED if command.agrees else Answer.DECLINED):
            return ()
        said = ConsentGiven if command.agrees else ConsentRefused
        return (said(now, command.owner, command.trusted),)
    if len(command.order) > CIRCLE_MAX:
        return Refused(say("care.refused.circle_too_large", most=CIRCLE_MAX))
    if command.owner in command.order or len(set(command.order)) < len(command.order):
        return Refused(say("care.refused.circle_twice"))
    if not set(command.order) <= set(people):
        return Refused(say("care.refused.person_unknown"))
    if not SECOND_AFTER_MIN <= command.second_after <= SECOND_AFTER_MAX:
        return Refused(
            say(
                "care.refused.second_after",
                least=f"{SECOND_AFTER_MIN:g}",
                most=f"{SECOND_AFTER_MAX:g}",
            )
        )
    circle = state.circles.of(command.owner)
    if (circle.order, circle.times.second_after) == (command.order, command.second_after):
        return ()
    return (CircleSet(now, command.owner, command.order, command.second_after),)
