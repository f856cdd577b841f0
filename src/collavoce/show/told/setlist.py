"""What happened to the set list."""

from collavoce.show.plan import Plan, Song
from collavoce.show.told.event import Event


class SetListChanged(Event, frozen=True):
    """`plan` is tonight's set list. option: what was chosen ("skip"). words: the same in a line."""

    plan: Plan
    option: str
    by: str
    words: str = ""


class NumberProposed(Event, frozen=True):
    """Its author has given `song` to the show; `number` is the id it would have."""

    number: str
    song: Song
    by: str


class ProposalWithdrawn(Event, frozen=True):
    """It is given no more."""

    number: str
    by: str
