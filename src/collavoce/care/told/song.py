"""What became of a wish and a demo: who, which, and nothing of what they say.

All of it is a fact of `person`, whose demo it is, and goes with them.
"""

from collavoce.care.told.base import Event


class SongOffered(Event, frozen=True):
    """`person` offered a demo of theirs for a wish of `wisher`."""

    person: str
    song: str
    wisher: str


class SongAgreed(Event, frozen=True):
    """One of the two agreed. wish: whose wish it is; else whose demo it is."""

    person: str
    song: str
    wish: bool


class SongProposed(Event, frozen=True):
    """`person` gave it to the show."""

    person: str
    song: str


class SongRecalled(Event, frozen=True):
    """What was given to the show was asked back; the show has not answered yet."""

    person: str
    song: str


class SongSettled(Event, frozen=True):
    """The show answered. taken: it stands in the set list, and stays there."""

    person: str
    song: str
    taken: bool


class SongWithdrawn(Event, frozen=True):
    """It is over before anybody but the two knew of it."""

    person: str
    song: str


SongEvent = SongOffered | SongAgreed | SongProposed | SongRecalled | SongSettled | SongWithdrawn
"""What became of a wish and a demo."""
