"""What a person lets the caller know of a cue."""

from collavoce.care.told.base import Event


class CueReleased(Event, frozen=True):
    """`person` lets the caller know of a restriction at `cue`, and of nothing else."""

    person: str
    cue: str


class ReleaseTakenBack(Event, frozen=True):
    """`person` does so no more."""

    person: str
    cue: str


MeetsEvent = CueReleased | ReleaseTakenBack
