"""Being found for a mark. topic: what it is of, named under the server's key."""

from collavoce.care.told.base import Event


class FoundTicked(Event, frozen=True):
    """`person` may be found for `topic`."""

    person: str
    topic: str


class FoundUnticked(Event, frozen=True):
    """Not any more."""

    person: str
    topic: str


class SmallPoolAgreed(Event, frozen=True):
    """`person` agrees, or no more, that people are found although they are few."""

    person: str
    agrees: bool


class FoundEachOther(Event, frozen=True):
    """`person` and `other` are told of each other: one fact, so that neither is told first."""

    person: str
    other: str
    topic: str


class FoundPutAway(Event, frozen=True):
    """`person` took it from their page."""

    person: str
    other: str
    topic: str


FoundEvent = FoundTicked | FoundUnticked | SmallPoolAgreed | FoundEachOther | FoundPutAway
