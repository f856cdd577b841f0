"""What somebody has said last, as far as anybody can know it while an answer is on its way.

A word that is asked and not answered may hold already, or not yet. A word that was answered with
"kept" holds from then on. Whatever was refused or "not recorded" may be either, until the next word
that is kept: a request that was doubled is refused because its twin was carried out.
"""

from collections.abc import Callable, Hashable
from typing import Any

from tests.simulation.world import World

Change = Callable[[Any], Any]
"""What a word makes of what was said before."""


class Said:
    """One thing that somebody says anew from time to time. first : what holds before any word."""

    def __init__(self, world: World, first: Hashable) -> None:
        self._world = world
        self._past: list[tuple[int, frozenset[Any]]] = [(0, frozenset({first}))]

    @property
    def now(self) -> frozenset[Any]:
        """What may hold."""
        return self._past[-1][1]

    @property
    def since_us(self) -> int:
        """Since when it is as it is."""
        return self._past[-1][0]

    @property
    def sure(self) -> Any:
        """What holds, None if that is not known."""
        return next(iter(self.now)) if len(self.now) == 1 else None

    def since(self, seconds: float) -> frozenset[Any]:
        """What may have held at some time within the last `seconds`."""
        from_us = self._world.now_us - int(seconds * 1_000_000)
        later = [index for index, (at_us, _) in enumerate(self._past) if at_us > from_us]
        first = max(0, (later[0] if later else len(self._past)) - 1)
        return frozenset().union(*(held for _, held in self._past[first:]))

    def asked(self, change: Change) -> None:
        """A word is on its way."""
        self._set(self.now | {change(held) for held in self.now})

    def kept(self, change: Change) -> None:
        """It was carried out: whatever held before, it holds now."""
        self._set(frozenset(change(held) for held in self.now))

    def is_(self, held: Hashable) -> None:
        """This holds, without anybody's word."""
        self._set(frozenset({held}))

    def _set(self, held: frozenset[Any]) -> None:
        if held != self.now:
            self._past.append((self._world.now_us, held))


def to(value: Hashable) -> Change:
    """It is `value` now, whatever it was."""
    return lambda _before: value
