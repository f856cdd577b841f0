"""The rules of a press: raised, raised by somebody beside them, taken back, over.

What follows from taking it back, once the two words are set (without words: as the true word):

    word     within 10 s                 later, while it is open          not open any more
    true     taken back, erased          refused: too late                nothing
    other    seems taken back, goes on   refused in the same words,       nothing
                                         and whoever is called is told
    wrong    refused                     refused                          nothing

Once the other word was said, "it is over" only seems to end it: what comes from that phone may be
said under another's eyes. Only somebody who is with them ends it. Every answer and every page of
the presser is the same after the true word and after the other.
"""

from hmac import compare_digest
from math import isnan

from collavoce.care.commands import (
    CancelAlert,
    EndAlert,
    HandOver,
    PresserCommand,
    RaiseAlert,
)
from collavoce.care.events import (
    AlertCancelled,
    AlertDated,
    AlertEnded,
    AlertRaised,
    AlertReplaced,
    Decision,
    DuressSaid,
    Refused,
    Unseen,
)
from collavoce.care.ladder import Moment, Rung
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import People, circle_is_off, last_of, order_of
from collavoce.care.state import CareState
from collavoce.care.states.alert import AGO_MAX, CANCEL_WITHIN, DATED_FROM, Alert, End
from collavoce.words import say

PRESS_CHARACTERS_MAX = 128


def decide_press(
    people: People, state: CareState, command: PresserCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    if not 0 < len(command.press) <= PRESS_CHARACTERS_MAX:
        return Refused(say("care.refused.not_understood"))
    if isinstance(command, HandOver):
        return _handed_over(people, state, command, now)
    alert = state.alerts.by_press.get(command.press)
    if alert is not None and alert.person != command.person:
        return _of_another(state, command)
    match command:
        case RaiseAlert():
            return _pressed(people, state, command, now)
        case CancelAlert():
            return _taken_back(people, state, command, now)
        case EndAlert():
            return _over(state, command, now)


def _of_another(state: CareState, command: RaiseAlert | CancelAlert | EndAlert) -> Decision:
    """The id is another's press: taken back or ended, it is answered like one that nobody made.

    Distress is refused aloud, so that it is said again under an id of its own.
    """
    if isinstance(command, EndAlert):
        return ()
    if isinstance(command, CancelAlert):
        true = _is_true_word(state, command.person, command.word)
        if true is None:
            return Refused(say("care.refused.wrong_word"))
        if true:
            return ()
    return Refused(say("care.refused.press_taken"))


def _pressed(people: People, state: CareState, command: RaiseAlert, now: Moment) -> Decision:
    ago = 0.0 if isnan(command.pressed_ago) else max(0.0, command.pressed_ago)
    if state.alerts.knows(command.person, command.press):
        return _dated(state.alerts.by_press.get(command.press), min(ago, AGO_MAX), now)
    if ago > AGO_MAX:
        return Refused(say("care.refused.press_too_old"))
    before = state.alerts.open_of(command.person)
    raised = _raised(people, state, command, now, ago=ago, before=before)
    if before is None:
        return (raised,)
    return (AlertReplaced(now, before.person, before.press), raised)


def _dated(alert: Alert | None, ago: float, now: Moment) -> Decision:
    """A copy of a known press raises nothing, but may know better when the finger pressed.

    The first to arrive may have lain on its way, in the socket of a dead process for example.
    """
    pressed_at = now - ago
    if alert is None or alert.end is not None or pressed_at > alert.pressed_at - DATED_FROM:
        return ()
    return (AlertDated(now, alert.person, alert.press, pressed_at),)


def _raised(
    people: People,
    state: CareState,
    command: RaiseAlert | HandOver | CancelAlert,
    now: Moment,
    *,
    ago: float = 0.0,
    before: Alert | None = None,
    how: Opened = Opened.SELF,
) -> AlertRaised:
    """A new press stands for the one before it, and never sets the climb back."""
    since, rung = float(now), Rung.FIRST
    if before is not None:
        rung = min(before.rung, Rung.ALL)
        since = before.since if before.climbing else now
    order, last = order_of(people, state, command.person), last_of(people, state, command.person)
    times = state.circles.of(command.person).times
    return AlertRaised(
        at=now,
        person=command.person,
        press=command.press,
        pressed_at=now - ago,
        since=since,
        rung=rung,
        order=order,
        second_after=times.second_after,
        receipt_after=times.receipt_after,
        all_after=times.all_after,
        voice_after=times.voice_after,
        last="" if last in order else last,
        how=how,
        last_too=before is not None and bool(last) and before.calls_on(last),
    )


def _handed_over(people: People, state: CareState, command: HandOver, now: Moment) -> Decision:
    """Nothing in the answer depends on what they wrote, or on what is open."""
    person = command.person
    if person not in people or command.how is Opened.SELF:
        return Refused(say("care.refused.person_unknown"))
    if circle_is_off(people, person):
        return Refused(say("care.refused.under_18"))
    terms = state.terms.of(person)
    allowed = terms.hand if command.how is Opened.HAND else terms.breach
    known = command.press in state.alerts.by_press or state.alerts.knows(person, command.press)
    if not allowed or known or state.alerts.open_of(person) is not None:
        # What they themselves do not see open is opened anew, or its absence would tell of it.
        return ()
    raised = _raised(people, state, command, now, how=command.how)
    return (raised,) if raised.order or raised.last else ()


def _taken_back(people: People, state: CareState, command: CancelAlert, now: Moment) -> Decision:
    person, press = command.person, command.press
    alert = state.alerts.by_press.get(press)
    known = state.alerts.knows(person, press)
    if known and (alert is None or alert.end is not None or alert.hidden):
        return ()
    true = _is_true_word(state, person, command.word)
    if true is None:
        return Refused(say("care.refused.wrong_word"))
    if alert is None:
        # The cancel overtook its press: when that arrives, it finds itself taken back.
        back = AlertCancelled(now, person, press)
        return (back,) if true else _overtaken(people, state, command, back, now)
    if now - alert.raised_at <= CANCEL_WITHIN:
        return ((AlertCancelled if true else DuressSaid)(now, person, press),)
    too_late = Refused(say("care.refused.too_late_to_cancel"))
    if true or alert.duress:
        return too_late
    return Unseen((DuressSaid(now, person, press, hides=False),), too_late)


def _overtaken(
    people: People, state: CareState, command: CancelAlert, back: AlertCancelled, now: Moment
) -> Decision:
    """The other word is here before its press: they need someone, whether it arrives or not."""
    opened = state.alerts.open_all(command.person)
    if not opened:
        return (
            _raised(people, state, command, now),
            DuressSaid(now, command.person, command.press),
        )
    told = (
        DuressSaid(now, alert.person, alert.press, hides=False)
        for alert in opened
        if not alert.duress
    )
    return (back, *told)


def _over(state: CareState, command: EndAlert, now: Moment) -> Decision:
    alert = state.alerts.by_press.get(command.press)
    if alert is None or alert.hidden or alert.end not in (None, End.ARRIVED):
        return ()
    true = True if not command.word else _is_true_word(state, command.person, command.word)
    if true is None:
        return Refused(say("care.refused.wrong_word"))
    if alert.end is None and (alert.duress or not true):
        return (DuressSaid(now, alert.person, alert.press),)
    return (AlertEnded(now, alert.person, alert.press),)


def _is_true_word(state: CareState, person: str, word: str) -> bool | None:
    """Whether `word` takes a press of `person` back (True) or seems to (False); None if neither."""
    terms = state.terms.of(person)
    if not terms.cancel_word:
        return True
    if compare_digest(word.encode(), terms.cancel_word.encode()):
        return True
    return False if compare_digest(word.encode(), terms.duress_word.encode()) else None
