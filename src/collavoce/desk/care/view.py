"""Everything one person's page shows of care, from one state. Same state, same view.

Persons, exits and zones go by their ids, whose names the page holds: a frame stays short, and what
is in it is either about this person or not there at all.
"""

from collections.abc import Mapping

from collavoce.care.reached.calling import order_of, with_them
from collavoce.care.reached.outbox import first_to_look
from collavoce.care.reached.standing import Call, Feedback, Standing, calls, standing, was_met
from collavoce.care.rules.recovering import asked_of
from collavoce.care.states.circle import Answer
from collavoce.desk.care.stagehand import CareStagehand

View = dict[str, object]
"""A part of a page: plain JSON."""

GONE = "gone"
"""In a circle, and not in the show any more, or not tonight: not called, and not forgotten."""

CALLS_SHOWN = 3
"""Calls on one page at a time; those that need someone first, the next when one is done."""

WAYS_SHOWN = 3
"""Messages by other channels that a presser is told of, the latest."""

ASKED_SHOWN = 12
TRUSTING_SHOWN = 12


def phone_view(hand: CareStagehand, person: str) -> View:
    """The page of `person` now. Ages are whole seconds."""
    state, now = hand.state(), hand.moment()
    mine = standing(state, person, hand.reachable(), now)
    circle = state.circles.of(person)
    asked = state.circles.answers.get(person, {})
    return {
        "press": _press_view(hand, person, mine),
        "calls": [_call_view(hand, call) for call in calls(state, person, now)[:CALLS_SHOWN]],
        "circle": {
            "order": [
                {"id": trusted, "is": _stands(hand, person, trusted)} for trusted in circle.order
            ],
            "second_after": circle.times.second_after,
        },
        "asked": [{"id": owner, "is": is_} for owner, is_ in _by_need(asked)[:ASKED_SHOWN]],
        "alone": _alone_view(hand, person),
        "after": person in state.aftercare.offers,
        # Whoever presses, or was just answered, is asked nothing.
        "checkin": mine.feedback is Feedback.NONE and state.checkins.stands(person, now),
        "trust": [
            _trust_view(hand, owner, person)
            for owner, answer in asked.items()
            if answer is Answer.AGREED
        ][:TRUSTING_SHOWN],
        "phones": len(state.pairings.devices_of(person)),
        "waiting": [
            {"id": device, "number": waiting.number}
            for device, waiting in state.pairings.waiting_for(person, now).items()
        ],
        "lost": [
            {"owner": lost.owner, "device": lost.device, "number": lost.number, "said": lost.said}
            for lost in asked_of(state, person, now)
        ],
        "recovery": person in state.pairings.recoveries,
        "line": hand.line_view(person),
    }


def _stands(hand: CareStagehand, owner: str, trusted: str) -> str:
    """How `trusted` stands in the circle of `owner`: their answer, or "gone" from the show."""
    if trusted not in hand.people:
        return GONE
    return hand.state().circles.answer(owner, trusted) or Answer.ASKED


def waiting_view(number: int) -> View:
    """The page of a phone that waits. Only its own number: it is the same whoever it waits for."""
    return {"number": number}


def _press_view(hand: CareStagehand, person: str, mine: Standing) -> View:
    return {
        "is": mine.feedback,
        "press": mine.press,
        "who": mine.who,
        "age": int(mine.age),
        "cancel": mine.can_cancel,
        "how": mine.how,
        "place": hand.said_where(mine.press),
        "word": bool(hand.state().terms.of(person).cancel_word),
        "ways": [
            {"to": way.to, "channel": way.channel, "fate": way.fate or "tried"}
            for way in mine.ways[-WAYS_SHOWN:]
        ],
    }


def _call_view(hand: CareStagehand, call: Call) -> View:
    return {
        "key": call.key,
        "press": call.press,
        "owner": call.owner,
        "is": call.state,
        "age": int(call.age),
        "shown": call.shown,
        "how": call.how,
        "duress": call.duress,
        "last": call.stand_back,
        "place": hand.where(call.press, call.owner),
        "said": bool(hand.said_where(call.press)),
    }


def _alone_view(hand: CareStagehand, person: str) -> View:
    """left: seconds, None if they are not alone; with: who is with them, "" for nobody.

    away : they are shown as not available since somebody came to their press, or by their word.
    """
    state, now = hand.state(), hand.moment()
    alone = state.beside.alone(person, now)
    beside = with_them(hand.people, state, person, state.beside.with_of(person, now))
    left = None if alone is None else max(0, int(alone.until - now))
    away = was_met(state, person, now) or state.leaves.stands(person)
    return {"left": left, "with": next(iter(beside), ""), "away": away}


def _trust_view(hand: CareStagehand, owner: str, person: str) -> View:
    """How `owner` stands, for `person` who agreed; of a circle they are not in they see nothing."""
    state, now = hand.state(), hand.moment()
    order = order_of(hand.people, state, owner)
    said = state.beside.with_of(owner, now)
    alone = state.beside.alone(owner, now) if person in order else None
    beside = with_them(hand.people, state, owner, said) if person in order else ()
    return {
        "id": owner,
        "alone": None if alone is None else max(0, int(alone.until - now)),
        "look": alone is not None
        and alone.looked_for(now)
        and first_to_look(state, owner, alone) == person,
        "with": person if person in said else next(iter(beside), ""),
    }


def _by_need(asked: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    """Unanswered first, then those agreed to, then those declined."""
    rank = {Answer.ASKED: 0, Answer.AGREED: 1, Answer.DECLINED: 2}
    return sorted(asked.items(), key=lambda item: rank[item[1]])
