"""Groups: one cue that fires others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


class Order(StrEnum):
    """How the members come."""

    ALL = "all"  # at once
    SEQUENCE = "sequence"  # each when the one before is over
    RANDOM = "random"  # one of those that fired least
    TIMELINE = "timeline"  # each at its own time


@dataclass(frozen=True, slots=True)
class FireGroup(Action):
    """Fires cues of the same number. times: of a time line, seconds for each member."""

    replay: ClassVar[Replay] = Replay.INWARD

    order: Order
    cues: tuple[str, ...]
    times: tuple[Seconds, ...] = ()
