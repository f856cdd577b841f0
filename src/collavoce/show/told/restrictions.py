"""What somebody let the caller know of a cue."""

from collavoce.show.told.event import Event


class RestrictionNoted(Event, frozen=True):
    """The cue carries a restriction on stage: the welfare lead may be asked."""

    cue: str


class RestrictionLifted(Event, frozen=True):
    """It carries none any more."""

    cue: str
