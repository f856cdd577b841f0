"""The one writing connection to an SQLite file, and what is done when the disk says no.

Both stores write through a `Keeper`: one transaction at a time, synced to disk before it
returns (WAL, synchronous=FULL).

    full disk   the ballast is given up and the transaction tried once more
    busy        StoreBusyError after `BUSY_MS`; nothing was kept, asking again is right
    I/O error   never tried again: the store is stopped, here and for the next process
"""

import contextlib
import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import apsw

from collavoce.ledger.disk import (
    Ballast,
    lock,
    mark_stopped,
    private_file,
    private_folder,
    refuse_if_stopped,
)
from collavoce.ledger.errors import (
    StoreBusyError,
    StoreFullError,
    StoreStoppedError,
    StoreUnreadableError,
)
from collavoce.ledger.reading import BUSY_MS, check_schema, require_sqlite

CHECKPOINT_PAGES = 1000
"""Pages in the WAL (4 MB) from which it is copied into the main file after a commit."""

WAL_BYTES_KEPT = 64 << 20

T = TypeVar("T")

_NO_ROOM = (apsw.SQLITE_IOERR_SHMSIZE, apsw.SQLITE_IOERR_SHMMAP)
"""A full disk shows itself here too: the WAL's index is a file beside it."""


class Keeper:
    """The writing end of the file at `path`. One thread at a time."""

    def __init__(
        self, path: Path, ballast: Ballast, *, vfs: str | None = None, shared: bool = True
    ) -> None:
        """Open or make the file. shared=False: no other process reads it meanwhile.

        Raises StoreBusyError, StoreFullError, StoreStoppedError, StoreUnreadableError.
        """
        require_sqlite()
        self.path = path
        self._stopped = ""
        self._wal_pages = 0
        self._ballast = ballast
        self._lock = self._claim()
        try:
            self.connection = self._guarded(lambda: self._connect(vfs, shared=shared))
        except BaseException:
            os.close(self._lock)
            raise

    def write(self, work: Callable[[apsw.Connection], T]) -> T:
        """What `work` returns, its changes synced to disk in one transaction.

        Raises StoreFullError, StoreBusyError (nothing kept) or StoreStoppedError; what `work`
        raises itself passes through and leaves nothing behind.
        """
        result = self._guarded(lambda: self._transaction(work))
        if self._wal_pages >= CHECKPOINT_PAGES:
            self._checkpoint_behind()
        return result

    def checkpoint(self) -> None:
        """Copy the whole WAL into the main file and cut it to nothing.

        Raises StoreBusyError when a reader holds an old page, and what `write` raises.
        """
        self._guarded(lambda: self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE))

    def vacuum(self) -> None:
        """Write the whole file anew, without what was deleted; raises what `write` raises."""
        self._guarded(lambda: self.connection.execute("VACUUM"))

    def close(self) -> None:
        """Close the file and give up the right to write. Harmless when done twice."""
        if self._lock < 0:
            return
        try:
            # Best effort: the main file alone is then the whole ledger, to be copied by anybody.
            if not self._stopped:
                self._checkpoint_behind(apsw.SQLITE_CHECKPOINT_TRUNCATE)
            self.connection.close(force=True)
        finally:
            os.close(self._lock)
            self._lock = -1

    def _claim(self) -> int:
        """The right to write, as a descriptor, with folder, file and ballast in their place."""
        try:
            private_folder(self.path.parent)
            refuse_if_stopped(self.path)
            right = lock(self.path)
            private_file(self.path)
            self._ballast.hold()
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StoreFullError(f"{self.path}: the disk is full; make room") from error
            raise StoreUnreadableError(f"{self.path}: cannot be written: {error}") from error
        return right

    def _connect(self, vfs: str | None, *, shared: bool) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = apsw.Connection(str(self.path), flags=flags, vfs=vfs)
        try:
            self._configure(connection, shared=shared)
        except BaseException:
            connection.close(force=True)
            raise
        return connection

    def _configure(self, connection: apsw.Connection, *, shared: bool) -> None:
        connection.set_busy_timeout(BUSY_MS)
        if not shared:
            connection.pragma("locking_mode", "exclusive")
        if connection.pragma("journal_mode", "wal") != "wal":
            raise StoreUnreadableError(f"{self.path}: needs a local disk; move the folder to one")
        connection.pragma("synchronous", "full")
        # macOS: an ordinary fsync leaves the bytes in the drive's cache.
        connection.pragma("fullfsync", 1)
        connection.pragma("checkpoint_fullfsync", 1)
        connection.pragma("journal_size_limit", WAL_BYTES_KEPT)
        connection.pragma("recursive_triggers", 1)
        connection.pragma("trusted_schema", 0)
        connection.pragma("secure_delete", 1)
        # What passes through a VACUUM must not pass through a file in /tmp.
        connection.pragma("temp_store", 2)
        # In place of SQLite's own checkpoints: ours come after the answer is certain, and a
        # store that was stopped is not written to by being closed.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.set_wal_hook(self._note_wal)

    def _note_wal(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _transaction(self, work: Callable[[apsw.Connection], T]) -> T:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _checkpoint_behind(self, mode: int = apsw.SQLITE_CHECKPOINT_PASSIVE) -> None:
        # What was asked for is on disk already: trouble here may stop the next write, not this.
        with contextlib.suppress(StoreFullError, StoreBusyError, StoreStoppedError):
            self._guarded(lambda: self.connection.wal_checkpoint(mode=mode))

    def _guarded(self, action: Callable[[], T]) -> T:
        try:
            return self._once(action)
        except StoreFullError:
            if not self._ballast.release():
                raise
        return self._once(action)

    def _once(self, action: Callable[[], T]) -> T:
        if self._stopped:
            raise StoreStoppedError(f"{self.path}: {self._stopped}; nothing more is written to it")
        try:
            return action()
        except apsw.FullError as error:
            raise StoreFullError(f"{self.path}: the disk is full; make room") from error
        except (apsw.BusyError, apsw.LockedError) as error:
            raise StoreBusyError(f"{self.path}: held by another process; ask again") from error
        except (apsw.NotADBError, apsw.CantOpenError) as error:
            raise StoreUnreadableError(f"{self.path}: cannot be opened: {error}") from error
        except (apsw.IOError, apsw.CorruptError, apsw.ReadOnlyError) as error:
            if getattr(error, "extendedresult", 0) in _NO_ROOM:
                raise StoreFullError(f"{self.path}: the disk is full; make room") from error
            self._stopped = f"disk error: {error}"
            mark_stopped(self.path, self._stopped)
            raise StoreStoppedError(f"{self.path}: {self._stopped}") from error


def settle_schema(keeper: Keeper, application_id: int, steps: Sequence[str]) -> None:
    """Bring the file to the schema that `steps` make, one step a version, all or none of them.

    An empty file gets every step, an older one those it lacks. Raises StoreUnreadableError for
    a file of another program or of a newer version of this one.
    """

    def work(connection: apsw.Connection) -> None:
        path = keeper.path
        found = int(connection.pragma("user_version"))
        if found == 0 and not connection.execute("SELECT count(*) FROM sqlite_schema").get:
            connection.pragma("application_id", application_id)
        check_schema(connection, path, application_id, range(len(steps) + 1))
        for step in steps[found:]:
            connection.execute(step)
        connection.pragma("user_version", len(steps))

    keeper.write(work)
