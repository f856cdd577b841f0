"""A consistent copy of an SQLite file that another process may be writing, without its help.

A writer in WAL mode changes the main file only by a checkpoint, and a checkpoint copies into it
what the WAL holds already. So the main file first, then its WAL, are whole together, however torn
the main file is, unless the WAL began anew meanwhile. That shows in its first bytes (the salts of
the WAL's header change, https://sqlite.org/fileformat2.html 4.1), or, where there was no WAL, in
the main file itself; then it is done over. No lock is taken: nobody's press waits for a backup.
"""

import os
from pathlib import Path

import apsw

from collavoce.ledger.disk import FILE_MODE, beside, private_folder, sync_folder
from collavoce.ledger.errors import StoreBusyError, StoreMissingError, StoreUnreadableError
from collavoce.ledger.reading import require_sqlite

TRIES = 20
WAL_HEADER_BYTES = 32
_AT_ONCE = 1 << 20


def copy_store(source: Path, target: Path) -> None:
    """Write to the new file `target` (mode 0600) all that was committed in `source`, synced.

    The copy is one file, checked from end to end. Raises StoreMissingError, StoreBusyError (it was
    checkpointed at every try: ask again), StoreUnreadableError, or OSError of the target.
    """
    require_sqlite()
    if not source.is_file():
        raise StoreMissingError(f"{source}: there is no store here")
    private_folder(target.parent)
    partial, partial_wal = beside(target, ".part"), beside(target, ".part-wal")
    try:
        _copy_together(source, partial, partial_wal)
        _settle(partial)
        partial.replace(target)
        sync_folder(target.parent)
    finally:
        for left in (partial, partial_wal, beside(target, ".part-shm")):
            left.unlink(missing_ok=True)


def _copy_together(source: Path, partial: Path, partial_wal: Path) -> None:
    wal = beside(source, "-wal")
    for _ in range(TRIES):
        before = _mark(source, wal)
        _copy_file(source, partial)
        if wal.exists():
            _copy_file(wal, partial_wal)
        else:
            partial_wal.unlink(missing_ok=True)
        if _still(before, _mark(source, wal)):
            return
    raise StoreBusyError(f"{source}: its writer was quicker than the copy; ask again")


def _mark(source: Path, wal: Path) -> tuple[bytes, int, int]:
    """The WAL's header, its size, and when the main file was last written."""
    written_ns = source.stat().st_mtime_ns
    try:
        with wal.open("rb") as file:
            return file.read(WAL_HEADER_BYTES), os.fstat(file.fileno()).st_size, written_ns
    except FileNotFoundError:
        return b"", 0, written_ns


def _still(before: tuple[bytes, int, int], after: tuple[bytes, int, int]) -> bool:
    same_wal = before[0] == after[0] and len(before[0]) == WAL_HEADER_BYTES
    return (same_wal and after[1] >= before[1]) or before == after


def _copy_file(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while block := reading.read(_AT_ONCE):
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())


def _settle(partial: Path) -> None:
    """Bring the WAL into the copy, look at every page of it, and leave one file."""
    connection = apsw.Connection(str(partial))
    try:
        connection.pragma("synchronous", "full")
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        found = connection.pragma("integrity_check")
        if found != "ok":
            raise StoreUnreadableError(f"{partial}: the copy is damaged, and so may be its source")
        # A WAL file's next opener makes the WAL again; the copy itself needs none beside it.
        connection.pragma("journal_mode", "delete")
    except apsw.Error as error:
        raise StoreUnreadableError(f"{partial}: the copy cannot be read: {error}") from error
    finally:
        connection.close()
