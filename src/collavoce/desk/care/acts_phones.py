"""Which phones speak for me, and how a lost one is replaced."""

from typing import Annotated

import msgspec

from collavoce.care.commands import (
    AnyCommand,
    ConfirmDevice,
    DenyDevice,
    ForgetDevice,
    ForgetOthers,
    GiveShares,
    RecoverDevice,
    SetRecovery,
    Vouch,
)
from collavoce.care.recovery import normal
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.access import Device
from collavoce.desk.care.acts_shapes import Circle, DeviceId


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


class Holders(msgspec.Struct, frozen=True, tag=True):
    """Any two of these let a lost phone of mine back in; none withdraws it."""

    ids: Circle


class Theirs(msgspec.Struct, frozen=True, tag=True):
    """The phone that waits is a lost person's whose holder I am; I compared the number."""

    device: DeviceId
    number: Annotated[int, msgspec.Meta(ge=10, le=99)]


OfPhones = Mine | NotMine | NewRecovery | Recover | Holders | Theirs | ForgetThis | ForgetRest


def phone_command(act: OfPhones, device: Device, fresh: str) -> AnyCommand:
    """What the person of `device` asks for. fresh: a new recovery code, should they."""
    person = device.person
    match act:
        case Mine():
            return ConfirmDevice(person, device.hash, act.device)
        case NotMine():
            return DenyDevice(person, device.hash, act.device)
        case NewRecovery():
            return SetRecovery(person, device.hash, secret_hash(normal(fresh)))
        case Recover():
            return RecoverDevice(device.hash, secret_hash(normal(act.code)))
        case Holders():
            return GiveShares(person, act.ids)
        case Theirs():
            return Vouch(person, act.device, act.number)
        case ForgetThis():
            return ForgetDevice(person, device.hash)
        case ForgetRest():
            return ForgetOthers(person, device.hash)
