"""Being found: what a tick is of, under a name that only this server can read; and who was found.

A topic is one of a fixed set (`care/wishes.py`). In the store and in the state it stands as an
HMAC under a key of the server's own, so a fact of it says neither piece nor feeling. Nothing here
looks at anybody else's ticks; the quarter hour does (`care/rules/found.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collavoce.care.commands import (
    AgreeSmallPool,
    FoundCommand,
    PutFoundAway,
    RevealFound,
    TickFound,
    UntickFound,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Outcome
from collavoce.care.states.found import quarter
from collavoce.care.wishes import FINDABLE, Kind, Topic, pool, topics
from collavoce.ledger.seal import named
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.wishes import Wish
from collavoce.words import say

SHOWN_MAX = 2
"""On one page at a time, since a frame has one size; the next when one is put away."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What somebody has ticked. kind, piece: "" of a piece that is of the show no more."""

    topic: str
    kind: str
    piece: str


class Findings(Part):
    """key : of the server, for the names of topics. pieces : numbers of the show, id -> title."""

    def __init__(self, keep: Keep, key: bytes, pieces: Mapping[str, str]) -> None:
        self._keep = keep
        self._key = key
        self._topics = {self._name(topic): topic for topic in topics(pieces)}
        self._looked = quarter(keep.house.moment())

    def turn(self) -> None:
        """Tell whoever is found, once in each quarter hour; a start waits for the next."""
        now = quarter(self._keep.house.moment())
        if now != self._looked:
            self._looked = now
            self._keep.house.ask(RevealFound())

    def ticks(self, reader: Reader) -> tuple[Tick, ...]:
        """What the reader has ticked."""
        return tuple(map(self._tick, self._keep.house.state.found.of(reader.person)))

    def is_ticked(self, reader: Reader, wish: Wish) -> bool:
        """Whether the reader may be found for `wish`."""
        return wish.topic is not None and self._name(wish.topic) in self._of(reader.person)

    def may_be_found(self, person: str) -> bool:
        """Whether `person` can be found in this show at all."""
        return person in pool(self._keep.house.people)

    def agrees(self, person: str) -> bool:
        """Whether `person` agreed to being found among few."""
        return person in self._keep.house.state.found.agreed

    def tick(self, reader: Reader, wish: Wish | None, *, on: bool) -> Outcome:
        """Let the reader be found for `wish` of theirs, or no more."""
        if wish is None or wish.topic is None or wish.kind not in FINDABLE:
            return Refused(say("music.refused.not_found"))
        topic = self._name(wish.topic)
        asked = TickFound(reader.person, topic) if on else UntickFound(reader.person, topic)
        return self._ask(asked)

    def untick(self, person: str, topic: str) -> Outcome:
        """Take back what stands under `topic`."""
        return self._ask(UntickFound(person, topic))

    def left_alone(self, reader: Reader, wish: Wish, others: tuple[Wish, ...]) -> bool:
        """Take back the tick of `wish` that goes, unless another of the same stays; whether so."""
        if wish.topic is None or any(other.topic == wish.topic for other in others):
            return True
        topic = self._name(wish.topic)
        gone = self.untick(reader.person, topic)
        return not isinstance(gone, Refused) and topic not in self._of(reader.person)

    def agree(self, person: str, *, on: bool) -> Outcome:
        """`person` agrees, or no more, to being found among few."""
        return self._ask(AgreeSmallPool(person, on))

    def put_away(self, person: str, other: str, topic: str) -> Outcome:
        """It goes from the page of `person`."""
        return self._ask(PutFoundAway(person, other, topic))

    def seen(self, reader: Reader) -> Shown:
        """Of whom the reader was told, and for what."""
        told = self._told(reader.person)[:SHOWN_MAX]
        return {
            "found": [
                {"who": who, "topic": t.topic, "kind": t.kind, "piece": t.piece} for who, t in told
            ]
        }

    def exported(self, reader: Reader) -> Shown:
        """What they have ticked, and of whom they were told."""
        return {
            "may_be_found_for": [{"kind": t.kind, "piece": t.piece} for t in self.ticks(reader)],
            "small_pool": self.agrees(reader.person),
            "found": [
                {"who": who, "kind": t.kind, "piece": t.piece}
                for who, t in self._told(reader.person)
            ],
        }

    def _told(self, person: str) -> list[tuple[str, Tick]]:
        pairs = self._keep.house.state.found.on_page(person)
        told = ((pair.not_of(person), self._tick(pair.topic)) for pair in pairs)
        return [(other, tick) for other, tick in told if other in self._keep.house.people]

    def _of(self, person: str) -> Mapping[str, float]:
        return self._keep.house.state.found.of(person)

    def _tick(self, name: str) -> Tick:
        topic = self._topics.get(name)
        return Tick(name, "", "") if topic is None else Tick(name, topic.kind, topic.piece)

    def _name(self, topic: Topic) -> str:
        return named(self._key, f"{Kind(topic.kind)} {topic.piece}")

    def _ask(self, command: FoundCommand) -> Outcome:
        return self._keep.house.ask(command)
