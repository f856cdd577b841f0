"""The one place where what is said at the line becomes a fact.

    decide -> line.db, synced to disk -> only now anybody is told

If the disk fails, what is urgent (a breach, a medic, a stop, a hand-over) is told all the same, and
the answer says that it is not recorded; it is written as soon as the disk takes it. Everything else
is refused.
"""

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from collavoce.ledger import LedgerError
from collavoce.line.commands import AnyCommand
from collavoce.line.decide import decide
from collavoce.line.events import (
    AnyEvent,
    BreachEvent,
    ClockStepped,
    HandAsked,
    HazardEvent,
    HazardRaised,
    Kept,
    LineRaised,
    MedicAsked,
    NotRecorded,
    Outcome,
    Refused,
    StopAsked,
)
from collavoce.line.place import Place, Utc
from collavoce.line.roles import Who
from collavoce.line.state import LineState, evolve

UNWRITTEN_MAX = 1000
"""Decisions held in memory for a disk that refuses them."""

EVENING_LASTS_S = 12 * 3600.0
"""What was asked for last night (a clear way, a medic) is not open tonight; a breach is."""

PURGE_EVERY_S = 3600.0

STEP_S = 2.0
"""A clock that moved by more than this beside the steady one was set; by less it is drifting."""

LATE_MOST = 200
"""Of the last events read at the opening, so that they can be passed on once more."""

URGENT = LineRaised | MedicAsked | StopAsked | HandAsked | HazardRaised
"""What is told even when no disk takes it."""


class LineRecords(Protocol):
    """The line's file as its house uses it."""

    def replay(self) -> Iterable[AnyEvent]:
        """Every event kept, in order."""
        ...

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep all `events` or none, on disk when this returns; raises LedgerError."""
        ...

    def prepare(self) -> None:
        """Do ahead what can be done before something happens; raises LedgerError."""
        ...

    def purge(self, now: float, keep_days: int) -> int:
        """Erase what is older than it may be; raises LedgerError."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class NoRecords:
    """No file at all: nothing is kept, and every answer says so."""

    def replay(self) -> Iterable[AnyEvent]:
        """Nothing."""
        return ()

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Raises LedgerError."""
        raise LedgerError(f"{len(events)} events of the line have no file")

    def prepare(self) -> None:
        """Nothing can be done ahead."""

    def purge(self, now: float, keep_days: int) -> int:
        """Nothing is there to be erased."""
        del now, keep_days
        return 0

    def close(self) -> None:
        """Nothing to close."""


class LineHouse:
    """State, file and clock of one show's line. One thread.

    utc : seconds since 1970. steady : seconds that nobody sets, None where `utc` is such a clock.
    """

    def __init__(
        self,
        place: Place,
        records: LineRecords,
        utc: Callable[[], Utc],
        keep_days: int = 365,
        steady: Callable[[], float] | None = None,
    ) -> None:
        self.place = place
        self.utc = utc
        self.state = LineState()
        self.told: list[Callable[[AnyEvent], None]] = []
        """who is told of each event, after it is on disk"""
        self._records = records
        self._keep_days = keep_days
        self._unwritten: deque[Sequence[AnyEvent]] = deque(maxlen=UNWRITTEN_MAX)
        self._late: deque[AnyEvent] = deque(maxlen=LATE_MOST)
        self._purged_at = float("-inf")
        self._steady = steady
        self._apart: float | None = None

    def open(self) -> None:
        """Fold what was kept; raises LedgerError."""
        now = self.utc()
        for event in self._records.replay():
            whole = isinstance(event, BreachEvent | HazardEvent)
            if whole or now - event.at <= EVENING_LASTS_S:
                self.state = evolve(self.state, event)
                self._late.append(event)
        self.turn()

    def ask(self, command: AnyCommand, who: Who) -> Outcome:
        """Carry out `command`. When this says Kept, what follows from it is on disk."""
        self._heed_clock()
        decision = decide(self.place, self.state, command, who, self.utc())
        if isinstance(decision, Refused):
            return decision
        kept = self._write_behind() and self._write(decision)
        if not kept and decision:
            if not isinstance(decision[0], URGENT):
                return NotRecorded(done=False)
            self._unwritten.append(decision)
        for event in decision:
            self.state = evolve(self.state, event)
        for event in decision:
            for tell in self.told:
                tell(event)
        return Kept() if kept else NotRecorded(done=True)

    def recent(self, seconds: float) -> tuple[AnyEvent, ...]:
        """What was read at the opening and is no older than `seconds`."""
        now = self.utc()
        return tuple(event for event in self._late if 0.0 <= now - event.at <= seconds)

    def turn(self) -> None:
        """Let time pass: what is older than it may be goes, what comes finds room."""
        self._heed_clock()
        now = self.utc()
        # A disk that is ill is asked again at the next turn, and in an hour.
        with contextlib.suppress(LedgerError):
            self._records.prepare()
            if now - self._purged_at >= PURGE_EVERY_S:
                self._purged_at = now
                self._records.purge(now, self._keep_days)

    def close(self) -> None:
        """Close the file."""
        self._records.close()

    def _heed_clock(self) -> None:
        """Notice that the clock was set, and let the hazards that stand last as long as before."""
        if self._steady is None:
            return
        now = self.utc()
        apart, before = now - self._steady(), self._apart
        self._apart = apart
        if before is None or abs(apart - before) < STEP_S:
            return
        if not self.state.hazards.all:
            return
        stepped = ClockStepped(now, apart - before)
        if not (self._write_behind() and self._write((stepped,))):
            self._unwritten.append((stepped,))
        self.state = evolve(self.state, stepped)

    def _write_behind(self) -> bool:
        while self._unwritten:
            if not self._write(self._unwritten[0]):
                return False
            self._unwritten.popleft()
        return True

    def _write(self, events: Sequence[AnyEvent]) -> bool:
        if not events:
            return True
        try:
            self._records.append(events)
        except LedgerError:
            return False
        return True
