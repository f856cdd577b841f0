"""HTTP/1.1 to one server: connections that stay open, one deadline for everything, never a repeat.

The libraries' timeouts count from the last byte, so a server that sends one byte a second holds
them for ever. Here one deadline covers looking up, connecting, TLS, sending and the answer's head.
A request that may have arrived is never made again: it starts something.
"""

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

from collavoce.words import say

READ_BYTES = 16_384
BODY_MOST = 65_536
"""Bytes of an answer's body that are read and thrown away, to keep the connection; beyond that it
is closed."""

BODY_S = 0.5
"""How long an answer's body is waited for."""

FAULTY = 400
"""Status codes from here on say that it was not done (RFC 9110, 15)."""

OPEN_MOST = 4
"""Connections kept to one server."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came of a request. words: "200 OK", or what went wrong. ms: until the answer's head."""

    words: str
    ok: bool
    ms: float


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    http: h11.Connection = field(default_factory=lambda: h11.Connection(h11.CLIENT))

    @property
    def fresh(self) -> bool:
        """Whether the server has not hung up or spoken meanwhile."""
        return not (self.reader.at_eof() or self.writer.is_closing())

    async def next_event(self) -> object:
        while True:
            event = self.http.next_event()
            if event is not h11.NEED_DATA:
                return event
            self.http.receive_data(await self.reader.read(READ_BYTES))


class HttpServer:
    """One server. origin: "http://host:port" or "https://...". now: seconds, never set back."""

    def __init__(self, origin: str, now: Callable[[], float]) -> None:
        place = urlsplit(origin)
        self._host = place.hostname or ""
        self._tls = ssl.create_default_context() if place.scheme == "https" else None
        self._port = place.port or (443 if self._tls else 80)
        self._named = place.netloc.rpartition("@")[2]
        self._now = now
        self._idle: deque[_Connection] = deque(maxlen=OPEN_MOST)

    async def request(
        self, method: str, path: str, body: bytes, kind: str, within_s: float
    ) -> HttpAnswer:
        """Make one request; what goes wrong is an answer too. 2xx and 3xx count as taken."""
        began = self._now()
        try:
            async with asyncio.timeout(within_s):
                connection, head = await self._ask(method, path, body, kind)
            ms = round(1000.0 * (self._now() - began), 3)
            await self._put_back(connection)
            reason = bytes(head.reason).decode("latin-1")
            words = f"{head.status_code} {reason}".strip()
            return HttpAnswer(words, head.status_code < FAULTY, ms)
        except TimeoutError:
            words = say("rig.http.late", seconds=f"{within_s:g}")
        except ssl.SSLCertVerificationError as error:
            words = say("rig.http.certificate", fault=error.verify_message)
        except (OSError, UnicodeError) as error:
            fault = getattr(error, "strerror", None) or str(error)
            words = say("rig.http.gone", address=self._named, fault=fault)
        except h11.LocalProtocolError as error:
            words = say("rig.http.request", fault=error)
        except h11.RemoteProtocolError as error:
            words = say("rig.http.strange", fault=error)
        return HttpAnswer(words, ok=False, ms=round(1000.0 * (self._now() - began), 3))

    def close(self) -> None:
        """Let go of every connection."""
        while self._idle:
            self._idle.pop().writer.close()

    async def _ask(
        self, method: str, path: str, body: bytes, kind: str
    ) -> tuple[_Connection, h11.Response]:
        connection = await self._connection()
        try:
            connection.writer.write(self._request(connection.http, method, path, body, kind))
            await connection.writer.drain()
            return connection, await self._head(connection)
        except BaseException:
            connection.writer.close()
            raise

    async def _connection(self) -> _Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.fresh:
                return connection
            connection.writer.close()
        reader, writer = await asyncio.open_connection(
            self._host, self._port, ssl=self._tls, server_hostname=self._host if self._tls else None
        )
        return _Connection(reader, writer)

    def _request(
        self, http: h11.Connection, method: str, path: str, body: bytes, kind: str
    ) -> bytes:
        fields = [("Host", self._named), ("User-Agent", "Collavoce")]
        if body or method in {"POST", "PUT"}:
            fields += [("Content-Length", str(len(body))), ("Content-Type", kind)]
        request = h11.Request(method=method, target=path, headers=fields)
        parts = (request, h11.Data(data=body), h11.EndOfMessage())
        return b"".join(http.send(part) or b"" for part in parts)

    async def _head(self, connection: _Connection) -> h11.Response:
        while True:
            event = await connection.next_event()
            if isinstance(event, h11.Response):
                return event
            if isinstance(event, h11.ConnectionClosed):
                raise ConnectionResetError(say("rig.http.hung_up"))

    async def _put_back(self, connection: _Connection) -> None:
        """Read the body to its end, so that the connection can be used again, or close it."""
        with contextlib.suppress(h11.RemoteProtocolError, h11.LocalProtocolError, OSError):
            async with asyncio.timeout(BODY_S):
                read = 0
                while connection.http.their_state is h11.SEND_BODY and read <= BODY_MOST:
                    event = await connection.next_event()
                    read += len(event.data) if isinstance(event, h11.Data) else 0
            # Raises where the body was not read, or the server wants to hang up.
            connection.http.start_next_cycle()
            if len(self._idle) < OPEN_MOST:
                self._idle.append(connection)
                return
        connection.writer.close()
