"""What happened in care: facts, past tense, kept sealed in the care store and nowhere else.

`at` is the `Moment` at which the fact was decided. Persons are named by their ids in the show;
codes and devices by the hash of their secret, so that no secret is ever written down. `press` is
the presser's own random id of the press and names the alert.
"""

import msgspec


class Event(msgspec.Struct, frozen=True, tag=True):
    """The base of every event."""

    at: float


class CareOpened(Event, frozen=True):
    """The care process began to write. boot: which start of the machine `at` counts from."""

    boot: str


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


class CircleSet(Event, frozen=True):
    """`owner` wrote their circle anew, in order; whoever is not in it was dropped."""

    owner: str
    order: tuple[str, ...]
    second_after: float


class ConsentGiven(Event, frozen=True):
    """`trusted` may be reached when `owner` needs someone."""

    owner: str
    trusted: str


class ConsentRefused(Event, frozen=True):
    """`trusted` said no, or left."""

    owner: str
    trusted: str


class AlertRaised(Event, frozen=True):
    """`person` pressed.

    pressed_at : when the finger pressed; before `at` if the phone was cut off.
    since : where the ladder counts from; before `at` if they pressed again while it climbed.
    order : the circle at this moment, only those who agreed.
    """

    person: str
    press: str
    pressed_at: float
    since: float
    rung: int
    order: tuple[str, ...]
    second_after: float


class AlertCancelled(Event, frozen=True):
    """`person` took the press back, perhaps before it arrived."""

    person: str
    press: str


class AlertReplaced(Event, frozen=True):
    """`person` pressed again: another press stands for this one."""

    person: str
    press: str


class AlertDated(Event, frozen=True):
    """The finger pressed earlier than the first arrival said: that one had lain on its way."""

    person: str
    press: str
    pressed_at: float


class RungReached(Event, frozen=True):
    """The ladder climbed to `rung`."""

    person: str
    press: str
    rung: int


class CallShown(Event, frozen=True):
    """The page of `trusted` showed the call: the device's receipt."""

    person: str
    press: str
    trusted: str


class HelpComing(Event, frozen=True):
    """`trusted` said "coming": the others stand down."""

    person: str
    press: str
    trusted: str


class HelpArrived(Event, frozen=True):
    """`trusted` said "I am with them": resolved."""

    person: str
    press: str
    trusted: str


class AlertEnded(Event, frozen=True):
    """`person` said it is over: resolved."""

    person: str
    press: str


PairingEvent = (
    CodeOffered
    | DevicePaired
    | DeviceWaits
    | WaitEnded
    | RecoverySet
    | RecoverySpent
    | DeviceForgotten
)
CircleEvent = CircleSet | ConsentGiven | ConsentRefused
AlertEvent = (
    AlertRaised
    | AlertCancelled
    | AlertReplaced
    | AlertDated
    | RungReached
    | CallShown
    | HelpComing
    | HelpArrived
    | AlertEnded
)
AnyEvent = CareOpened | PairingEvent | CircleEvent | AlertEvent


class Refused(msgspec.Struct, frozen=True):
    """Why a command was not carried out: a value, in words for the person who asked."""

    why: str


Decision = tuple[AnyEvent, ...] | Refused
