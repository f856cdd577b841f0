"""Whether the seats' devices are awake and in place, and the drill is done. It warns, never blocks.

A device that was confirmed once may be in a pocket by now: a confirmation is worth half an hour.
Seats are of the show and everybody may know who holds one; nothing about circles is in this.
"""

from dataclasses import dataclass

from collavoce.line.place import Place
from collavoce.line.state import LineState, Tick

CONFIRMED_LASTS_S = 30 * 60.0
DRILL_LASTS_S = 12 * 3600.0
"""A drill is for one evening."""

ASK_AHEAD_S = 3600.0
"""From this long before the show on the devices are asked by themselves."""

ASK_AGAIN_S = 10 * 60.0
"""A seat that has not answered, or is about to lapse, is asked again after this long."""

CLOCK_SLIP_S = 1.0
"""A confirmation further in the future than this is one of a clock that was set back."""


@dataclass(frozen=True, slots=True)
class SeatCheck:
    """One seat. age_s: seconds since its person confirmed, None if never or too long ago."""

    seat: str
    person: str | None
    age_s: float | None
    took_s: float = 0.0
    trip_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """ready: every seat is held and was confirmed lately, and the drill is ticked both ways."""

    ready: bool
    seats: tuple[SeatCheck, ...]
    by_voice: Tick | None
    by_hand: Tick | None


def readiness(place: Place, state: LineState, now: float) -> Readiness:
    """How support stands at `now`."""
    seats = tuple(_check(state, seat.name, seat.person, now) for seat in place.seats)
    voice, hand = _lately(state.by_voice, now), _lately(state.by_hand, now)
    confirmed = all(check.age_s is not None for check in seats)
    ready = confirmed and voice is not None and hand is not None
    return Readiness(ready, seats, voice, hand)


def asks_by_itself(place: Place, state: LineState, now: float, starts_at: float | None) -> bool:
    """Whether a round trip is due by itself. starts_at: of the show, UTC; None if unknown.

    Only in the hour before it: later somebody in the wings has better things to tap.
    """
    if starts_at is None or not starts_at - ASK_AHEAD_S <= now < starts_at:
        return False
    if 0.0 <= now - state.support.asked_at < ASK_AGAIN_S:
        return False
    checks = (_check(state, s.name, s.person, now) for s in place.seats if s.person)
    return any(c.age_s is None or c.age_s > CONFIRMED_LASTS_S - ASK_AGAIN_S for c in checks)


def waits_for(place: Place, state: LineState, person: str, now: float) -> str:
    """The round that the device of `person` is still to answer, "" for none."""
    support = state.support
    if not support.round or not any(seat.person == person for seat in place.seats):
        return ""
    if not -CLOCK_SLIP_S <= now - support.asked_at <= CONFIRMED_LASTS_S:
        return ""
    at = support.confirmed.get(person, (float("-inf"), 0.0, 0.0))[0]
    return "" if at >= support.asked_at else support.round


def _check(state: LineState, seat: str, person: str | None, now: float) -> SeatCheck:
    if person is None or person not in state.support.confirmed:
        return SeatCheck(seat, person, None)
    at, took_s, trip_ms = state.support.confirmed[person]
    age = now - at
    if not -CLOCK_SLIP_S <= age <= CONFIRMED_LASTS_S:
        return SeatCheck(seat, person, None)
    return SeatCheck(seat, person, max(0.0, age), took_s, trip_ms)


def _lately(tick: Tick | None, now: float) -> Tick | None:
    if tick is None or not -CLOCK_SLIP_S <= now - tick.at <= DRILL_LASTS_S:
        return None
    return tick
