"""What a cue does to other cues that are under way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


class What(StrEnum):
    """What is done to them."""

    STOP = "stop"  # sound and waits end, lights stay where they are
    FADE = "fade"  # sound and light to nothing within the time, then they end
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class ActOn(Action):
    """Ends, fades, pauses or resumes `cues`, in any number of the stage; none: all under way."""

    replay: ClassVar[Replay] = Replay.INWARD

    what: What
    cues: tuple[str, ...] = ()
    within: Seconds = Seconds(0.0)

    @property
    def seconds(self) -> Seconds:
        """The fade."""
        return self.within
