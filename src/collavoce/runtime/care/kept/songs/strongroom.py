"""Sealed recordings, a file each, in the folder of the care store and never in the show's.

A file's key lies in a paper of its author and nowhere else: the file, the store, the server's key
and a backup of all three open nothing. Pieces of one length are sealed one by one, each bound to
its place and to whether it is the last, so that a file cannot be shortened, lengthened or put
together anew. Its size tells how long it is to about a second.

    songs/OWNER/ID     whose it is stands there as an opaque name; ID is drawn by lot
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO

from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import NONCE_BYTES, TAG_BYTES, new_key, open_sealed, seal
from collavoce.runtime.care.kept.shelf import padded
from collavoce.runtime.clock import fresh_id

PIECE_BYTES = 1 << 18
LENGTH_BYTES = 4
HELD_BYTES = PIECE_BYTES - LENGTH_BYTES
SEALED_BYTES = 1 + NONCE_BYTES + PIECE_BYTES + TAG_BYTES
FREE_BYTES = 2 << 30
"""What has to stay free on the disk: a press must find room there, whatever anybody sings."""

FOLDER_MODE, FILE_MODE = 0o700, 0o600
COMING = ".new"


class StrongroomError(Exception):
    """A recording cannot be written or read; says which file."""


@dataclass(slots=True)
class Coming:
    """A recording that is being written. Nobody finds it before `done`."""

    path: Path
    key: bytes = field(default_factory=new_key)
    _held: bytes = b""
    _index: int = 0
    _file: IO[bytes] | None = None

    @property
    def id(self) -> str:
        """What it will be found by."""
        return self.path.name

    def write(self, samples: bytes) -> None:
        """Seal and write; raises StrongroomError."""
        self._held += samples
        while len(self._held) > HELD_BYTES:
            self._put(self._held[:HELD_BYTES], last=False)
            self._held = self._held[HELD_BYTES:]

    def done(self) -> None:
        """It is whole and on disk; raises StrongroomError."""
        self._put(self._held, last=True)
        assert self._file is not None, "a piece was written"
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            self._fresh.rename(self.path)
        except OSError as error:
            raise StrongroomError(f"{self.path.name}: {error.strerror}") from error

    def dropped(self) -> None:
        """Nothing of it stays."""
        if self._file is not None:
            self._file.close()
        self._fresh.unlink(missing_ok=True)

    @property
    def _fresh(self) -> Path:
        return self.path.with_name(self.path.name + COMING)

    def _put(self, piece: bytes, *, last: bool) -> None:
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
                self._file = os.fdopen(
                    os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb"
                )
            self._file.write(
                seal(self.key, padded(piece, PIECE_BYTES), _context(self.id, self._index, last))
            )
        except OSError as error:
            raise StrongroomError(f"{self.path.name}: {error.strerror}") from error
        self._index += 1


@dataclass(frozen=True, slots=True)
class Strongroom:
    """The recordings in `root`; None for a house in memory, which keeps none."""

    root: Path | None

    def has_room(self) -> bool:
        """Whether one more may be kept here."""
        if self.root is None:
            return False
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            return shutil.disk_usage(self.root).free > FREE_BYTES
        except OSError:
            return False

    def begin(self, owner: str) -> Coming:
        """A new recording of `owner`, an opaque name."""
        return Coming(self._folder(owner) / fresh_id())

    def path(self, owner: str, recording: str) -> Path:
        """Where a recording is."""
        return self._folder(owner) / recording

    def read(self, owner: str, recording: str, key: bytes) -> Iterator[bytes]:
        """Its samples, piece by piece; raises StrongroomError.

        It ends early if the file is taken away meanwhile: what is erased is not played on.
        """
        path = self.path(owner, recording)
        try:
            with path.open("rb") as file:
                count = os.fstat(file.fileno()).st_size // SEALED_BYTES
                for index in range(count):
                    if not path.exists():
                        return
                    context = _context(recording, index, last=index == count - 1)
                    piece = open_sealed(key, file.read(SEALED_BYTES), context)
                    length = int.from_bytes(piece[:LENGTH_BYTES], "big")
                    yield piece[LENGTH_BYTES : LENGTH_BYTES + length]
        except (OSError, SealBrokenError) as error:
            raise StrongroomError(f"{recording}: {error}") from error

    def ids(self, owner: str) -> tuple[str, ...]:
        """The files of `owner`, those too that are being written."""
        folder = self._folder(owner) if self.root is not None else None
        if folder is None or not folder.is_dir():
            return ()
        return tuple(path.name for path in folder.iterdir())

    def remove(self, owner: str, recording: str) -> None:
        """Take one away; raises StrongroomError. Harmless when done twice."""
        try:
            self.path(owner, recording).unlink(missing_ok=True)
        except OSError as error:
            raise StrongroomError(f"{recording}: {error.strerror}") from error

    def remove_all(self, owner: str) -> None:
        """Leave nothing of `owner`; raises StrongroomError."""
        try:
            for recording in self.ids(owner):
                self.path(owner, recording).unlink(missing_ok=True)
            if self.root is not None and self._folder(owner).is_dir():
                self._folder(owner).rmdir()
        except OSError as error:
            raise StrongroomError(f"the recordings of one person: {error.strerror}") from error

    def _folder(self, owner: str) -> Path:
        assert self.root is not None, "a house in memory keeps no recordings"
        return self.root / sha256(owner.encode()).hexdigest()[:32]


def _context(recording: str, index: int, last: bool) -> bytes:  # noqa: FBT001  a fact of the place
    return f"collavoce demo 1 {recording} {index} {'last' if last else 'more'}".encode()
