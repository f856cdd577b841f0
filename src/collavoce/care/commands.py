"""What may be asked of care. Commands ask; `decide` answers with events or a refusal.

Who asks is part of the command and comes from the paired device, never from the page's words.
"""

from collavoce.care.asked.aftercare import (
    AftercareCommand,
    AnswerAftercare,
    DateAftercare,
    OfferAftercare,
    OweAftercare,
    SetAftercare,
)
from collavoce.care.asked.base import Command
from collavoce.care.asked.buttons import (
    AddButton,
    AddPad,
    ButtonCommand,
    ForgetButton,
)
from collavoce.care.asked.checkin import (
    AnswerCheckIn,
    AskWhoIsDue,
    CheckInCommand,
    HearEvening,
    SetCheckIn,
)
from collavoce.care.asked.circle import (
    AnswerRequest,
    CircleCommand,
    SetCircle,
)
from collavoce.care.asked.company import (
    CompanyCommand,
    EndWith,
    SayAlone,
    SayBack,
    StartWith,
)
from collavoce.care.asked.found import (
    AgreeSmallPool,
    FoundCommand,
    PutFoundAway,
    RevealFound,
    TickFound,
    UntickFound,
)
from collavoce.care.asked.keys import (
    GiveShares,
    KeyCommand,
    SetRouting,
    Vouch,
)
from collavoce.care.asked.leave import (
    KeepBack,
    LeaveCommand,
    LetKnow,
    ReadKnown,
    SayAway,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.asked.letters import (
    DeliverLetter,
    EndInvitation,
    ForgetLetter,
    HeedSigns,
    Invite,
    LettersCommand,
    OpenLetter,
    SealLetter,
    SeeSign,
    WithdrawLetter,
)
from collavoce.care.asked.meets import MeetsCommand, ReleaseCue, TakeBackRelease
from collavoce.care.asked.messages import (
    MessageCommand,
    RecordFate,
    RecordTry,
)
from collavoce.care.asked.notes import (
    NotesCommand,
    OpenNote,
    SeePost,
    SendNote,
    SetPost,
    ShowNote,
    WithdrawNote,
)
from collavoce.care.asked.pairing import (
    ConfirmDevice,
    DenyDevice,
    ForgetDevice,
    ForgetOthers,
    OfferCode,
    PairDevice,
    PairingCommand,
    RecoverDevice,
    SetRecovery,
)
from collavoce.care.asked.press import (
    CancelAlert,
    Climb,
    ConfirmShown,
    EndAlert,
    HandOver,
    HelperCommand,
    PresserCommand,
    RaiseAlert,
    SayComing,
    SayWith,
)
from collavoce.care.asked.song import (
    AgreeSong,
    OfferSong,
    ProposeSong,
    SettleSong,
    SongCommand,
    WithdrawSong,
)
from collavoce.care.asked.terms import (
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
    TermsCommand,
)

__all__ = [
    "AddButton",
    "AddPad",
    "AftercareCommand",
    "AgreeSmallPool",
    "AgreeSong",
    "AnswerAftercare",
    "AnswerCheckIn",
    "AnswerRequest",
    "AnyCommand",
    "AskWhoIsDue",
    "ButtonCommand",
    "CancelAlert",
    "CheckInCommand",
    "CircleCommand",
    "Climb",
    "Command",
    "CompanyCommand",
    "ConfirmDevice",
    "ConfirmShown",
    "DateAftercare",
    "DeliverLetter",
    "DenyDevice",
    "EndAlert",
    "EndInvitation",
    "EndWith",
    "ForgetButton",
    "ForgetDevice",
    "ForgetLetter",
    "ForgetOthers",
    "FoundCommand",
    "GiveShares",
    "HandOver",
    "HearEvening",
    "HeedSigns",
    "HelperCommand",
    "Invite",
    "KeepBack",
    "KeyCommand",
    "LeaveCommand",
    "LetKnow",
    "LettersCommand",
    "MeetsCommand",
    "MessageCommand",
    "NotesCommand",
    "OfferAftercare",
    "OfferCode",
    "OfferSong",
    "OpenLetter",
    "OpenNote",
    "OweAftercare",
    "PairDevice",
    "PairingCommand",
    "PresserCommand",
    "ProposeSong",
    "PutFoundAway",
    "RaiseAlert",
    "ReadKnown",
    "RecordFate",
    "RecordTry",
    "RecoverDevice",
    "ReleaseCue",
    "RevealFound",
    "SayAlone",
    "SayAway",
    "SayBack",
    "SayComing",
    "SayDone",
    "SayReturn",
    "SayStill",
    "SayWith",
    "SealLetter",
    "SeePost",
    "SeeSign",
    "SendNote",
    "SetAftercare",
    "SetCheckIn",
    "SetCircle",
    "SetContacts",
    "SetLadder",
    "SetNear",
    "SetOpening",
    "SetPost",
    "SetRecovery",
    "SetRouting",
    "SetWords",
    "SettleSong",
    "ShowNote",
    "SongCommand",
    "StartWith",
    "TakeBackRelease",
    "TermsCommand",
    "TickFound",
    "UntickFound",
    "Vouch",
    "WithdrawLetter",
    "WithdrawNote",
    "WithdrawSong",
]

AnyCommand = (
    PairingCommand
    | KeyCommand
    | CircleCommand
    | TermsCommand
    | PresserCommand
    | HelperCommand
    | CompanyCommand
    | MessageCommand
    | ButtonCommand
    | AftercareCommand
    | CheckInCommand
    | LeaveCommand
    | FoundCommand
    | MeetsCommand
    | LettersCommand
    | NotesCommand
    | SongCommand
    | Climb
)
