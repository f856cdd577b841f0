"""The show folder from disk: bounded reads, nothing outside the folder, nothing that can hang."""

import socket
import threading
from collections.abc import Callable
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collavoce.cli.errors import UsageError
from collavoce.show.errors import ShowFileError
from collavoce.show.reading.folder import SHOW_FILE, SHOW_LIMIT, Reading, read_show_file
from collavoce.show.reading.places import SCORE_LIMIT
from collavoce.show.reading.sound_length import HEAD, TAIL, Peek
from collavoce.words import say

Found = TypeVar("Found")

RESOLVE_S = 3.0
"""A name server that takes longer is no help on the night either."""


def load_show(folder: Path, *, look_up: bool = True) -> Reading:
    """The show in `folder` and what is wrong with it; raises UsageError if there is none.

    look_up : ask for the names of hosts; without, no packet leaves this machine.
    """
    if not folder.is_dir():
        raise UsageError(say("check.no_folder", folder=folder))
    if not (folder / SHOW_FILE).exists():
        raise UsageError(say("check.no_show", folder=folder, file=SHOW_FILE))
    try:
        data = read_inside(folder, SHOW_FILE, SHOW_LIMIT) or b""
    except ShowFileError as error:
        raise UsageError(say("check.no_access", file=folder / SHOW_FILE, why=error)) from error
    return read_show_file(
        data,
        lambda path: read_inside(folder, path, SCORE_LIMIT),
        resolves=resolves if look_up else lambda _: True,
        knows_timezone=knows_timezone,
        peek=lambda path: peek_inside(folder, path),
    )


def read_inside(folder: Path, path: str, limit: int) -> bytes | None:
    """The file at `path` in `folder`; None when it is not there.

    At most `limit` + 1 bytes, so that a longer file shows as one. Raises ShowFileError for what is
    no plain file (a pipe would never end), leads out of the folder or may not be read.
    """
    return _inside(folder, path, lambda stream: stream.read(limit + 1))


def peek_inside(folder: Path, path: str) -> Peek | None:
    """Both ends of the file at `path` in `folder`; None when it is not there.

    Raises ShowFileError as `read_inside` does.
    """
    return _inside(folder, path, _both_ends)


def _both_ends(stream: BinaryIO) -> Peek:
    head = stream.read(HEAD)
    size = stream.seek(0, SEEK_END)
    stream.seek(max(size - TAIL, 0))
    return Peek(head, stream.read(TAIL), size)


def _inside(folder: Path, path: str, read: Callable[[BinaryIO], Found]) -> Found | None:
    file = folder / path
    try:
        if not file.exists():
            return None
        if not file.resolve().is_relative_to(folder.resolve()):
            raise ShowFileError(say("check.leads_out"))
        if not file.is_file():
            raise ShowFileError(say("check.no_file"))
        with file.open("rb") as stream:
            return read(stream)
    except (OSError, ValueError) as error:
        # ValueError: a path no system accepts, such as one with a NUL in it.
        raise ShowFileError(getattr(error, "strerror", None) or str(error)) from error


def resolves(host: str) -> bool:
    """Whether `host` can be looked up now. The system call cannot be stopped, so it is left."""
    found = threading.Event()

    def look_up() -> None:
        try:
            socket.getaddrinfo(host, None, socket.AF_INET)
        except (OSError, UnicodeError):
            return
        found.set()

    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(RESOLVE_S)
    return found.is_set()


def knows_timezone(name: str) -> bool:
    """Whether the system has a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
