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

PLACES_MOST = 3
"""Of a song that is proposed: where it costs least."""


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
    for way in Way:
        reckoned = _reckoned(evening, way, now)
        yield from _cheapest(reckoned) if way is Way.SONG else reckoned


def _reckoned(evening: Evening, way: Way, now: Reckoned) -> Iterator[Option]:
    present = plan_of(evening.show, evening.state)
    for one in WAYS[way](evening, present):
        plan = Plan(tuple(one.items))
        if plan != present and why_not(evening.show, evening.state, plan) is None:
            yield Option(one.way, one.number, one.words, plan, cost(evening, plan, now))


def _cheapest(options: Iterator[Option]) -> Iterator[Option]:
    """Of each song the places that cost least, the least first; of equal ones the earlier."""
    by_song: dict[str, list[Option]] = {}
    for option in options:
        by_song.setdefault(option.number, []).append(option)
    for own in by_song.values():
        yield from sorted(own, key=lambda option: dearness(option.cost))[:PLACES_MOST]


def dearness(price: Cost) -> tuple[int, float, int, float]:
    """What weighs first: what does not go together, the time, people, numbers that move."""
    moved = sum(abs(move.later) for move in price.moves)
    return len(price.conflicts), price.later, len(price.needed) + len(price.earlier), moved
