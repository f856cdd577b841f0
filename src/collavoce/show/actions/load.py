"""Making sounds ready."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

START_MOST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class LoadCue(Action):
    """Makes the sounds of a cue ready, `start` seconds in, so that it begins without delay."""

    replay: ClassVar[Replay] = Replay.INWARD

    cue: str
    start: Seconds = Seconds(0.0)


def read(cue: Table, house: House) -> tuple[LoadCue, ...]:
    """`load = "5"` or `load = { cue = "5", start = 2.0 }`."""
    table = cue.table_or("load", "cue", ("cue", "start"))
    start = Seconds(table.number("start", 0.0, 0.0, START_MOST_S))
    loaded = house.show.named(table, "cue", one=True)
    for number in loaded:
        if number not in house.sounding:
            table.error("cue", "silent_load", blocking=False, cue=number)
    return tuple(LoadCue(number, start) for number in loaded)


def words(action: LoadCue) -> str:
    """What it does, for people."""
    return say("show.does.load", cue=action.cue)
