"""What is true of cues under way."""

from dataclasses import dataclass

from collavoce.show.event import Cause


@dataclass(frozen=True, slots=True)
class Begun:
    """A trigger that was met, during the cue's pre-wait: what `CueFired` will say."""

    cause: Cause
    by: str
    quarter: float | None = None
    heard_at: float | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A cue that takes time. until: show clock, None: until somebody ends it.

    paused_at : since when it stands still, None while it goes on.
    """

    began: float
    until: float | None
    paused_at: float | None = None
