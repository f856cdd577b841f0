"""Firings on their way out: what was sent of each, and what waits so that all arrives together."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from collavoce.runtime.wires.shot import Shot
from collavoce.show.told.event import Sending
from collavoce.units import Instant


@dataclass(slots=True)
class Firing:
    """One firing. seq: of its record; trigger: when it was heard or pressed.

    lands : see `CueFired`. waiting : shots that have not left yet; `sent` is whole at 0.
    """

    cue: str
    seq: int
    trigger: Instant
    lands: float = 0.0
    waiting: int = 0
    datagrams: int = 0
    sent: list[Sending] = field(default_factory=list[Sending])

    def wait(self, shot: Shot) -> float:
        """Seconds for which `shot` is kept back, so that it lands with the slowest."""
        return max(0.0, self.lands - shot.delay)


Waiting = tuple[Instant, int, Firing, Shot]


class Leaving:
    """The shots that wait for slower destinations, at most `latency.LONGEST` each."""

    def __init__(self) -> None:
        self._heap: list[Waiting] = []
        self._count = 0

    def put(self, due: Instant, firing: Firing, shot: Shot) -> None:
        """Let `shot` leave at `due`; of several at once, the first put leaves first."""
        self._count += 1
        firing.waiting += 1
        heapq.heappush(self._heap, (due, self._count, firing, shot))

    @property
    def next_due(self) -> Instant | None:
        """When the next one leaves."""
        return self._heap[0][0] if self._heap else None

    def due(self, now: Instant) -> list[tuple[Firing, Shot]]:
        """What leaves at `now`, in order; it waits no more."""
        taken: list[tuple[Firing, Shot]] = []
        while self._heap and self._heap[0][0] <= now:
            _, _, firing, shot = heapq.heappop(self._heap)
            firing.waiting -= 1
            taken.append((firing, shot))
        return taken

    def drop(self, among: Callable[[Firing], bool]) -> list[tuple[Firing, Shot]]:
        """Take out what waits of the firings `among`: it never leaves."""
        dropped = sorted(waiting for waiting in self._heap if among(waiting[2]))
        if dropped:
            self._heap = [waiting for waiting in self._heap if not among(waiting[2])]
            heapq.heapify(self._heap)
        for _, _, firing, _ in dropped:
            firing.waiting -= 1
        return [(firing, shot) for _, _, firing, shot in dropped]
