"""A memo."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table


@dataclass(frozen=True, slots=True)
class Remind(Action):
    """Words for the caller, shown when the cue fires and in the log."""

    replay: ClassVar[Replay] = Replay.INWARD

    text: str


def read(cue: Table, _house: House) -> tuple[Remind, ...]:
    """`memo = "Check the pedal"`."""
    text = cue.text("memo", required=True)
    return (Remind(text),) if text else ()


def words(action: Remind) -> str:
    """What it says."""
    return action.text
