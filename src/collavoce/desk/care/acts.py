"""What a page says, turned into the command of the person whose device said it.

The body names the act and never the actor: that comes from the device's cookie. What a device
may say that only waits to be somebody's is decided here, before any state is looked at, so that
its refusals tell it nothing.
"""

from typing import Annotated

import msgspec

from collavoce.care.circle import CIRCLE_MAX
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmDevice,
    ConfirmShown,
    DenyDevice,
    EndAlert,
    ForgetDevice,
    ForgetOthers,
    RaiseAlert,
    RecoverDevice,
    SayComing,
    SayWith,
    SetCircle,
    SetRecovery,
)
from collavoce.care.events import Refused
from collavoce.care.pairing import secret_hash
from collavoce.care.recovery import normal
from collavoce.desk.care.access import Device
from collavoce.words import say

PressId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
DeviceId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
PersonId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
LONGEST_AGO_S = 24 * 3600.0


class Press(msgspec.Struct, frozen=True, tag=True):
    """The button. ago: seconds since the finger; place: an exit's id, "" for none."""

    press: PressId
    ago: Annotated[float, msgspec.Meta(ge=0.0, le=LONGEST_AGO_S)] = 0.0
    place: Annotated[str, msgspec.Meta(max_length=100)] = ""


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Take the press back."""

    press: PressId


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


class WriteCircle(msgspec.Struct, frozen=True, tag=True):
    """My circle is now this."""

    order: Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=CIRCLE_MAX + 1)]
    second_after: float


class Reply(msgspec.Struct, frozen=True, tag=True):
    """They may reach me, or may not."""

    owner: PersonId
    agrees: bool


class ForgetThis(msgspec.Struct, frozen=True, tag=True):
    """This phone is mine no more."""


class ForgetRest(msgspec.Struct, frozen=True, tag=True):
    """My other phones are mine no more."""


class Mine(msgspec.Struct, frozen=True, tag=True):
    """The phone that asks to be mine is."""

    device: DeviceId


class NotMine(msgspec.Struct, frozen=True, tag=True):
    """It is not."""

    device: DeviceId


class NewRecovery(msgspec.Struct, frozen=True, tag=True):
    """Show me a recovery code; the one before is void."""


class Recover(msgspec.Struct, frozen=True, tag=True):
    """This is my recovery code; said by a phone that waits."""

    code: Annotated[str, msgspec.Meta(max_length=200)]


Act = (
    Press
    | Cancel
    | Over
    | Shown
    | Coming
    | With
    | WriteCircle
    | Reply
    | Mine
    | NotMine
    | NewRecovery
    | Recover
    | ForgetThis
    | ForgetRest
)
_acts = msgspec.json.Decoder(Act)


def read_act(body: bytes) -> Act | None:
    """The act in `body`; None if it is none."""
    try:
        return _acts.decode(body)
    except msgspec.DecodeError:
        return None


def command(act: Act, device: Device, fresh: str) -> AnyCommand | Refused:
    """What the person of `device` asks for by `act`. fresh: a new recovery code, should they."""
    if device.waiting:
        return _of_a_waiting_phone(act, device)
    person = device.person
    match act:
        case WriteCircle():
            return SetCircle(person, act.order, act.second_after)
        case Reply():
            return AnswerRequest(person, act.owner, act.agrees)
        case Mine():
            return ConfirmDevice(person, device.hash, act.device)
        case NotMine():
            return DenyDevice(person, device.hash, act.device)
        case NewRecovery():
            return SetRecovery(person, device.hash, secret_hash(normal(fresh)))
        case Recover():
            return Refused(say("care.refused.recovery"))
        case ForgetThis():
            return ForgetDevice(person, device.hash)
        case ForgetRest():
            return ForgetOthers(person, device.hash)
        case _:
            return _of_a_press(act, person)


def _of_a_waiting_phone(act: Act, device: Device) -> AnyCommand | Refused:
    """It may press, since distress is never refused; show a recovery code; and go."""
    match act:
        case Press():
            return RaiseAlert(device.person, act.press, act.ago)
        case Recover():
            return RecoverDevice(device.hash, secret_hash(normal(act.code)))
        case ForgetThis():
            return ForgetDevice(device.person, device.hash)
        case _:
            return Refused(say("care.refused.waiting"))


def _of_a_press(act: Press | Cancel | Over | Shown | Coming | With, person: str) -> AnyCommand:
    match act:
        case Press():
            return RaiseAlert(person, act.press, act.ago)
        case Cancel():
            return CancelAlert(person, act.press)
        case Over():
            return EndAlert(person, act.press)
        case Shown():
            return ConfirmShown(person, act.press)
        case Coming():
            return SayComing(person, act.press)
        case With():
            return SayWith(person, act.press)
