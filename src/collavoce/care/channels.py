"""The ways to a person, and what a way can truthfully say of a message.

    page     their open page on the venue's network, no internet; says "delivered" by its receipt
    push     web push; wakes a phone over HTTPS and internet; says "accepted", the page says more
    sms, voice, mail, other   services outside; say "accepted", some say "delivered" later

"Accepted" means that somebody else has it. It is never shown as "delivered".
"""

from enum import StrEnum

import msgspec

CONTACTS_MAX = 6
"""Contacts of one person."""


class Channel(StrEnum):
    """A way to a person, in the order in which they are tried."""

    PAGE = "page"
    PUSH = "push"
    SMS = "sms"
    VOICE = "voice"
    MAIL = "mail"
    OTHER = "other"


class Contact(msgspec.Struct, frozen=True):
    """An address of somebody on a channel other than the page.

    address : push: the subscription as JSON; sms, voice: a number in international form; mail: an
    address; other: an Apprise address.
    """

    channel: Channel
    address: str


class Fate(StrEnum):
    """What became of a message that was handed to a channel."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


class Wording(StrEnum):
    """What a message says; its words are the same for every press of everybody."""

    CALL = "call"
    STAND_BACK = "stand_back"
    STAND_DOWN = "stand_down"
    TAKEN_BACK = "taken_back"
    LOOK = "look"
    UNREACHED = "unreached"
    AFTERCARE = "aftercare"
    NEWS = "news"


CALLS = frozenset({Wording.CALL, Wording.STAND_BACK})
OFFS = frozenset({Wording.STAND_DOWN, Wording.TAKEN_BACK})


class Message(msgspec.Struct, frozen=True):
    """One message that ought to go out by a channel other than the page.

    key : names it for ever; the same key is the same message, whoever carries it, and rings once.
    person : whose press it is about, "" for the canary. to : who is to get it.
    due_at : the machine's monotonic clock. distress : goes before everything else, never limited.
    index : which of their contacts, from 0.
    """

    key: str
    press: str
    person: str
    to: str
    channel: Channel
    address: str
    wording: Wording
    due_at: float
    distress: bool = True
    index: int = 0
