"""The book on disk: `connections.json` in the show's state folder, readable by its user only.

Whole or as it was: a change is written beside it and put in its place. Desk, terminal and gateway
change it one after another, by a lock; who only reads it sees a change within `READ_S`.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Generator
from pathlib import Path

import msgspec

from collavoce.runtime.gateway.book import Book, checked
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.words import say

FILE, LOCK = "connections.json", "connections.lock"
FILE_LIMIT = 256 * 1024
READ_S = 0.5


class BookFile:
    """The book of the show whose state folder is `state`."""

    def __init__(self, state: Path) -> None:
        self.path = state / FILE
        self._lock = state / LOCK
        self._seen: tuple[int, int] | None = None
        self._book = Book()

    def read(self) -> Book:
        """The book as it stands; read again only when the file changed. Raises GatewayError."""
        try:
            stat = self.path.stat()
            seen = (stat.st_mtime_ns, stat.st_ino)
            if seen != self._seen:
                self._book = self._decoded(stat.st_size)
                self._seen = seen
        except FileNotFoundError:
            self._book, self._seen = Book(), None
        except OSError as error:
            raise GatewayError(say("gateway.wrong.file", file=self.path, why=error)) from error
        return self._book

    def edit(self, change: Callable[[Book], Book]) -> Book:
        """What `change` makes of the book, kept on disk; raises GatewayError, nothing changed."""
        try:
            with self._alone():
                book = change(self.read())
                self._write(msgspec.json.format(msgspec.json.encode(book), indent=2))
        except OSError as error:
            raise GatewayError(say("gateway.wrong.file", file=self.path, why=error)) from error
        return book

    def _decoded(self, size: int) -> Book:
        if size > FILE_LIMIT:
            why = say("gateway.wrong.long", limit=FILE_LIMIT)
            raise GatewayError(say("gateway.wrong.file", file=self.path, why=why))
        try:
            return checked(msgspec.json.decode(self.path.read_bytes(), type=Book))
        except (msgspec.DecodeError, UnicodeDecodeError, GatewayError) as error:
            raise GatewayError(say("gateway.wrong.file", file=self.path, why=error)) from error

    def _write(self, content: bytes) -> None:
        fresh = self.path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    @contextlib.contextmanager
    def _alone(self) -> Generator[None]:
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Held for the length of one small write; the kernel gives it back at a death.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
