"""The one place where a press becomes a fact.

    decide -> care store, synced to disk -> only now anybody is told

If the disk fails, a press is still answered and still calls: the answer says plainly that it is
not recorded, the circle is called from memory, and what could not be written is written as soon
as the disk takes it. Everything but a press is refused meanwhile: nobody loses by it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Protocol

from collavoce.care.commands import (
    AnyCommand,
    Climb,
    HandOver,
    MessageCommand,
    RaiseAlert,
    RevealFound,
)
from collavoce.care.decide import decide, due
from collavoce.care.events import (
    AlertCancelled,
    AlertEvent,
    AlertReplaced,
    AnyEvent,
    CareOpened,
    Decision,
    Refused,
    Unseen,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.reached.calling import found_anew
from collavoce.care.reached.outbox import unsaid
from collavoce.care.state import CareState, evolve
from collavoce.care.states.alert import End
from collavoce.care.states.alerts import Alerts
from collavoce.company.people import Person
from collavoce.ledger import LedgerError
from collavoce.runtime.care.canary import CANARIES

CLIMBS_MAX = 128
"""Ladders that climb with one sync of the disk; whoever presses meanwhile waits for it."""

UNWRITTEN_MAX = 10_000
"""Decisions held in memory for a disk that refuses them. A ladder makes about ten."""


Told = Callable[[AnyEvent, CareState], None]
"""(event, the state after it)."""


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
        self.stirred = asyncio.Event()
        """the same for the courier: each clears its own"""
        self.told: list[Told] = []
        """who is told of each event, kept or read back; what may pass is in `policies.py`"""
        self.turned_at = moment()
        """when the ladder's clock last turned; the watchdog asks for it"""
        self._records = records
        self._unwritten: deque[Sequence[AnyEvent]] = deque(maxlen=UNWRITTEN_MAX)
        self._to_erase: set[tuple[str, str]] = set()
        self._seated: tuple[AnyEvent, ...] = ()

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
        self._seated = tuple(seated)
        for event in self._seated:
            self._fold(event)
        self.state = found_anew(self.people, self.state)
        self._erase()

    def ask(self, command: AnyCommand) -> Outcome:
        """Carry out `command`. When this says Kept, what follows from it is on disk."""
        decision = decide(self.people, self.state, command, self.moment())
        if isinstance(decision, Refused):
            return decision
        if isinstance(decision, Unseen):
            self._carry_out(decision.events)
            return decision.refused
        if isinstance(command, HandOver | RevealFound):
            # Whether anybody is called, or found, is not told, not even by the time the disk takes.
            self._carry_out(decision or (CareOpened(self.moment(), self.state.boot),))
            return Kept()
        kept = self._carry_out(decision)
        if not kept and decision and not _holds_without_disk(decision):
            return NotRecorded(done=False)
        # A press that is sent again is also answered by what has become of it on the disk.
        return Kept() if kept else NotRecorded(done=True)

    def ask_all(self, commands: Sequence[MessageCommand]) -> None:
        """Carry out `commands`, each about another message, and sync the disk once for all.

        What a disk refuses is true all the same, and is written when it takes it.
        """
        now = self.moment()
        decisions = (decide(self.people, self.state, command, now) for command in commands)
        events = [e for decision in decisions if isinstance(decision, tuple) for e in decision]
        if not events:
            return
        # Of a press that was taken back nothing is kept, not even that people are told so.
        lasting = [event for event in events if not self._taken_back(event)]
        if not (self._write_behind() and self._write(lasting)):
            self._unwritten.append(lasting)
        for event in events:
            self._fold(event)
        self._stir()
        self._erase()

    def ask_together(self, commands: Sequence[RaiseAlert | Climb]) -> list[Outcome]:
        """As `ask` for each, in their order, with one sync of the disk for all.

        Each is decided on what those before it will have made true. What a disk refuses is asked
        again one by one, by the way that knows what an ill disk may and may not do.
        """
        if len(commands) == 1 or not self._write_behind():
            return [self.ask(command) for command in commands]
        ahead, now = self.state, self.moment()
        decisions: list[Decision] = []
        after: list[tuple[AnyEvent, CareState]] = []
        for command in commands:
            decision = decide(self.people, ahead, command, now)
            decisions.append(decision)
            if not isinstance(decision, Refused):
                for event in decision.events if isinstance(decision, Unseen) else decision:
                    ahead = evolve(ahead, event)
                    after.append((event, ahead))
        if not self._write([event for event, _ in after]):
            return [self.ask(command) for command in commands]
        for event, state in after:
            self._become(event, state)
        self._stir()
        self._erase()
        return [_answer(decision) for decision in decisions]

    def turn(self) -> None:
        """Let time pass: ladders climb to where the clock is, so many at once (`CLIMBS_MAX`)."""
        climbs = due(self.state, self.moment())[:CLIMBS_MAX]
        if climbs:
            self.ask_together(climbs)
        self._erase()
        self.turned_at = self.moment()

    @property
    def calling(self) -> bool:
        """Whether somebody's press is open."""
        alerts = self.state.alerts.by_press.values()
        return any(alert.end is None and alert.person not in CANARIES for alert in alerts)

    def all_written(self) -> bool:
        """Write what an ill disk refused before; whether all that is known is on it now."""
        return self._write_behind()

    def fold_own(self, events: Iterable[AnyEvent]) -> None:
        """Let be true what a person's phone has opened of their own (`kept_circle.py`).

        It was decided before: it drops nobody out of a call that is open.
        """
        before = self.state
        after = reduce(evolve, events, replace(before, alerts=Alerts()))
        after = replace(after, alerts=before.alerts, last_at=before.last_at)
        self.state = found_anew(self.people, after)
        self._stir()

    def read_anew(self, own: Iterable[AnyEvent]) -> None:
        """Let be true what the store holds now, after something in it was erased.

        own : what phones have opened since the start. The canary, which no store keeps, stays.
        """
        assert not self._unwritten, "what is not on disk would be lost"
        before = self.state
        self.state = reduce(evolve, self._records.replay(), CareState())
        seated = (event for event in self._seated)
        self.state = reduce(evolve, seated, self.state)
        canary = {
            press: alert
            for press, alert in before.alerts.by_press.items()
            if alert.person in CANARIES
        }
        alerts = self.state.alerts
        alerts = replace(alerts, by_press={**alerts.by_press, **canary})
        self.state = replace(self.state, alerts=alerts)
        self.fold_own(own)

    def _carry_out(self, events: Sequence[AnyEvent]) -> bool:
        """Write `events` and let them be true; whether all that is known is on disk.

        What an ill disk refuses is true all the same if it is of a press, else it is not.
        """
        kept = self._write_behind() and self._write(events)
        if not kept and events:
            if not _holds_without_disk(events):
                return False
            self._unwritten.append(events)
        for event in events:
            self._fold(event)
            self._stir()
        self._erase()
        return kept

    def _taken_back(self, event: AnyEvent) -> bool:
        if not isinstance(event, AlertEvent):
            return False
        alert = self.state.alerts.by_press.get(event.press)
        return alert is not None and alert.end is End.CANCELLED

    def _stir(self) -> None:
        self.wake.set()
        self.stirred.set()

    def _fold(self, event: AnyEvent) -> None:
        self._become(event, evolve(self.state, event))

    def _become(self, event: AnyEvent, state: CareState) -> None:
        """`state`, which `event` has made of the one before, is true now."""
        self.state = state
        for tell in self.told:
            tell(event, self.state)
        if isinstance(event, AlertEvent) and self._leaves_nothing(event):
            self._to_erase.add((event.person, event.press))

    def _leaves_nothing(self, event: AlertEvent) -> bool:
        if isinstance(event, AlertReplaced):
            # A canary that could not be taken back in time goes with the next.
            return event.person in CANARIES
        alert = self.state.alerts.by_press.get(event.press)
        taken_back = alert is not None and alert.end is End.CANCELLED
        return taken_back or isinstance(event, AlertCancelled)

    def _erase(self) -> None:
        """A press taken back leaves nothing; what an ill disk keeps goes at the next chance.

        Whoever was called by another channel is told first that it was taken back: should this
        process die before, that must not be forgotten.
        """
        if self._unwritten:
            return
        for person, press in tuple(self._to_erase):
            if unsaid(self.state, press, self.moment()):
                continue
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


def _answer(decision: Decision) -> Outcome:
    """What is said of a decision whose events are on disk."""
    if isinstance(decision, Unseen):
        return decision.refused
    return decision if isinstance(decision, Refused) else Kept()


def _holds_without_disk(events: Sequence[AnyEvent]) -> bool:
    """Whether `events` are of a press, which calls from memory if it must."""
    return isinstance(events[0], AlertEvent)
