"""Who shares what of their card with whom now, and the mark by which a page knows that it changed.

The table is made from what stands on disk, once after each change of a paper and on each new day.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from collavoce.care.card import Field
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keep import Keep, Reader

NOTHING_SHARED = "-" * 16
"""The mark of everybody with whom nothing is shared; every mark is as long."""

MARK = b"collavoce card mark 1"

By = Mapping[str, tuple[Field, ...]]
"""Owner -> the fields they share with one reader."""

Readers = Mapping[Field, tuple[str, ...]]
"""The fields of one owner -> who reads each."""

Stamp = tuple[int, int]
"""(`Keep.papers_of`, the day)."""


def kind_of(field: Field) -> str:
    """The kind of the paper that holds `field`."""
    return f"card {field}"


class Shared:
    """What of every card is shared with whom, of all that `keep` holds."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._made_at = (-1, -1)
        self._by_reader: dict[str, dict[str, tuple[Field, ...]]] = {}
        self._of_owner: dict[str, tuple[Stamp, Readers]] = {}
        self._marks: dict[str, tuple[object, str]] = {}

    def with_(self, reader: str) -> By:
        """Who shares which fields with `reader` now."""
        now = (self._keep.papers, self._keep.today())
        if now != self._made_at:
            self._by_reader, self._made_at = self._made(), now
        return self._by_reader.get(reader, {})

    def mark(self, reader: Reader) -> str:
        """What is shared with the reader, as a word of `NOTHING_SHARED`'s length.

        It is another one if and only if they would read something else; made with their own key,
        so that nobody else could find the words by trying.
        """
        shared = self.with_(reader.person)
        if not shared:
            return NOTHING_SHARED
        stamp = [(owner, fields, self._keep.papers_of(owner)) for owner, fields in shared.items()]
        before = self._marks.get(reader.person)
        if before is None or before[0] != stamp:
            self._marks[reader.person] = (stamp, self._marked(reader, shared))
        return self._marks[reader.person][1]

    def _marked(self, reader: Reader, shared: By) -> str:
        found, keyring = hmac.new(reader.private, MARK, sha256), self._keep.keyring
        for owner, fields in shared.items():
            for field in fields:
                kind = kind_of(field)
                words = papers.opened(keyring, kind, owner, reader.person, reader.private)
                for part in (owner, field.value, *words):
                    said = part.encode()
                    found.update(b"%d " % len(said) + said)
        return found.hexdigest()[: len(NOTHING_SHARED)]

    def _made(self) -> dict[str, dict[str, tuple[Field, ...]]]:
        table: dict[str, dict[str, tuple[Field, ...]]] = {}
        for owner in self._keep.house.people:
            for field, readers in self._readers_of(owner).items():
                for reader in readers:
                    theirs = table.setdefault(reader, {})
                    theirs[owner] = (*theirs.get(owner, ()), field)
        return table

    def _readers_of(self, owner: str) -> Readers:
        """Who reads which field of `owner` now; looked up when theirs has changed, or the day."""
        stamp = (self._keep.papers_of(owner), self._keep.today())
        before = self._of_owner.get(owner)
        if before is None or before[0] != stamp:
            kinds = set(self._keep.kinds(owner, "card "))
            found = {
                field: tuple(self._keep.shared_with(kind_of(field), owner))
                for field in Field
                if kind_of(field) in kinds
            }
            self._of_owner[owner] = (stamp, found)
        return self._of_owner[owner][1]
