"""The world a simulated show runs in: one queue of what happens next, one source of chance."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

TRACE_MAX = 4000


class KilledError(Exception):
    """SIGKILL in the middle of what a process does: nothing of it is unwound by its own code."""


@dataclass
class World:
    """Everything of one seed. broken: the first promise that did not hold, None while all do.

    calm : nobody does anything new, so that what is under way comes to its end.
    wall_shift : how far the wall clock was set, seconds; the show clock knows nothing of it.
    """

    seed: int
    now: float = 0.0
    broken: str | None = None
    trace: list[str] = field(default_factory=list[str])
    counts: Counter[str] = field(default_factory=Counter[str])
    wall_shift: float = 0.0
    calm: bool = False
    chance: Random = field(init=False)
    _queue: list[tuple[float, int, Callable[[], None]]] = field(
        default_factory=list[tuple[float, int, Callable[[], None]]]
    )
    _order: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        """Have `what` happen so much later; what was asked for first happens first."""
        self._order += 1
        heapq.heappush(self._queue, (self.now + max(seconds, 0.0), self._order, what))

    def run(self, until: float) -> None:
        """Let things happen up to `until`, or to the first promise that does not hold."""
        while self._queue and self._queue[0][0] <= until and self.broken is None:
            at, _, what = heapq.heappop(self._queue)
            self.now = at
            what()
        self.now = max(self.now, until)

    def happens(self, words: str) -> None:
        """A line of the trace."""
        if len(self.trace) < TRACE_MAX:
            self.trace.append(f"{self.now:8.3f}  {words}")

    def breaks(self, promise: str, what: object) -> None:
        """A promise does not hold; only the first is told, what follows follows from it."""
        if self.broken is None:
            self.broken = f"{promise}: {what}"
            self.happens(self.broken)
