"""The show's ledger on disk: one file that only grows.

One process writes (`SqliteStore`), any number read beside it (`SqliteReader`). Many drafts in one
`append` cost one sync of the disk. Triggers refuse every change of what is kept, for whoever
opens the file; the hash chain shows a change made without SQLite.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw
import msgspec

from collavoce.ledger.disk import BALLAST_BYTES, Ballast, beside
from collavoce.ledger.keeper import Keeper, settle_schema
from collavoce.ledger.reading import check_schema, open_reading, rows
from collavoce.ledger.record import EMPTY, Draft, Head, Record, chain
from collavoce.ledger.store import READ_LIMIT

APPLICATION_ID = 0x436F6C6C  # "Coll"

FIELDS = Record.__struct_fields__
COLUMNS = ", ".join(FIELDS)

_FIRST = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL,
    stream TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    actor TEXT NOT NULL,
    cause TEXT NOT NULL,
    mono_ns INTEGER NOT NULL,
    wall_ns INTEGER NOT NULL,
    boot TEXT NOT NULL,
    body BLOB NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_is_appended_only BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'an event is only appended'); END;
"""
SCHEMA = (_FIRST,)
"""One step a version; a step that was released is never changed."""

_INSERT = f"INSERT INTO event ({COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))})"  # noqa: S608  constants
_SELECT = f"SELECT {COLUMNS} FROM event"  # noqa: S608  constants
_BY_KEY = f"{_SELECT} WHERE key = ?"
_LAST = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"


class SqliteReader:
    """A store as read by a process that does not write it."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "SqliteReader":
        """The store at `path`; raises StoreMissingError or StoreUnreadableError."""
        connection = open_reading(path)
        check_schema(connection, path, APPLICATION_ID, (len(SCHEMA),))
        return cls(connection, path)

    def read(self, after_seq: int = 0, limit: int = READ_LIMIT) -> list[Record]:
        """The records after `after_seq` in order, at most `limit`."""
        sql = f"{_SELECT} WHERE seq > ? ORDER BY seq LIMIT ?"
        return [_record(row) for row in self._rows(sql, (after_seq, limit))]

    def head(self) -> Head:
        """The seq and hash of the last record; (0, 32 zero bytes) when empty."""
        return _head(self._rows(_LAST))

    def has(self, key: str) -> bool:
        """Whether a record with this idempotency key is kept."""
        return bool(self._rows(_BY_KEY, (key,)))

    def last_key(self, prefix: str) -> str | None:
        """The greatest key that starts with `prefix`, by code point; None when there is none."""
        bounds = (prefix, prefix + "\U0010ffff")
        return self._rows("SELECT max(key) FROM event WHERE key >= ? AND key < ?", bounds)[0][0]

    def close(self) -> None:
        """Close the file. Harmless when done twice."""
        self._connection.close()

    def _rows(self, sql: str, values: tuple[int | str, ...] = ()) -> list[Any]:
        return rows(self._connection, self.path, sql, values)


class SqliteStore(SqliteReader):
    """A store as its one writer has it."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(keeper.connection, keeper.path)
        self._keeper = keeper
        settle_schema(keeper, APPLICATION_ID, SCHEMA)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        ballast_bytes: int = BALLAST_BYTES,
        vfs: str | None = None,
        shared: bool = True,
    ) -> "SqliteStore":
        """The store at `path`, made if there is none, its folder closed to others.

        ballast_bytes : room set aside for a full disk, 0 for none. vfs : SQLite's name of the
        layer below, for tests. shared : whether other processes read it meanwhile.
        Raises StoreBusyError, StoreFullError, StoreStoppedError, StoreUnreadableError.
        """
        ballast = Ballast(beside(path, ".ballast"), ballast_bytes)
        keeper = Keeper(path, ballast, vfs=vfs, shared=shared)
        try:
            return cls(keeper)
        except BaseException:
            keeper.close()
            raise

    def append(self, drafts: Sequence[Draft]) -> list[Record]:
        """Keep `drafts` in order, on disk when this returns; old records for keys already kept.

        Raises StoreFullError, StoreBusyError (nothing kept, ask again) or StoreStoppedError.
        """
        return self._keeper.write(lambda c: _append(c, drafts)) if drafts else []

    def checkpoint(self) -> None:
        """Copy the WAL into the main file, for a quiet moment; raises as `append` does."""
        self._keeper.checkpoint()

    def close(self) -> None:
        """Close the file and give up the right to write. Harmless when done twice."""
        self._keeper.close()


def _append(connection: apsw.Connection, drafts: Sequence[Draft]) -> list[Record]:
    # Head and keys are asked of the file within the transaction: nothing remembered in this
    # process can be wrong after a transaction that failed.
    seq, prev = _head(connection.execute(_LAST).fetchall())
    kept: list[Record] = []
    for draft in drafts:
        old = connection.execute(_BY_KEY, (draft.key,)).fetchall()
        if old:
            kept.append(_record(old[0]))
            continue
        seq += 1
        record = chain(draft, seq, prev)
        prev = record.hash
        connection.execute(_INSERT, msgspec.structs.astuple(record))
        kept.append(record)
    return kept


def _head(rows: list[Any]) -> Head:
    return (rows[0][0], rows[0][1]) if rows else EMPTY


def _record(row: tuple[Any, ...]) -> Record:
    return Record(**dict(zip(FIELDS, row, strict=True)))
