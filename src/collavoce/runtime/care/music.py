"""A person's music as their phone may touch it: marks, being found for one, the knock.

The three know nothing of each other but for one thing: a mark that goes takes its tick along.
"""

from collections.abc import Callable, Mapping

from collavoce.care.events import Refused
from collavoce.care.knocks import Says
from collavoce.care.outcome import Outcome
from collavoce.care.wishes import FINDABLE, Kind
from collavoce.runtime.care.kept.found import Findings
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.wishes import Wish, Wishes
from collavoce.runtime.care.knocking import Knocking
from collavoce.words import say


class OwnMusic:
    """Whatever is asked here is asked with the token of the phone that asks."""

    def __init__(self, keep: Keep, wishes: Wishes, found: Findings, knocks: Knocking) -> None:
        self._keep = keep
        self._wishes = wishes
        self._found = found
        self._knocks = knocks

    def marks(self, token: str) -> Mapping[str, object]:
        """My marks, whether I may be found for each, what I ticked, what I agreed to."""
        reader = self._keep.reader(token)
        if reader is None:
            return {"marks": [], "ticks": [], "few": False, "findable": False}
        return {
            "marks": [self._shown(reader, wish) for wish in self._wishes.mine(reader)],
            "ticks": [
                {"topic": tick.topic, "kind": tick.kind, "piece": tick.piece}
                for tick in self._found.ticks(reader)
            ],
            "few": self._found.agrees(reader.person),
            "findable": self._found.may_be_found(reader.person),
        }

    def given(self, token: str) -> list[Mapping[str, object]]:
        """What others have let me read; each leaves a row in its author's log."""
        reader = self._keep.reader(token)
        given = () if reader is None else self._wishes.given(reader)
        return [
            {
                "who": who,
                "kind": wish.kind,
                "piece": wish.piece,
                "title": wish.title,
                "words": wish.words,
            }
            for who, wish in given
        ]

    def write_mark(
        self, token: str, id_: str, kind: Kind, *, piece: str, title: str, words: str, to: str
    ) -> Outcome:
        """Keep a mark of mine. id_ : of the one whose place it takes, or a fresh one."""
        wish = Wish(id_, kind, piece, title.strip(), words.strip(), to)
        return self._with(token, lambda reader: self._write(reader, wish))

    def withdraw_mark(self, token: str, id_: str) -> Outcome:
        """Let nobody else read it from now on."""
        return self._with(token, lambda reader: self._wishes.withdraw(reader, id_))

    def drop_mark(self, token: str, id_: str) -> Outcome:
        """Erase it, and the tick it carried."""
        return self._with(token, lambda reader: self._drop(reader, id_))

    def be_found(self, token: str, id_: str, *, on: bool) -> Outcome:
        """Let me be found for that mark, or no more."""
        return self._with(
            token, lambda reader: self._found.tick(reader, self._mark(reader, id_), on=on)
        )

    def untick(self, person: str, topic: str) -> Outcome:
        """Let `person` be found for this no more; no key is needed to take something back."""
        return self._found.untick(person, topic)

    def agree_few(self, person: str, *, on: bool) -> Outcome:
        """`person` agrees, or no more, to being found among few."""
        return self._found.agree(person, on=on)

    def put_found_away(self, person: str, other: str, topic: str) -> Outcome:
        """It goes from the page of `person`."""
        return self._found.put_away(person, other, topic)

    def be_here(self, person: str, place: str) -> Outcome:
        """`person` may be knocked at in `place`; with "" no more."""
        return self._knocks.be_here(person, place)

    def knock(self, person: str, id_: str, place: str, *, named: bool) -> Outcome:
        """`person` knocks at `place`, once for each id."""
        return self._knocks.knock(id_, person, place, named=named)

    def answer_knock(self, person: str, id_: str, says: Says, *, named: bool) -> Outcome:
        """`person` answers a knock they heard."""
        return self._knocks.answer(id_, person, says, named=named)

    def put_knock_away(self, person: str, id_: str) -> Outcome:
        """It goes from the page of `person`."""
        return self._knocks.put_away(id_, person)

    def _with(self, token: str, does: Callable[[Reader], Outcome]) -> Outcome:
        reader = self._keep.reader(token)
        return Refused(say("music.refused.locked")) if reader is None else does(reader)

    def _mark(self, reader: Reader, id_: str) -> Wish | None:
        return self._wishes.own(reader, id_)

    def _write(self, reader: Reader, wish: Wish) -> Outcome:
        before = self._mark(reader, wish.id)
        if before is not None and before.topic != wish.topic and not self._let_go(reader, before):
            return NOT_RECORDED
        return self._wishes.write(reader, wish)

    def _drop(self, reader: Reader, id_: str) -> Outcome:
        before = self._mark(reader, id_)
        if before is not None and not self._let_go(reader, before):
            return NOT_RECORDED
        return self._wishes.drop(reader, id_)

    def _let_go(self, reader: Reader, wish: Wish) -> bool:
        """The tick first: should the disk fail between, a mark is left and no tick."""
        others = tuple(other for other in self._wishes.mine(reader) if other.id != wish.id)
        return self._found.left_alone(reader, wish, others)

    def _shown(self, reader: Reader, wish: Wish) -> Mapping[str, object]:
        return {
            "id": wish.id,
            "kind": wish.kind,
            "piece": wish.piece,
            "title": wish.title,
            "words": wish.words,
            "to": wish.to,
            "can": wish.topic is not None and wish.kind in FINDABLE,
            "found": self._found.is_ticked(reader, wish),
        }
