"""What every part of a person's own things needs: whose phone this is, papers, boxes, the log.

A *part* (`part.py`) is one noun of theirs: a card, letters, a way back. What it seals it writes and
reads here; so who may read is asked in one place, and every reading by somebody else leaves its row
in the log of whose words they are, or shows nothing.

    a paper is open to     its owner, and those it is shared with: named, of the show, in time
    a box                  is added for a person without their phone; only their phone opens it
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.states.keys import LogRow
from collavoce.ledger import LedgerError
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import open_box, seal_to
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept import index, papers
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.vault import BOXES

NOT_RECORDED = NotRecorded(done=False)


class Reader(NamedTuple):
    """A person whose phone is here, and what their papers open with."""

    person: str
    private: bytes


@dataclass(slots=True)
class Keep:
    """house, keyring : of the show. wall : UTC, s. zone : the venue's.

    changes : grows with whatever was written here; who shows something looks again when it has.
    papers : grows whenever a paper of anybody is another one, or may be opened by others.
    """

    house: House
    keyring: Keyring
    wall: Callable[[], float]
    zone: tzinfo = UTC
    changes: int = field(default=0, init=False)
    papers: int = field(default=0, init=False)
    _of: dict[str, int] = field(default_factory=dict[str, int], init=False)
    _of_anybody: int = field(default=0, init=False)

    def stir(self) -> None:
        """Something has changed that a page may show."""
        self.changes += 1

    def rewrote(self, *owners: str) -> None:
        """Papers of these have changed, or who opens them; of anybody, if nobody is named."""
        self.papers += 1
        self._of_anybody = self._of_anybody if owners else self.papers
        self._of.update(dict.fromkeys(owners, self.papers))
        self.stir()

    def papers_of(self, owner: str) -> int:
        """What `papers` was when one of `owner` last became another one."""
        return max(self._of_anybody, self._of.get(owner, 0))

    def reader(self, token: str) -> Reader | None:
        """Whose phone this is, if it opens their things."""
        opened = self.keyring.private_of(token)
        return None if opened is None else Reader(*opened)

    def today(self) -> int:
        """The venue's day (`date.toordinal`)."""
        return datetime.fromtimestamp(self.wall(), self.zone).toordinal()

    def shared_with(self, kind: str, owner: str) -> dict[str, int | None]:
        """Those who may read this paper of `owner` now, each with the last day, None for no end.

        Of somebody who is not of the show nothing is shared: neither is there a log of theirs.
        """
        found = papers.paper(self.keyring, kind, owner)
        if found is None or owner not in self.house.people:
            return {}
        name, today = self.keyring.vault.name, self.today()
        return {
            person: found.until.get(name(person))
            for person in self.house.people
            if name(person) in found.shared and found.until.get(name(person), today) >= today
        }

    def own(self, kind: str, reader: Reader) -> tuple[str, ...]:
        """The words of this paper of the reader's own; () if there is none."""
        return papers.opened(self.keyring, kind, reader.person, reader.person, reader.private)

    def of(self, kind: str, owner: str, reader: Reader, why: str) -> tuple[str, ...]:
        """The words of this paper of `owner` for the reader; () unless it is shared with them.

        Leaves a row in the owner's log, or shows nothing.
        """
        if reader.person not in self.shared_with(kind, owner):
            return ()
        words = papers.opened(self.keyring, kind, owner, reader.person, reader.private)
        return words if words and self.log(owner, reader.person, kind, why) else ()

    def write(
        self,
        kind: str,
        owner: str,
        words: tuple[str, ...],
        shared: Mapping[str, int | None] | None = None,
    ) -> Outcome:
        """Write this paper of `owner` under a fresh key; with no words, take it away.

        shared : who else may read it -> the last day, None for no end.
        """
        body = self.sealed(kind, owner, words, shared or {}) if any(words) else None
        return self.change(owner, {kind: body})

    def sealed(
        self, kind: str, owner: str, words: tuple[str, ...], shared: Mapping[str, int | None]
    ) -> bytes:
        """The body of a paper for its owner and those it is shared with, under a fresh key."""
        held = {person: self.keyring.public_of(person) for person in (owner, *shared)}
        publics = {person: public for person, public in held.items() if public is not None}
        until = {person: day for person, day in shared.items() if day is not None}
        return papers.written_to(self.keyring, kind, words, publics, tuple(shared), until)

    def change(self, owner: str, changed: Mapping[str, bytes | None]) -> Outcome:
        """Let these papers of `owner` be so, in one step; None takes one away."""
        return self.change_all({owner: changed})

    def change_all(self, changed: Mapping[str, Mapping[str, bytes | None]]) -> Outcome:
        """The same for several owners: a paper that passes from hand to hand."""
        try:
            things = [index.put(self.keyring, owner, papers_) for owner, papers_ in changed.items()]
            self.keyring.vault.change({place: b for put in things for place, b in put.items()})
        except LedgerError:
            return NOT_RECORDED
        self.rewrote(*changed)
        return Kept()

    def kinds(self, owner: str, beginning: str) -> tuple[str, ...]:
        """The kinds of `owner`'s papers that begin so, the oldest first."""
        kinds = index.kinds_of(self.keyring, owner)
        return tuple(kind for kind in kinds if kind.startswith(beginning))

    def has_key(self, person: str) -> bool:
        """Whether anything can be sealed to `person`: a phone of theirs was here."""
        return self.keyring.public_of(person) is not None

    def add_box(self, kind: str, person: str, words: bytes) -> bool:
        """Put `words` into a box for `person`; whether it is on disk."""
        public = self.keyring.public_of(person)
        if public is None:
            return False
        try:
            self.keyring.vault.add_box(kind, person, seal_to(public, words, BOXES[kind]))
        except LedgerError:
            return False
        self.stir()
        return True

    def add_boxes(self, boxes: Iterable[tuple[str, str, bytes]]) -> bool:
        """Put each (kind, person, words) into a box, all in one step; whether they are on disk.

        Whoever has no key gets none.
        """
        sealed = [
            ((kind, person), seal_to(public, words, BOXES[kind]))
            for kind, person, words in boxes
            if (public := self.keyring.public_of(person)) is not None
        ]
        try:
            self.keyring.vault.add_boxes(sealed)
        except LedgerError:
            return False
        self.stir()
        return True

    def boxes(self, kind: str, reader: Reader) -> tuple[bytes, ...]:
        """What the reader's boxes of this kind hold, the oldest first."""
        found: list[bytes] = []
        for box in self.keyring.vault.boxes(kind, reader.person):
            try:
                found.append(open_box(reader.private, box, BOXES[kind]))
            except SealBrokenError:
                continue  # of a key that is gone
        return tuple(found)

    def keep_boxes(self, kind: str, reader: Reader, words: Iterable[bytes]) -> Outcome:
        """Let the reader's boxes of this kind hold these and no others; no more than there were."""
        public = self.keyring.public_of(reader.person)
        assert public is not None, "what was opened is there"
        boxes = [seal_to(public, said, BOXES[kind]) for said in words]
        try:
            self.keyring.vault.change({}, {(kind, reader.person): boxes})
        except LedgerError:
            return NOT_RECORDED
        self.stir()
        return Kept()

    def log(self, owner: str, who: str, what: str, why: str) -> bool:
        """Leave a row in the log of `owner`; whether it was kept."""
        at = datetime.fromtimestamp(self.wall(), UTC).isoformat(timespec="seconds")
        try:
            return papers.log(self.keyring, owner, LogRow(at, who, what, why))
        except LedgerError:
            return False
