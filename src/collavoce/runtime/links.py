"""How processes of one performance speak to each other: datagrams on private Unix sockets.

A datagram is whole or not there, its sender never waits, and a receiver that died and came back
under the same name is reached again without anybody reconnecting. That is all a show needs; what
must not be lost stands in the ring or in a store before it is sent here.
"""

import contextlib
import os
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

LIMIT = 60_000
"""Bytes in one datagram; a page of state fits, a flood does not."""

BACKLOG = 1 << 20
"""Bytes the kernel keeps for a receiver that is busy."""


class Mailbox:
    """A named socket in the performance's private folder.

    path : at most about 100 bytes, a limit of Unix sockets.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bound_here = True
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BACKLOG)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BACKLOG)
        self.socket.setblocking(False)
        self.socket.bind(os.fspath(path))

    @classmethod
    def inherited(cls, path: Path, descriptor: int) -> Self:
        """The mailbox at `path` that our parent has bound and holds open.

        It outlives whoever reads it, and so does mail that nobody has read: a successor reads on.
        """
        box = cls.__new__(cls)
        box.path = path
        box.bound_here = False
        box.socket = socket.socket(fileno=descriptor)
        box.socket.setblocking(False)
        return box

    def fileno(self) -> int:
        """For `select`."""
        return self.socket.fileno()

    def send(self, to: Path | str, payload: bytes) -> bool:
        """Hand `payload` to whoever is bound to `to`; False if nobody is or nobody reads."""
        try:
            self.socket.sendto(payload, os.fspath(to))
        except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
            return False
        except OSError:
            # macOS says ENOBUFS where Linux says EAGAIN; either way nobody reads.
            return False
        return True

    def receive(self) -> tuple[bytes, str | None] | None:
        """The next datagram and its sender's path, as `send` takes it; None when there is none.

        A plain text: a `Path` made of each sender costs as much as half the sending of an answer.
        """
        try:
            payload, sender = self.socket.recvfrom(LIMIT)
        except BlockingIOError:
            return None
        return payload, sender or None

    def close(self) -> None:
        """Stop receiving and take the name away, if it is ours."""
        self.socket.close()
        if self.bound_here:
            with contextlib.suppress(FileNotFoundError):
                self.path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
