"""The one place where a press becomes a fact.

    decide -> care store, synced to disk -> only now anybody is told

If the disk fails, a press is still answered and still calls: the answer says plainly that it is
not recorded, the circle is called from memory, and what could not be written is written as soon
as the disk takes it. Everything but a press is refused meanwhile: nobody loses by it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from collavoce.care.commands import AnyCommand
from collavoce.care.decide import decide, due
from collavoce.care.events import (
    AlertCancelled,
    AlertEvent,
    AlertReplaced,
    AnyEvent,
    CareOpened,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.state import CareState, evolve
from collavoce.company.people import Person
from collavoce.ledger import LedgerError
from collavoce.runtime.care.canary import CANARIES

UNWRITTEN_MAX = 10_000
"""Decisions held in memory for a disk that refuses them. A ladder makes about ten."""


class Records(Protocol):
    """The care store as the house uses it."""

    def replay(self) -> Iterable[AnyEvent]:
        """Every event kept, in order."""
        ...

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep all `events` or none, on disk when this returns; raises LedgerError."""
        ...

    def erase_press(self, person: str, press: str) -> None:
        """Make what was kept of the press unreadable; raises LedgerError."""
        ...


class House:
    """State, store and clock of one show's care. One thread."""

    def __init__(
        self,
        people: Mapping[str, Person],
        records: Records,
        moment: Callable[[], Moment],
    ) -> None:
        self.people = people
        self.moment = moment
        self.state = CareState()
        self.wake = asyncio.Event()
        """set whenever the state has changed; the ladder's clock waits for it"""
        self.turned_at = moment()
        """when the ladder's clock last turned; the watchdog asks for it"""
        self._records = records
        self._unwritten: deque[Sequence[AnyEvent]] = deque(maxlen=UNWRITTEN_MAX)
        self._to_erase: set[tuple[str, str]] = set()

    def open(self, boot: str, seated: Iterable[AnyEvent] = ()) -> None:
        """Fold what was kept, and note that writing begins. boot: id of the machine's start.

        seated : what is true besides and is kept nowhere (`canary.py`).
        Raises LedgerError: a house that cannot read its store does not open.
        """
        for event in self._records.replay():
            if isinstance(event, AlertEvent) and event.person in CANARIES:
                # Its watchdog waits no more.
                self._to_erase.add((event.person, event.press))
            else:
                self._fold(event)
        opened = CareOpened(self.moment(), boot)
        self._records.append((opened,))
        self._fold(opened)
        for event in seated:
            self._fold(event)
        self._erase()

    def ask(self, command: AnyCommand) -> Outcome:
        """Carry out `command`. When this says Kept, what follows from it is on disk."""
        decision = decide(self.people, self.state, command, self.moment())
        if isinstance(decision, Refused):
            return decision
        kept = self._write_behind() and self._write(decision)
        if not kept and decision:
            if not isinstance(decision[0], AlertEvent):
                return NotRecorded(done=False)
            self._unwritten.append(decision)
        for event in decision:
            self._fold(event)
            self.wake.set()
        self._erase()
        # A press that is sent again is also answered by what has become of it on the disk.
        return Kept() if kept else NotRecorded(done=True)

    def turn(self) -> None:
        """Let time pass: ladders climb to where the clock is."""
        for command in due(self.state, self.moment()):
            self.ask(command)
        self.turned_at = self.moment()

    @property
    def calling(self) -> bool:
        """Whether somebody's press is open."""
        alerts = self.state.alerts.by_press.values()
        return any(alert.end is None and alert.person not in CANARIES for alert in alerts)

    def _fold(self, event: AnyEvent) -> None:
        self.state = evolve(self.state, event)
        if isinstance(event, AlertCancelled) or (
            # A canary that could not be taken back in time goes with the next.
            isinstance(event, AlertReplaced) and event.person in CANARIES
        ):
            self._to_erase.add((event.person, event.press))

    def _erase(self) -> None:
        """A press taken back leaves nothing; what an ill disk keeps goes at the next chance."""
        if self._unwritten:
            return
        for person, press in tuple(self._to_erase):
            try:
                self._records.erase_press(person, press)
            except LedgerError:
                return
            self._to_erase.discard((person, press))

    def _write_behind(self) -> bool:
        """Write what an ill disk refused before; whether nothing is left of it."""
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
