"""What does not go together in a schedule: nobody is in two places, and changes take their time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, zip_longest

from collavoce.show.cues import Show
from collavoce.show.setlist.evening import Busy, Evening
from collavoce.show.setlist.needed import needed
from collavoce.show.setlist.schedule import Row, Schedule, Standing
from collavoce.show.setlist.tonight import players_of
from collavoce.show.triggers import AtClock
from collavoce.words import say

QUICK_S = 300.0
"""Between two numbers of one person that do not follow each other as written, unless the show says
how long their change takes."""


KINDS = ("two places", "not available", "quick change", "clock")


@dataclass(frozen=True, slots=True)
class Conflict:
    """kind: one of KINDS. person: an id, "" for nobody.

    words : the whole of it in a sentence.
    """

    kind: str
    person: str
    number: str
    words: str


def conflicts(evening: Evening, times: Schedule) -> tuple[Conflict, ...]:
    """Everything that does not go together from now on."""
    show = evening.show
    busy = needed(show, times)
    return (
        *_not_available(evening, busy),
        *_two_places(show, busy, evening.elsewhere),
        *_quick(show, times),
        *_clock(times),
    )


def name(show: Show, person: str) -> str:
    """What a person is called; their id where the show does not know them."""
    known = show.people.get(person)
    return person if known is None else known.name


def _not_available(evening: Evening, busy: Sequence[Busy]) -> Iterator[Conflict]:
    for one in busy:
        if one.person in evening.state.unavailable:
            words = say(
                "setlist.conflict.away", person=name(evening.show, one.person), does=one.does
            )
            yield Conflict("not available", one.person, one.number, words)


def _two_places(show: Show, busy: Sequence[Busy], elsewhere: Sequence[Busy]) -> Iterator[Conflict]:
    by_person: dict[str, list[Busy]] = {}
    for one in busy:
        by_person.setdefault(one.person, []).append(one)
    pairs = [pair for own in by_person.values() for pair in combinations(own, 2)]
    pairs += [(one, other) for other in elsewhere for one in by_person.get(other.person, ())]
    for one, other in pairs:
        together = min(one.ends, other.ends) - max(one.begins, other.begins)
        if one.does != other.does and together > 0:
            words = say(
                "setlist.conflict.two_places",
                person=name(show, one.person),
                does=one.does,
                other=other.does,
            )
            yield Conflict("two places", one.person, one.number, words)


def _quick(show: Show, times: Schedule) -> Iterator[Conflict]:
    """By what the show says of a change; else for numbers that follow each other only tonight."""
    written = [number.id for number in show.numbers if not number.interval]
    usual = set(pairwise(written))
    least = {(c.person, c.start, c.to): float(c.least) for c in show.changes}
    plays = [one for row in times.rows if row.comes for one in _played(row)]
    for index, (person, one) in enumerate(plays):
        for ahead, (other_person, other) in enumerate(plays[index + 1 :]):
            if person != other_person or one is other or not (one.number and other.number):
                continue
            pair = one.number.id, other.number.id
            as_written = pair in usual and not (one.item.cover or other.item.cover)
            need = 0.0 if ahead or as_written else QUICK_S
            need = least.get((person, *pair), need)
            gap = other.begins - one.ends
            if gap < need:
                words = say(
                    "setlist.conflict.quick",
                    person=name(show, person),
                    title=other.number.title,
                    before=one.number.title,
                    minutes=minutes_words(gap),
                    need=minutes_words(need),
                )
                yield Conflict("quick change", person, other.number.id, words)


def _played(row: Row) -> list[tuple[str, Row]]:
    if row.number is None:
        return []
    return [(person, row) for person in players_of(row.number, row.item)]


def _clock(times: Schedule) -> Iterator[Conflict]:
    """A clock cue fires only while its number is the current one: until the next begins."""
    rows = [row for row in times.rows if row.comes]
    for row, following in zip_longest(rows, rows[1:]):
        if row.standing is not Standing.AHEAD or row.number is None:
            continue
        until = float("inf") if following is None else following.begins
        for cue in row.number.cues:
            if isinstance(cue.trigger, AtClock) and not row.begins <= cue.trigger.time <= until:
                words = say(
                    "setlist.conflict.clock",
                    cue=cue.number,
                    time=cue.trigger.words.removeprefix("clock "),
                    title=row.number.title,
                )
                yield Conflict("clock", "", row.number.id, words)


def minutes_words(seconds: float) -> str:
    """Minutes for people: "4", "1.5"."""
    return f"{max(seconds, 0.0) / 60:.1f}".removesuffix(".0")
