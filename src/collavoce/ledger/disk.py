"""The folder, the files beside a store, and what is set aside for a full disk.

A store's folder is its own (mode 0700) and so are its files (0600). Beside `show.db` may stand:
`show.db.lock` (held by the one writing process), `show.db.ballast` (room to be given up when the
disk is full), `show.db.stopped` (the disk failed: nothing may be written here any more).
"""

import errno
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from collavoce.ledger.errors import StoreBusyError, StoreStoppedError

BALLAST_BYTES = 64 << 20
"""Hours of a show's events, minutes of whatever filled the disk: time to call somebody."""

FOLDER_MODE = 0o700
FILE_MODE = 0o600
ZEROS = bytes(1 << 20)

_CANNOT_ALLOCATE = (errno.EINVAL, errno.EOPNOTSUPP)
"""Some file systems only take blocks that are written."""


def private_folder(folder: Path) -> None:
    """Make `folder` if it is not there, and close it to everybody but its owner."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        # A store that is synced in a folder whose own name is not could be gone with it.
        sync_folder(folder.parent)
    if folder.stat().st_mode & 0o077:
        folder.chmod(FOLDER_MODE)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to disk; raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_file(path: Path) -> None:
    """Make an empty file at `path` if there is none, readable by its owner only."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))
    if path.stat().st_mode & 0o077:
        path.chmod(FILE_MODE)


def allocate(descriptor: int, size: int) -> None:
    """Give the open file `size` bytes of real blocks, all zero; raises OSError (ENOSPC).

    Real blocks: a sparse file behind a memory map would end the process with SIGBUS on a full
    disk, and sparse ballast weighs nothing.
    """
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as error:
            if error.errno not in _CANNOT_ALLOCATE:
                raise
        else:
            return
    for start in range(0, size, len(ZEROS)):
        os.pwrite(descriptor, ZEROS[: size - start], start)


@dataclass(frozen=True, slots=True)
class Ballast:
    """`size` bytes at `path` that do nothing until the disk is full."""

    path: Path
    size: int

    def hold(self) -> bool:
        """Take the room if it is there to be taken; whether it is held now.

        A disk without room for ballast is no reason not to open the show.
        """
        if self.size == 0:
            return False
        try:
            if self.path.exists() and self.path.stat().st_size == self.size:
                return True
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, FILE_MODE)
            try:
                allocate(descriptor, self.size)
            finally:
                os.close(descriptor)
        except OSError:
            self.path.unlink(missing_ok=True)
            return False
        return True

    def release(self) -> bool:
        """Give the room back; whether there was any."""
        if not self.path.exists():
            return False
        self.path.unlink()
        return True


def beside(path: Path, suffix: str) -> Path:
    """The file that stands beside the store at `path`."""
    return path.with_name(path.name + suffix)


def lock(path: Path) -> int:
    """A descriptor that holds the right to write the store at `path`; raises StoreBusyError.

    The operating system takes the right back when the process dies, however it dies.
    """
    descriptor = os.open(beside(path, ".lock"), os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StoreBusyError(f"{path}: another process is writing to it; end that one") from error
    return descriptor


def refuse_if_stopped(path: Path) -> None:
    """Raise StoreStoppedError when the disk has failed under this store before.

    After a failed sync the operating system may hold pages it believes written and that are
    not: the next sync would succeed and promise them. So the file stays closed to writing, also
    for the process that is started in place of this one.
    """
    marker = beside(path, ".stopped")
    if marker.exists():
        raise StoreStoppedError(
            f"{path}: writing was stopped after a disk error; copy the folder to a healthy disk "
            f"and remove {marker.name} there"
        )


def mark_stopped(path: Path, why: str) -> None:
    """Leave the word that nothing may be written here; a disk too ill for that is no surprise."""
    try:
        beside(path, ".stopped").write_text(why + "\n", encoding="utf-8")
    except OSError:
        return
