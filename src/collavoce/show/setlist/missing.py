"""Who is missing in what is still to come tonight, and what can be done about that number.

Nothing is done by itself. When they are back, or somebody covers, it is gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from collavoce.show.cues import Show
from collavoce.show.setlist.options import Option
from collavoce.show.setlist.tonight import next_number, number_of, plan_of, players_of
from collavoce.show.setlist.ways import Way
from collavoce.show.state import ShowState

FOR_ALL = (Way.HOLD, Way.INTERVAL)
"""Ways that give time to every number that comes."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A number that is still to come, and those who play it and are not available."""

    number: str
    title: str
    persons: tuple[str, ...]


def missing(show: Show, state: ShowState) -> tuple[Missing, ...]:
    """Every number that is to come without somebody who plays it, in tonight's order."""
    plan = plan_of(show, state)
    found: list[Missing] = []
    for item in plan.items[plan.index(state.number) + 1 :]:
        number = None if item.cut else number_of(show, item)
        if number is None:
            continue
        persons = tuple(p for p in players_of(number, item) if p in state.unavailable)
        if persons:
            found.append(Missing(number.id, number.title, persons))
    return tuple(found)


def ways_for(
    show: Show, state: ShowState, number: str, options: Iterable[Option]
) -> tuple[Option, ...]:
    """Those of `options` that change when, whether or by whom `number` is played."""
    is_next = next_number(show, state) == number
    return tuple(
        option
        for option in options
        if option.number == number or option.way in FOR_ALL or (option.way is Way.SWAP and is_next)
    )
