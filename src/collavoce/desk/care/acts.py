"""What a page says, turned into what the person of its device asks for.

The body names the act and never the actor: that comes from the device's cookie. What a device
may say that only waits to be somebody's is decided here, before any state is looked at, so that
its refusals tell it nothing.
"""

from collections.abc import Mapping
from typing import Annotated, TypeGuard

import msgspec

from collavoce.care.commands import AnyCommand
from collavoce.care.events import Refused
from collavoce.desk.care.access import BODY_LIMIT, Device
from collavoce.desk.care.acts_after import OfAftercare, after_command
from collavoce.desk.care.acts_card import CARD_BODY_LIMIT, KeepField, OfCard
from collavoce.desk.care.acts_checkin import OfCheckIn
from collavoce.desk.care.acts_ear import OfTheEar
from collavoce.desk.care.acts_leave import OfLeave
from collavoce.desk.care.acts_letters import (
    LETTER_BODY_LIMIT,
    NOTE_BODY_LIMIT,
    OfThePost,
    SendNote,
    WriteInvitation,
    WriteLetter,
)
from collavoce.desk.care.acts_line import AtTheLine
from collavoce.desk.care.acts_meets import OfMeets
from collavoce.desk.care.acts_music import OfMusic
from collavoce.desk.care.acts_own import Own
from collavoce.desk.care.acts_phones import ForgetThis, OfPhones, Recover, phone_command
from collavoce.desk.care.acts_press import (
    OfAPress,
    OfCompany,
    Press,
    company_command,
    press_command,
)
from collavoce.desk.care.acts_shapes import PressId
from collavoce.desk.care.acts_song import OfSongs
from collavoce.desk.care.acts_takes import OfTakes
from collavoce.desk.care.acts_terms import OfTerms, terms_command
from collavoce.words import say


class Ping(msgspec.Struct, frozen=True, tag=True):
    """Nothing is asked: how long is the way to the desk and back.

    clock : what the phone's own clock says, UTC s, 0 for nothing. shown : messages that stand on
    this page. Every page says it at one pace, whether or not there is anything to say.
    """

    clock: float = 0.0
    shown: Annotated[tuple[PressId, ...], msgspec.Meta(max_length=8)] = ()


Commanding = OfAPress | OfCompany | OfAftercare | OfTerms | OfPhones
"""What becomes a command of care."""

Act = (
    Commanding
    | OfCheckIn
    | OfMusic
    | OfSongs
    | OfCard
    | Own
    | OfTakes
    | OfTheEar
    | AtTheLine
    | OfLeave
    | OfMeets
    | OfThePost
    | Ping
)
_acts: msgspec.json.Decoder[Act] = msgspec.json.Decoder(Act)

LONG_ACTS: Mapping[type, int] = {
    KeepField: CARD_BODY_LIMIT,
    WriteLetter: LETTER_BODY_LIMIT,
    WriteInvitation: NOTE_BODY_LIMIT,
    SendNote: NOTE_BODY_LIMIT,
}
"""What may be longer than `BODY_LIMIT`: the act -> bytes of its body."""

LONGEST_ACT = max(LONG_ACTS.values())


def read_act(body: bytes) -> Act | None:
    """The act in `body`; None if it is none, or longer than such an act may be."""
    try:
        act = _acts.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return act if len(body) <= LONG_ACTS.get(type(act), BODY_LIMIT) else None


def is_command(act: Act) -> TypeGuard[Commanding]:
    """Whether `act` becomes a command of care."""
    return isinstance(act, OfAPress | OfCompany | OfAftercare | OfTerms | OfPhones)


def may_wait(act: Act) -> TypeGuard[Press | Recover | ForgetThis]:
    """Whether a phone that waits may say it: distress is never refused, a code, and to go."""
    return isinstance(act, Press | Recover | ForgetThis)


def command(act: Commanding, device: Device, fresh: str = "") -> AnyCommand | Refused:
    """What the person of `device` asks for by `act`. fresh: a new recovery code, should they."""
    if device.waiting and not may_wait(act):
        return Refused(say("care.refused.waiting"))
    if isinstance(act, Recover) and not device.waiting:
        return Refused(say("care.refused.recovery"))
    if isinstance(act, OfAPress):
        return press_command(act, device.person)
    if isinstance(act, OfCompany):
        return company_command(act, device.person)
    if isinstance(act, OfAftercare):
        return after_command(act, device.person)
    if isinstance(act, OfTerms):
        return terms_command(act, device.person)
    return phone_command(act, device, fresh)
