"""The cue is a person."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


@dataclass(frozen=True, slots=True)
class CallPerson(Action):
    """The cue is a person: whoever holds `seat` is in position at `exit`.

    Standby goes out `lead` before the predicted end of the number.
    """

    replay: ClassVar[Replay] = Replay.INWARD

    seat: str
    exit: str
    lead: Seconds
