"""The rules of a call once it is out: the ladder climbs, the called answer."""

from collavoce.care.commands import Climb, ConfirmShown, HelperCommand, SayWith
from collavoce.care.events import (
    CallShown,
    Decision,
    HelpArrived,
    HelpComing,
    Refused,
    RungReached,
)
from collavoce.care.ladder import Moment, rung_at
from collavoce.care.state import CareState
from collavoce.care.states.alert import Alert
from collavoce.words import say


def climb(state: CareState, command: Climb, now: Moment) -> Decision:
    """The rung that the clock has reached, if it is another; those between are not climbed."""
    alert = state.alerts.by_press.get(command.press)
    if alert is None or not alert.climbing:
        return ()
    rung = rung_at(alert.times, now - alert.since)
    if rung <= alert.rung:
        return ()
    return (RungReached(now, alert.person, alert.press, rung),)


def decide_call(state: CareState, command: HelperCommand, now: Moment) -> Decision:
    """What follows from what a called person said."""
    alert = state.alerts.by_press.get(command.press)
    if alert is None or not alert.calls_on(command.trusted):
        # The same words whether the alert never was, is over, or was never theirs.
        return Refused(say("care.refused.no_such_call"))
    if isinstance(command, ConfirmShown):
        if alert.seen_this_turn(command.trusted):
            return ()
        return (CallShown(now, alert.person, alert.press, command.trusted),)
    if alert.end is not None:
        return Refused(say("care.refused.call_over"))
    if isinstance(command, SayWith):
        return arrived(state, alert.person, command.trusted, now)
    if alert.coming == command.trusted:
        return ()
    if alert.coming is not None:
        return Refused(say("care.refused.covered"))
    return tuple(
        HelpComing(now, alert.person, alert.press, command.trusted)
        for alert in _of_theirs(state, alert.person, command.trusted)
        if alert.coming is None
    )


def arrived(state: CareState, owner: str, trusted: str, now: Moment) -> tuple[HelpArrived, ...]:
    """Whoever is with somebody is so for every press of theirs, the hidden one too."""
    return tuple(
        HelpArrived(now, owner, alert.press, trusted) for alert in _of_theirs(state, owner, trusted)
    )


def _of_theirs(state: CareState, owner: str, trusted: str) -> tuple[Alert, ...]:
    return tuple(alert for alert in state.alerts.open_all(owner) if alert.may_come(trusted))
