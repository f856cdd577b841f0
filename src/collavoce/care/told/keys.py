"""Who may let whom back in, and what is read while they are not here."""

from collavoce.care.told.base import Event


class RoutingSet(Event, frozen=True):
    """`owner` said whether their circle may be read here while no phone of theirs is present."""

    owner: str
    on: bool


class SharesGiven(Event, frozen=True):
    """`person` let any two of `holders` together let a lost phone back in; none withdraws it."""

    person: str
    holders: tuple[str, ...]


class RecoveryVouched(Event, frozen=True):
    """`by`, a holder of `person`, compared the number of the waiting `device` face to face."""

    person: str
    device: str
    by: str


KeyEvent = RoutingSet | SharesGiven | RecoveryVouched
