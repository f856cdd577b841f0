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
from collavoce.care.asked.keys import (
    GiveShares,
    KeyCommand,
    SetRouting,
    Vouch,
)
from collavoce.care.asked.messages import (
    MessageCommand,
    RecordFate,
    RecordTry,
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
    "AnswerAftercare",
    "AnswerRequest",
    "AnyCommand",
    "ButtonCommand",
    "CancelAlert",
    "CircleCommand",
    "Climb",
    "Command",
    "CompanyCommand",
    "ConfirmDevice",
    "ConfirmShown",
    "DateAftercare",
    "DenyDevice",
    "EndAlert",
    "EndWith",
    "ForgetButton",
    "ForgetDevice",
    "ForgetOthers",
    "GiveShares",
    "HandOver",
    "HelperCommand",
    "KeyCommand",
    "MessageCommand",
    "OfferAftercare",
    "OfferCode",
    "OweAftercare",
    "PairDevice",
    "PairingCommand",
    "PresserCommand",
    "RaiseAlert",
    "RecordFate",
    "RecordTry",
    "RecoverDevice",
    "SayAlone",
    "SayBack",
    "SayComing",
    "SayWith",
    "SetAftercare",
    "SetCircle",
    "SetContacts",
    "SetLadder",
    "SetNear",
    "SetOpening",
    "SetRecovery",
    "SetRouting",
    "SetWords",
    "StartWith",
    "TermsCommand",
    "Vouch",
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
    | Climb
)
