"""Which device speaks for whom."""

from collavoce.care.told.base import Event


class CodeOffered(Event, frozen=True):
    """A pairing code was handed out for `person`; it replaces their code before."""

    person: str
    code: str


class DevicePaired(Event, frozen=True):
    """A device proved `code` and speaks for `person` from now on. The code is spent."""

    person: str
    code: str
    device: str


class DeviceWaits(Event, frozen=True):
    """A device proved `code` of a person who has a phone; it waits for that person's yes.

    number: 10..99, shown on both phones to be compared; no two that wait for `person` share one.
    """

    person: str
    code: str
    device: str
    number: int


class WaitEnded(Event, frozen=True):
    """A device waits no more and is forgotten: a no, too late, withdrawn, or one too many."""

    person: str
    device: str


class RecoverySet(Event, frozen=True):
    """`person` was shown a recovery code; it replaces the one before."""

    person: str
    recovery: str


class RecoverySpent(Event, frozen=True):
    """The recovery code of `person` let a device in and is good for nothing more."""

    person: str


class DeviceForgotten(Event, frozen=True):
    """A device speaks for nobody any more."""

    person: str
    device: str


PairingEvent = (
    CodeOffered
    | DevicePaired
    | DeviceWaits
    | WaitEnded
    | RecoverySet
    | RecoverySpent
    | DeviceForgotten
)
