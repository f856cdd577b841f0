"""The messages there could be: for each person, step and contact one, under a key of its own.

Which of them ought to be out, and when, is asked in `outbox.py`; here each has the moment 0.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from collavoce.care.channels import OFFS, Channel, Message, Wording
from collavoce.care.ladder import Rung
from collavoce.care.state import CareState
from collavoce.care.states.aftercare import Offer
from collavoce.care.states.alert import Alert
from collavoce.care.states.beside import Alone
from collavoce.care.states.notes import News
from collavoce.care.states.sent import Sent

KEY_CHARACTERS = 32
"""Hexadecimal: 128 bits of a hash, so that no two messages ever share a key."""


def messages_of(
    state: CareState, alert: Alert, to: str, step: Rung, wording: Wording
) -> Iterator[Message]:
    """One message for each contact of `to`, without a moment."""
    for index, contact in enumerate(state.terms.contacts_of(to)):
        if wording is Wording.UNREACHED and contact.channel is Channel.VOICE:
            continue
        key = _key(alert.press, to, f"{step.value}.{alert.turn}.{index}", wording)
        yield Message(
            key,
            alert.press,
            alert.person,
            to,
            contact.channel,
            contact.address,
            wording,
            0.0,
            index=index,
        )


def look_messages(state: CareState, owner: str, to: str, alone: Alone) -> Iterator[Message]:
    """One message for each contact of `to` that is asked to look."""
    yield from _quiet(state, owner, to, alone.name, Wording.LOOK)


def offer_messages(state: CareState, person: str, offer: Offer) -> Iterator[Message]:
    """One message for each contact of `person`, to themselves."""
    yield from _quiet(state, person, person, offer.name, Wording.AFTERCARE)


def news_messages(state: CareState, person: str, news: News) -> Iterator[Message]:
    """One message for each contact of `person`, to themselves."""
    yield from _quiet(state, person, person, news.name, Wording.NEWS)


def _quiet(
    state: CareState, person: str, to: str, name: str, wording: Wording
) -> Iterator[Message]:
    """One message for each contact of `to`; it is no distress, and no phone rings for it."""
    for index, contact in enumerate(state.terms.contacts_of(to)):
        if contact.channel is not Channel.VOICE:
            yield Message(
                _key(name, to, str(index), wording),
                name,
                person,
                to,
                contact.channel,
                contact.address,
                wording,
                0.0,
                distress=False,
                index=index,
            )


def possible(state: CareState, press: str) -> Iterator[Message]:
    """Every message that could leave for `press` as things stand, tried or not, at any rung."""
    alert = state.alerts.by_press.get(press)
    if alert is None:
        found = ((o, a) for o, a in state.beside.alones.items() if a.name == press)
        for owner, alone in found:
            for to in alone.order:
                yield from look_messages(state, owner, to, alone)
        offers = ((p, o) for p, o in state.aftercare.offers.items() if o.name == press)
        for person, offer in offers:
            yield from offer_messages(state, person, offer)
        written = ((p, n) for p, n in state.notes.news.items() if n.name == press)
        for person, news in written:
            yield from news_messages(state, person, news)
        return
    everybody = dict.fromkeys((*alert.order, alert.last, *alert.calls))
    for to in filter(None, everybody):
        step = alert.calls.get(to)
        wordings = (call_wording(alert, to), *sorted(OFFS))
        for rung in Rung if step is None else (step,):
            for wording in wordings:
                yield from messages_of(state, alert, to, rung, wording)
    yield from messages_of(state, alert, alert.person, Rung.VOICE, Wording.UNREACHED)


def sent_of(state: CareState, press: str) -> Mapping[str, Sent]:
    """What went out for a press, or for an "alone" or an offer by its name, by key."""
    alert = state.alerts.by_press.get(press)
    if alert is not None:
        return alert.messages
    quiet = (*state.aftercare.offers.values(), *state.notes.news.values())
    named = (*state.beside.alones.values(), *quiet)
    return next((one.messages for one in named if one.name == press), {})


def person_of(state: CareState, press: str) -> str:
    """Whose press, "alone" or offer it is; "" if there is none."""
    alert = state.alerts.by_press.get(press)
    if alert is not None:
        return alert.person
    quiet = (*state.aftercare.offers.items(), *state.notes.news.items())
    named = (*state.beside.alones.items(), *quiet)
    return next((owner for owner, one in named if one.name == press), "")


def call_wording(alert: Alert, to: str) -> Wording:
    """What a call says to `to`: the last resort is asked to stand back."""
    return Wording.STAND_BACK if to == alert.last else Wording.CALL


def _key(press: str, to: str, step: str, wording: Wording) -> str:
    """The same for ever, and nobody's name in it."""
    parts = f"{press}\x1f{to}\x1f{step}\x1f{wording}"
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
