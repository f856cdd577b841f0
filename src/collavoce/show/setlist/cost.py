"""What a set list costs against another: minutes, cues, people, what does not go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Show
from collavoce.show.plan import Plan
from collavoce.show.setlist.conflicts import Conflict, conflicts
from collavoce.show.setlist.evening import Busy, Evening
from collavoce.show.setlist.needed import needed
from collavoce.show.setlist.schedule import Schedule, schedule
from collavoce.show.setlist.tonight import fallen_out, finish_by
from collavoce.units import Seconds

WORTH_SAYING_S = 30.0
"""A shift of less is none: nobody plans an evening by seconds."""


@dataclass(frozen=True, slots=True)
class Move:
    """A number that begins at another time. later: seconds, negative: earlier. cues: its cues."""

    number: str
    title: str
    later: Seconds
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonCue:
    """A cue that is a person: who comes to which exit. later: None if nobody comes any more."""

    cue: str
    person: str
    exit: str
    later: Seconds | None


@dataclass(frozen=True, slots=True)
class Cost:
    """later : seconds by which the evening ends later, negative: earlier.

    over, spare : against the plan as written and against the curfew, as in `Schedule`.
    out : cues that fall out. back : cues that had fallen out and come. moves: by number.
    freed : people who are not needed any more tonight. needed : people who were not needed.
    earlier : person -> seconds by which they are called earlier.
    conflicts : what does not go together and did before. solved : what did not, and does now.
    persons : person cues that move or fall out.
    """

    later: Seconds
    over: Seconds | None
    spare: Seconds | None
    out: tuple[str, ...]
    back: tuple[str, ...]
    moves: tuple[Move, ...]
    freed: tuple[str, ...]
    needed: tuple[str, ...]
    earlier: Mapping[str, Seconds]
    conflicts: tuple[Conflict, ...]
    solved: tuple[Conflict, ...]
    persons: tuple[PersonCue, ...]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A set list with everything that follows from it; kept, to hold several others against it."""

    times: Schedule
    busy: tuple[Busy, ...]
    conflicts: tuple[Conflict, ...]
    cues: tuple[str, ...]


def reckon(evening: Evening, plan: Plan | None = None) -> Reckoned:
    """What follows from `plan`, or from tonight's."""
    times = schedule(evening, plan)
    return Reckoned(
        times, needed(evening.show, times), conflicts(evening, times), coming_cues(times)
    )


def coming_cues(times: Schedule) -> tuple[str, ...]:
    """The cues of all that is played now and comes, without those that early ends leave out."""
    cues: list[str] = []
    for row in times.rows:
        if row.comes and row.number is not None:
            out = fallen_out(row.number.cues, finish_by(row.number, row.item))
            cues += [cue.number for cue in row.number.cues if cue.number not in out]
    return tuple(cues)


def cost(evening: Evening, plan: Plan, now: Reckoned | None = None) -> Cost:
    """What `plan` costs against tonight's set list. now: that one, if it was reckoned before."""
    before = reckon(evening) if now is None else now
    after = reckon(evening, plan)
    was, will = (
        {b.person: b for b in reversed(before.busy)},
        {b.person: b for b in reversed(after.busy)},
    )
    return Cost(
        later=Seconds(after.times.ends - before.times.ends),
        over=after.times.over,
        spare=after.times.spare,
        out=_without(before.cues, after.cues),
        back=_without(after.cues, before.cues),
        moves=_moves(before.times, after.times),
        freed=_without(tuple(was), tuple(will)),
        needed=_without(tuple(will), tuple(was)),
        earlier=_earlier(was, will),
        conflicts=_new(after.conflicts, before.conflicts),
        solved=_new(before.conflicts, after.conflicts),
        persons=_persons(evening.show, before.times, after),
    )


def _without(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    others = set(those)
    return tuple(one for one in these if one not in others)


def _new(these: Sequence[Conflict], those: Sequence[Conflict]) -> tuple[Conflict, ...]:
    known = {(one.kind, one.person, one.number) for one in those}
    return tuple(one for one in these if (one.kind, one.person, one.number) not in known)


def _begins(times: Schedule) -> dict[str, Seconds]:
    return {row.number.id: row.begins for row in times.rows if row.comes and row.number}


def _moves(before: Schedule, after: Schedule) -> tuple[Move, ...]:
    was = _begins(before)
    return tuple(
        Move(
            row.number.id,
            row.number.title,
            Seconds(row.begins - was[row.number.id]),
            tuple(cue.number for cue in row.number.cues),
        )
        for row in after.rows
        if row.comes
        and row.number is not None
        and row.number.id in was
        and abs(row.begins - was[row.number.id]) >= WORTH_SAYING_S
    )


def _earlier(was: Mapping[str, Busy], will: Mapping[str, Busy]) -> dict[str, Seconds]:
    return {
        person: Seconds(was[person].begins - busy.begins)
        for person, busy in will.items()
        if person in was and was[person].begins - busy.begins >= WORTH_SAYING_S
    }


def _persons(show: Show, before: Schedule, after: Reckoned) -> tuple[PersonCue, ...]:
    ends = {row.number.id: row.ends for row in after.times.rows if row.comes and row.number}
    left = set(after.cues)
    told: list[PersonCue] = []
    for row in before.rows:
        if not row.comes or row.number is None:
            continue
        out = fallen_out(row.number.cues, finish_by(row.number, row.item))
        for cue in row.number.cues:
            calls = [action for action in cue.actions if isinstance(action, CallPerson)]
            if not calls or cue.number in out:
                continue
            later = Seconds(ends.get(row.number.id, row.ends) - row.ends)
            comes = cue.number in left
            if not comes or abs(later) >= WORTH_SAYING_S:
                seat = show.seats.get(calls[0].seat)
                person = (seat.person if seat is not None else None) or ""
                told.append(PersonCue(cue.number, person, calls[0].exit, later if comes else None))
    return tuple(told)
