"""Light levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

FADE_LONGEST_S = 3600.0

CHANNELS_TOLD = 6
"""Of a look: more than that nobody reads in a line."""


@dataclass(frozen=True, slots=True)
class SetLevels(Action):
    """Channels of the patch (by name) fade to levels 0..1 within `fade`."""

    replay: ClassVar[Replay] = Replay.ABSOLUTE

    levels: Mapping[str, float]
    fade: Seconds

    @property
    def seconds(self) -> Seconds:
        """The fade."""
        return self.fade


def read(cue: Table, house: House) -> tuple[SetLevels, ...]:
    """`levels = { front = 80 }`, percent, with `fade = 3.0` beside it."""
    table = cue.free("levels")
    channels = house.patch.channels
    levels: dict[str, float] = {}
    for name in table.names():
        if name not in channels:
            table.error(name, "unknown_channel", channel=name, instead=Instead(name, channels))
        levels[name] = table.number(name, 0.0, 0.0, 100.0) / 100
    fade = cue.number("fade", 0.0, 0.0, FADE_LONGEST_S)
    return (SetLevels(levels, Seconds(fade)),)


def words(action: SetLevels) -> str:
    """What it does, for people: the first channels, and how many more there are."""
    told = [
        say("show.does.level", channel=name, percent=round(100 * level))
        for name, level in list(action.levels.items())[:CHANNELS_TOLD]
    ]
    more = len(action.levels) - len(told)
    if more:
        told.append(say("show.does.more", count=more))
    return say("show.does.levels", levels=", ".join(told), fade=f"{action.fade:g}")
