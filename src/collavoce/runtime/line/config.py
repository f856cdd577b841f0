"""What the line is told at its start, inside the care process' own configuration."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from collavoce.company.people import Person, Seat, Zone
from collavoce.line.place import Place
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Show

PAST_MOST = timedelta(hours=12)
"""A start longer ago than this is yesterday's: tonight's is meant."""


class LineConfig(msgspec.Struct, frozen=True):
    """The facts of the show that the line needs.

    people : everybody of the show. zones : (id, name, exit). seats : (name, person or "") that
    person cues call for. comes_off : (performer, exit) of the running order. starts_at : UTC in
    seconds since 1970, None where the show does not say it. keep_days : how long the security
    record is kept; the law of the place says it. house_rules : for everybody alike.
    """

    people: tuple[Person, ...] = ()
    zones: tuple[tuple[str, str, str], ...] = ()
    seats: tuple[tuple[str, str], ...] = ()
    comes_off: tuple[tuple[str, str], ...] = ()
    starts_at: float | None = None
    keep_days: int = 365
    house_rules: tuple[str, ...] = ()

    def place(self) -> Place:
        """The house as the line's rules see it."""
        return Place(
            people={person.id: person for person in self.people},
            zones={i: Zone(i, name, exit_) for i, name, exit_ in self.zones},
            seats=tuple(Seat(name, person or None) for name, person in self.seats),
        )


def line_config(show: Show, now: datetime) -> LineConfig:
    """What `show` says to the line. now: aware."""
    calls = [
        (number.performer, action)
        for number in show.numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, CallPerson)
    ]
    seats = dict.fromkeys(action.seat for _, action in calls)
    return LineConfig(
        people=tuple(show.people.values()),
        zones=tuple((zone.id, zone.name, zone.exit) for zone in show.zones.values()),
        seats=tuple((seat, show.seats[seat].person or "") for seat in seats),
        comes_off=tuple(dict.fromkeys((p, action.exit) for p, action in calls if p is not None)),
        starts_at=starts_at(show.starts, show.timezone, now),
        keep_days=show.line_days,
        house_rules=show.house_rules,
    )


def starts_at(starts: str, timezone: str, now: datetime) -> float | None:
    """When a show that starts at "19:30" in `timezone` starts next, or lately did; UTC seconds."""
    if not starts:
        return None
    here = now.astimezone(ZoneInfo(timezone))
    hour, minute = (int(part) for part in starts.split(":"))
    at = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if here - at > PAST_MOST:
        at += timedelta(days=1)
    return at.timestamp()
