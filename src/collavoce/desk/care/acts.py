"""What a page says, turned into the command of the person whose device said it.

The body names the act and never the actor: that comes from the device's cookie.
"""

from typing import Annotated

import msgspec

from collavoce.care.circle import CIRCLE_MAX
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    ForgetDevice,
    ForgetOthers,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
)

PressId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
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


Act = Press | Cancel | Over | Shown | Coming | With | WriteCircle | Reply | ForgetThis | ForgetRest
_acts = msgspec.json.Decoder(Act)


def read_act(body: bytes) -> Act | None:
    """The act in `body`; None if it is none."""
    try:
        return _acts.decode(body)
    except msgspec.DecodeError:
        return None


def command(act: Act, person: str, device: str) -> AnyCommand:
    """What `person` asks for by `act` on `device`."""
    match act:
        case WriteCircle():
            return SetCircle(person, act.order, act.second_after)
        case Reply():
            return AnswerRequest(person, act.owner, act.agrees)
        case ForgetThis():
            return ForgetDevice(person, device)
        case ForgetRest():
            return ForgetOthers(person, device)
        case _:
            return _of_a_press(act, person)


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
