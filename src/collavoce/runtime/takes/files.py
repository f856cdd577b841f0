r"""The bytes of takes on the disk: sealed, whole or not there, and gone when they are erased.

    collavoce takes 1\n      what it is, for whoever finds it
    sealed (ledger/seal.py)  length (4 bytes, big-endian), MessagePack, zeros up to whole blocks

Nobody locks anything: erasing never waits for a process that hangs. What is written while it is
erased is sealed under a key that is gone, and is taken away by whoever wrote it.
"""

import errno
import os
from pathlib import Path

from collavoce.ledger import LedgerError
from collavoce.ledger.disk import private_folder
from collavoce.ledger.seal import open_sealed, seal
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.takes.errors import TakesFileError

KIND = b"collavoce takes "
HEADER = KIND + b"1\n"
BLOCK = 4096
"""A file shows by its size no more than how many blocks it has."""

FILE_LIMIT = 8 << 20
LENGTH_BYTES = 4
FRESH = ".new"
SWEEPS_MAX = 8
"""An erased folder is looked through again if somebody wrote into it meanwhile."""


def write(path: Path, key: bytes, body: bytes) -> None:
    """Put `body` at `path`, whole and on disk when this returns, or leave what was there.

    The folder must be there: whoever erased it meanwhile is right. Raises OSError.
    """
    fresh = path.with_name(f"{fresh_id()}{FRESH}")
    try:
        _write(fresh, HEADER + seal(key, _padded(body), _context(path)))
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def make_key(path: Path, key: bytes) -> bytes:
    """Put `key` at `path` unless one is there by now; whichever is. Raises OSError."""
    private_folder(path.parent)
    fresh = path.with_name(f"{fresh_id()}{FRESH}")
    _write(fresh, key)
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return path.read_bytes()
    finally:
        fresh.unlink()
    _sync(path.parent)
    return key


def read(path: Path, key: bytes) -> bytes | None:
    """What was written at `path`, None if nothing is there; raises TakesFileError."""
    try:
        with path.open("rb") as file:
            held = file.read(FILE_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TakesFileError(path, "broken") from error
    if not held.startswith(HEADER):
        raise TakesFileError(path, "newer" if held.startswith(KIND) else "foreign")
    try:
        body = open_sealed(key, held[len(HEADER) :], _context(path))
    except LedgerError as error:
        raise TakesFileError(path, "broken") from error
    length = int.from_bytes(body[:LENGTH_BYTES], "big")
    return body[LENGTH_BYTES : LENGTH_BYTES + length]


def erase_file(path: Path) -> None:
    """Overwrite what is at `path` and take it away; raises OSError."""
    try:
        with path.open("rb+") as file:
            _blank(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def erase_folder(folder: Path, first: str = "") -> None:
    """Take `folder` away with all that is in it, the file `first` before the others.

    Raises OSError, also if it keeps being filled.
    """
    for _ in range(SWEEPS_MAX):
        try:
            for path in sorted(folder.iterdir(), key=lambda path: path.name != first):
                erase_file(path)
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
        else:
            _sync(folder.parent)
            return
    raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(folder))


def _padded(body: bytes) -> bytes:
    said = len(body).to_bytes(LENGTH_BYTES, "big") + body
    return said.ljust(-(-len(said) // BLOCK) * BLOCK, b"\0")


def _context(path: Path) -> bytes:
    """Bytes that were moved to another person's folder, or show's, do not open there."""
    return "/".join(path.parts[-3:]).encode()


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _blank(descriptor: int) -> None:
    os.pwrite(descriptor, bytes(os.fstat(descriptor).st_size), 0)
    os.fsync(descriptor)


def _sync(folder: Path) -> None:
    """Bring the names in `folder` to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
