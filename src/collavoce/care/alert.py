"""One press, from the finger to "I am with them".

An alert is raised, climbs its ladder, is covered by whoever says "coming", and ends. What it
calls out stands in `calls`: each trusted person with the rung at which they were called, once.
`key_of` names that call for the person's page, which hides whatever it has shown before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.events import (
    AlertCancelled,
    AlertDated,
    AlertEnded,
    AlertEvent,
    AlertRaised,
    AlertReplaced,
    CallShown,
    HelpArrived,
    HelpComing,
    RungReached,
)
from collavoce.care.ladder import Moment, Rung, Times, called_at

CANCEL_WITHIN = 10.0
"""Seconds in which a press can be taken back."""

DATED_FROM = 1.0
"""Seconds by which a later copy of a press must be older than the first to correct its age."""

NOTICE_LASTS = 600.0
"""Seconds for which those called still see that an alert ended."""

PRESSES_REMEMBERED = 256
"""Press ids remembered of each person, so that one sent again, however late, asks only once."""


class End(StrEnum):
    """How an alert ended."""

    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Alert:
    """since: where the ladder counts from; order: who may still be called; ended_by: person.

    released : those who were called and then dropped -> when. To them it looks like any end.
    """

    person: str
    press: str
    raised_at: float
    pressed_at: float
    since: float
    times: Times
    rung: Rung
    order: tuple[str, ...]
    calls: Mapping[str, Rung] = field(default_factory=dict[str, Rung])
    shown: frozenset[str] = frozenset()
    released: Mapping[str, float] = field(default_factory=dict[str, float])
    coming: str | None = None
    end: End | None = None
    ended_at: float = 0.0
    ended_by: str | None = None

    @property
    def climbing(self) -> bool:
        """Whether time still moves this alert."""
        return (
            self.end is None
            and self.coming is None
            and bool(self.order)
            and self.rung is not Rung.VOICE
        )

    def climbs_at(self) -> Moment:
        """When the next rung is due; only while climbing."""
        return Moment(self.since + self.times.at(Rung(self.rung + 1)))

    def calls_on(self, trusted: str) -> bool:
        """Whether `trusted` was called and is still of the circle."""
        return trusted in self.calls and trusted not in self.released

    def with_calls(self) -> "Alert":
        """This alert with everybody called whom its rung calls, those before unchanged."""
        fresh = {
            trusted: self.rung
            for trusted in called_at(self.rung, self.order)
            if trusted not in self.calls
        }
        return replace(self, calls={**self.calls, **fresh}) if fresh else self

    def without(self, trusted: str, at: float) -> "Alert":
        """This alert once `trusted` is of the circle no more: the next one is called instead."""
        if trusted not in self.order:
            return self
        left = replace(
            self,
            order=tuple(t for t in self.order if t != trusted),
            released={**self.released, trusted: at} if trusted in self.calls else self.released,
            coming=None if self.coming == trusted else self.coming,
        )
        return left.with_calls() if left.coming is None and left.end is None else left

    def seen_by(self, trusted: str) -> "Alert":
        """This alert once it stood on a page of `trusted`."""
        return replace(self, shown=self.shown | {trusted})

    def ended(self, end: End, at: float, by: str) -> "Alert":
        """This alert, ended."""
        return replace(self, end=end, ended_at=at, ended_by=by)

    def shifted(self, seconds: float) -> "Alert":
        """This alert with every moment moved."""
        return replace(
            self,
            raised_at=self.raised_at + seconds,
            pressed_at=self.pressed_at + seconds,
            since=self.since + seconds,
            ended_at=self.ended_at + seconds,
            released={trusted: at + seconds for trusted, at in self.released.items()},
        )


def key_of(alert: Alert, trusted: str) -> str:
    """The name of one call: press, person, step. A page rings once for each."""
    return f"{alert.press}:{trusted}:{alert.calls[trusted].value}"


@dataclass(frozen=True, slots=True)
class Alerts:
    """by_press: alerts open or lately ended; presses: person -> the last presses of theirs."""

    by_press: Mapping[str, Alert] = field(default_factory=dict[str, Alert])
    presses: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def knows(self, person: str, press: str) -> bool:
        """Whether `person` has sent or taken back `press` before."""
        return press in self.presses.get(person, ())

    def open_of(self, person: str) -> Alert | None:
        """The alert of `person` that has not ended; there is at most one."""
        for alert in self.by_press.values():
            if alert.person == person and alert.end is None:
                return alert
        return None

    def evolve(self, event: AlertEvent) -> "Alerts":
        """What is true after `event`. One about an alert that is gone changes nothing."""
        if isinstance(event, AlertRaised):
            return self._raised(event)
        if isinstance(event, AlertCancelled):
            return self._cancelled(event)
        if isinstance(event, AlertReplaced):
            return replace(self, by_press=self._all_but(event.press))
        alert = self.by_press.get(event.press)
        if alert is None:
            return self
        match event:
            case AlertDated():
                after = replace(alert, pressed_at=event.pressed_at)
            case RungReached():
                after = replace(alert, rung=Rung(event.rung)).with_calls()
            case CallShown():
                after = alert.seen_by(event.trusted)
            case HelpComing():
                # Whoever answers has seen it, even if their receipt is still on its way.
                after = replace(alert.seen_by(event.trusted), coming=event.trusted)
            case HelpArrived():
                seen = alert.seen_by(event.trusted)
                after = seen.ended(End.ARRIVED, event.at, event.trusted)
            case AlertEnded():
                after = alert.ended(End.OVER, event.at, event.person)
        return self.having(after)

    def having(self, alert: Alert) -> "Alerts":
        """The alerts with `alert` as it is now."""
        return replace(self, by_press={**self.by_press, alert.press: alert})

    def without(self, owner: str, trusted: str, at: float) -> "Alerts":
        """The alerts once `trusted` may not be called for `owner`."""
        left = {
            press: alert.without(trusted, at) if alert.person == owner else alert
            for press, alert in self.by_press.items()
        }
        return replace(self, by_press=left)

    def shifted(self, seconds: float) -> "Alerts":
        """The alerts with every moment moved."""
        moved = {press: alert.shifted(seconds) for press, alert in self.by_press.items()}
        return replace(self, by_press=moved)

    def _raised(self, event: AlertRaised) -> "Alerts":
        alert = Alert(
            person=event.person,
            press=event.press,
            raised_at=event.at,
            pressed_at=event.pressed_at,
            since=event.since,
            times=Times(second_after=event.second_after),
            rung=Rung(event.rung),
            order=event.order,
        ).with_calls()
        kept = {
            press: other
            for press, other in self.by_press.items()
            if other.end is None or event.at - other.ended_at <= NOTICE_LASTS
        }
        return Alerts({**kept, event.press: alert}, self._remembering(event.press, event.person))

    def _cancelled(self, event: AlertCancelled) -> "Alerts":
        alert = self.by_press.get(event.press)
        left = self._all_but(event.press)
        if alert is not None and alert.shown:
            # Whoever has seen it must hear that it is off; for all others it never was.
            left[event.press] = alert.ended(End.CANCELLED, event.at, event.person)
        return Alerts(left, self._remembering(event.press, event.person))

    def _all_but(self, press: str) -> dict[str, Alert]:
        return {p: alert for p, alert in self.by_press.items() if p != press}

    def _remembering(self, press: str, person: str) -> dict[str, tuple[str, ...]]:
        theirs = (*self.presses.get(person, ()), press)
        return {**self.presses, person: theirs[-PRESSES_REMEMBERED:]}
