"""Who was to be in two places at once, by the times as they came out."""

from collections.abc import Iterable
from itertools import combinations

import msgspec

from collavoce.runtime.rehearsal.log import Log, Span
from collavoce.runtime.rehearsal.problem import Problem, problem
from collavoce.show.cues import Show
from collavoce.show.events import ExitStandby
from collavoce.show.reading.clock import clock_words
from collavoce.words import say


class _Stay(msgspec.Struct, frozen=True):
    """Somebody is somewhere: plays a number, or waits at an exit of it."""

    person: str
    begin: float
    end: float
    number: str
    place: str


def two_places(show: Show, logs: Iterable[Log], spans: Iterable[Span]) -> Iterable[Problem]:
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
                yield problem(
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


def _name(show: Show, person: str) -> str:
    known = show.people.get(person)
    return person if known is None else known.name
