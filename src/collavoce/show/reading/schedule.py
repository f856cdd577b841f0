"""What the evening comes to as planned: who is where when, and whether there is time for it.

A number lasts as many minutes as it says, else as long as its score at the written tempos. Stages
begin together, when the performance does. Where a length is not known nothing is said about what
comes after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from collavoce.score.model import Score
from collavoce.score.tempi import written_seconds
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Number, QuickChange, Show
from collavoce.show.reading.clock import DAY, clock_words, whole_clock
from collavoce.show.reading.numbers import ReadNumber
from collavoce.show.triggers import AtClock
from collavoce.show.written.table import Table
from collavoce.units import Quarters, Seconds

EARLY_S, LATE_S = 3 * 3600.0, 6 * 3600.0
"""An evening reaches from so long before its beginning to so long after, or to its curfew."""


@dataclass(frozen=True, slots=True)
class Planned:
    """When a number is played, seconds after the beginning of its stage."""

    number: Number
    begin: float
    end: float


def length_of(number: Number, scores: Mapping[str, Score]) -> Seconds | None:
    """How long `number` lasts as planned; None where neither the show nor a score says."""
    if number.minutes is not None:
        return Seconds(60.0 * number.minutes)
    score = scores.get(number.score or "")
    return None if score is None else written_seconds(score, Quarters(0.0), score.end)


def planned(show: Show, scores: Mapping[str, Score]) -> dict[str, Planned]:
    """The numbers by id, as far as their times are known. scores: by path in the folder."""
    at: dict[str, Planned] = {}
    now: dict[str, float | None] = {}
    for number in show.numbers:
        begin, length = now.get(number.stage, 0.0), length_of(number, scores)
        if begin is None or length is None:
            now[number.stage] = None
            continue
        at[number.id] = Planned(number, begin, begin + length)
        now[number.stage] = begin + length + 60.0 * number.change
    return at


def check_schedule(
    top: Table,
    show: Show,
    scores: Mapping[str, Score],
    read: Iterable[ReadNumber],
    changes: Iterable[tuple[Table, QuickChange]],
) -> None:
    """Say who is in two places, which changes are too quick, and which clock cues come never.

    top, read, changes : where the finding stands.
    """
    plan = planned(show, scores)
    for table, change in changes:
        _quick(table, change, plan)
    for one in read:
        _exits(show, one)
        _elsewhere(show, one, plan)
    _two_places(top, plan.values())
    _late(top, show, plan.values())
    begins = whole_clock(show.starts)
    if begins is not None:
        for one in read:
            _clocks(show, one, begins)


def _quick(table: Table, change: QuickChange, plan: Mapping[str, Planned]) -> None:
    start, to = plan.get(change.start), plan.get(change.to)
    if start is None or to is None:
        return
    there = to.begin - start.end
    if there < change.least:
        table.warning(
            "minutes",
            "quick_change",
            person=change.person,
            there=f"{there / 60:.1f}",
            least=f"{change.least / 60:g}",
            start=change.start,
            to=change.to,
        )


def _two_places(top: Table, plan: Iterable[Planned]) -> None:
    """Nobody performs on two stages at once."""
    played = [one for one in plan if one.number.performer is not None]
    for one, other in combinations(played, 2):
        apart = one.number.stage == other.number.stage
        if apart or one.number.performer != other.number.performer:
            continue
        if one.begin < other.end and other.begin < one.end:
            top.warning(
                "numbers",
                "two_stages",
                person=one.number.performer,
                first=one.number.id,
                second=other.number.id,
                minute=f"{max(one.begin, other.begin) / 60:.0f}",
            )


def _exits(show: Show, read: ReadNumber) -> None:
    """Nobody sees themself off, and nobody waits at two exits at once."""
    at: dict[str, tuple[str, str]] = {}
    calls = [(w, a) for w in read.written for a in w.cue.actions if isinstance(a, CallPerson)]
    for one, call in calls:
        seat = show.seats.get(call.seat)
        if seat is None or seat.person is None:
            continue
        who = show.people[seat.person].name if seat.person in show.people else seat.person
        if seat.person == read.number.performer:
            one.table.warning("person", "sees_self_off", person=who)
        exit_, first = at.setdefault(seat.person, (call.exit, one.cue.number))
        if exit_ != call.exit:
            one.table.warning("person", "two_exits", person=who, first=first)


def _elsewhere(show: Show, read: ReadNumber, plan: Mapping[str, Planned]) -> None:
    """Nobody waits at an exit of one stage while they play on another."""
    here = plan.get(read.number.id)
    if here is None:
        return
    for one in read.written:
        for call in (action for action in one.cue.actions if isinstance(action, CallPerson)):
            seat = show.seats.get(call.seat)
            for there in plan.values():
                plays = seat is not None and seat.person == there.number.performer is not None
                meanwhile = there.begin < here.end and here.end - call.lead < there.end
                if plays and meanwhile and there.number.stage != read.number.stage:
                    who = there.number.performer or ""
                    name = show.people[who].name if who in show.people else who
                    one.table.warning("person", "plays_elsewhere", person=name, to=there.number.id)


def _late(top: Table, show: Show, plan: Iterable[Planned]) -> None:
    """Whether the evening as planned ends before its curfew."""
    begins = whole_clock(show.starts)
    ends = max((one.end for one in plan), default=0.0)
    if begins is None or show.curfew is None:
        return
    over = begins + ends - show.curfew
    if over > 0:
        top.warning(
            "curfew", "over_curfew", minutes=f"{over / 60:.0f}", ends=clock_words(begins + ends)
        )


def _clocks(show: Show, read: ReadNumber, begins: float) -> None:
    """A clock cue fires on the evening of the performance."""
    last = show.curfew if show.curfew is not None else begins + LATE_S
    for one in read.written:
        time = one.cue.trigger.time if isinstance(one.cue.trigger, AtClock) else None
        if time is None or begins - EARLY_S <= time <= last:
            continue
        next_day = time < begins and time + DAY <= last
        kind = "clock_next_day" if next_day else "clock_outside"
        one.table.warning("at", kind, time=clock_words(time))
