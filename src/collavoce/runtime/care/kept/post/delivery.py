"""How a letter is delivered: once, to its reader, when what it waits for is there.

It is first a fact on disk and then moves, out of the writer's papers, with the reader's box alone,
into the reader's; a process that dies in between moves it when it is there again (`settle`).
Nothing is delivered of which the reader could not open a word.
"""

from collections.abc import Callable
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from collavoce.care.aftertime import has_come
from collavoce.care.asked.letters import DeliverLetter
from collavoce.care.outcome import Kept
from collavoce.care.states.letters import Arrived, Letters, Sealed, Way
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keep import Keep
from collavoce.runtime.care.kept.shelf import Whose

LETTER = "letter "
"""How the kind of such a paper begins."""

EVERYWHERE = timezone(timedelta(hours=-12))
"""Where a day comes last: for a zone that this machine knows no more."""

Forget = Callable[[Whose], None]
"""Take a stream off the disk; what the disk refuses goes when it is tidied."""


class Delivery:
    """Of everybody's letters. forget: takes what is over off the disk."""

    def __init__(self, keep: Keep, forget: Forget) -> None:
        self._keep = keep
        self._forget = forget
        self._settled: set[str] = set()

    def due(self, utc: float) -> None:
        """Deliver every letter whose day has come; utc: as two clocks say it."""
        for sealed in tuple(self._letters.waiting.values()):
            if sealed.way is Way.DATE and has_come(
                zone_named(sealed.zone), utc, sealed.day, sealed.minute
            ):
                self._deliver(sealed)

    def on(self, way: Way, reader: str) -> None:
        """Deliver what waits for this of `reader`: that they are here, or ask."""
        for sealed in tuple(self._letters.waiting.values()):
            if sealed.way is way and sealed.reader == reader:
                self._deliver(sealed)

    def settle(self) -> None:
        """Move what is delivered and lies with its writer still."""
        for arrived in tuple(self._letters.arrived.values()):
            if arrived.letter not in self._settled:
                self._move(arrived)

    @property
    def _letters(self) -> Letters:
        return self._keep.house.state.letters

    def _deliver(self, sealed: Sealed) -> None:
        keep = self._keep
        found = papers.paper(keep.keyring, LETTER + sealed.letter, sealed.writer)
        if found is None or keep.keyring.vault.name(sealed.reader) not in found.boxes:
            return  # until a phone of its writer is here and the reader has had one
        if isinstance(keep.house.ask(DeliverLetter(sealed.letter, keep.today())), Kept):
            arrived = self._letters.arrived.get(sealed.letter)
            if arrived is not None:
                self._move(arrived)

    def _move(self, arrived: Arrived) -> None:
        """Out of the writer's papers, with the reader's box alone, into the reader's."""
        keep, kind = self._keep, LETTER + arrived.letter
        writer, reader = arrived.writer, arrived.reader
        found = papers.paper(keep.keyring, kind, writer) if writer else None
        box = None if found is None else found.boxes.get(keep.keyring.vault.name(reader))
        if found is not None and box is not None:
            theirs = papers.Paper(found.sealed, {keep.keyring.vault.name(reader): box})
            changed = {writer: {kind: None}, reader: {kind: msgspec.msgpack.encode(theirs)}}
            if not isinstance(keep.change_all(changed), Kept):
                return
        self._forget(("post", writer, arrived.letter))
        self._settled.add(arrived.letter)


def zone_named(name: str) -> tzinfo:
    """The time zone of this name; where this machine knows none, the one that is latest."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return EVERYWHERE
