"""A copy of what a show has written, to be put back: ledger, line and care, each as it lies there.

    TARGET/backup.json          what is in it, with the SHA-256 of each file
    TARGET/show/show.db, ring/  the show's ledger, and what its writer had not drained yet
    TARGET/show/connections.json  what may speak to the show, its keys in it: only if asked for
    TARGET/care/*.db            care and line, sealed: without the server's key nobody reads them
    TARGET/care/server.key      only if it was asked for

It is taken while the show runs as well as after. The ring goes first: what the writer drains
meanwhile is then in both, which a store takes for what it is, once. A backup keeps what is erased
after it was made: it is to be deleted as early as the show's data itself.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from collavoce.ledger.copying import copy_store
from collavoce.ledger.disk import FILE_MODE, beside, lock, private_folder
from collavoce.ledger.errors import LedgerError
from collavoce.runtime.care.home import Home, care_home, found_home, keep_key
from collavoce.runtime.config import state_dir
from collavoce.runtime.gateway.book_file import FILE as CONNECTIONS
from collavoce.runtime.writer import STORE as SHOW_STORE

CONTENTS = "backup.json"
FORM = 1
KEY_NAME = "server.key"
RING_TRIES = 5


class BackupError(Exception):
    """It cannot be copied, or put back; says what, and the remedy."""


class Contents(msgspec.Struct, frozen=True):
    """What a backup holds. taken_at: UTC; files: path inside it -> SHA-256."""

    form: int
    taken_at: str
    files: dict[str, str]


def back_up(show: Path, target: Path, taken_at: datetime, *, with_key: bool = False) -> Contents:
    """Copy what the show in folder `show` has written into the new folder `target`.

    Raises BackupError, LedgerError, HomeError or OSError; what is incomplete has no `backup.json`.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty; name a new folder")
    private_folder(target)
    state = state_dir(show)
    _copy_ring(state / "ring", target / "show" / "ring")
    if (state / SHOW_STORE).is_file():
        copy_store(state / SHOW_STORE, target / "show" / SHOW_STORE)
    home = found_home(show)
    for store in _stores(home):
        copy_store(store, target / "care" / store.name)
    if with_key and (state / CONNECTIONS).is_file():
        _write(target / "show" / CONNECTIONS, (state / CONNECTIONS).read_bytes())
    if with_key and home is not None and home.key_file.is_file():
        _write(target / "care" / KEY_NAME, home.key_file.read_bytes())
    files = {str(path.relative_to(target)): _digest(path) for path in _files(target)}
    if not files:
        raise BackupError(f"{show}: nothing has been written here yet")
    contents = Contents(FORM, taken_at.isoformat(timespec="seconds"), files)
    _write(target / CONTENTS, msgspec.json.format(msgspec.json.encode(contents), indent=2))
    return contents


def restore(backup: Path, show: Path) -> Contents:
    """Put what `backup` holds in the place of what the show in `show` has written.

    Nothing is overwritten: where a store stands already it is refused, before anything is put
    anywhere. Raises BackupError, LedgerError, HomeError or OSError.
    """
    contents = checked(backup)
    if not show.is_dir():
        raise BackupError(f"{show}: there is no show folder here; put it in place first")
    state = state_dir(show)
    cared = [name for name in contents.files if name.startswith("care/")]
    home = care_home(show) if cared else None
    places = {name: _place(name, state, home) for name in contents.files}
    for place in places.values():
        if place.exists() and place.name != KEY_NAME and not _is_key(place, home):
            raise BackupError(f"{place} is there already; move it away first")
        if place.suffix == ".db":
            _not_running(place)
    if home is not None and f"care/{KEY_NAME}" in contents.files:
        keep_key(home, (backup / "care" / KEY_NAME).read_bytes())
    for name, place in places.items():
        if not _is_key(place, home):
            private_folder(place.parent)
            _write(place, (backup / name).read_bytes())
    return contents


def checked(backup: Path) -> Contents:
    """What `backup` holds, every byte of it compared; raises BackupError."""
    try:
        contents = msgspec.json.decode((backup / CONTENTS).read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError) as error:
        raise BackupError(f"{backup}: this is no whole backup ({CONTENTS})") from error
    if contents.form != FORM:
        raise BackupError(f"{backup}: made by a newer release; use that one")
    for name, digest in contents.files.items():
        path = backup / name
        if ".." in Path(name).parts or not path.is_file() or _digest(path) != digest:
            raise BackupError(f"{path}: not as it was when the backup was made; use another one")
    return contents


def needs_key(show: Path, contents: Contents) -> bool:
    """Whether what was put back cannot be read until the key file is put back by hand."""
    home = found_home(show)
    cared = any(name.startswith("care/") for name in contents.files)
    return cared and (home is None or not home.key_file.is_file())


def _stores(home: Home | None) -> list[Path]:
    return [] if home is None else sorted(home.folder.glob("*.db"))


def _place(name: str, state: Path, home: Home | None) -> Path:
    part, _, rest = name.partition("/")
    if part == "show":
        return state / rest
    assert home is not None, name
    return home.key_file if rest == KEY_NAME else home.folder / rest


def _is_key(place: Path, home: Home | None) -> bool:
    return home is not None and place == home.key_file


def _not_running(place: Path) -> None:
    """Refuse to put a store in the place of one that a process is writing."""
    private_folder(place.parent)
    os.close(lock(place))
    beside(place, ".lock").unlink(missing_ok=True)
    for left in ("-wal", "-shm", ".stopped"):
        if beside(place, left).exists():
            raise BackupError(f"{beside(place, left)} is left there; move it away first")


def _copy_ring(source: Path, target: Path) -> None:
    """The segments as they are. One that the janitor takes meanwhile was drained: begin again."""
    if not source.is_dir():
        return
    for _ in range(RING_TRIES):
        shutil.rmtree(target, ignore_errors=True)
        try:
            for path in _files(source):
                place = target / path.relative_to(source)
                for folder in (target.parent, target, place.parent):
                    private_folder(folder)
                _write(place, path.read_bytes())
        except FileNotFoundError:
            continue
        return
    raise LedgerError(f"{source}: changes faster than it can be copied; ask again")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    private_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
