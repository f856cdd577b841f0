"""One clock, one order of things, and a chance of its own for every matter.

The clock counts whole microseconds of true time, which no process of the simulation sees: each
machine has its own monotonic clock and its own wall clock, and both may jump. Whatever happens is
one entry of one queue; of two at the same microsecond the one asked for first comes first. So a
seed is a whole evening, the same one every time.
"""

import heapq
from collections.abc import Callable
from random import Random

MICRO = 1_000_000
TRACE_MAX = 4000
"""Lines of what happened that are remembered; the oldest go."""


class Broken(Exception):  # noqa: N818  a finding, not an error of the simulator
    """Something promised does not hold. law: which one, by its name in the tables."""

    def __init__(self, law: str, what: str) -> None:
        super().__init__(f"{law}: {what}")
        self.law = law


class World:
    """True time, and what is to happen when."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.now_us = 0
        self.trace: list[str] = []
        self.watchers: list[Callable[[], None]] = []
        """each looks after everything that happens"""
        self.broken: Broken | None = None
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0

    @property
    def seconds(self) -> float:
        """True time in seconds since the world began."""
        return self.now_us / MICRO

    def chance(self, matter: str) -> Random:
        """Draws of its own for `matter`: one more draw here moves none elsewhere."""
        return Random(f"{self.seed} {matter}")

    def after(self, seconds: float, work: Callable[[], None]) -> None:
        """Let `work` happen in `seconds`, rounded up to whole microseconds."""
        self._count += 1
        wait_us = max(0, -int(-seconds * MICRO // 1))
        heapq.heappush(self._queue, (self.now_us + wait_us, self._count, work))

    def run(self, seconds: float) -> None:
        """Let `seconds` pass."""
        until_us = self.now_us + int(seconds * MICRO)
        while self._queue and self._queue[0][0] <= until_us:
            self.now_us, _, work = heapq.heappop(self._queue)
            work()
            for look in self.watchers:
                look()
            if self.broken is not None:
                raise self.broken
        self.now_us = until_us

    def breaks(self, law: str, what: str) -> None:
        """Something does not hold; the world ends when whoever found it is done."""
        self.broken = self.broken or Broken(law, what)

    def note(self, who: str, what: str) -> None:
        """Remember what happened, for whoever reads a failing seed."""
        self.trace.append(f"{self.seconds:10.6f}  {who:<10} {what}")
        if len(self.trace) > TRACE_MAX:
            del self.trace[: TRACE_MAX // 2]
