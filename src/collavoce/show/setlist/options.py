"""What can be done about the set list now: each way of changing it, with its plan and its cost."""

from collections.abc import Iterator
from dataclasses import dataclass

from collavoce.show.plan import Plan
from collavoce.show.setlist.checking import why_not
from collavoce.show.setlist.cost import Cost, Reckoned, cost, reckon
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.tonight import plan_of
from collavoce.show.setlist.ways import WAYS, Way

OPTIONS_MOST = 200
"""Of one evening; more is a list that nobody reads in the dark."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way: its plan for `ChangeSetList`, what it is called, what it costs.

    number : the number it is about, "" for the evening.
    """

    way: Way
    number: str
    words: str
    plan: Plan
    cost: Cost


def options(evening: Evening) -> tuple[Option, ...]:
    """Everything that can be done now, in the order of `Way`, the next number first."""
    now = reckon(evening)
    return tuple(_options(evening, now))[:OPTIONS_MOST]


def _options(evening: Evening, now: Reckoned) -> Iterator[Option]:
    present = plan_of(evening.show, evening.state)
    for way in Way:
        for one in WAYS[way](evening, present):
            plan = Plan(tuple(one.items))
            if plan != present and why_not(evening.show, evening.state, plan) is None:
                yield Option(one.way, one.number, one.words, plan, cost(evening, plan, now))
