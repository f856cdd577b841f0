"""The check-in after the show: what I answer, when I am asked, and whom a rule of mine tells."""

from typing import Annotated, Final, Literal

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.care.states.checkin import DELAY_MAX_MIN, OFF, Said
from collavoce.care.states.circle import CIRCLE_MAX
from collavoce.desk.care.acts_shapes import PersonId, PressId
from collavoce.desk.care.checkinhand import CheckInHand
from collavoce.runtime.care.kept.checkin.own_rules import Rule

ANSWERS: Final = {1: Said.FINE, 2: Said.TIRED, 3: Said.LATER, 4: Said.ALONE, 5: Said.COME}
"""By their key on the page. Each is one letter on its way, so that its length tells nothing."""

Minutes = Annotated[int, msgspec.Meta(ge=OFF, le=DELAY_MAX_MIN)]
Answers = Annotated[tuple[Said, ...], msgspec.Meta(max_length=len(Said))]
Persons = Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=CIRCLE_MAX)]


class SayCheckIn(msgspec.Struct, frozen=True, tag=True):
    """My answer. key: drawn for it. "come" is said besides the press, which goes its own way."""

    said: Literal[1, 2, 3, 4, 5]
    key: PressId


class ChooseDelay(msgspec.Struct, frozen=True, tag=True):
    """Ask me so many minutes after the end; -1 for never."""

    minutes: Minutes


class AddRule(msgspec.Struct, frozen=True, tag=True):
    """If I say one of these, let these persons know which. rule: its id, drawn by the page."""

    rule: PressId
    answers: Answers
    persons: Persons


class DropRule(msgspec.Struct, frozen=True, tag=True):
    """Use this rule no more."""

    rule: PressId


class PutTold(msgspec.Struct, frozen=True, tag=True):
    """Put away what somebody let me know."""

    key: PressId


OfCheckIn = SayCheckIn | ChooseDelay | AddRule | DropRule | PutTold


def checkin_act(act: OfCheckIn, hand: CheckInHand, person: str, token: str) -> Outcome:
    """Carry out `act` for `person`, whose phone's token this is."""
    match act:
        case SayCheckIn(said=said, key=key):
            return hand.answer(person, token, ANSWERS[said], key)
        case ChooseDelay(minutes=minutes):
            return hand.choose_delay(person, minutes)
        case AddRule():
            return hand.add_rule(token, Rule(act.rule, act.answers, act.persons))
        case DropRule(rule=rule):
            return hand.drop_rule(token, rule)
        case PutTold(key=key):
            return hand.put_away(token, key)
