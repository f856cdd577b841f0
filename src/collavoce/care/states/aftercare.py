"""Aftercare: the day after, at an hour of their own, somebody's own words to themselves.

    answered, or come to a breach --> owed --> dated --> offered --> put away
                                        ^                   |
                                        +------ later ------+

Owed is, of whoever chose an hour, a call of theirs that somebody answered or that they said is
over; not one that was taken back in time. Whatever only *seems* taken back or over, by the other
word, counts as what it seems: the next day shows nobody that it was not. Nothing is asked, nothing
scored; of the answer only that it was put away is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from collavoce.care.events import (
    AftercareAnswered,
    AftercareDue,
    AftercareEvent,
    AftercareOffered,
    AftercareOwed,
    AftercareSet,
    AlertCancelled,
    AlertEnded,
    AlertEvent,
    AlertReplaced,
    DuressSaid,
    HelpArrived,
    HelpComing,
    MessageEnded,
    MessageTried,
)
from collavoce.care.ladder import Moment
from collavoce.care.states.alert import CANCEL_WITHIN, Alert
from collavoce.care.states.sent import Sent, ended, tried

OFF = -1
"""The minute of whoever wants none."""

LAST_MINUTE = 24 * 60 - 1
CAUSES_MAX = 16
"""Calls and breaches remembered of each person, so that each is dated once."""

FRESH_S = 12 * 3600.0
"""Seconds after which what nobody dated is dated no more: the machine was off for the evening."""

LATER = ""
"""What is owed to somebody who said "later"."""

K = TypeVar("K")
V = TypeVar("V")

AFTER = "after-"
"""How the name begins under which the messages of an offer are kept: it has no press."""


@dataclass(frozen=True, slots=True)
class Hour:
    """minute : of the day, in the venue's time. told : by their own contacts too."""

    minute: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands on somebody's page since `at`. name, messages : of those sent for it, by key."""

    day: int
    at: float
    name: str
    messages: Mapping[str, Sent] = field(default_factory=dict[str, Sent])


@dataclass(frozen=True, slots=True)
class Aftercare:
    """Each table by person.

    owed : cause -> since when; a cause is a press, a breach by another name, or `LATER`.
    dated : causes that have their day. days : on which something is to be offered.
    """

    hours: Mapping[str, Hour] = field(default_factory=dict[str, Hour])
    owed: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    dated: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    days: Mapping[str, frozenset[int]] = field(default_factory=dict[str, frozenset[int]])
    offers: Mapping[str, Offer] = field(default_factory=dict[str, Offer])

    def undated(self, now: Moment) -> tuple[tuple[str, str], ...]:
        """(person, cause) that a day is to be found for: it cannot be taken back any more."""
        return tuple(
            (person, cause)
            for person in self.hours
            for cause, since in self.owed.get(person, {}).items()
            if cause == LATER or CANCEL_WITHIN < now - since <= FRESH_S
        )

    def coming(self) -> tuple[tuple[str, int, int], ...]:
        """(person, day, minute) of what is still to be offered."""
        return tuple(
            (person, day, self.hours[person].minute)
            for person, days in self.days.items()
            for day in sorted(days)
        )

    def knows(self, person: str, cause: str) -> bool:
        """Whether `cause` is owed to `person` already, or has its day."""
        return cause in self.owed.get(person, {}) or cause in self.dated.get(person, ())

    def evolve(self, event: AftercareEvent) -> "Aftercare":
        """What is true after `event`."""
        match event:
            case AftercareSet():
                return self._settled(event)
            case AftercareOwed():
                return self._owing(event.person, event.cause, event.at - CANCEL_WITHIN)
            case AftercareDue():
                return self._dated(event)
            case AftercareOffered():
                return self._offered(event)
            case AftercareAnswered():
                owing = self._owing(event.person, LATER, event.at) if event.later else self
                return replace(owing, offers=_but(self.offers, event.person))

    def called(self, event: AlertEvent, alert: Alert | None) -> "Aftercare":
        """What is true after `event` of a call. alert : as it was before."""
        if alert is None or alert.hidden:
            return self
        in_time = event.at - alert.raised_at <= CANCEL_WITHIN
        seems_over = isinstance(event, DuressSaid) and event.hides
        if isinstance(event, HelpComing | HelpArrived):
            return self._owing(event.person, event.press, alert.raised_at)
        if isinstance(event, AlertEnded) or seems_over:
            if not in_time:
                return self._owing(event.person, event.press, alert.raised_at)
            return self._not_owing(event.person, event.press)
        if isinstance(event, AlertCancelled) or (isinstance(event, AlertReplaced) and in_time):
            return self._not_owing(event.person, event.press)
        return self

    def messaged(self, event: MessageTried | MessageEnded) -> "Aftercare":
        """What is true after a message of an offer was tried or ended."""
        offer = self.offers.get(event.person)
        if offer is None or offer.name != event.press:
            return self
        if isinstance(event, MessageTried):
            sent = tried(event)
        elif event.key in offer.messages:
            sent = ended(offer.messages[event.key], event)
        else:
            return self
        after = replace(offer, messages={**offer.messages, sent.key: sent})
        return replace(self, offers={**self.offers, event.person: after})

    def shifted(self, seconds: float) -> "Aftercare":
        """The same with every moment moved."""
        return replace(
            self,
            owed={
                person: {cause: since + seconds for cause, since in theirs.items()}
                for person, theirs in self.owed.items()
            },
            offers={
                person: replace(
                    offer,
                    at=offer.at + seconds,
                    messages={key: sent.shifted(seconds) for key, sent in offer.messages.items()},
                )
                for person, offer in self.offers.items()
            },
        )

    def _settled(self, event: AftercareSet) -> "Aftercare":
        if event.minute != OFF:
            hour = Hour(event.minute, event.told)
            return replace(self, hours={**self.hours, event.person: hour})
        return replace(
            self,
            hours=_but(self.hours, event.person),
            days=_but(self.days, event.person),
            offers=_but(self.offers, event.person),
        )

    def _owing(self, person: str, cause: str, since: float) -> "Aftercare":
        if self.knows(person, cause):
            return self
        theirs = {**self.owed.get(person, {}), cause: since}
        last = dict(list(theirs.items())[-CAUSES_MAX:])
        return replace(self, owed={**self.owed, person: last})

    def _not_owing(self, person: str, cause: str) -> "Aftercare":
        theirs = self.owed.get(person, {})
        if cause not in theirs:
            return self
        left = _but(theirs, cause)
        others = _but(self.owed, person)
        return replace(self, owed={**others, person: left} if left else others)

    def _dated(self, event: AftercareDue) -> "Aftercare":
        person, after = event.person, self._not_owing(event.person, event.cause)
        causes = self.dated.get(person, ())
        if event.cause != LATER:
            causes = (*causes, event.cause)[-CAUSES_MAX:]
        days = after.days
        if person in self.hours:
            days = {**days, person: days.get(person, frozenset()) | {event.day}}
        return replace(after, dated={**self.dated, person: causes}, days=days)

    def _offered(self, event: AftercareOffered) -> "Aftercare":
        person, standing = event.person, self.offers.get(event.person)
        if standing is None:
            name = sha256(f"{person} {event.day} {event.at!r}".encode()).hexdigest()[:32]
            standing = Offer(event.day, event.at, AFTER + name)
        # Days that went by while the machine was off are one offer and no more.
        left = frozenset(d for d in self.days.get(person, ()) if d > event.day)
        others = _but(self.days, person)
        return replace(
            self,
            days={**others, person: left} if left else others,
            offers={**self.offers, person: replace(standing, day=event.day)},
        )


def _but(table: Mapping[K, V], gone: K) -> dict[K, V]:
    return {key: value for key, value in table.items() if key != gone}
