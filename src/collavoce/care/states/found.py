"""Same here: two who ticked "may be found for this" at the same mark are told of each other.

    ticked --stands 10 min--> counts --the next quarter hour, another's counts too--> both told
       |                        |
       +------ taken back ------+--> as if it had never been

It is no oracle. A tick has to stand, and what comes of it comes on a grid that nobody can move; to
learn whether somebody else's stands, one's own has to stand for as long, and tell them too. The
answer to a tick depends on one's own ticks alone. Where people are few, all of them must have
agreed, for as long as a tick has to stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import floor
from typing import NamedTuple

from collavoce.care.events import (
    FoundEachOther,
    FoundEvent,
    FoundPutAway,
    FoundTicked,
    FoundUnticked,
    SmallPoolAgreed,
)
from collavoce.care.ladder import Moment

STANDS_S = 600.0
"""How long a tick stands before it counts."""

QUARTER_S = 900.0
"""The grid on which people are told of each other; of the machine's own count."""

STANDING_MAX = 3
"""Ticks of one person that stand."""

A_DAY_MAX = 6
"""Ticks of one person within `DAY_S`, those taken back too."""

DAY_S = 86_400.0

POOL_MIN = 10
"""Persons who may be found at all in this show; where there are fewer, each has to agree."""


class Pair(NamedTuple):
    """Two who have ticked the same; `one` before `other` in the order of their ids."""

    one: str
    other: str
    topic: str

    def not_of(self, person: str) -> str:
        """The other one, "" if `person` is neither."""
        both = {self.one: self.other, self.other: self.one}
        return both.get(person, "")


def quarter(now: Moment) -> float:
    """The last quarter hour at `now`."""
    return floor(now / QUARTER_S) * QUARTER_S


@dataclass(frozen=True, slots=True)
class Found:
    """standing : person -> topic -> since. ticked : person -> when, the latest `A_DAY_MAX`.

    agreed : to a small pool, since. told : pairs in the order they were told.
    away : (person, pair) that was put away.
    """

    standing: Mapping[str, Mapping[str, float]] = field(
        default_factory=dict[str, Mapping[str, float]]
    )
    ticked: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    agreed: Mapping[str, float] = field(default_factory=dict[str, float])
    told: tuple[Pair, ...] = ()
    away: frozenset[tuple[str, Pair]] = frozenset()

    def of(self, person: str) -> Mapping[str, float]:
        """What `person` has ticked, topic -> since."""
        return self.standing.get(person, {})

    def on_page(self, person: str) -> tuple[Pair, ...]:
        """What `person` was told and has not put away, the oldest first."""
        return tuple(p for p in self.told if p.not_of(person) and (person, p) not in self.away)

    def today(self, person: str, now: Moment) -> int:
        """How often `person` has ticked within the last `DAY_S`."""
        return sum(now - at < DAY_S for at in self.ticked.get(person, ()))

    def is_open(self, pool: frozenset[str], at: float) -> bool:
        """Whether anybody of `pool` is found at `at`: there are enough, or all have agreed."""
        if len(pool) >= POOL_MIN:
            return True
        return all(self.agreed.get(person, at) + STANDS_S <= at for person in pool)

    def to_tell(self, pool: frozenset[str], at: float) -> tuple[Pair, ...]:
        """Who of `pool` is told of whom at the quarter hour `at`, and was not before."""
        if not self.is_open(pool, at):
            return ()
        by_topic: dict[str, list[str]] = {}
        for person in sorted(pool & self.standing.keys()):
            for topic, since in self.standing[person].items():
                if since + STANDS_S <= at:
                    by_topic.setdefault(topic, []).append(person)
        pairs = (
            Pair(one, other, topic)
            for topic, persons in sorted(by_topic.items())
            for one, other in combinations(persons, 2)
        )
        return tuple(pair for pair in pairs if pair not in self.told)

    def evolve(self, event: FoundEvent) -> "Found":
        """What is true after `event`."""
        match event:
            case FoundTicked(at=at, person=person, topic=topic):
                ticks = (*self.ticked.get(person, ()), at)[-A_DAY_MAX:]
                return replace(
                    self,
                    standing={**self.standing, person: {**self.of(person), topic: at}},
                    ticked={**self.ticked, person: ticks},
                )
            case FoundUnticked(person=person, topic=topic):
                left = {t: since for t, since in self.of(person).items() if t != topic}
                others = {p: theirs for p, theirs in self.standing.items() if p != person}
                return replace(self, standing={**others, person: left} if left else others)
            case SmallPoolAgreed(at=at, person=person, agrees=agrees):
                others = {p: since for p, since in self.agreed.items() if p != person}
                return replace(self, agreed={**others, person: at} if agrees else others)
            case FoundEachOther():
                pair = pair_of(event)
                return self if pair in self.told else replace(self, told=(*self.told, pair))
            case FoundPutAway():
                return replace(self, away=self.away | {(event.person, pair_of(event))})

    def shifted(self, seconds: float) -> "Found":
        """The same with every moment moved."""
        return replace(
            self,
            standing={
                person: {topic: since + seconds for topic, since in theirs.items()}
                for person, theirs in self.standing.items()
            },
            ticked={
                person: tuple(at + seconds for at in theirs)
                for person, theirs in self.ticked.items()
            },
            agreed={person: since + seconds for person, since in self.agreed.items()},
        )


def pair_of(event: FoundEachOther | FoundPutAway) -> Pair:
    """The pair that `event` is about."""
    one, other = sorted((event.person, event.other))
    return Pair(one, other, event.topic)
