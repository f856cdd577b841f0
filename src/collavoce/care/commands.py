"""What may be asked of care. Commands ask; `decide` answers with events or a refusal.

Who asks is part of the command and comes from the paired device, never from the page's words.
"""

import msgspec


class Command(msgspec.Struct, frozen=True, tag=True):
    """The base of every command."""


class OfferCode(Command, frozen=True):
    """Hand out a pairing code. code: hash of 128 random bits."""

    person: str
    code: str


class PairDevice(Command, frozen=True):
    """A device shows a code. code: its hash; device: hash of the device's new token.

    instead: what the same browser was known as until now, "" for nothing.
    """

    code: str
    device: str
    instead: str = ""


class ConfirmDevice(Command, frozen=True):
    """`person` says on their phone `by` that the waiting `device` is theirs."""

    person: str
    by: str
    device: str


class DenyDevice(Command, frozen=True):
    """`person` says on their phone `by` that the waiting `device` is not theirs."""

    person: str
    by: str
    device: str


class SetRecovery(Command, frozen=True):
    """`person` takes a new recovery code on their phone `by`. recovery: hash of 128 random bits."""

    person: str
    by: str
    recovery: str


class RecoverDevice(Command, frozen=True):
    """The waiting `device` shows a recovery code. recovery: its hash."""

    device: str
    recovery: str


class ForgetDevice(Command, frozen=True):
    """`device` of `person` is to speak for nobody."""

    person: str
    device: str


class ForgetOthers(Command, frozen=True):
    """Every device of `person` but `device` is to speak for nobody."""

    person: str
    device: str


class SetCircle(Command, frozen=True):
    """Write the circle of `owner` anew. order: 0 to 5 ids; second_after: seconds, 5..60."""

    owner: str
    order: tuple[str, ...]
    second_after: float


class AnswerRequest(Command, frozen=True):
    """`trusted` agrees to be reached by `owner`, or does not, or leaves."""

    trusted: str
    owner: str
    agrees: bool


class RaiseAlert(Command, frozen=True):
    """`person` pressed `pressed_ago` seconds ago. The same `press` asks only once."""

    person: str
    press: str
    pressed_ago: float = 0.0


class CancelAlert(Command, frozen=True):
    """`person` takes the press back; it may not have arrived yet."""

    person: str
    press: str


class EndAlert(Command, frozen=True):
    """`person` says it is over."""

    person: str
    press: str


class ConfirmShown(Command, frozen=True):
    """The page of `trusted` has shown the call."""

    trusted: str
    press: str


class SayComing(Command, frozen=True):
    """`trusted` is on the way."""

    trusted: str
    press: str


class SayWith(Command, frozen=True):
    """`trusted` is with whoever pressed."""

    trusted: str
    press: str


class Climb(Command, frozen=True):
    """Time has passed: the ladder of `press` may have reached its next rung."""

    press: str


PairingCommand = (
    OfferCode
    | PairDevice
    | ConfirmDevice
    | DenyDevice
    | SetRecovery
    | RecoverDevice
    | ForgetDevice
    | ForgetOthers
)
CircleCommand = SetCircle | AnswerRequest
PresserCommand = RaiseAlert | CancelAlert | EndAlert
HelperCommand = ConfirmShown | SayComing | SayWith
AnyCommand = PairingCommand | CircleCommand | PresserCommand | HelperCommand | Climb
