"""What cues bring along, in the order in which it comes if nobody does anything else."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import accumulate

from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.cues import Cue, Show
from collavoce.show.order import find
from collavoce.show.running.lasting import brings_after, brings_at_once, comes_after, group_of


def with_those_they_bring(show: Show, cues: Iterable[Cue]) -> Iterator[Cue]:
    """`cues`, fired at one instant in this order, and then all that comes by itself.

    Each cue once. A member of a random group is nobody's to foresee and is left out.
    """
    return _Bringing(show).bring(cues)


class _Bringing:
    """What is still to come, by when and as written."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._ranks = {number: rank for rank, number in enumerate(show.numbers_by_cue)}
        self._due: list[tuple[float, int, str]] = []
        self._come: set[str] = set()

    def bring(self, cues: Iterable[Cue]) -> Iterator[Cue]:
        for cue in cues:
            yield from self._trigger(cue, 0.0)
        while self._due:
            at, _, number = heappop(self._due)
            cue = find(self._show, number)
            if cue is not None:
                yield from self._fire(cue, at)

    def _trigger(self, cue: Cue, at: float) -> Iterator[Cue]:
        if cue.pre > 0:
            self._wait(cue.number, at + cue.pre)
        else:
            yield from self._fire(cue, at)

    def _fire(self, cue: Cue, at: float) -> Iterator[Cue]:
        if cue.number in self._come:
            return
        self._come.add(cue.number)
        yield cue
        for follower, wait in brings_at_once(self._show, cue.number):
            self._wait(follower.number, at + wait + follower.pre)
        over = at + _length(self._show, cue, frozenset())
        for follower, wait in brings_after(self._show, cue.number):
            self._wait(follower.number, over + wait + follower.pre)
        group = group_of(cue)
        if group is not None:
            yield from self._members(group, at)

    def _members(self, group: FireGroup, at: float) -> Iterator[Cue]:
        for number, after in _times(self._show, group, frozenset()).items():
            member = find(self._show, number)
            if member is not None and after == 0:
                yield from self._trigger(member, at)
            elif member is not None:
                self._wait(number, at + after + member.pre)

    def _wait(self, number: str, due: float) -> None:
        heappush(self._due, (due, self._ranks.get(number, -1), number))


def _times(show: Show, group: FireGroup, inside: frozenset[str]) -> dict[str, float]:
    """When each member comes, seconds after the group."""
    if group.order is Order.RANDOM:
        return {}
    if group.order is Order.SEQUENCE:
        lengths = (_length_of(show, member, inside) for member in group.cues)
        return dict(zip(group.cues, accumulate(lengths, initial=0.0), strict=False))
    return dict(comes_after(group))


def _length_of(show: Show, number: str, inside: frozenset[str]) -> float:
    cue = find(show, number)
    return 0.0 if cue is None else _length(show, cue, inside)


def _length(show: Show, cue: Cue, inside: frozenset[str]) -> float:
    """Until `cue` is over, its group's members included; groups in a circle end."""
    group = group_of(cue)
    if group is None or cue.number in inside:
        return cue.seconds
    inside |= {cue.number}
    ends = (
        after + _length_of(show, member, inside)
        for member, after in _times(show, group, inside).items()
    )
    return max(cue.seconds, max(ends, default=0.0))
