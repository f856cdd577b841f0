"""The ways by which a GO comes in: the engine's mailbox, the page, later whatever else there is.

What is prepared beforehand is not counted; what is read of the answer comes after the cue is out.
"""

import http.client
import select
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from collavoce.desk.access import DESK_COOKIE, desk_token
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.config import RunConfig
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, Declined, Kept, pack, unpack
from collavoce.show.commands import AnyCommand, Go, StartNumber

LOST_S = 1.0
"""What has not arrived after this long is lost."""


class RefusedError(Exception):
    """The show did not do as it was told; the words say why."""


@dataclass(slots=True)
class Caller:
    """Somebody with a mailbox in the performance.

    name : of the mailbox. last_kept : the number in the ring of what was kept last.
    """

    config: RunConfig
    name: str = "bench"
    last_kept: int = 0
    box: Mailbox = field(init=False)
    _engine: Path = field(init=False)

    def __post_init__(self) -> None:
        self.box = Mailbox(Path(self.config.run_dir) / self.name)
        self._engine = self.config.box("engine")

    def letter(self, command: AnyCommand, key: str = "") -> bytes:
        """`command`, ready to be posted once."""
        return pack(Asked(command, "caller", key or fresh_id()))

    def post(self, letter: bytes) -> None:
        """Hand it over; do not wait."""
        self.box.send(self._engine, letter)

    def kept(self, within_s: float = LOST_S) -> Kept | None:
        """The answer to the last command, None without one; raises RefusedError."""
        select.select([self.box], [], [], within_s)
        received = self.box.receive()
        reply = None if received is None else unpack(received[0])
        if isinstance(reply, Declined):
            raise RefusedError(reply.why)
        if not isinstance(reply, Kept):
            return None
        self.last_kept = reply.seq
        return reply

    def start(self, number: str) -> None:
        """Begin `number` anew."""
        self.post(self.letter(StartNumber(number)))
        assert self.kept() is not None, "the engine does not answer"


class Way(Protocol):
    """How a GO comes in."""

    def begin(self) -> None:
        """Before a row of them."""
        ...

    def prepare(self) -> None:
        """Before each one."""
        ...

    def go(self) -> None:
        """Hand it over; do not wait."""
        ...

    def answer(self) -> None:
        """Read what comes back; raises RefusedError."""
        ...


@dataclass(slots=True)
class MailboxWay:
    """As the web process hands it over: a datagram in the engine's mailbox."""

    caller: Caller
    _letter: bytes = b""

    def begin(self) -> None:
        """The mailbox is there."""

    def prepare(self) -> None:
        """A key of its own for each."""
        self._letter = self.caller.letter(Go())

    def go(self) -> None:
        """Into the mailbox."""
        self.caller.post(self._letter)

    def answer(self) -> None:
        """Kept, or refused."""
        self.caller.kept()


@dataclass(slots=True)
class PageWay:
    """POST to the web process with the desk's cookie, by a bare socket. to : another port."""

    config: RunConfig
    to: int = 0
    _line: socket.socket | None = None
    _request: bytes = b""

    def begin(self) -> None:
        """The server hangs up on a line that rested."""
        if self._line is not None:
            self._line.close()
        here = ("127.0.0.1", self.to or self.config.web_port)
        self._line = socket.create_connection(here, timeout=LOST_S)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def prepare(self) -> None:
        """A key of its own for each."""
        self._request = post(self.config, f'{{"key": "{fresh_id()}", "type": "Go"}}')

    def go(self) -> None:
        """One press of the page's button."""
        assert self._line is not None
        self._line.sendall(self._request)

    def answer(self) -> None:
        """200, or what it says."""
        status, told = self.reply()
        if status != http.client.OK:
            raise RefusedError(told)

    def reply(self) -> tuple[int, str]:
        """Status and text of the answer."""
        assert self._line is not None
        reply = http.client.HTTPResponse(self._line)
        reply.begin()
        return reply.status, reply.read().decode()

    def ask(self, body: str) -> int:
        """POST `body` and wait; the status of the answer."""
        assert self._line is not None
        self._line.sendall(post(self.config, body))
        return self.reply()[0]


def post(config: RunConfig, body: str) -> bytes:
    """A page's request that carries `body`."""
    here = f"127.0.0.1:{config.web_port}"
    head = ("POST /command HTTP/1.1", f"Host: {here}", f"Origin: http://{here}", cookie(config))
    head += ("Content-Type: application/json", f"Content-Length: {len(body)}", "", body)
    return "\r\n".join(head).encode()


def cookie(config: RunConfig) -> str:
    """The header that opens the caller's desk."""
    return f"Cookie: {DESK_COOKIE}={desk_token(config.desk_key)}"
