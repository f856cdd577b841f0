"""The alerts of everybody, as the events leave them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from collavoce.care.channels import OFFS
from collavoce.care.events import (
    AlertCancelled,
    AlertDated,
    AlertEnded,
    AlertEvent,
    AlertRaised,
    AlertReplaced,
    CallShown,
    DuressSaid,
    HelpArrived,
    HelpComing,
    MessageEnded,
    MessageTried,
    RungReached,
)
from collavoce.care.ladder import Rung, Times
from collavoce.care.states.alert import NOTICE_LASTS, Alert, End
from collavoce.care.states.sent import Sent, ended, tried

PRESSES_REMEMBERED = 256
"""Press ids remembered of each person, so that one sent again, however late, asks only once."""

LOOKED_THROUGH_EVERY = 64
"""Alerts at whose multiples, and below which always, those that are long over are dropped.

To look through all of them at every press would make ten thousand presses a hundred million looks.
"""


@dataclass(frozen=True, slots=True)
class Alerts:
    """by_press: alerts open or lately ended; presses: person -> the last presses of theirs.

    replaced : person -> the alert for which their next press stands; only while it is raised.
    """

    by_press: Mapping[str, Alert] = field(default_factory=dict[str, Alert])
    presses: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    replaced: Mapping[str, Alert] = field(default_factory=dict[str, Alert])

    def knows(self, person: str, press: str) -> bool:
        """Whether `person` has sent or taken back `press` before."""
        return press in self.presses.get(person, ())

    def open_all(self, person: str) -> tuple[Alert, ...]:
        """The alerts of `person` that have not ended, hidden ones too."""
        alerts = self.by_press.values()
        return tuple(alert for alert in alerts if alert.person == person and alert.end is None)

    def open_of(self, person: str) -> Alert | None:
        """The alert of `person` that has not ended and that they see; there is at most one."""
        return next((alert for alert in self.open_all(person) if not alert.hidden), None)

    def latest_of(self, person: str) -> Alert | None:
        """The alert of the latest press of `person`, if anything is left of it that they see."""
        presses = self.presses.get(person, ())
        alert = self.by_press.get(presses[-1]) if presses else None
        return None if alert is None or alert.hidden else alert

    def evolve(self, event: AlertEvent) -> "Alerts":
        """What is true after `event`. One about an alert that is gone changes nothing."""
        if isinstance(event, AlertRaised):
            return self._raised(event)
        if isinstance(event, AlertCancelled):
            return self._cancelled(event)
        alert = self.by_press.get(event.press)
        if alert is None:
            return self
        if isinstance(event, AlertReplaced):
            return replace(
                self,
                by_press=self._all_but(event.press),
                replaced={**self.replaced, event.person: alert},
            )
        return self.having(_evolved(alert, event))

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
        before = self.replaced.get(event.person)
        alert = Alert(
            person=event.person,
            press=event.press,
            raised_at=event.at,
            pressed_at=event.pressed_at,
            since=event.since,
            times=Times(
                event.second_after, event.all_after, event.voice_after, event.receipt_after
            ),
            rung=Rung(event.rung),
            order=event.order,
            last=event.last,
            how=event.how,
            voice_at=event.at,
            earlier=() if before is None else _called_out(before),
            duress=before is not None and before.duress,
        ).with_calls(event.at, last_too=event.last_too)
        return Alerts(
            {**self._lately(event.at), event.press: alert},
            self._remembering(event.press, event.person),
            {person: alert for person, alert in self.replaced.items() if person != event.person},
        )

    def _cancelled(self, event: AlertCancelled) -> "Alerts":
        alert = self.by_press.get(event.press)
        left = self._all_but(event.press)
        if alert is not None and (alert.shown or alert.messages or alert.earlier):
            # Whoever has seen it must hear that it is off; for all others it never was.
            left[event.press] = alert.ended(End.CANCELLED, event.at, event.person)
        return replace(self, by_press=left, presses=self._remembering(event.press, event.person))

    def _lately(self, at: float) -> Mapping[str, Alert]:
        """The alerts without those that ended long ago; of many only looked for now and then."""
        if len(self.by_press) % LOOKED_THROUGH_EVERY and len(self.by_press) > LOOKED_THROUGH_EVERY:
            return self.by_press
        return {
            press: alert
            for press, alert in self.by_press.items()
            if alert.end is None or at - alert.ended_at <= NOTICE_LASTS
        }

    def _all_but(self, press: str) -> dict[str, Alert]:
        return {p: alert for p, alert in self.by_press.items() if p != press}

    def _remembering(self, press: str, person: str) -> dict[str, tuple[str, ...]]:
        theirs = (*self.presses.get(person, ()), press)
        return {**self.presses, person: theirs[-PRESSES_REMEMBERED:]}


def _evolved(
    alert: Alert,
    event: AlertDated
    | RungReached
    | CallShown
    | HelpComing
    | HelpArrived
    | AlertEnded
    | DuressSaid
    | MessageTried
    | MessageEnded,
) -> Alert:
    match event:
        case AlertDated():
            return replace(alert, pressed_at=event.pressed_at)
        case RungReached():
            return alert.climbed(Rung(event.rung), event.at)
        case CallShown():
            return alert.seen_by(event.trusted)
        case HelpComing():
            # Whoever answers has seen it, even if their receipt is still on its way.
            seen = alert.seen_by(event.trusted)
            return replace(seen, coming=event.trusted, coming_at=event.at)
        case HelpArrived():
            seen = replace(alert.seen_by(event.trusted), arrived=event.trusted)
            return seen.ended(End.ARRIVED, event.at, event.trusted)
        case AlertEnded():
            return alert.ended(End.OVER, event.at, event.person)
        case DuressSaid():
            return replace(alert, duress=True, hidden=alert.hidden or event.hides)
        case MessageTried():
            return alert.with_message(tried(event))
        case MessageEnded():
            sent = alert.messages.get(event.key)
            return alert if sent is None else alert.with_message(ended(sent, event))


def _called_out(alert: Alert) -> tuple[Sent, ...]:
    """What went out for `alert` to those who were not told off since."""
    everything = (*alert.earlier, *alert.messages.values())
    told_off = {sent.to for sent in everything if sent.wording in OFFS}
    return tuple(sent for sent in everything if sent.to not in told_off)
