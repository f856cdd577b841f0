"""Who is not available without a length, or until a day, by their own word alone.

              DoneSaid         AwaySaid          ReturnSaid            BackSaid
    there  ->  done      ->     away      ->    back in part     ->     there

Nothing here ends by a clock: a day that is past only makes their own page ask, once. What the
company is shown is `Shown`, the same for done and for away without a day that may be shown. What
offices are let know hangs on those very words: when these change, it has to be said anew, and the
time before it can be said (`LET_KNOW_AFTER_S`) begins anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, TypeVar

from collavoce.care.events import (
    AwaySaid,
    BackSaid,
    DoneSaid,
    LeaveEvent,
    OfficeRead,
    OfficeTold,
    OfficeUntold,
    ReturnSaid,
    StillAway,
)
from collavoce.care.ladder import Moment

OFFICES = ("contract", "press", "box office")
"""Whom a person can let know, each by an act of its own."""

LET_KNOW_AFTER_S = 72 * 3600.0
"""Seconds of the machine's own count after their word before an office can be let know.

A machine that is off counts nothing, and no clock that is set counts: late, never early.
"""

NO_DATE = "none"
"""Said to be without an end; "" is nothing said about the length."""

T = TypeVar("T")


class Shown(NamedTuple):
    """All that anybody is shown of it. until: a day ("2026-12-12"), `NO_DATE`, or ""."""

    performs: bool
    rehearses: bool | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """since : the moment of the word that is shown. away: stepped away; else done.

    day, until : as `date.toordinal` counts, 0 for none. offices : who is let know -> was it read.
    """

    since: float
    away: bool = False
    day: int = 0
    until: int = 0
    shown: bool = False
    called: bool = True
    offices: Mapping[str, bool] = field(default_factory=dict[str, bool])

    @property
    def length(self) -> str:
        """The day that may be shown, or that there is none."""
        return date.fromordinal(self.until).isoformat() if self.shown and self.until else NO_DATE

    def waits(self, now: Moment) -> float:
        """Seconds until an office can be let know; 0 once it can."""
        return max(0.0, self.since + LET_KNOW_AFTER_S - now)


@dataclass(frozen=True, slots=True)
class Leaves:
    """Each by person. parts : what they do again -> (rehearses, performs); never both."""

    by_person: Mapping[str, Leave] = field(default_factory=dict[str, Leave])
    parts: Mapping[str, tuple[bool, bool]] = field(default_factory=dict[str, tuple[bool, bool]])

    @property
    def persons(self) -> frozenset[str]:
        """Who is not available by their own word, or in part."""
        return frozenset(self.by_person.keys() | self.parts.keys())

    def without(self, *persons: str) -> "Leaves":
        """The same once nothing of `persons` stands."""
        left = {p: leave for p, leave in self.by_person.items() if p not in persons}
        return Leaves(left, {p: does for p, does in self.parts.items() if p not in persons})

    def rests(self, person: str) -> bool:
        """Whether `person` stepped away and is not called for others."""
        leave = self.by_person.get(person)
        return leave is not None and leave.away and not leave.called and person not in self.parts

    def stands(self, person: str) -> bool:
        """Whether there is anything that being back would end."""
        return person in self.by_person or person in self.parts

    def shown(self, person: str) -> Shown | None:
        """What the company is shown of `person`; None: nothing, they are there."""
        if person in self.parts:
            rehearses, performs = self.parts[person]
            return Shown(performs, rehearses)
        leave = self.by_person.get(person)
        return None if leave is None else Shown(performs=False, until=leave.length)

    def evolve(self, event: LeaveEvent | BackSaid) -> "Leaves":
        """What is true after `event`."""
        person, leave = event.person, self.by_person.get(event.person)
        match event:
            case DoneSaid():
                return self._left(person, Leave(event.at))
            case AwaySaid():
                said = Leave(event.at, True, event.day, event.until, event.shown, event.called)
                return self._left(person, said)
            case StillAway():
                if leave is None:
                    return self
                anew = replace(leave, since=event.at, until=0, shown=False, offices={})
                return self._left(person, anew)
            case ReturnSaid():
                return self._returned(event)
            case BackSaid():
                return self.without(person)
            case OfficeTold() | OfficeRead() | OfficeUntold():
                if leave is None:
                    return self
                offices = _but(leave.offices, event.office)
                if not isinstance(event, OfficeUntold):
                    offices[event.office] = isinstance(event, OfficeRead)
                return self._with(person, replace(leave, offices=offices))

    def shifted(self, seconds: float) -> "Leaves":
        """The same with every moment moved."""
        moved = {p: replace(one, since=one.since + seconds) for p, one in self.by_person.items()}
        return replace(self, by_person=moved)

    def _left(self, person: str, said: Leave) -> "Leaves":
        """`said` counts from now, unless it shows what was shown before: then from that."""
        before = self.by_person.get(person)
        after = replace(self, parts=_but(self.parts, person))
        if before is not None and self.shown(person) == Shown(performs=False, until=said.length):
            day = before.day if before.away and said.away else said.day
            said = replace(said, since=before.since, day=day, offices=before.offices)
        return replace(after, by_person={**after.by_person, person: said})

    def _returned(self, event: ReturnSaid) -> "Leaves":
        person = event.person
        parts = _but(self.parts, person)
        if event.rehearses or event.performs:
            parts[person] = (event.rehearses, event.performs)
        after = replace(self, parts=parts)
        leave = self.by_person.get(person)
        if leave is None or after.shown(person) == self.shown(person):
            return after
        anew = replace(leave, since=event.at, offices={})
        return replace(after, by_person={**after.by_person, person: anew})

    def _with(self, person: str, leave: Leave) -> "Leaves":
        return replace(self, by_person={**self.by_person, person: leave})


def _but(table: Mapping[str, T], gone: str) -> dict[str, T]:
    return {key: value for key, value in table.items() if key != gone}
