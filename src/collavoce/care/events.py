"""What happened in care: facts, past tense, kept sealed in the care store and nowhere else.

`at` is the `Moment` at which the fact was decided. Persons are named by their ids in the show;
codes and devices by the hash of their secret, so that no secret is ever written down. `press` is
the presser's own random id of the press and names the alert.
"""

import msgspec

from collavoce.care.told.aftercare import (
    AftercareAnswered,
    AftercareDue,
    AftercareEvent,
    AftercareOffered,
    AftercareOwed,
    AftercareSet,
)
from collavoce.care.told.base import Event
from collavoce.care.told.buttons import (
    ButtonAdded,
    ButtonEvent,
    ButtonForgotten,
    PadAdded,
)
from collavoce.care.told.circle import (
    CircleEvent,
    CircleSet,
    ConsentGiven,
    ConsentRefused,
)
from collavoce.care.told.company import (
    AloneSaid,
    BackSaid,
    CompanyEvent,
    WithEnded,
    WithStarted,
)
from collavoce.care.told.keys import (
    KeyEvent,
    RecoveryVouched,
    RoutingSet,
    SharesGiven,
)
from collavoce.care.told.opening import (
    CareOpened,
)
from collavoce.care.told.pairing import (
    CodeOffered,
    DeviceForgotten,
    DevicePaired,
    DeviceWaits,
    PairingEvent,
    RecoverySet,
    RecoverySpent,
    WaitEnded,
)
from collavoce.care.told.press import (
    AlertCancelled,
    AlertDated,
    AlertEnded,
    AlertEvent,
    AlertRaised,
    AlertReplaced,
    CallShown,
    DuressSaid,
    HelpArrived,
    HelpComing,
    MessageEnded,
    MessageTried,
    RungReached,
)
from collavoce.care.told.terms import (
    ContactsSet,
    LadderSet,
    NearSet,
    OpeningSet,
    TermsEvent,
    WordsSet,
)

__all__ = [
    "AftercareAnswered",
    "AftercareDue",
    "AftercareEvent",
    "AftercareOffered",
    "AftercareOwed",
    "AftercareSet",
    "AlertCancelled",
    "AlertDated",
    "AlertEnded",
    "AlertEvent",
    "AlertRaised",
    "AlertReplaced",
    "AloneSaid",
    "AnyEvent",
    "BackSaid",
    "ButtonAdded",
    "ButtonEvent",
    "ButtonForgotten",
    "CallShown",
    "CareOpened",
    "CircleEvent",
    "CircleSet",
    "CodeOffered",
    "CompanyEvent",
    "ConsentGiven",
    "ConsentRefused",
    "ContactsSet",
    "Decision",
    "DeviceForgotten",
    "DevicePaired",
    "DeviceWaits",
    "DuressSaid",
    "Event",
    "HelpArrived",
    "HelpComing",
    "KeyEvent",
    "LadderSet",
    "MessageEnded",
    "MessageTried",
    "NearSet",
    "OpeningSet",
    "PadAdded",
    "PairingEvent",
    "RecoverySet",
    "RecoverySpent",
    "RecoveryVouched",
    "Refused",
    "RoutingSet",
    "RungReached",
    "SharesGiven",
    "TermsEvent",
    "Unseen",
    "WaitEnded",
    "WithEnded",
    "WithStarted",
    "WordsSet",
]

AnyEvent = (
    CareOpened
    | PairingEvent
    | KeyEvent
    | CircleEvent
    | TermsEvent
    | CompanyEvent
    | ButtonEvent
    | AftercareEvent
    | AlertEvent
)


class Refused(msgspec.Struct, frozen=True):
    """Why a command was not carried out: a value, in words for the person who asked."""

    why: str


class Unseen(msgspec.Struct, frozen=True):
    """Facts that are kept while whoever asked is answered as if nothing had been done."""

    events: tuple[AnyEvent, ...]
    refused: Refused


Decision = tuple[AnyEvent, ...] | Refused | Unseen
