"""Going to a cue."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class MoveTo(Action):
    """Makes a cue of the same number the standby, armed from there on, as the caller's go to."""

    replay: ClassVar[Replay] = Replay.INWARD

    cue: str


def read(cue: Table, house: House) -> tuple[MoveTo, ...]:
    """`go_to = "12"`."""
    return tuple(MoveTo(number) for number in house.here.named(cue, "go_to", one=True))


def words(action: MoveTo) -> str:
    """What it does, for people."""
    return say("show.does.go_to", cue=action.cue)
