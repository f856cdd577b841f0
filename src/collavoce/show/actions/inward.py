"""Small actions that change only the show: wait, go to, arm, load, memo."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


@dataclass(frozen=True, slots=True)
class Wait(Action):
    """Does nothing for a while; what follows it when it is over comes then."""

    replay: ClassVar[Replay] = Replay.INWARD

    length: Seconds

    @property
    def seconds(self) -> Seconds:
        """The wait."""
        return self.length


@dataclass(frozen=True, slots=True)
class MoveTo(Action):
    """Makes a cue of the same number the standby, armed from there on, as the caller's go to."""

    replay: ClassVar[Replay] = Replay.INWARD

    cue: str


@dataclass(frozen=True, slots=True)
class SwitchCues(Action):
    """Arms cues, or disarms them."""

    replay: ClassVar[Replay] = Replay.INWARD

    cues: tuple[str, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class LoadCue(Action):
    """Makes the sounds of a cue ready, `start` seconds in, so that it begins without delay."""

    replay: ClassVar[Replay] = Replay.INWARD

    cue: str
    start: Seconds = Seconds(0.0)


@dataclass(frozen=True, slots=True)
class Remind(Action):
    """Words for the caller, shown when the cue fires and in the log."""

    replay: ClassVar[Replay] = Replay.INWARD

    text: str


@dataclass(frozen=True, slots=True)
class RunTimer(Action):
    """Starts, pauses or resets a timer of the show. what: "start", "pause", "reset"."""

    replay: ClassVar[Replay] = Replay.INWARD

    timer: str
    what: str = "start"
