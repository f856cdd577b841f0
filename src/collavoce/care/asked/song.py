"""A wish and a demo that are joined to be a song of the set."""

from collavoce.care.asked.base import Command


class OfferSong(Command, frozen=True):
    """`person`, whose demo it is, offers it for a wish of `wisher`. song: a fresh id."""

    person: str
    song: str
    wisher: str


class AgreeSong(Command, frozen=True):
    """`person` agrees to it. wish: as whose wish it is; else as whose demo it is."""

    person: str
    song: str
    wish: bool


class ProposeSong(Command, frozen=True):
    """`person`, whose demo it is, gives it to the show."""

    person: str
    song: str


class WithdrawSong(Command, frozen=True):
    """`person`, one of the two, takes it back."""

    person: str
    song: str


class SettleSong(Command, frozen=True):
    """The show has answered that it was taken back. taken: it stands in the set list already."""

    song: str
    taken: bool


SongCommand = OfferSong | AgreeSong | ProposeSong | WithdrawSong | SettleSong
"""A wish and a demo that are joined to be a song of the set."""
