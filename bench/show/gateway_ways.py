"""A GO by OSC, through the gateway: keyed, as a controller with a key sends it, or bare.

A bare one is let in because the operator allowed this machine's address; that proves nothing, and
is measured because other people's programs know nothing else.
"""

import socket
import time
from dataclasses import dataclass, field

from ways import LOST_S, RefusedError

from collavoce.runtime.clock import fresh_bytes
from collavoce.runtime.config import RunConfig
from collavoce.runtime.gateway.book import with_allowed, with_controller
from collavoce.runtime.gateway.book_file import READ_S, BookFile
from collavoce.wire.keyed import (
    KEY_BYTES,
    NO_EPOCH,
    Answer,
    Answered,
    Keyed,
    read_answer,
    write_keyed,
)
from collavoce.wire.osc import OscMessage, encode

NAME = "bench"
GO = encode(OscMessage("/collavoce/go"))
HELLO = encode(OscMessage("/collavoce/hello"))


def _mouth() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.settimeout(LOST_S)
    return made


@dataclass(slots=True)
class KeyedWay:
    """A controller with a key. Each GO is sealed before it is measured, and answered after it."""

    config: RunConfig
    _mouth: socket.socket = field(default_factory=_mouth)
    _key: bytes = b""
    _epoch: bytes = NO_EPOCH
    _count: int = 0
    _sealed: bytes = b""

    def begin(self) -> None:
        """Once: into the book, and a greeting that tells the epoch."""
        if self._key:
            return
        self._key = fresh_bytes(KEY_BYTES)
        book = BookFile(self.config.state_dir)
        book.edit(lambda kept: with_controller(kept, NAME, self._key))
        time.sleep(2 * READ_S)
        self._seal(HELLO)
        self.go()
        told = self._told()
        assert told.answer == Answer.AGAIN, told
        self._epoch, self._count = told.epoch, told.count

    def prepare(self) -> None:
        """The next count, sealed."""
        self._seal(GO)

    def go(self) -> None:
        """To the gateway."""
        self._mouth.sendto(self._sealed, ("127.0.0.1", self.config.osc_port))

    def answer(self) -> None:
        """Kept, or what it says; raises RefusedError."""
        told = self._told()
        if told.answer != Answer.KEPT:
            raise RefusedError(told.words or str(told.answer))

    def _seal(self, packet: bytes) -> None:
        self._count += 1
        self._sealed = write_keyed(self._key, Keyed(NAME, self._epoch, self._count, packet))

    def _told(self) -> Answered:
        return read_answer(self._key, self._mouth.recv(2048))


@dataclass(slots=True)
class BareWay:
    """Plain OSC from an address that the operator allowed. Nobody answers it."""

    config: RunConfig
    _mouth: socket.socket = field(default_factory=_mouth)
    _allowed: bool = False

    def begin(self) -> None:
        """Once: into the book."""
        if not self._allowed:
            self._allowed = True
            book = BookFile(self.config.state_dir)
            book.edit(lambda kept: with_allowed(kept, "127.0.0.1", "/collavoce/go"))
            time.sleep(2 * READ_S)

    def prepare(self) -> None:
        """The packet is always the same."""

    def go(self) -> None:
        """To the gateway."""
        self._mouth.sendto(GO, ("127.0.0.1", self.config.osc_port))

    def answer(self) -> None:
        """There is none."""
