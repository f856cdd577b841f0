"""The care store's file: bodies already sealed, keys that can be deleted, things replaced.

It knows no domain: streams have opaque random ids, bodies come in sealed (`seal.py`) and go out
sealed. A stream's key stands in a table of its own (itself sealed under a key that lives
elsewhere); deleting it is erasure: whatever copies of the bodies exist, nobody reads them again.
A thing is the opposite of an entry: one sealed body under one opaque name, replaced or taken away
without a trace, since a box that opens a key must have no history.
One process writes and reads this file, nobody else opens it: no number in it (rows, sizes,
counts) is for another role's eyes.

Planes, by who may ever know: 0 everybody, 1 the company, 2 the persons concerned, 3 the person.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from collavoce.ledger.disk import BALLAST_BYTES, Ballast, beside
from collavoce.ledger.errors import LedgerError
from collavoce.ledger.keeper import Keeper, settle_schema
from collavoce.ledger.reading import rows

APPLICATION_ID = 0x436F6C53  # "ColS"
BODY_BYTES_MAX = 1 << 20

_FIRST = """
CREATE TABLE entry (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX entry_by_stream ON entry (stream, row);
CREATE TABLE stream_key (
    stream TEXT PRIMARY KEY,
    sealed_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_goes_after_its_key BEFORE DELETE ON entry
WHEN EXISTS (SELECT 1 FROM stream_key WHERE stream = OLD.stream)
BEGIN SELECT RAISE(ABORT, 'an entry goes only after its key'); END;
"""

_ERASURE_BEGUN = """
CREATE TABLE erasure (begun INTEGER PRIMARY KEY CHECK (begun = 1)) STRICT;
"""

_THINGS = """
CREATE TABLE thing (
    name TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"""

_PUT_KEY = "INSERT OR REPLACE INTO stream_key (stream, sealed_key) VALUES (?, ?)"

SCHEMA = (_FIRST, _ERASURE_BEGUN, _THINGS)
"""One step a version; a step that was released is never changed."""

PLANES: dict[str, dict[str, int]] = {
    "entry": {"row": 2, "stream": 2, "body": 3},
    "stream_key": {"stream": 2, "sealed_key": 3},
    # A row while deleted keys may still stand in unused bytes of the file.
    "erasure": {"begun": 2},
    "thing": {"name": 2, "body": 3},
    # SQLite's own: the greatest row so far, so that no row number is given twice.
    "sqlite_sequence": {"name": 0, "seq": 2},
}
"""The plane of every column in the file. A column that is not here fails the tests."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A stream written anew: every entry of `stream` and its key go, `entries` stand instead.

    fresh : the new stream's name, its key (sealed) in `sealed_key`; entries: (row, body), each row
    one that `stream` had, so that the order among all streams stays. No entries: only gone.
    """

    stream: str
    fresh: str = ""
    sealed_key: bytes = b""
    entries: tuple[tuple[int, bytes], ...] = ()


class SealedStore:
    """The one connection to a sealed file."""

    def __init__(self, keeper: Keeper) -> None:
        self.path = keeper.path
        self._keeper = keeper
        self.traces = False
        """whether what was replaced may still stand in unused bytes of the file: see `tidy`"""
        settle_schema(keeper, APPLICATION_ID, SCHEMA)
        if self._rows("SELECT 1 FROM erasure", ()):
            self._finish_erasure()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        ballast_bytes: int = BALLAST_BYTES,
        vfs: str | None = None,
    ) -> "SealedStore":
        """The file at `path` (mode 0600, its folder 0700), made if there is none.

        ballast_bytes : room set aside for a full disk, 0 for none. vfs : SQLite's name of the
        layer below, for tests.
        Raises StoreBusyError, StoreFullError, StoreStoppedError, StoreUnreadableError.
        """
        ballast = Ballast(beside(path, ".ballast"), ballast_bytes)
        # Not shared: other processes cannot even open it while this one runs.
        keeper = Keeper(path, ballast, vfs=vfs, shared=False)
        try:
            return cls(keeper)
        except BaseException:
            keeper.close()
            raise

    def append(self, stream: str, body: bytes) -> int:
        """Keep the sealed `body`; its row, increasing, on disk when this returns.

        Raises StoreFullError, StoreBusyError (nothing kept, ask again) or StoreStoppedError.
        """
        return self.append_all([(stream, body)])[0]

    def append_all(
        self, entries: list[tuple[str, bytes]], keys: Mapping[str, bytes] | None = None
    ) -> list[int]:
        """Keep several (stream, body) or, when this raises, none; their rows.

        keys : sealed keys of streams that begin here, kept in the same sync or not at all.
        """
        assert all(len(body) <= BODY_BYTES_MAX for _, body in entries), "a body has a limit"

        def work(connection: apsw.Connection) -> list[int]:
            rows: list[int] = []
            for stream, sealed_key in (keys or {}).items():
                connection.execute(_PUT_KEY, (stream, sealed_key))
            for stream, body in entries:
                connection.execute("INSERT INTO entry (stream, body) VALUES (?, ?)", (stream, body))
                rows.append(connection.last_insert_rowid())
            return rows

        return self._keeper.write(work)

    def read(self, stream: str) -> list[tuple[int, bytes]]:
        """The (row, sealed body) of a stream in the order of their keeping."""
        sql = "SELECT row, body FROM entry WHERE stream = ? ORDER BY row"
        return self._rows(sql, (stream,))

    def read_all(self, after_row: int = 0, limit: int = 1000) -> list[tuple[int, str, bytes]]:
        """The (row, stream, sealed body) of every stream after `after_row`, at most `limit`."""
        sql = "SELECT row, stream, body FROM entry WHERE row > ? ORDER BY row LIMIT ?"
        return self._rows(sql, (after_row, limit))

    def put_key(self, stream: str, sealed_key: bytes) -> None:
        """Keep the stream's key, sealed, on disk when this returns; replaces an older one."""
        self._keeper.write(lambda connection: connection.execute(_PUT_KEY, (stream, sealed_key)))

    def get_key(self, stream: str) -> bytes | None:
        """The stream's sealed key; None when there is none or it was deleted."""
        sql = "SELECT sealed_key FROM stream_key WHERE stream = ?"
        found = self._rows(sql, (stream,))
        return found[0][0] if found else None

    def delete_key(self, stream: str) -> bool:
        """Erase the stream: no byte of its key is in the file or its WAL when this returns.

        Whether there was a key. The file is written anew (some 10 ms a megabyte), because a page
        that SQLite split or merged may hold an old copy of the key in its unused part, which
        secure_delete does not reach. What death interrupts is finished at the next opening.
        """

        def work(connection: apsw.Connection) -> bool:
            connection.execute("INSERT OR IGNORE INTO erasure (begun) VALUES (1)")
            sql = "DELETE FROM stream_key WHERE stream = ? RETURNING 1"
            return connection.execute(sql, (stream,)).get is not None

        found = self._keeper.write(work)
        self._finish_erasure()
        return found

    def thing(self, name: str) -> bytes | None:
        """The body of the thing `name`, None if there is none."""
        found = self._rows("SELECT body FROM thing WHERE name = ?", (name,))
        return found[0][0] if found else None

    def change(
        self,
        things: Mapping[str, bytes | None],
        rewrites: Sequence[Rewrite] = (),
        *,
        without_trace: bool = True,
        at_once: bool = True,
    ) -> None:
        """Put each thing, or take it away (None), and write streams anew: all of it, or nothing.

        without_trace : no byte of what was replaced or taken away is in the file or its WAL when
        this returns, which costs what `delete_key` costs. Not at_once, or on a disk that has room
        for the change alone (`traces` says so then): when `tidy` returns, or at the close, or at
        the next opening. Raises what `append` raises, and then nothing has changed.
        """
        assert all(len(body or b"") <= BODY_BYTES_MAX for body in things.values())

        def work(connection: apsw.Connection) -> None:
            if without_trace:
                connection.execute("INSERT OR IGNORE INTO erasure (begun) VALUES (1)")
            for name, body in things.items():
                if body is None:
                    connection.execute("DELETE FROM thing WHERE name = ?", (name,))
                else:
                    sql = "INSERT OR REPLACE INTO thing (name, body) VALUES (?, ?)"
                    connection.execute(sql, (name, body))
            for rewrite in rewrites:
                _write_anew(connection, rewrite)

        self._keeper.write(work)
        self.traces = self.traces or without_trace
        if at_once:
            # It is done, whatever becomes of what it replaced: to raise here would deny it.
            with contextlib.suppress(LedgerError):
                self.tidy()

    def tidy(self) -> None:
        """Leave no byte of what was replaced; nothing is done if there is none. Raises LedgerError.

        The file is written anew (some 10 ms a megabyte), once for all that has gathered.
        """
        if self.traces:
            self._finish_erasure()

    def delete_entries(self, stream: str) -> int:
        """Remove the bodies of a stream whose key is gone; how many. Retention, not erasure."""
        sql = "DELETE FROM entry WHERE stream = ? RETURNING 1"
        return self._keeper.write(lambda c: len(c.execute(sql, (stream,)).fetchall()))

    def close(self) -> None:
        """Close the file, without traces if the disk lets it. Harmless when done twice."""
        with contextlib.suppress(LedgerError):
            self.tidy()
        self._keeper.close()

    def _finish_erasure(self) -> None:
        self._keeper.vacuum()
        self._keeper.checkpoint()
        self._keeper.write(lambda connection: connection.execute("DELETE FROM erasure"))
        self.traces = False

    def _rows(self, sql: str, values: tuple[int | str, ...]) -> list[Any]:
        return rows(self._keeper.connection, self.path, sql, values)


def _write_anew(connection: apsw.Connection, rewrite: Rewrite) -> None:
    """The key first: the trigger lets entries go only after it."""
    connection.execute("DELETE FROM stream_key WHERE stream = ?", (rewrite.stream,))
    connection.execute("DELETE FROM entry WHERE stream = ?", (rewrite.stream,))
    if not rewrite.entries:
        return
    sql = "INSERT INTO stream_key (stream, sealed_key) VALUES (?, ?)"
    connection.execute(sql, (rewrite.fresh, rewrite.sealed_key))
    sql = "INSERT INTO entry (row, stream, body) VALUES (?, ?, ?)"
    for row, body in rewrite.entries:
        connection.execute(sql, (row, rewrite.fresh, body))
