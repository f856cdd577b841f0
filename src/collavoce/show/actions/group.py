"""Groups: one cue that fires others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.table import Table, is_number
from collavoce.units import Seconds
from collavoce.words import say

TIMES_LONGEST_S = 3600.0


class Order(StrEnum):
    """How the members come."""

    ALL = "all"  # at once
    SEQUENCE = "sequence"  # each when the one before is over
    RANDOM = "random"  # one of those that fired least
    TIMELINE = "timeline"  # each at its own time


@dataclass(frozen=True, slots=True)
class FireGroup(Action):
    """Fires cues of the same number. times: of a time line, seconds for each member."""

    replay: ClassVar[Replay] = Replay.INWARD

    order: Order
    cues: tuple[str, ...]
    times: tuple[Seconds, ...] = ()


def read(cue: Table, house: House) -> tuple[FireGroup, ...]:
    """`group = ["3", "4"]`, or `group = { cues = ["3", "4"], order = "sequence" }`."""
    group = cue.table_or("group", "cues", ("cues", "order", "times"))
    cues = house.here.named(group, "cues")
    order = Order(group.choice("order", tuple(Order), Order.ALL))
    if "cues" not in group or not group.words("cues"):
        group.error("cues", "empty_group")
    times = _times(group)
    if order is Order.TIMELINE and len(times) != len(cues):
        group.error("times", "times_unequal", cues=len(cues), times=len(times))
    elif order is not Order.TIMELINE and "times" in group:
        group.error("times", "idle_times", order=order.value)
        times = ()
    return (FireGroup(order, cues, times),)


def _times(group: Table) -> tuple[Seconds, ...]:
    times: list[Seconds] = []
    for index, value in enumerate(group.items("times")):
        if is_number(value) and 0 <= value <= TIMES_LONGEST_S:
            times.append(Seconds(value))
        else:
            group.item_error("times", index, "bad_time", longest=f"{TIMES_LONGEST_S:g}")
    return tuple(times)


def words(action: FireGroup) -> str:
    """What it does, for people."""
    return say(f"show.does.group.{action.order.value}", cues=", ".join(action.cues))
