"""Running a timer of the show."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.actions.naming import Names
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.words import say

DOES = ("start", "pause", "reset")


@dataclass(frozen=True, slots=True)
class RunTimer(Action):
    """Starts, pauses or resets a timer of the show. what: "start", "pause", "reset"."""

    replay: ClassVar[Replay] = Replay.INWARD

    timer: str
    what: str = "start"


def read(cue: Table, house: House) -> tuple[RunTimer, ...]:
    """`timer = "change"`, which starts it, or `timer = { timer = "change", do = "reset" }`."""
    return tuple(_one(table, house) for table in cue.tables_or("timer", "timer", ("timer", "do")))


def _one(table: Table, house: House) -> RunTimer:
    timer = table.text("timer", required=True)
    if timer and timer not in house.timers:
        table.error("timer", "unknown_timer", timer=timer, instead=Instead(timer, house.timers))
    return RunTimer(timer, table.choice("do", DOES, DOES[0]))


def words(action: RunTimer, names: Names) -> str:
    """What it does, for people."""
    timer = names.timers.get(action.timer, action.timer)
    return say(f"show.does.timer.{action.what}", timer=timer)
