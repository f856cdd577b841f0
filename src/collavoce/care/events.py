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
from collavoce.care.told.checkin import (
    CheckInAnswered,
    CheckInAsked,
    CheckInEvent,
    CheckInPutOff,
    CheckInSet,
    EveningBegun,
    EveningEvent,
    EveningOver,
    EveningWentOn,
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
from collavoce.care.told.found import (
    FoundEachOther,
    FoundEvent,
    FoundPutAway,
    FoundTicked,
    FoundUnticked,
    SmallPoolAgreed,
)
from collavoce.care.told.keys import (
    KeyEvent,
    RecoveryVouched,
    RoutingSet,
    SharesGiven,
)
from collavoce.care.told.leave import (
    AwaySaid,
    DoneSaid,
    LeaveEvent,
    OfficeRead,
    OfficeTold,
    OfficeUntold,
    ReturnSaid,
    StillAway,
)
from collavoce.care.told.letters import (
    InvitationEnded,
    InvitationMade,
    InvitationPutAway,
    LetterDelivered,
    LetterForgotten,
    LetterOpened,
    LetterSealed,
    LettersEvent,
    LetterWithdrawn,
    SignSeen,
    SignsHeeded,
)
from collavoce.care.told.meets import CueReleased, MeetsEvent, ReleaseTakenBack
from collavoce.care.told.notes import (
    NoteOpened,
    NoteSent,
    NotesEvent,
    NoteShown,
    NoteWithdrawn,
    PostSeen,
    PostSet,
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
from collavoce.care.told.song import (
    SongAgreed,
    SongEvent,
    SongOffered,
    SongProposed,
    SongRecalled,
    SongSettled,
    SongWithdrawn,
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
    "AwaySaid",
    "BackSaid",
    "ButtonAdded",
    "ButtonEvent",
    "ButtonForgotten",
    "CallShown",
    "CareOpened",
    "CheckInAnswered",
    "CheckInAsked",
    "CheckInEvent",
    "CheckInPutOff",
    "CheckInSet",
    "CircleEvent",
    "CircleSet",
    "CodeOffered",
    "CompanyEvent",
    "ConsentGiven",
    "ConsentRefused",
    "ContactsSet",
    "CueReleased",
    "Decision",
    "DeviceForgotten",
    "DevicePaired",
    "DeviceWaits",
    "DoneSaid",
    "DuressSaid",
    "EveningBegun",
    "EveningEvent",
    "EveningOver",
    "EveningWentOn",
    "Event",
    "FoundEachOther",
    "FoundEvent",
    "FoundPutAway",
    "FoundTicked",
    "FoundUnticked",
    "HelpArrived",
    "HelpComing",
    "InvitationEnded",
    "InvitationMade",
    "InvitationPutAway",
    "KeyEvent",
    "LadderSet",
    "LeaveEvent",
    "LetterDelivered",
    "LetterForgotten",
    "LetterOpened",
    "LetterSealed",
    "LetterWithdrawn",
    "LettersEvent",
    "MeetsEvent",
    "MessageEnded",
    "MessageTried",
    "NearSet",
    "NoteOpened",
    "NoteSent",
    "NoteShown",
    "NoteWithdrawn",
    "NotesEvent",
    "OfficeRead",
    "OfficeTold",
    "OfficeUntold",
    "OpeningSet",
    "PadAdded",
    "PairingEvent",
    "PostSeen",
    "PostSet",
    "RecoverySet",
    "RecoverySpent",
    "RecoveryVouched",
    "Refused",
    "ReleaseTakenBack",
    "ReturnSaid",
    "RoutingSet",
    "RungReached",
    "SharesGiven",
    "SignSeen",
    "SignsHeeded",
    "SmallPoolAgreed",
    "SongAgreed",
    "SongEvent",
    "SongOffered",
    "SongProposed",
    "SongRecalled",
    "SongSettled",
    "SongWithdrawn",
    "StillAway",
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
    | CheckInEvent
    | LeaveEvent
    | FoundEvent
    | MeetsEvent
    | LettersEvent
    | NotesEvent
    | SongEvent
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
