"""A sound file."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

FADE_LONGEST_S = 3600.0
START_MOST_S = 24 * 3600.0


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


KEYS = ("file", "to", "level", "loop", "fade", "start")


def read(cue: Table, house: House) -> tuple[PlaySound, ...]:
    """`sound = "sounds/rain.wav"`, or a table, or a list of either."""
    return tuple(_one(table, house) for table in cue.tables_or("sound", "file", KEYS))


def _one(table: Table, house: House) -> PlaySound:
    file = table.text("file", required=True)
    to = table.text("to")
    known = house.patch.sound
    if to and to not in known:
        table.error("to", "unknown_destination", to=to, where="sound", instead=Instead(to, known))
    length = house.sounds.length(table, "file", file) if file else Seconds(0.0)
    start = table.number("start", 0.0, 0.0, START_MOST_S)
    if length and start >= length:
        table.error("start", "past_sound", start=f"{start:g}", length=f"{length:.1f}")
    return PlaySound(
        file=file,
        to=to,
        level=table.number("level", 100.0, 0.0, 100.0) / 100,
        loop=table.yes("loop"),
        length=length,
        fade=Seconds(table.number("fade", 0.0, 0.0, FADE_LONGEST_S)),
        start=Seconds(start),
    )


def what(action: PlaySound) -> str:
    """The file."""
    return action.file


def words(action: PlaySound) -> str:
    """What it does, for people."""
    return say("show.does.loops" if action.loop else "show.does.plays", file=action.file)
