"""What is true of cues under way."""

import msgspec

from collavoce.show.told.event import Cause


class Begun(msgspec.Struct, frozen=True):
    """A trigger that was met, during the cue's pre-wait: what `CueFired` will say."""

    cause: Cause
    by: str
    quarter: float | None = None
    heard_at: float | None = None


class Running(msgspec.Struct, frozen=True):
    """A cue that takes time. until: show clock, None: until somebody ends it.

    A group is over when its own time is, none of its members is under way, and none is left.

    paused_at : since when it stands still, None while it goes on.
    then : a cue comes when it is over. members : of its group.
    left : of a sequence, the members that have not come yet, in order.
    """

    began: float
    until: float | None
    paused_at: float | None = None
    then: bool = False
    members: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
