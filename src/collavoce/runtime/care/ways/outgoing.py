"""Which messages ought to be out now, found press by press: only what has changed is looked at.

The rule is `care.outbox`; asked of ten thousand open presses at once it would take longer than a
press may wait. So it is asked of one press at a time, when that press has changed or its next
moment has come.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from collavoce.care.channels import Message
from collavoce.care.ladder import Moment
from collavoce.care.reached.outbox import next_wanted, wanted
from collavoce.care.state import CareState
from collavoce.care.states.aftercare import Aftercare
from collavoce.care.states.alert import Alert
from collavoce.care.states.beside import Beside
from collavoce.care.states.notes import Notes
from collavoce.runtime.care.canary import CANARIES

_TIME = frozenset({"alerts", "boot", "last_at", "aftercare", "letters", "notes"})
"""What of the state changes with every event and decides about no contact by itself."""


@dataclass(slots=True)
class _Press:
    """look_at : when it is to be asked again. moves_at : when time will next want something."""

    alert: Alert
    messages: tuple[Message, ...] = ()
    look_at: float = 0.0
    moves_at: float = 0.0


@dataclass(slots=True)
class Outgoing:
    """What is wanted of the whole of care. Nothing in it is a fact; it follows from the state."""

    _presses: dict[str, _Press] = field(default_factory=dict[str, _Press])
    _rest: tuple[object, ...] = ()
    _besides: tuple[Message, ...] = ()
    _besides_at: float = 0.0

    def follow(self, state: CareState, now: Moment) -> None:
        """Look at what has changed and at what has become due."""
        rest = rest_of(state)
        unchanged = same(rest, self._rest)
        self._rest = rest
        by_press = state.alerts.by_press
        for gone in self._presses.keys() - by_press.keys():
            del self._presses[gone]
        for press, alert in by_press.items():
            known = self._presses.get(press)
            if known is None or known.alert is not alert or not unchanged or known.look_at <= now:
                self._presses[press] = _looked_at(state, alert, now)
        if not unchanged or self._besides_at <= now:
            alone = replace(state, alerts=replace(state.alerts, by_press={}))
            self._besides = wanted(alone, now)
            at = next_wanted(alone, now)
            self._besides_at = float("inf") if at is None else at

    def messages(self) -> Iterator[Message]:
        """What is wanted, in no order."""
        yield from self._besides
        for known in self._presses.values():
            yield from known.messages

    def soonest(self, most: int) -> list[Alert]:
        """The open alerts of which time will want something next, the soonest first."""
        open_ones = (known for known in self._presses.values() if known.alert.end is None)
        return [known.alert for known in heapq.nsmallest(most, open_ones, key=_moves_at)]

    def next_at(self) -> float:
        """When more will be wanted if nothing else happens; infinity for never."""
        looks = (known.look_at for known in self._presses.values())
        return min(self._besides_at, min(looks, default=float("inf")))


def _moves_at(known: _Press) -> float:
    return known.moves_at


def _looked_at(state: CareState, alert: Alert, now: Moment) -> _Press:
    alone = only(state, alert)
    # Nobody need be told that a canary is over.
    over = alert.person in CANARIES and alert.end is not None
    messages = () if over else wanted(alone, now)
    # What is wanted already needs no second look before something changes.
    at = next_wanted(alone, now)
    look_at = float("inf") if at is None else at
    climb = alert.climbs_at() if alert.climbing else float("inf")
    moves_at = min(climb, look_at, *(message.due_at for message in messages))
    return _Press(alert, messages, look_at, moves_at)


def only(state: CareState, alert: Alert) -> CareState:
    """The state as if this press were all there is: nobody alone, nothing offered."""
    alerts = replace(state.alerts, by_press={alert.press: alert})
    return replace(state, alerts=alerts, beside=Beside(), aftercare=Aftercare(), notes=Notes())


def rest_of(state: CareState) -> tuple[object, ...]:
    """Everything of the state that decides about messages, but for the alerts."""
    rest = (getattr(state, f.name) for f in fields(state) if f.name not in _TIME)
    # Of aftercare only what is offered; what is owed changes with every answered call.
    quiet = (state.aftercare.hours, state.aftercare.offers, state.notes.news)
    return (*rest, *quiet)


def same(rest: tuple[object, ...], before: tuple[object, ...]) -> bool:
    """Whether nothing of it has changed."""
    return len(rest) == len(before) and all(a is b for a, b in zip(rest, before, strict=True))
