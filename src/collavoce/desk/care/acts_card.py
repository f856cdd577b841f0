"""What a person does with their card: write a field, share it, take it back, look it over.

To give takes one act a person, however many fields; to take back never takes more.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

import msgspec

from collavoce.care.card import FIELD_CHARACTERS_MAX, REVIEW_MAX, SHARED_MAX, Effect, Field
from collavoce.care.events import Refused
from collavoce.care.outcome import Outcome
from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.cardhand import CardHand
from collavoce.words import say

CARD_BODY_LIMIT: Final = 16 * 1024
"""Bytes of `KeepField`: a thousand characters of any script, escaped, and everybody's names."""

Day = Annotated[str, msgspec.Meta(pattern=r"^(?:|[0-9]{4}-[0-9]{2}-[0-9]{2})\Z")]
Words = Annotated[str, msgspec.Meta(max_length=FIELD_CHARACTERS_MAX)]
Fields = Annotated[tuple[Field, ...], msgspec.Meta(min_length=1, max_length=len(Field))]


class ReaderNamed(msgspec.Struct, frozen=True):
    """Somebody who may read. until: the last day, "" for no end."""

    person: PersonId
    until: Day = ""


class KeepField(msgspec.Struct, frozen=True, tag=True):
    """This field is now so. words: null leaves them; share, stop: who may read it now, who no more.

    Whoever is named in neither stays as they are, so that an old page gives nothing back.
    """

    field: Field
    words: Words | None = None
    share: Annotated[tuple[ReaderNamed, ...], msgspec.Meta(max_length=SHARED_MAX)] = ()
    stop: Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=SHARED_MAX)] = ()


class KeepAvoids(msgspec.Struct, frozen=True, tag=True):
    """Of these kinds of effect I would be told first."""

    effects: Annotated[tuple[Effect, ...], msgspec.Meta(max_length=len(Effect))]


class ShareFields(msgspec.Struct, frozen=True, tag=True):
    """Let them read these fields of mine."""

    person: PersonId
    fields: Fields
    until: Day = ""


class StopField(msgspec.Struct, frozen=True, tag=True):
    """They may not read this field any more."""

    person: PersonId
    field: Field


class StopWith(msgspec.Struct, frozen=True, tag=True):
    """They may read nothing of mine any more."""

    person: PersonId


class TakeCardBack(msgspec.Struct, frozen=True, tag=True):
    """Nobody may read anything of my card any more."""


class LookedOver(msgspec.Struct, frozen=True, tag=True):
    """It is still so."""


class ReviewEvery(msgspec.Struct, frozen=True, tag=True):
    """After how many days I want to look it over again, 0 for never."""

    days: Annotated[int, msgspec.Meta(ge=0, le=REVIEW_MAX)]


OfCard = (
    KeepField
    | KeepAvoids
    | ShareFields
    | StopField
    | StopWith
    | TakeCardBack
    | LookedOver
    | ReviewEvery
)


def card_act(act: OfCard, hand: CardHand, token: str) -> Outcome:
    """Carry out `act` for the phone of `token`."""
    match act:
        case KeepField():
            share = _days(act.share)
            if isinstance(share, Refused):
                return share
            return hand.keep_field(token, act.field, act.words, share, act.stop)
        case KeepAvoids():
            return hand.keep_avoids(token, act.effects)
        case ShareFields():
            until = _days((ReaderNamed(act.person, act.until),))
            if isinstance(until, Refused):
                return until
            return hand.share(token, act.person, act.fields, until[act.person])
        case StopField():
            return hand.stop(token, act.field, act.person)
        case StopWith():
            return hand.stop_with(token, act.person)
        case TakeCardBack():
            return hand.take_back(token)
        case LookedOver():
            return hand.looked_over(token)
        case ReviewEvery():
            return hand.review_every(token, act.days)


def _days(readers: Iterable[ReaderNamed]) -> dict[str, int | None] | Refused:
    """Person -> the last day, None for no end; refused if one is no day of any calendar."""
    try:
        return {
            one.person: date.fromisoformat(one.until).toordinal() if one.until else None
            for one in readers
        }
    except ValueError:
        return Refused(say("card.refused.no_day"))
