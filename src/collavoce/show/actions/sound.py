"""A sound file."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


@dataclass(frozen=True, slots=True)
class PlaySound(Action):
    """Plays a file of the folder (WAV, FLAC, Ogg Vorbis, MP3).

    to : a sound destination of the patch. level : 0..1. loop : plays until it is ended.
    length : how long the file is, seconds; 0 where that is not known.
    fade : seconds from silence to its level. start : seconds into the file.
    """

    replay: ClassVar[Replay] = Replay.ONCE

    file: str
    to: str = ""
    level: float = 1.0
    loop: bool = False
    length: Seconds = Seconds(0.0)
    fade: Seconds = Seconds(0.0)
    start: Seconds = Seconds(0.0)

    @property
    def seconds(self) -> Seconds:
        """Until the file is over; a loop never is by itself, which counts as at once."""
        return Seconds(0.0) if self.loop else Seconds(max(self.length - self.start, 0.0))
