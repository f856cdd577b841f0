"""Which device speaks for whom."""

from collavoce.care.asked.base import Command


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
