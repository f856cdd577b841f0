"""What a keyring needs of whoever keeps its boxes; the shelf is one such.

A *thing* is one body under (kind, person), replaced or taken away without a trace. *Boxes* are
bodies in a row, added one by one. The vault never opens any of them.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

Place = tuple[str, str]
"""(kind, person)."""

CHEST = "chest"
LINES = "lines"
AFTERCARE = "aftercare"
LOG = "log"
SEALED = "sealed"
TOLD = "told"
CHECKINS = "checkins"
EAR = "ear given"
PAPERS = "papers"
"""The kinds. `SEALED`: what a circle is made of, should its owner keep it to themselves. `TOLD`:
what others let a person know. `CHECKINS`: their own answers. `EAR`: lines that were given them for
their ear. `PAPERS`: which further papers of theirs there are, each under a kind of its own
(`index.py`)."""

BOXES = {
    LOG: b"collavoce log row 1",
    SEALED: b"collavoce kept event 1",
    TOLD: b"collavoce told 1",
    CHECKINS: b"collavoce check-in 1",
    EAR: b"collavoce ear 1",
}
"""The kinds of boxes, and what each is sealed for."""


class Vault(Protocol):
    """Keeps sealed bodies; every method raises LedgerError."""

    def name(self, person: str) -> str:
        """How `person` is called inside a body."""
        ...

    def thing(self, kind: str, person: str) -> bytes | None:
        """The body at this place, None if there is none."""
        ...

    def boxes(self, kind: str, person: str) -> list[bytes]:
        """The boxes at this place, in order."""
        ...

    def add_box(self, kind: str, person: str, box: bytes) -> None:
        """One more; on disk when it returns."""
        ...

    def add_boxes(self, boxes: Sequence[tuple[Place, bytes]]) -> None:
        """One more at each of these places, in one step; on disk when it returns."""
        ...

    def forget_boxes(self, kind: str, before: float) -> None:
        """Take away whose boxes ever of this kind were put here before `before` (UTC, s)."""
        ...

    def change(
        self,
        things: Mapping[Place, bytes | None],
        boxes: Mapping[Place, Sequence[bytes]] | None = None,
    ) -> None:
        """All of it or nothing, and nothing left of what was there before.

        boxes : what stands at each of these places from now on.
        """
        ...


class MemoryVault:
    """A vault for a house in memory."""

    def __init__(self) -> None:
        self._things: dict[Place, bytes] = {}
        self._boxes: dict[Place, list[bytes]] = {}

    def name(self, person: str) -> str:
        """How `person` is called: nobody reads a memory."""
        return person

    def thing(self, kind: str, person: str) -> bytes | None:
        """The body at this place, None if there is none."""
        return self._things.get((kind, person))

    def boxes(self, kind: str, person: str) -> list[bytes]:
        """The boxes at this place, in order."""
        return list(self._boxes.get((kind, person), ()))

    def add_box(self, kind: str, person: str, box: bytes) -> None:
        """One more."""
        self._boxes.setdefault((kind, person), []).append(box)

    def add_boxes(self, boxes: Sequence[tuple[Place, bytes]]) -> None:
        """One more at each."""
        for (kind, person), box in boxes:
            self.add_box(kind, person, box)

    def forget_boxes(self, kind: str, before: float) -> None:
        """A memory is gone before it is old."""

    def change(
        self,
        things: Mapping[Place, bytes | None],
        boxes: Mapping[Place, Sequence[bytes]] | None = None,
    ) -> None:
        """All of it."""
        for place, body in things.items():
            if body is None:
                self._things.pop(place, None)
            else:
                self._things[place] = body
        for place, held in (boxes or {}).items():
            self._boxes[place] = list(held)
