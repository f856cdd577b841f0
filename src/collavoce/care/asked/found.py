"""Being found for a mark, by whoever has made the same; both told in one moment, or neither.

topic : what the mark is of, named under the server's key (`runtime/care/kept/found.py`).
"""

from collavoce.care.asked.base import Command


class TickFound(Command, frozen=True):
    """`person` may be found for `topic`."""

    person: str
    topic: str


class UntickFound(Command, frozen=True):
    """Not any more."""

    person: str
    topic: str


class AgreeSmallPool(Command, frozen=True):
    """`person` agrees, or no more, that people are found although they are few."""

    person: str
    agrees: bool


class RevealFound(Command, frozen=True):
    """A quarter hour has come: who has stood long enough is told of each other."""


class PutFoundAway(Command, frozen=True):
    """`person` has read that `other` has ticked the same; it goes from their page."""

    person: str
    other: str
    topic: str


FoundCommand = TickFound | UntickFound | AgreeSmallPool | RevealFound | PutFoundAway
