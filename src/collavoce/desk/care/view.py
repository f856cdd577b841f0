"""Everything one person's page shows of care, from one state. Same state, same view.

Persons and exits go by their ids, whose names the page holds: a frame stays short, and what is in
it is either about this person or not there at all.
"""

from collections.abc import Mapping

from collavoce.care.circle import Answer
from collavoce.care.standing import Call, calls, standing
from collavoce.desk.care.stagehand import CareStagehand

View = dict[str, object]
"""A part of a page: plain JSON."""

CALLS_SHOWN = 3
"""Calls on one page at a time; those that need someone first, the next when one is done."""

ASKED_SHOWN = 12


def phone_view(hand: CareStagehand, person: str) -> View:
    """The page of `person` now. Ages are whole seconds."""
    state, now = hand.state(), hand.moment()
    mine = standing(state, person, hand.reachable(), now)
    circle = state.circles.of(person)
    asked = state.circles.answers.get(person, {})
    return {
        "press": {
            "is": mine.feedback,
            "press": mine.press,
            "who": mine.who,
            "age": int(mine.age),
            "cancel": mine.can_cancel,
            "place": hand.said_where(mine.press),
        },
        "calls": [_call_view(hand, call) for call in calls(state, person, now)[:CALLS_SHOWN]],
        "circle": {
            "order": [
                {"id": trusted, "is": state.circles.answer(person, trusted) or Answer.ASKED}
                for trusted in circle.order
            ],
            "second_after": circle.times.second_after,
        },
        "asked": [{"id": owner, "is": is_} for owner, is_ in _by_need(asked)[:ASKED_SHOWN]],
        "phones": len(state.pairings.devices_of(person)),
        "waiting": [
            {"id": device, "number": waiting.number}
            for device, waiting in state.pairings.waiting_for(person, now).items()
        ],
        "recovery": person in state.pairings.recoveries,
    }


def waiting_view(number: int) -> View:
    """The page of a phone that waits. Only its own number: it is the same whoever it waits for."""
    return {"number": number}


def _call_view(hand: CareStagehand, call: Call) -> View:
    return {
        "key": call.key,
        "press": call.press,
        "owner": call.owner,
        "is": call.state,
        "age": int(call.age),
        "shown": call.shown,
        "place": hand.where(call.press, call.owner),
        "said": bool(hand.said_where(call.press)),
    }


def _by_need(asked: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    """Unanswered first, then those agreed to, then those declined."""
    rank = {Answer.ASKED: 0, Answer.AGREED: 1, Answer.DECLINED: 2}
    return sorted(asked.items(), key=lambda item: rank[item[1]])
