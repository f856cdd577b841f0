"""What a person lets the caller know of a cue."""

from collavoce.care.asked.base import Command


class ReleaseCue(Command, frozen=True):
    """`person` lets the caller know of a restriction at `cue`: that there is one, and no more."""

    person: str
    cue: str


class TakeBackRelease(Command, frozen=True):
    """`person` does so no more."""

    person: str
    cue: str


MeetsCommand = ReleaseCue | TakeBackRelease
