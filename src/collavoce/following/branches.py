"""Ways that the page leaves open: a repeat left out or taken once more, a volta, a D.C. overlooked.

The score is followed as it is written out. But wherever one engraved bar leads to different bars in
different passes, a player may take the way of another pass; and wherever the way turns at a sign,
he may overlook it and read on. Such a branch is no jump from anywhere to anywhere: it starts where
the page says, when the next bar is due, and happens every other evening instead of once in a
thousand bars.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from collavoce.following.model import Events
from collavoce.following.track import Track
from collavoce.score.model import Bar, Score

LEFT_OUT = 0.1
"""Probability that a player leaves out bars where the page lets him: repeats are left out oftener
than anything else, in the second halves of sonatas as good as always."""

ONCE_MORE = 0.03
"""Probability that he plays bars again that he need not: a repeat out of habit, a vamp."""

LEAST_HZ = 1e-5
"""Density from which a branch is one: as much has a jump to one given bar that no sign foresees."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Instead of event `due` the player may begin event `target`, with probability `chance`."""

    due: int
    target: int
    chance: float


class Landing(NamedTuple):
    """`hz` : density, per second, of beginning `event` now by a branch."""

    event: int
    hz: float


def branches_of(score: Score, events: Events) -> tuple[Branch, ...]:
    """The branches of `score`, by what is due; none where its bars do not say which they are."""
    bars = score.bars
    if not all(bar.id for bar in bars):
        return ()
    page = _page(bars)
    ways: dict[int, set[int]] = defaultdict(set)
    for here, after in pairwise(page):
        ways[here] |= {after, here + 1}  # as in some pass, or by reading on
    places: dict[int, list[int]] = defaultdict(list)
    for place, index in enumerate(page):
        places[index].append(place)
    branches: list[Branch] = []
    for k, here in enumerate(page):
        written = page[k + 1] if k + 1 < len(page) else None
        for way in sorted((ways[here] - {written}) & places.keys()):
            # The pass that lies nearest leaves out or plays again the fewest bars.
            nearest = min(places[way], key=lambda place: abs(place - (k + 1)))
            due = len(events) if written is None else events.at(bars[k + 1].start)
            target = events.at(bars[nearest].start)
            if target != due:
                branches.append(Branch(due, target, LEFT_OUT if target > due else ONCE_MORE))
    return tuple(branches)


def _page(bars: Sequence[Bar]) -> list[int]:
    """The place on the page of every bar played.

    Bars are first met in the order in which they are printed, even voltas and codas: what is
    passed over the first time stands further down.
    """
    printed: dict[str, int] = {}
    return [printed.setdefault(bar.id, len(printed)) for bar in bars]


def landings(branches: Sequence[Branch], track: Track, at: float) -> tuple[Landing, ...]:
    """Where a key struck at `at` may begin another way, and how likely each is.

    Who takes another way comes in there when the written one was due, with the same ritardando.
    """
    first = bisect_right(branches, track.base, key=_due)
    beyond = bisect_left(branches, track.base + len(track.weight), key=_due)
    rates = ((way.target, way.chance * track.coming(way.due, at)) for way in branches[first:beyond])
    return tuple(Landing(target, hz) for target, hz in rates if hz > LEAST_HZ)


def _due(branch: Branch) -> int:
    return branch.due
