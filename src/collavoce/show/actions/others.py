"""What a cue does to other cues that are under way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.words import say

WITHIN_LONGEST_S = 3600.0


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


def read(cue: Table, house: House) -> tuple[ActOn, ...]:
    """`others = { do = "fade", cues = ["2"], within = 3.0 }`, or a list of such."""
    tables = cue.tables("others", ("do", "cues", "within"), alone=True)
    return tuple(_one(table, house) for table in tables)


def _one(table: Table, house: House) -> ActOn:
    what = What(table.choice("do", tuple(What)) or What.STOP)
    cues = house.show.named(table, "cues")
    if "cues" in table and not table.words("cues"):
        table.error("cues", "no_others")
    within = table.number("within", 0.0, 0.0, WITHIN_LONGEST_S)
    if "within" in table and what is not What.FADE:
        table.warning("within", "idle_within", do=what.value)
        within = 0.0
    return ActOn(what, cues, Seconds(within))


def words(action: ActOn) -> str:
    """What it does, for people."""
    cues = ", ".join(action.cues) or say("show.does.all")
    return say(f"show.does.others.{action.what.value}", cues=cues, within=f"{action.within:g}")
