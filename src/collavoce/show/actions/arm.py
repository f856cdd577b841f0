"""Arming cues, and disarming them."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class SwitchCues(Action):
    """Arms cues, or disarms them."""

    replay: ClassVar[Replay] = Replay.INWARD

    cues: tuple[str, ...]
    on: bool


def read(cue: Table, house: House) -> tuple[SwitchCues, ...]:
    """`arm = ["3", "4"]` and `disarm = "5"`, in any number of the show."""
    both = {key: house.show.named(cue, key) for key in ("arm", "disarm")}
    for number in set(both["arm"]) & set(both["disarm"]):
        cue.error("disarm", "armed_too", cue=number)
    return tuple(SwitchCues(cues, on=key == "arm") for key, cues in both.items() if cues)


def words(action: SwitchCues) -> str:
    """What it does, for people."""
    key = "show.does.arm" if action.on else "show.does.disarm"
    return say(key, cues=", ".join(action.cues))
