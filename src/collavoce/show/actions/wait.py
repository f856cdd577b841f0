"""Waiting."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

LONGEST_S = 3600.0


@dataclass(frozen=True, slots=True)
class Wait(Action):
    """Does nothing for a while; what follows it when it is over comes then."""

    replay: ClassVar[Replay] = Replay.INWARD

    length: Seconds

    @property
    def seconds(self) -> Seconds:
        """The wait."""
        return self.length


def read(cue: Table, _house: House) -> tuple[Wait, ...]:
    """`wait = 5.0`."""
    return (Wait(Seconds(cue.number("wait", 0.0, 0.0, LONGEST_S))),)


def words(action: Wait) -> str:
    """What it does, for people."""
    return say("show.does.wait", seconds=f"{action.length:g}")
