"""Who may let whom back in, and what is read while they are not here."""

from collavoce.care.asked.base import Command


class SetRouting(Command, frozen=True):
    """Whether the circle of `owner` may be read here while no phone of theirs is present."""

    owner: str
    on: bool


class GiveShares(Command, frozen=True):
    """`person` lets any two of `holders` let a lost phone back in; an empty one withdraws it."""

    person: str
    holders: tuple[str, ...]


class Vouch(Command, frozen=True):
    """`by` says on their phone that the waiting `device` is a lost person's, number compared."""

    by: str
    device: str
    number: int


KeyCommand = SetRouting | GiveShares | Vouch
