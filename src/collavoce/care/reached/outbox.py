"""Which messages ought to go out by channels other than the page: one answer for any moment.

    who               wording            from when
    called, no page   CALL, STAND_BACK   their call; when not shown `receipt_after` later, more ways
    called, let go    STAND_DOWN         somebody comes or came, it is over, they were dropped
    called, let go    TAKEN_BACK         the press was taken back
    the presser       UNREACHED          the ladder is at its end and nobody is coming
    their first       LOOK               an "alone" has lasted as long as they set
    whoever asked     AFTERCARE          the hour of their aftercare has come
    whoever asked     NEWS               something written waits, and they have not looked

A message is tried (an event) before it is handed to its channel, and once: what was tried is
wanted no more. What became of it decides whether the next contact has its turn (`turns.py`).
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from collavoce.care.channels import CALLS, OFFS, Channel, Contact, Fate, Message, Wording
from collavoce.care.events import MessageEnded, MessageTried, RungReached
from collavoce.care.ladder import Moment, Rung, rung_at
from collavoce.care.reached.calling import is_called
from collavoce.care.reached.messages import (
    call_wording,
    look_messages,
    messages_of,
    news_messages,
    offer_messages,
    possible,
    sent_of,
)
from collavoce.care.reached.turns import turns
from collavoce.care.state import CareState, evolve
from collavoce.care.states.aftercare import Offer
from collavoce.care.states.alert import Alert, End
from collavoce.care.states.beside import Alone
from collavoce.care.states.notes import NEWS_AFTER, News
from collavoce.care.states.sent import ANSWER_WITHIN, Sent

WORTH_SAYING = 120.0
"""Seconds after which nobody is told any more that they may stand down."""

OFFER_LASTS = 6 * 3600.0
"""Seconds after which nobody is told any more, by another way, of an offer that stands."""

LOOK_PATIENCE = 60.0
"""Seconds from the first word by push until another way is used; it is not distress."""

FORESEEN_STEPS_MAX = 1000
"""Steps of the ladders that `foreseen` looks ahead."""

_OFF_BY = (Channel.SMS, Channel.PUSH, Channel.MAIL, Channel.OTHER, Channel.VOICE)
"""By which of the ways that reached somebody they are let go; text is read again, a call is not."""


def wanted(state: CareState, now: Moment) -> tuple[Message, ...]:
    """The messages that ought to be out at `now` and are neither tried nor pointless.

    Distress before everything else, then the longest due first.
    """
    due = (message for message in _planned(state) if still_wanted(message, now))
    return tuple(sorted(due, key=_rank))


def next_wanted(state: CareState, after: float = float("-inf")) -> Moment | None:
    """When `wanted` will next have something, later than `after`; None if nothing is to come."""
    dues = (message.due_at for message in _planned(state))
    return min((Moment(due) for due in dues if due > after), default=None)


def foreseen(state: CareState, now: Moment, within_s: float) -> tuple[Message, ...]:
    """The messages of the next `within_s` seconds, those wanted now among them, as due.

    It is what happens if nobody does anything from now on and every channel takes what it is
    handed: whoever carries them instead uses the next contact (`instead`) if one does not.
    """
    until, at, ahead = now + within_s, now, state
    found: dict[str, Message] = {}
    for _ in range(FORESEEN_STEPS_MAX):
        ahead = _climbed(ahead, at)
        for message in wanted(ahead, at):
            found[message.key] = message
            ahead = _carried(ahead, message, at)
        steps = (a.climbs_at() for a in ahead.alerts.by_press.values() if a.climbing)
        later = [*(s for s in steps if s > at), *(m for m in (next_wanted(ahead, at),) if m)]
        if not later or min(later) > until:
            break
        at = min(later)
    return tuple(found.values())


def instead(state: CareState, message: Message) -> tuple[Message, ...]:
    """The further contacts of whom `message` is for, under the keys they would have, in order.

    For whoever carries it while care is away. A contact already tried is not among them.
    """
    found = (m for m in possible(state, message.press) if m.to == message.to)
    alike = [m for m in found if m.wording is message.wording and m.index != message.index]
    known = sent_of(state, message.press)
    later = (m for m in alike if m.index > message.index)
    before = (m for m in alike if m.index < message.index)
    return tuple(
        structs.replace(m, due_at=message.due_at) for m in (*later, *before) if m.key not in known
    )


def still_wanted(message: Message, now: Moment) -> bool:
    """Whether a planned `message` ought to be out at `now`."""
    too_late = message.wording in OFFS and now - message.due_at > WORTH_SAYING
    return message.due_at <= now and not too_late


def unsaid(state: CareState, press: str, now: Moment) -> bool:
    """Whether somebody who was called for `press` may still have to hear that it is off."""
    if any(now - message.due_at <= WORTH_SAYING for message in of_press(state, press)):
        return True
    silent = (sent for sent in sent_of(state, press).values() if sent.fate is None)
    return any(now - sent.tried_at <= ANSWER_WITHIN for sent in silent)


def of_press(state: CareState, press: str) -> Iterator[Message]:
    """The messages of one press, or of one "alone" or offer by its name, that have a moment."""
    alert = state.alerts.by_press.get(press)
    if alert is not None:
        yield from _of_alert(state, alert)
    for owner, alone in state.beside.alones.items():
        if alone.name == press:
            yield from _of_alone(state, owner, alone)
    for person, offer in state.aftercare.offers.items():
        if offer.name == press:
            yield from _of_offer(state, person, offer)
    for person, news in state.notes.news.items():
        if news.name == press:
            yield from _of_news(state, person, news)


def _planned(state: CareState) -> Iterator[Message]:
    for alert in state.alerts.by_press.values():
        yield from _of_alert(state, alert)
    for owner, alone in state.beside.alones.items():
        yield from _of_alone(state, owner, alone)
    for person, offer in state.aftercare.offers.items():
        yield from _of_offer(state, person, offer)
    for person, news in state.notes.news.items():
        yield from _of_news(state, person, news)


def _of_alert(state: CareState, alert: Alert) -> Iterator[Message]:
    if alert.end is None and alert.coming is None:
        for to in alert.called:
            if not alert.seen_this_turn(to) and is_called(state, alert, to):
                yield from _call(state, alert, to)
    if alert.unanswered and not alert.hidden:
        yield from _unreached(state, alert)
    told = dict.fromkeys((*alert.calls, *(sent.to for sent in alert.earlier)))
    for to in told:
        off = _off_since(alert, to)
        if off is not None:
            yield from _let_go(state, alert, to, off)


def _call(state: CareState, alert: Alert, to: str) -> Iterator[Message]:
    contacts, step = state.terms.contacts_of(to), alert.calls[to]
    wording = call_wording(alert, to)
    messages = {m.index: m for m in messages_of(state, alert, to, step, wording)}
    start, patience = alert.called_at[to], alert.times.receipt_after
    yield from _due(contacts, messages, alert.messages, start, patience)


def _unreached(state: CareState, alert: Alert) -> Iterator[Message]:
    """To the presser's own contacts, text only: a phone that rings may give them away."""
    contacts = state.terms.contacts_of(alert.person)
    messages = {
        m.index: m for m in messages_of(state, alert, alert.person, Rung.VOICE, Wording.UNREACHED)
    }
    yield from _due(contacts, messages, alert.messages, alert.voice_at, 0.0)


def _due(
    contacts: Iterable[Contact],
    messages: Mapping[int, Message],
    known: Mapping[str, Sent],
    start: float,
    patience: float,
) -> Iterator[Message]:
    """Those of `messages` that have their turn and were not tried, each with its moment."""

    def sent_by(index: int) -> Sent | None:
        return known.get(messages[index].key)

    ways = [(index, contact) for index, contact in enumerate(contacts) if index in messages]
    for index, at in turns(ways, sent_by, start, patience):
        if messages[index].key not in known:
            yield structs.replace(messages[index], due_at=at)


def _off_since(alert: Alert, to: str) -> tuple[float, Wording] | None:
    """Since when `to` may stand down, and why; None while they are needed, or are there."""
    if to in alert.released:
        return alert.released[to], Wording.STAND_DOWN
    if alert.end is End.CANCELLED:
        return alert.ended_at, Wording.TAKEN_BACK
    if alert.end is not None:
        return None if to == alert.arrived else (alert.ended_at, Wording.STAND_DOWN)
    if alert.coming is None or alert.coming == to:
        return None
    return alert.coming_at, Wording.STAND_DOWN


def _let_go(
    state: CareState, alert: Alert, to: str, off: tuple[float, Wording]
) -> Iterator[Message]:
    """Whoever was reached by some way hears once, by such a way, that they may stand down."""
    since, wording = off
    theirs = [s for s in (*alert.earlier, *alert.messages.values()) if s.to == to]
    reached = [s for s in theirs if s.wording in CALLS and s.through]
    if not reached:
        return
    called_at = max(sent.tried_at for sent in reached)
    told = [s for s in theirs if s.wording in OFFS and s.tried_at >= called_at]
    given_up = [sent.gave_up_at for sent in told]
    if any(at is None for at in given_up):
        return
    start = max((at for at in given_up if at is not None), default=max(since, called_at))
    step = alert.calls.get(to, alert.rung)
    ways = {(sent.index, sent.channel) for sent in reached}
    messages = [
        m
        for m in messages_of(state, alert, to, step, wording)
        if (m.index, m.channel) in ways and m.key not in alert.messages
    ]
    first = min(messages, key=lambda m: (_OFF_BY.index(m.channel), m.index), default=None)
    if first is not None:
        yield structs.replace(first, due_at=start)


def _of_alone(state: CareState, owner: str, alone: Alone) -> Iterator[Message]:
    """To the first of the circle, unless somebody is with them; it is no distress."""
    first = first_to_look(state, owner, alone)
    if alone.look_at is None or not first or _beside(state, owner):
        return
    contacts = state.terms.contacts_of(first)
    messages = {m.index: m for m in look_messages(state, owner, first, alone)}
    due = _due(contacts, messages, alone.messages, alone.look_at, LOOK_PATIENCE)
    yield from (message for message in due if message.due_at < alone.until)


def _of_offer(state: CareState, person: str, offer: Offer) -> Iterator[Message]:
    """To themselves, if they wished it, while they have not put it away."""
    hour = state.aftercare.hours.get(person)
    if hour is None or not hour.told:
        return
    contacts = state.terms.contacts_of(person)
    messages = {m.index: m for m in offer_messages(state, person, offer)}
    due = _due(contacts, messages, offer.messages, offer.at, LOOK_PATIENCE)
    yield from (message for message in due if message.due_at < offer.at + OFFER_LASTS)


def _of_news(state: CareState, person: str, news: News) -> Iterator[Message]:
    """To themselves, who wished it, while they have not looked."""
    contacts, start = state.terms.contacts_of(person), news.at + NEWS_AFTER
    messages = {m.index: m for m in news_messages(state, person, news)}
    due = _due(contacts, messages, news.messages, start, LOOK_PATIENCE)
    yield from (message for message in due if message.due_at < news.at + OFFER_LASTS)


def first_to_look(state: CareState, owner: str, alone: Alone) -> str:
    """Who is asked to look after `owner`, "" for nobody."""
    here = (t for t in alone.order if not state.leaves.rests(t))
    return next((t for t in here if _may_come(state, owner, t)), "")


def _beside(state: CareState, owner: str) -> bool:
    said = state.beside.withs.get(owner, {})
    return any(_may_come(state, owner, trusted) for trusted in said)


def _may_come(state: CareState, owner: str, trusted: str) -> bool:
    admitted = state.terms.of(owner).near.admits(trusted)
    return admitted and trusted in state.circles.agreed(owner)


def _rank(message: Message) -> tuple[bool, float, int, int, str]:
    way = tuple(Channel).index(message.channel)
    return not message.distress, message.due_at, way, message.index, message.key


def _climbed(state: CareState, at: Moment) -> CareState:
    """The state once every ladder stands where the clock is at `at`."""
    for alert in state.alerts.by_press.values():
        rung = rung_at(alert.times, at - alert.since)
        if alert.climbing and rung > alert.rung:
            state = evolve(state, RungReached(at, alert.person, alert.press, rung))
    return state


def _carried(state: CareState, message: Message, at: Moment) -> CareState:
    """The state once `message` was handed over and taken."""
    tried = MessageTried(
        at,
        message.person,
        message.press,
        message.key,
        message.to,
        message.channel,
        message.index,
        message.wording,
    )
    taken = MessageEnded(at, message.person, message.press, message.key, Fate.ACCEPTED)
    return evolve(evolve(state, tried), taken)
