"""Datagrams through a TCP connection that may be gone at any moment, without ever waiting for it.

A destination that does not take its connection is tried again every `AGAIN_S`; until it does, what
would have been sent is a fault and is not kept: a cue that arrives a minute late is worse than one
that does not arrive. What the system takes only in part goes on with the next `pump`.
"""

import errno
import select
import socket
import sys
from collections import deque

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Address, Destination, Sent
from collavoce.units import Instant
from collavoce.wire.slip import SlipError, SlipStream, frame
from collavoce.words import say

AGAIN_S = 1.0
"""Between two attempts to connect: a console that was switched on is there within a second."""

BACKLOG_LIMIT = 256 * 1024
"""Bytes that wait for a destination that reads too slowly. Beyond them it is given up."""

READ_LIMIT = 65_536

ALIVE_S = 2
"""A connection over which nothing goes is asked for a sign of life so often; three that stay away
end it. A cable that was pulled says nothing by itself."""

HEARD_MOST = 8
"""Datagrams of the other end that are kept until somebody asks for them."""


class StreamSender:
    """One destination's connection. `pump` it a few times a second and before each sending."""

    def __init__(self, destination: Destination) -> None:
        self.name = destination.name
        self.address: Address = destination.address
        self.connected = False
        self._socket: socket.socket | None = None
        self._waiting = bytearray()
        self._next_try = Instant(0.0)
        self._now = Instant(0.0)
        self._fault = ""
        self._broke = ""
        self._cut = SlipStream()
        self._heard: deque[bytes] = deque(maxlen=HEARD_MOST)

    @property
    def fault(self) -> str:
        """Why there is no connection, "" while there is one or the first is being made."""
        return "" if self.connected else self._fault

    def fileno(self) -> int:
        """Readable when the other end speaks or hangs up; -1 while there is no connection."""
        return self._socket.fileno() if self._socket is not None and self.connected else -1

    def received(self) -> list[bytes]:
        """What the other end said since the last call, as far as it was kept."""
        if self.connected:
            self._drain(self._now)
        heard = list(self._heard)
        self._heard.clear()
        return heard

    def broke(self) -> str:
        """Why the connection ended since the last call, "" if it did not."""
        fault, self._broke = self._broke, ""
        return fault

    def send(self, datagram: bytes, now: Instant) -> Sent:
        """Hand `datagram` to the connection, or say why it cannot be; never waits."""
        self.pump(now)
        if not self.connected:
            return self._lost()
        self._waiting += frame(datagram)
        if len(self._waiting) > BACKLOG_LIMIT:
            self._give_up(say("rig.stream.slow", bytes=len(self._waiting)), now)
            return self._lost()
        self._flush(now)
        return Sent(1) if self.connected else self._lost()

    def pump(self, now: Instant) -> None:
        """Connect if it is time, see whether it has come about, send on what waits."""
        self._now = now
        if self._socket is None:
            if now >= self._next_try:
                self._begin(now)
        elif not self.connected:
            self._see(now)
        else:
            self._drain(now)
            self._flush(now)

    def close(self) -> None:
        """Let go of the connection; harmless when there is none."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self.connected = None, False
        self._waiting.clear()

    def _lost(self) -> Sent:
        words = say(
            "rig.stream.not_connected",
            name=self.name,
            address=_written(self.address),
            fault=self._fault or say("rig.stream.connecting"),
        )
        return Sent(0, (RigError(words),))

    def _begin(self, now: Instant) -> None:
        self._next_try = Instant(now + AGAIN_S)
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setblocking(False)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if sys.platform == "linux":
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, ALIVE_S)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, ALIVE_S)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
        self._socket = made
        begun = made.connect_ex(self.address)
        if begun not in {0, errno.EINPROGRESS}:
            self._give_up(errno.errorcode.get(begun, str(begun)), now)
        else:
            self._see(now)

    def _see(self, now: Instant) -> None:
        """Whether the connection has come about since it was begun."""
        assert self._socket is not None, "only a connection that was begun can come about"
        _, ready, _ = select.select([], [self._socket], [], 0)
        if not ready:
            if now >= self._next_try:
                self._give_up(say("rig.stream.silent"), now)
            return
        code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._give_up(OSError(code, errno.errorcode.get(code, "")).strerror or str(code), now)
        else:
            self.connected, self._fault = True, ""

    def _drain(self, now: Instant) -> None:
        """What the other end says is read, so that it never blocks for want of room."""
        assert self._socket is not None, "a connection is read only while there is one"
        try:
            said = self._socket.recv(READ_LIMIT)
        except BlockingIOError:
            return
        except OSError as error:
            self._give_up(error.strerror or str(error), now)
            return
        if not said:
            self._give_up(say("rig.stream.closed"), now)
            return
        try:
            self._heard.extend(self._cut.feed(said))
        except SlipError:
            # It speaks otherwise, which is no reason not to speak to it.
            self._cut = SlipStream()

    def _flush(self, now: Instant) -> None:
        if self._socket is None or not self._waiting:
            return
        try:
            taken = self._socket.send(self._waiting)
        except BlockingIOError:
            return
        except OSError as error:
            self._give_up(error.strerror or str(error), now)
            return
        del self._waiting[:taken]

    def _give_up(self, fault: str, now: Instant) -> None:
        if self.connected:
            self._broke = fault
        self.close()
        self._cut = SlipStream()
        self._fault = fault
        self._next_try = Instant(now + AGAIN_S)


def _written(address: Address) -> str:
    return f"{address[0]}:{address[1]}"
