"""What a rehearsal came to: times as they came out, and what is wrong with them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from collavoce.runtime.rehearsal.colliding import collisions
from collavoce.runtime.rehearsal.log import Log, Span
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.table import words
from collavoce.show.cues import Cue, Show
from collavoce.show.event import Cause
from collavoce.show.events import (
    AnyEvent,
    CueDropped,
    CueFired,
    CueOffered,
    CuePassed,
    ExitStandby,
)
from collavoce.show.reading.clock import clock_words
from collavoce.show.triggers import ByHand
from collavoce.words import say


class Problem(msgspec.Struct, frozen=True):
    """One thing that came out wrong. kind: its key under `rehearse.found`. cue: "" for none.

    failure : the rehearsal fails for it; the rest is said to be known.
    """

    kind: str
    what: str
    remedy: str
    failure: bool
    cue: str = ""


class Played(msgspec.Struct, frozen=True):
    """A number as it came out: venue's time of day in words, and minutes."""

    number: str
    stage: str
    begin: str
    end: str
    minutes: float
    planned: float | None


class Changed(msgspec.Struct, frozen=True):
    """A quick change as it came out, minutes."""

    person: str
    start: str
    to: str
    least: float
    there: float


class Account(msgspec.Struct, frozen=True):
    """The whole of it.

    seconds : how long the evening was. causes: how many cues what fired. curfew: minutes over (or,
    negative, under) it; None without one.
    """

    title: str
    seed: int
    seconds: float
    cues: int
    fired: int
    sent: int
    causes: dict[str, int]
    numbers: tuple[Played, ...]
    changes: tuple[Changed, ...]
    curfew: float | None
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is wrong that must not be."""
        return any(problem.failure for problem in self.problems)


def account(show: Show, logs: Sequence[Log], seed: int) -> Account:
    """What `logs`, one of each stage, say about `show`."""
    spans = {span.number: span for log in logs for span in log.spans}
    fired = [event for log in logs for event in log.events if isinstance(event, CueFired)]
    changes = _changes(show, spans)
    ends = max((span.end for span in spans.values()), default=0.0)
    curfew = None if show.curfew is None or not spans else round((ends - show.curfew) / 60, 2)
    problems = [
        *_never(show, logs),
        *_by_hand(show, fired),
        *_overridden(logs),
        *(_problem("endless", number=number) for log in logs for number in log.endless),
        *_nobody(show),
        *_two_places(show, logs, spans.values()),
        *_too_quick(changes),
        *_collide(show, logs),
    ]
    if curfew is not None and curfew > 0:
        problems.append(_problem("over_curfew", minutes=f"{curfew:.1f}", ends=clock_words(ends)))
    return Account(
        title=show.title,
        seed=seed,
        seconds=round(max((e.at for log in logs for e in log.events), default=0.0), 3),
        cues=len(show.cues_by_number),
        fired=len(fired),
        sent=sum(log.sent for log in logs),
        causes=dict(sorted(Counter(event.cause.value for event in fired).items())),
        numbers=tuple(_played(show, span) for span in spans.values()),
        changes=changes,
        curfew=curfew,
        problems=tuple(problems),
    )


def _problem(kind: str, /, *, failure: bool = True, cue: str = "", **values: object) -> Problem:
    what = say(f"rehearse.found.{kind}.what", cue=cue, **values)
    remedy = say(f"rehearse.found.{kind}.remedy", cue=cue, **values)
    return Problem(kind, what, remedy, failure, cue)


def _played(show: Show, span: Span) -> Played:
    return Played(
        number=span.number,
        stage=span.stage,
        begin=clock_words(span.begin),
        end=clock_words(span.off),
        minutes=round((span.off - span.begin) / 60, 2),
        planned=show.number(span.number).minutes,
    )


def _never(show: Show, logs: Iterable[Log]) -> Iterable[Problem]:
    """Cues that never fired, with the last that was said of them."""
    events = [event for log in logs for event in log.events]
    fired = {event.cue for event in events if isinstance(event, CueFired)}
    by_chance = _left_to_chance(show, fired)
    last = {e.cue: e for e in events if isinstance(e, CueOffered | CueDropped | CuePassed)}
    for number, cue in show.cues_by_number.items():
        if number in fired:
            continue
        if number in by_chance:
            yield _problem("left_to_chance", failure=False, cue=number)
        else:
            does = "; ".join(words(action) for action in cue.actions) or say("rehearse.spoken")
            why = _why(last.get(number))
            yield _problem("never", cue=number, name=cue.name, does=does, why=why)


def _why(event: AnyEvent | None) -> str:
    match event:
        case CueOffered(why=why) | CueDropped(why=why):
            return why
        case CuePassed():
            return say("rehearse.disarmed")
        case _:
            return say("rehearse.nothing")


def _left_to_chance(show: Show, fired: set[str]) -> set[str]:
    """Members of random groups that fired, which took another this time."""
    return {
        member
        for cue in show.cues_by_number.values()
        for action in cue.actions
        if isinstance(action, FireGroup) and action.order is Order.RANDOM and cue.number in fired
        for member in action.cues
    }


def _by_hand(show: Show, fired: Iterable[CueFired]) -> Iterable[Problem]:
    """Cues that ought to fire by themselves and were left to the caller."""
    for number in dict.fromkeys(e.cue for e in fired if e.cause is Cause.HAND):
        cue = show.cue(number)
        if not isinstance(cue.trigger, ByHand) and not cue.hazard:
            yield _problem("by_hand", failure=False, cue=number, name=cue.name)


def _overridden(logs: Iterable[Log]) -> Iterable[Problem]:
    for log in logs:
        for number, why in log.overridden.items():
            yield _problem("overridden", cue=number, why=why)


def _nobody(show: Show) -> Iterable[Problem]:
    """Person cues for which nobody comes."""
    for number, cue in show.cues_by_number.items():
        for call in _calls(cue):
            seat = show.seats.get(call.seat)
            if seat is None or seat.person is None:
                yield _problem("nobody", cue=number, seat=call.seat, exit=call.exit)


def _calls(cue: Cue) -> list[CallPerson]:
    return [action for action in cue.actions if isinstance(action, CallPerson)]


class _Stay(msgspec.Struct, frozen=True):
    """Somebody is somewhere: plays a number, or waits at an exit of it."""

    person: str
    begin: float
    end: float
    number: str
    place: str


def _two_places(show: Show, logs: Iterable[Log], spans: Iterable[Span]) -> Iterable[Problem]:
    """Who was to be in two places at once, each pair of places said once."""
    stays = [
        _Stay(performer, span.begin, span.off, span.number, say("rehearse.on_stage"))
        for span in spans
        if (performer := show.number(span.number).performer) is not None
    ]
    for log in logs:
        stays.extend(_at_exits(show, log))
    told: set[tuple[str, ...]] = set()
    for one, other in combinations(stays, 2):
        if one.person != other.person or (one.number, one.place) == (other.number, other.place):
            continue
        if one.begin < other.end and other.begin < one.end:
            names = (one.person, one.number, one.place, other.number, other.place)
            if names not in told:
                told.add(names)
                yield _problem(
                    "two_places",
                    person=_name(show, one.person),
                    at=clock_words(max(one.begin, other.begin)),
                    first=one.number,
                    place=one.place,
                    second=other.number,
                    other=other.place,
                )


def _at_exits(show: Show, log: Log) -> Iterable[_Stay]:
    """Whoever is called stands at the exit from the call until the performer is off."""
    spans = {span.number: span for span in log.spans}
    for event in log.events:
        if not isinstance(event, ExitStandby) or event.person is None:
            continue
        number = show.numbers_by_cue[event.cue].id
        begin, end = log.opened + event.at, spans[number].off
        way = show.exits[event.exit].name
        yield _Stay(event.person, begin, max(begin, end), number, way)


def _changes(show: Show, spans: Mapping[str, Span]) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            person=change.person,
            start=change.start,
            to=change.to,
            least=round(change.least / 60, 2),
            there=round((spans[change.to].begin - spans[change.start].off) / 60, 2),
        )
        for change in show.changes
        if change.start in spans and change.to in spans
    )


def _too_quick(changes: Iterable[Changed]) -> Iterable[Problem]:
    for change in changes:
        if change.there < change.least:
            yield _problem(
                "too_quick",
                person=change.person,
                start=change.start,
                to=change.to,
                there=f"{change.there:.1f}",
                least=f"{change.least:g}",
            )


def _collide(show: Show, logs: Sequence[Log]) -> Iterable[Problem]:
    for clash in collisions(show, logs):
        yield _problem(
            "collide", failure=False, cue=clash.second, other=clash.first, what=clash.what
        )


def _name(show: Show, person: str) -> str:
    known = show.people.get(person)
    return person if known is None else known.name
