"""Wishes on paper: each mark a sealed paper of its own, and no fact anywhere that there is one.

    wish ID    (form, kind, piece, title, words, given to)

Whom a mark is given to is asked twice: when it is written, and of the roles of today at every
reading, so that whoever gets a say in who works loses sight of it with the same show folder. Every
reading by somebody else leaves its row in the author's log, or shows nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.wishes import ASKING, DIRECTOR, Kind, Topic, directors, may_be_named
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.words import say

WISH = "wish "
"""How the kind of such a paper begins; an id follows."""

FORM = "1"
WISHES_MAX = 100
"""Marks of one person."""

WORDS_MAX = 500
TITLE_MAX = 100
"""Characters of somebody's own words, and of a piece's name."""

READ = "wish"
"""What stands in the author's log when somebody else reads one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One mark. piece: id of a number of the show; title: another piece by name; "" in general.

    to : who may read it besides its author, "" for nobody; `DIRECTOR` for the musical direction.
    """

    id: str
    kind: Kind
    piece: str = ""
    title: str = ""
    words: str = ""
    to: str = ""

    @property
    def topic(self) -> Topic | None:
        """What somebody can be found for by it; None for a piece that only its author names."""
        return None if self.title else Topic(self.kind, self.piece)


class Given(NamedTuple):
    """A mark that its author has let me read."""

    author: str
    wish: Wish


class Wishes(Part):
    """pieces : the numbers of the show, id -> title."""

    def __init__(self, keep: Keep, pieces: Mapping[str, str]) -> None:
        self._keep = keep
        self.pieces = pieces

    def mine(self, reader: Reader) -> tuple[Wish, ...]:
        """What the reader marked, the oldest first."""
        kinds = self._keep.kinds(reader.person, WISH)
        found = ((kind, self._keep.own(kind, reader)) for kind in kinds)
        return tuple(_read(kind, said) for kind, said in found if said)

    def given(self, reader: Reader) -> tuple[Given, ...]:
        """What others have given the reader; each leaves a row in its author's log."""
        return tuple(
            Given(author, wish)
            for author, wish in self._open_to(reader)
            if self._keep.log(author, reader.person, READ, "given")
        )

    def own(self, reader: Reader, id_: str) -> Wish | None:
        """The mark `id_` of the reader's own, None for any other, or none."""
        said = self._keep.own(WISH + id_, reader)
        return _read(WISH + id_, said) if said else None

    def wish(self, reader: Reader, id_: str) -> Wish | None:
        """The mark `id_`, of the reader's own or given to them; None for any other, or none."""
        own = self.own(reader, id_)
        if own is not None:
            return own
        for author, wish in self._open_to(reader, id_):
            if self._keep.log(author, reader.person, READ, "given"):
                return wish
        return None

    def write(self, reader: Reader, wish: Wish) -> Outcome:
        """Keep `wish` of the reader in place of the one of its id, or why not."""
        why = self._wrong(reader.person, wish)
        if why:
            return Refused(why)
        kinds = self._keep.kinds(reader.person, WISH)
        if WISH + wish.id not in kinds and len(kinds) >= WISHES_MAX:
            return Refused(say("music.refused.many", most=WISHES_MAX))
        words = (FORM, wish.kind, wish.piece, wish.title, wish.words, wish.to)
        shared: dict[str, int | None] = dict.fromkeys(self._readers(wish))
        return self._keep.write(WISH + wish.id, reader.person, words, shared)

    def withdraw(self, reader: Reader, id_: str) -> Outcome:
        """Let nobody else read it from now on."""
        own = self.own(reader, id_)
        return Kept() if own is None else self.write(reader, replace(own, to=""))

    def drop(self, reader: Reader, id_: str) -> Outcome:
        """Take it away."""
        if self.own(reader, id_) is None:
            return Kept()
        return self._keep.write(WISH + id_, reader.person, ())

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """Marks given to somebody who may not read them, by the roles of today."""
        return tuple(
            say("music.look_over.to_nobody", who=self._called(wish.to))
            for wish in self.mine(reader)
            if wish.to and not any(self._reads(reader.person, wish))
        )

    def exported(self, reader: Reader) -> Shown:
        """Every mark of theirs."""
        return {
            "wishes": [
                {
                    "kind": wish.kind,
                    "piece": self.pieces.get(wish.piece, wish.piece) or wish.title,
                    "words": wish.words,
                    "to": wish.to,
                }
                for wish in self.mine(reader)
            ]
        }

    def _readers(self, wish: Wish) -> tuple[str, ...]:
        if wish.to == DIRECTOR:
            return directors(self._keep.house.people)
        return (wish.to,) if wish.to else ()

    def _wrong(self, author: str, wish: Wish) -> str:
        """Why `wish` is not kept, "" if it is."""
        people = self._keep.house.people
        if len(wish.words) > WORDS_MAX or len(wish.title) > TITLE_MAX:
            return say("music.refused.long", most=WORDS_MAX)
        if wish.piece and (wish.title or wish.piece not in self.pieces):
            return say("music.refused.piece")
        if wish.kind is Kind.LIKE and not wish.words.strip():
            return say("music.refused.words")
        if wish.to == DIRECTOR:
            if wish.kind not in ASKING:
                return say("music.refused.feeling")
            others = tuple(p for p in directors(people) if p != author)
            return "" if others else say("music.refused.no_director")
        if wish.to and not may_be_named(people, author, wish.to):
            return say("music.refused.power" if wish.to in people else "music.refused.person")
        return ""

    def _open_to(self, reader: Reader, id_: str = "") -> Iterator[Given]:
        """What others let the reader read today; nothing of it is shown without its row."""
        keep, person = self._keep, reader.person
        for author in keep.house.people:
            for kind in keep.kinds(author, WISH + id_) if author != person else ():
                if person not in keep.shared_with(kind, author):
                    continue
                said = papers.opened(keep.keyring, kind, author, person, reader.private)
                wish = _read(kind, said) if said else None
                if wish is not None and self._may_read(author, wish, person):
                    yield Given(author, wish)

    def _called(self, to: str) -> str:
        person = self._keep.house.people.get(to)
        return to if person is None else person.name

    def _reads(self, author: str, wish: Wish) -> Iterator[bool]:
        """Of each whom `wish` was given to, whether they may read it."""
        for person in self._readers(wish):
            yield self._may_read(author, wish, person)

    def _may_read(self, author: str, wish: Wish, person: str) -> bool:
        """Whether `person`, who has a key to it, may read it by the roles of today."""
        people = self._keep.house.people
        if wish.to == DIRECTOR:
            return wish.kind in ASKING and person in directors(people)
        return wish.to == person and may_be_named(people, author, person)


def _read(kind: str, said: tuple[str, ...]) -> Wish:
    form, what, piece, title, words, to = said
    assert form == FORM, "written by a newer release"
    return Wish(kind.removeprefix(WISH), Kind(what), piece, title, words, to)
