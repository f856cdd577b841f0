"""The press, from either end, and being alone or with somebody without one."""

from typing import Annotated

import msgspec

from collavoce.care.commands import (
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    EndWith,
    RaiseAlert,
    SayAlone,
    SayBack,
    SayComing,
    SayWith,
    StartWith,
)
from collavoce.desk.care.acts_shapes import LONGEST_AGO_S, PersonId, PlaceId, PressId, Word
from collavoce.desk.care.secret_words import word_hash

ALONE_MAX_MIN = 240.0
"""Longest time alone that one press asks for; it can be said again as often as one likes."""


class Press(msgspec.Struct, frozen=True, tag=True):
    """The button. ago: seconds since the finger; place: an exit's id, "" for none."""

    press: PressId
    ago: Annotated[float, msgspec.Meta(ge=0.0, le=LONGEST_AGO_S)] = 0.0
    place: PlaceId = ""


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Take the press back. word: as it was typed, "" for none."""

    press: PressId
    word: Word = ""


class Over(msgspec.Struct, frozen=True, tag=True):
    """It is over."""

    press: PressId


class Shown(msgspec.Struct, frozen=True, tag=True):
    """The call stands on this page: the device's receipt."""

    press: PressId


class Coming(msgspec.Struct, frozen=True, tag=True):
    """On the way."""

    press: PressId


class With(msgspec.Struct, frozen=True, tag=True):
    """I am with them."""

    press: PressId


class BeWith(msgspec.Struct, frozen=True, tag=True):
    """I am with them, who have not pressed."""

    owner: PersonId


class NotWith(msgspec.Struct, frozen=True, tag=True):
    """I am with them no more; or, said by themself, nobody need be."""

    owner: PersonId


class Alone(msgspec.Struct, frozen=True, tag=True):
    """I want to be alone. look_after: minutes until my first is asked to look, 0 for never."""

    minutes: Annotated[float, msgspec.Meta(ge=1.0, le=ALONE_MAX_MIN)] = 30.0
    look_after: Annotated[float, msgspec.Meta(ge=0.0, le=ALONE_MAX_MIN)] = 0.0


class Back(msgspec.Struct, frozen=True, tag=True):
    """I am there again."""


OfAPress = Press | Cancel | Over | Shown | Coming | With
OfCompany = BeWith | NotWith | Alone | Back


def press_command(act: OfAPress, person: str) -> AnyCommand:
    """What `person` asks for by `act`."""
    match act:
        case Press():
            return RaiseAlert(person, act.press, act.ago)
        case Cancel():
            return CancelAlert(person, act.press, word_hash(act.word))
        case Over():
            return EndAlert(person, act.press)
        case Shown():
            return ConfirmShown(person, act.press)
        case Coming():
            return SayComing(person, act.press)
        case With():
            return SayWith(person, act.press)


def company_command(act: OfCompany, person: str) -> AnyCommand:
    """What `person` asks for by `act`."""
    match act:
        case BeWith():
            return StartWith(person, act.owner)
        case NotWith():
            return EndWith(person, act.owner)
        case Alone():
            return SayAlone(person, act.minutes, act.look_after)
        case Back():
            return SayBack(person)
