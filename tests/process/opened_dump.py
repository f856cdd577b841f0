"""What a thief reads who has the whole disk and the server's key: everything the key opens.

It knows the formats as well as the program does, and has no phone of anybody's.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import open_box, open_sealed
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.kept import shelf as shelves
from collavoce.runtime.care.kept.chest import KEY, SHARE
from collavoce.runtime.care.kept.papers import PAPER_KEY, ROW
from collavoce.runtime.care.kept.renewal import EVENT
from collavoce.runtime.care.kept.shelf import Shelf


@dataclass
class Dump:
    """bodies: of streams, opened; things: by kind, opened; boxes: every box found in them."""

    bodies: list[list[Any]] = field(default_factory=list[list[Any]])
    things: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])

    def events(self) -> list[dict[str, Any]]:
        """The facts that the server can read."""
        return [body[3] for body in self.bodies if isinstance(body[3], dict)]

    def boxes(self) -> list[bytes]:
        """Everything that is sealed to somebody's own key."""
        return [leaf for leaf in leaves([self.bodies, self.things]) if isinstance(leaf, bytes)]


def opened(store_file: Path, key: bytes, scratch: Path) -> Dump:
    """A copy of the store at `store_file`, opened with the server's `key`."""
    folder = scratch / "opened"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in store_file.parent.glob(store_file.name + "*"):
        shutil.copy(file, folder)
    store = SealedStore.open(folder / store_file.name, ballast_bytes=0)
    shelf, dump, row = Shelf(store, key), Dump(), 0
    while page := store.read_all(row):
        for row, stream, sealed in page:  # noqa: B007
            stream_key = shelf._key(stream)
            if stream_key is not None:
                body = open_sealed(stream_key, sealed, shelves._context(stream))
                dump.bodies.append(msgspec.msgpack.decode(shelves._unpadded(body)))
    for _, sealed in store._keeper.connection.execute("SELECT name, body FROM thing"):
        for kind in ("chest", "lines", "aftercare"):
            try:
                body = open_sealed(shelf._thing_key, sealed, kind.encode())
            except SealBrokenError:
                continue
            dump.things.append((kind, msgspec.msgpack.decode(shelves._unpadded(body))))
    store.close()
    return dump


def opened_by_anything(boxes: list[bytes], keys: list[bytes]) -> list[bytes]:
    """What in `boxes` opens under any of `keys`, in any context there is."""
    found: list[bytes] = []
    for box in boxes:
        for key in keys:
            for context in (KEY, SHARE, PAPER_KEY, ROW, EVENT, b""):
                for attempt in (open_box, open_sealed):
                    try:
                        found.append(attempt(key, box, context))
                    except SealBrokenError:
                        continue
    return found


def leaves(value: object) -> Iterator[object]:
    """Every value in a nest of lists and tables, and the names of the tables' fields."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value
