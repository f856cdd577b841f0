"""The reading end of an SQLite file: what both kinds of store ask of it before they trust it."""

from collections.abc import Container
from pathlib import Path
from typing import Any

import apsw

from collavoce.ledger.errors import StoreBusyError, StoreMissingError, StoreUnreadableError

SQLITE_OLDEST = (3, 51, 3)
"""Before it, a commit can be lost when a WAL is reset."""

BUSY_MS = 2000
"""How long a lock of another process is waited for."""


def open_reading(path: Path) -> apsw.Connection:
    """A connection that reads the store at `path` beside its writer and cannot change it."""
    require_sqlite()
    if not path.is_file():
        raise StoreMissingError(f"{path}: there is no ledger here")
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_busy_timeout(BUSY_MS)
        connection.pragma("query_only", 1)
        connection.pragma("trusted_schema", 0)
    except apsw.Error as error:
        raise StoreUnreadableError(f"{path}: cannot be read: {error}") from error
    return connection


def rows(
    connection: apsw.Connection, path: Path, sql: str, values: tuple[int | str, ...] = ()
) -> list[Any]:
    """What a query finds; raises StoreBusyError or StoreUnreadableError."""
    try:
        return connection.execute(sql, values).fetchall()
    except apsw.BusyError as error:
        raise StoreBusyError(f"{path}: held by another process; ask again") from error
    except apsw.Error as error:
        raise StoreUnreadableError(f"{path}: cannot be read: {error}") from error


def check_schema(
    connection: apsw.Connection, path: Path, application_id: int, versions: Container[int]
) -> None:
    """Raise StoreUnreadableError unless the file is of this kind and of one of `versions`."""
    if rows(connection, path, "PRAGMA application_id")[0][0] != application_id:
        raise StoreUnreadableError(f"{path}: belongs to another program")
    found = rows(connection, path, "PRAGMA user_version")[0][0]
    if found not in versions:
        raise StoreUnreadableError(
            f"{path}: schema {found} is not of this program; use the matching release"
        )


def require_sqlite() -> None:
    """See that the library is one that keeps what it commits."""
    found = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    assert found >= SQLITE_OLDEST, f"SQLite {found} can lose commits; install apsw >= 3.51.3"
