"""Who may be called for whom, and their answers."""

from collavoce.care.told.base import Event


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


CircleEvent = CircleSet | ConsentGiven | ConsentRefused
