"""What a person settles for themself: whom to call, when, who may come near, by what ways."""

from typing import Annotated

import msgspec

from collavoce.care.channels import CONTACTS_MAX, Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
)
from collavoce.care.near import GENDER_CHARACTERS_MAX, GENDERS_MAX, NAMED_MAX, Kind, Near
from collavoce.desk.care.acts_shapes import Circle, PersonId, PersonOrNobody, Seconds, Word
from collavoce.desk.care.secret_words import word_hash

ADDRESS_MAX = 600
"""Characters; the longest is a push subscription."""

Gender = Annotated[str, msgspec.Meta(min_length=1, max_length=GENDER_CHARACTERS_MAX)]


class WriteCircle(msgspec.Struct, frozen=True, tag=True):
    """My circle is now this."""

    order: Circle
    second_after: float


class Reply(msgspec.Struct, frozen=True, tag=True):
    """They may reach me, or may not."""

    owner: PersonId
    agrees: bool


class WriteLadder(msgspec.Struct, frozen=True, tag=True):
    """The later times of my ladder, in seconds from the press, and who stands at its end."""

    receipt_after: Seconds
    all_after: Seconds
    voice_after: Seconds
    last_resort: PersonOrNobody = ""


class WriteNear(msgspec.Struct, frozen=True, tag=True):
    """Who may come near me."""

    kind: Kind
    ids: Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=NAMED_MAX)] = ()
    genders: Annotated[tuple[Gender, ...], msgspec.Meta(max_length=GENDERS_MAX)] = ()
    but: Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=NAMED_MAX)] = ()


class WriteOpening(msgspec.Struct, frozen=True, tag=True):
    """Whether others may open my ladder when I cannot press."""

    hand: bool
    breach: bool


class WriteWords(msgspec.Struct, frozen=True, tag=True):
    """The words that take a press back, and only seem to; both "" for no words."""

    cancel: Word = ""
    duress: Word = ""


class ContactWritten(msgspec.Struct, frozen=True):
    """A way to me besides my page."""

    channel: Channel
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=ADDRESS_MAX)]


class WriteContacts(msgspec.Struct, frozen=True, tag=True):
    """By what else I may be called, in order."""

    contacts: Annotated[tuple[ContactWritten, ...], msgspec.Meta(max_length=CONTACTS_MAX)]


OfTerms = WriteCircle | Reply | WriteLadder | WriteNear | WriteOpening | WriteWords | WriteContacts


def terms_command(act: OfTerms, person: str) -> AnyCommand:
    """What `person` asks for by `act`."""
    match act:
        case WriteCircle():
            return SetCircle(person, act.order, act.second_after)
        case Reply():
            return AnswerRequest(person, act.owner, act.agrees)
        case WriteLadder():
            return SetLadder(
                person, act.receipt_after, act.all_after, act.voice_after, act.last_resort
            )
        case WriteNear():
            return SetNear(person, Near(act.kind, act.ids, act.genders, act.but))
        case WriteOpening():
            return SetOpening(person, act.hand, act.breach)
        case WriteWords():
            return SetWords(person, word_hash(act.cancel), word_hash(act.duress))
        case WriteContacts():
            contacts = tuple(Contact(way.channel, way.address.strip()) for way in act.contacts)
            return SetContacts(person, contacts)
