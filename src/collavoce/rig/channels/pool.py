"""One channel's threads: a bounded number, each attempt with a hard end, none waiting for another.

A library that hangs cannot be stopped from outside its thread. So when an attempt's time is over
it is answered with `LATE`, its thread is *given up* (it ends by itself should the library ever
return) and another takes its place. Threads given up are counted; at `GIVEN_UP_MAX` the channel
takes nothing more until some return, and `worn` tells whoever runs this process to start a fresh
one (`runtime/porter/`).
"""

import heapq
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from collavoce.rig.channels.outcome import Adapter, Failed, Failure, Outcome

THREADS = 32
GIVEN_UP_MAX = 64
WAITING_MAX = 1024

Answer = Callable[[int, Outcome], None]
"""Is told the number of an attempt and what came of it; from any thread."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt. until : on the pool's clock; distress goes before everything else."""

    number: int
    address: str = field(repr=False)
    text: str
    key: str
    until: float
    distress: bool = True


@dataclass(slots=True)
class _Running:
    parcel: Parcel
    given_up: bool = False


class Pool:
    """The threads of `adapter`; they are started when they are needed.

    now : seconds on a clock that never goes back.
    """

    def __init__(self, adapter: Adapter, answer: Answer, now: Callable[[], float]) -> None:
        self._adapter = adapter
        self._answer = answer
        self._now = now
        self._waiting: list[tuple[bool, int, Parcel]] = []
        self._lock = threading.Condition()
        self._running: dict[int, _Running] = {}
        self._threads = 0
        self._idle = 0
        self._given_up = 0

    @property
    def worn(self) -> bool:
        """Whether so many threads hang that a fresh process is needed."""
        return self._given_up >= GIVEN_UP_MAX

    @property
    def given_up(self) -> int:
        """How many threads hang."""
        return self._given_up

    def put(self, parcel: Parcel) -> None:
        """Attempt `parcel` as soon as a thread is free; it is answered once, in time."""
        with self._lock:
            full = self.worn or len(self._waiting) >= WAITING_MAX
            if not full:
                # False sorts first: distress, then by order of coming.
                heapq.heappush(self._waiting, (not parcel.distress, parcel.number, parcel))
                self._serve()
        if full:
            self._answer(parcel.number, Failed(Failure.FULL))

    def look(self) -> None:
        """Answer every attempt whose time is over. To be called some ten times a second."""
        now = self._now()
        late: list[int] = []
        with self._lock:
            for number, running in tuple(self._running.items()):
                if running.parcel.until <= now:
                    late.append(number)
                    running.given_up = True
                    del self._running[number]
                    self._given_up += 1
                    self._threads -= 1
            self._serve()
        for number in late:
            self._answer(number, Failed(Failure.LATE))

    def _serve(self) -> None:
        """See to it that what waits is taken by idle threads or, as far as may be, by new ones."""
        self._lock.notify(self._idle)
        for _ in range(min(len(self._waiting) - self._idle, THREADS - self._threads)):
            self._threads += 1
            # Never waited for: the process may end while a library hangs.
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
                while not self._waiting:
                    self._lock.wait()
                self._idle -= 1
                _, number, parcel = heapq.heappop(self._waiting)
                running = self._running[number] = _Running(parcel)
            outcome = self._attempt(parcel)
            with self._lock:
                if running.given_up:
                    self._given_up -= 1
                    return
                del self._running[number]
            self._answer(number, outcome)

    def _attempt(self, parcel: Parcel) -> Outcome:
        within_s = parcel.until - self._now()
        if within_s <= 0.0:
            return Failed(Failure.LATE)
        try:
            return self._adapter.send(parcel.address, parcel.text, parcel.key, within_s)
        except Exception:  # noqa: BLE001  a library's bug is a failed attempt, and its words may hold an address
            return Failed(Failure.BROKEN)
