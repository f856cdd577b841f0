"""The knock: one tap at a place, "I hear you"; whoever is there may answer, or not.

    here at a place --> somebody knocks --> come down | turning down | nothing

Who is there is shown to nobody. Whoever knocks is answered alike whether anybody is there or not.
Names are shown when both have chosen it, both in the same moment, and else neither. Of answers
without a name it is seen that there is one of its kind, not how many. All of it lives in memory for
`LASTS_S`, and no fact is made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from collavoce.care.ladder import Moment

LASTS_S = 12 * 3600.0
"""After this nothing is left of a knock, or of somebody's being there."""

BETWEEN_S = 60.0
"""Between two knocks of one person, wherever."""

OF_ONE_MAX = 20
"""Knocks of one person that are kept; one more takes the place of their oldest."""


class Says(StrEnum):
    """What may be answered to a knock."""

    COME = "come"
    DOWN = "down"


class Reply(NamedTuple):
    """What somebody answered. says: None as long as they only chose to be named."""

    says: Says
    named: bool


@dataclass(frozen=True, slots=True)
class Knock:
    """id : drawn by lot. heard : who was there. replies : by person. away : put away by these."""

    id: str
    by: str
    place: str
    at: float
    named: bool
    heard: frozenset[str]
    replies: Mapping[str, Reply] = field(default_factory=dict[str, Reply])
    away: frozenset[str] = frozenset()

    def both_named(self, person: str) -> bool:
        """Whether whoever knocked and `person`, who answered, know each other's name."""
        reply = self.replies.get(person)
        return self.named and reply is not None and reply.named

    def has(self, person: str) -> bool:
        """Whether it stands on the page of `person`."""
        return person not in self.away and (person == self.by or person in self.heard)


class Heard(NamedTuple):
    """A knock as somebody sees who was there. who: "" unless both chose to be named."""

    id: str
    place: str
    who: str
    said: Says | None
    named: bool


class Answer(NamedTuple):
    """An answer as whoever knocked sees it. who: "" unless both chose to be named."""

    says: Says
    who: str


class Mine(NamedTuple):
    """A knock as whoever knocked sees it."""

    id: str
    place: str
    named: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Knocks:
    """here : person -> (place, since). knocks : by id, the oldest first."""

    here: Mapping[str, tuple[str, float]] = field(default_factory=dict[str, tuple[str, float]])
    knocks: Mapping[str, Knock] = field(default_factory=dict[str, Knock])

    def place_of(self, person: str) -> str:
        """Where `person` may be knocked at, "" if nowhere."""
        return self.here.get(person, ("", 0.0))[0]

    def may_knock(self, person: str, now: Moment) -> bool:
        """Whether the last knock of `person` is long enough ago."""
        return all(now - k.at >= BETWEEN_S for k in self.knocks.values() if k.by == person)

    def is_here(self, person: str, place: str, now: Moment) -> "Knocks":
        """`person` may be knocked at in `place`; with "" no more."""
        others = {p: there for p, there in self.here.items() if p != person}
        return replace(self, here={**others, person: (place, now)} if place else others)

    def knocked(self, id_: str, person: str, place: str, now: Moment, *, named: bool) -> "Knocks":
        """`person` knocks at `place`, once: the same `id_` again is the same knock."""
        if id_ in self.knocks:
            return self
        heard = frozenset(p for p, (there, _) in self.here.items() if there == place) - {person}
        theirs = [k.id for k in self.knocks.values() if k.by == person]
        left = {i: k for i, k in self.knocks.items() if i not in theirs[: 1 - OF_ONE_MAX]}
        return replace(self, knocks={**left, id_: Knock(id_, person, place, now, named, heard)})

    def answered(self, id_: str, person: str, says: Says, *, named: bool) -> "Knocks":
        """`person` answers; saying it again says the latest, a name once given stays."""
        knock = self.knocks.get(id_)
        if knock is None or person not in knock.heard or person in knock.away:
            return self
        before = knock.replies.get(person)
        reply = Reply(says, named or (before is not None and before.named))
        return self._with(replace(knock, replies={**knock.replies, person: reply}))

    def put_away(self, id_: str, person: str) -> "Knocks":
        """It goes from the page of `person`; nobody else sees a difference."""
        knock = self.knocks.get(id_)
        if knock is None or not knock.has(person):
            return self
        return self._with(replace(knock, away=knock.away | {person}))

    def heard_by(self, person: str) -> tuple[Heard, ...]:
        """What stands on the page of `person` of knocks where they were, the oldest first."""
        return tuple(
            Heard(
                knock.id,
                knock.place,
                knock.by if knock.both_named(person) else "",
                knock.replies[person].says if person in knock.replies else None,
                person in knock.replies and knock.replies[person].named,
            )
            for knock in self.knocks.values()
            if knock.by != person and knock.has(person)
        )

    def of(self, person: str) -> tuple[Mine, ...]:
        """The knocks of `person` that stand on their page, the oldest first."""
        return tuple(
            Mine(knock.id, knock.place, knock.named, _answers(knock))
            for knock in self.knocks.values()
            if knock.by == person and knock.has(person)
        )

    def after(self, now: Moment) -> "Knocks":
        """What is left at `now`; the very same if nothing is too old."""
        here = {p: (place, at) for p, (place, at) in self.here.items() if now - at < LASTS_S}
        knocks = {i: knock for i, knock in self.knocks.items() if now - knock.at < LASTS_S}
        if len(here) == len(self.here) and len(knocks) == len(self.knocks):
            return self
        return Knocks(here, knocks)

    def without(self, person: str) -> "Knocks":
        """What is left once `person` is erased."""
        return Knocks(
            {p: there for p, there in self.here.items() if p != person},
            {
                i: replace(
                    knock,
                    heard=knock.heard - {person},
                    replies={p: reply for p, reply in knock.replies.items() if p != person},
                    away=knock.away - {person},
                )
                for i, knock in self.knocks.items()
                if knock.by != person
            },
        )

    def _with(self, knock: Knock) -> "Knocks":
        return replace(self, knocks={**self.knocks, knock.id: knock})


def _answers(knock: Knock) -> tuple[Answer, ...]:
    """Those without a name once for each kind, in a fixed order; then the named, by person."""
    unnamed = {r.says for p, r in knock.replies.items() if not knock.both_named(p)}
    named = sorted(p for p in knock.replies if knock.both_named(p))
    return (
        *(Answer(says, "") for says in Says if says in unnamed),
        *(Answer(knock.replies[p].says, p) for p in named),
    )
