"""What a press looks like from either end: one value for the presser, one for each one called.

Whether a page is open is not a fact of the ledger; it comes in as `reachable`, the persons with
an open page at this moment.
"""

from dataclasses import dataclass
from enum import StrEnum

from collavoce.care.channels import CALLS, Channel, Fate
from collavoce.care.ladder import Moment, Rung
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import is_called
from collavoce.care.state import CareState
from collavoce.care.states.alert import CANCEL_WITHIN, NOTICE_LASTS, Alert, End, key_of
from collavoce.care.states.beside import WITH_LASTS

RECEIPT_WITHIN = 9.0
"""Seconds after which a call that no phone has shown is said to be so: read within 10."""


class Feedback(StrEnum):
    """What the presser is told. Each has its word, shape and tone."""

    NONE = "none"
    CALLING = "calling"  # kept; on its way to the first phone
    SHOWN = "shown"  # on the phone of `who`
    QUIET = "quiet"  # kept, but no phone has shown it
    UNREACHED = "unreached"  # nobody of the circle has their page open
    ALONE = "alone"  # there is no circle to call
    COMING = "coming"  # `who` is coming
    NOT_REACHED = "not_reached"  # the ladder is at its end: use your voice
    ARRIVED = "arrived"  # `who` said they are with you


@dataclass(frozen=True, slots=True)
class Way:
    """A call to `to` by another channel than the page. fate: None while nothing was said of it.

    Accepted is what a service says of itself. Only a page, or `DELIVERED`, says that it arrived.
    """

    to: str
    channel: Channel
    fate: Fate | None
    age: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The presser's side. age: seconds since the finger pressed; how: by whose hand it opened.

    ways : what went out by other channels, in the order of its leaving.
    """

    feedback: Feedback
    press: str = ""
    who: tuple[str, ...] = ()
    age: float = 0.0
    can_cancel: bool = False
    how: Opened = Opened.SELF
    ways: tuple[Way, ...] = ()


class CallState(StrEnum):
    """What somebody who is called is told."""

    OPEN = "open"
    COMING = "coming"  # they themselves are
    COVERED = "covered"  # somebody else is
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as one called person sees it. key: rings once; shown: some page of theirs did.

    how : by whose hand it opened. duress : the press was taken back with the other word: whoever
    pressed may not be free to speak. stand_back : please go there, and do not touch.
    """

    key: str
    press: str
    owner: str
    state: CallState
    age: float
    shown: bool
    how: Opened = Opened.SELF
    duress: bool = False
    stand_back: bool = False


def standing(state: CareState, person: str, reachable: frozenset[str], now: Moment) -> Standing:
    """What `person` is told of their own press."""
    alert = state.alerts.open_of(person) or _lately_arrived(state, person, now)
    if alert is None:
        return Standing(Feedback.NONE)
    here = frozenset(t for t in reachable if not state.leaves.rests(t))
    feedback, who = _feedback(alert, here, now)
    return Standing(
        feedback,
        alert.press,
        who,
        max(0.0, now - alert.pressed_at),
        can_cancel=alert.end is None and now - alert.raised_at <= CANCEL_WITHIN,
        how=alert.how,
        ways=tuple(
            Way(sent.to, sent.channel, sent.fate, max(0.0, now - sent.tried_at))
            for sent in alert.messages.values()
            if sent.wording in CALLS
        ),
    )


def calls(state: CareState, trusted: str, now: Moment) -> tuple[Call, ...]:
    """The calls on `trusted`: first those that need someone, the longest waiting before the rest.

    Calls that ended stay for `NOTICE_LASTS`, behind all others, the latest first.
    """
    found = (
        _call(alert, trusted, now)
        for alert in state.alerts.by_press.values()
        if alert.end is not None or is_called(state, alert, trusted) or trusted in alert.released
    )
    return tuple(sorted((call for call in found if call is not None), key=_need))


def was_met(state: CareState, person: str, now: Moment) -> bool:
    """Whether somebody came to the latest press of `person`, who has not said "back" since."""
    alert = state.alerts.latest_of(person)
    if alert is None or alert.end is not End.ARRIVED or now - alert.ended_at > WITH_LASTS:
        return False
    return state.beside.backs.get(person, float("-inf")) < alert.ended_at


def _need(call: Call) -> tuple[int, float]:
    over = call.state in (CallState.CANCELLED, CallState.OVER)
    return tuple(CallState).index(call.state), call.age if over else -call.age


def _feedback(
    alert: Alert, reachable: frozenset[str], now: Moment
) -> tuple[Feedback, tuple[str, ...]]:
    if alert.end is End.ARRIVED and alert.ended_by is not None:
        return Feedback.ARRIVED, (alert.ended_by,)
    if alert.coming is not None:
        return Feedback.COMING, (alert.coming,)
    called = alert.called
    if not called:
        return Feedback.ALONE, ()
    if alert.rung is Rung.VOICE:
        return Feedback.NOT_REACHED, called
    shown = tuple(t for t in called if alert.seen_this_turn(t))
    if shown:
        return Feedback.SHOWN, shown
    if reachable.isdisjoint((*alert.order, *called)):
        return Feedback.UNREACHED, called
    if now - alert.raised_at >= RECEIPT_WITHIN or reachable.isdisjoint(called):
        return Feedback.QUIET, called
    return Feedback.CALLING, called


def _lately_arrived(state: CareState, person: str, now: Moment) -> Alert | None:
    alert = state.alerts.latest_of(person)
    if alert is None or alert.end is not End.ARRIVED:
        return None
    return alert if now - alert.ended_at <= NOTICE_LASTS else None


def _call(alert: Alert, trusted: str, now: Moment) -> Call | None:
    if trusted not in alert.calls:
        return None
    state, ended_at = _call_state(alert, trusted)
    gone = state in (CallState.CANCELLED, CallState.OVER) and now - ended_at > NOTICE_LASTS
    if gone or (state is not CallState.OPEN and trusted not in alert.shown):
        # What a phone has never shown needs no end.
        return None
    return Call(
        key_of(alert, trusted),
        alert.press,
        alert.person,
        state,
        max(0.0, now - alert.pressed_at),
        trusted in alert.shown,
        alert.how,
        alert.duress,
        stand_back=trusted == alert.last,
    )


def _call_state(alert: Alert, trusted: str) -> tuple[CallState, float]:
    """What the call is to `trusted`, and since when if it is over."""
    if trusted in alert.released:
        return CallState.OVER, alert.released[trusted]
    if alert.end is not None:
        return (
            CallState.CANCELLED if alert.end is End.CANCELLED else CallState.OVER
        ), alert.ended_at
    if alert.coming is None:
        return CallState.OPEN, 0.0
    return (CallState.COMING if alert.coming == trusted else CallState.COVERED), 0.0
