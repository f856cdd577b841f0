"""Cues that say different things about the same at the same moment: only one of them is seen."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from collavoce.runtime.rehearsal.log import Log
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.cues import Cue, Show
from collavoce.show.events import CueFired

TOGETHER_S = 0.05
"""Closer than this nobody sees which came first, and the network does not keep the order."""


class Clash(NamedTuple):
    """Two cues, and the channel or address of which they say different things."""

    first: str
    second: str
    what: str


class _Said(NamedTuple):
    at: float
    cue: str
    value: object

    def other_word(self, at: float, cue: str, value: object) -> bool:
        """Whether another cue says something else at the same moment."""
        return self.cue != cue and self.value != value and at - self.at < TOGETHER_S


def collisions(show: Show, logs: Sequence[Log]) -> tuple[Clash, ...]:
    """Each pair of cues and what they collide over, once, in the order in which it came."""
    fired = [
        (log.opened + event.at, event.cue)
        for log in logs
        for event in log.events
        if isinstance(event, CueFired)
    ]
    last: dict[str, _Said] = {}
    clashes: dict[Clash, None] = {}
    for at, number in sorted(fired, key=lambda one: one[0]):
        for what, value in _says(show.cue(number)):
            before = last.get(what)
            if before is not None and before.other_word(at, number, value):
                clashes[Clash(before.cue, number, what)] = None
            last[what] = _Said(at, number, value)
    return tuple(clashes)


def _says(cue: Cue) -> Iterator[tuple[str, object]]:
    """What `cue` speaks of, and what it says of it; the last word of the cue alone."""
    said: dict[str, object] = {}
    for action in cue.actions:
        match action:
            case SetLevels(levels=levels):
                said |= dict(levels)
            case SendOsc(to=to, address=address, args=args):
                said[f"{to} {address}"] = args
            case _:
                pass
    yield from said.items()
