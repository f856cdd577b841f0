"""One port, two languages: who speaks TLS is let in, who speaks plain HTTP is told where to go.

The first byte is looked at and left where it is: 22 opens a TLS handshake (RFC 8446, 5.1), no
HTTP request begins with it. Plain HTTP gets one answer that depends on nothing it says but GET:
nothing of it is repeated, nothing is carried out, no cookie is read.
"""

import asyncio
import socket
from collections.abc import Callable

from collavoce.runtime.tls.serving import Serving
from collavoce.words import say

HANDSHAKE = b"\x16"
FIRST_BYTE_S = 10.0
HANDSHAKE_S = 10.0
EARLY_MAX = 64 * 1024
"""Bytes a page may send right behind its handshake, before its server protocol is there."""

Inner = Callable[[], asyncio.Protocol]


class Doorman(asyncio.Protocol):
    """The protocol of a fresh connection. inner: makes the one that speaks HTTP behind TLS."""

    def __init__(self, serving: Serving, origin: str, inner: Inner) -> None:
        self._serving = serving
        self._origin = origin
        self._inner = inner
        self._early = bytearray()
        self._lost = False
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hold the first byte back until it was looked at."""
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()
        self._task = asyncio.get_running_loop().create_task(self._receive(transport))

    def data_received(self, data: bytes) -> None:
        """What came before the inner protocol was there."""
        self._early += data[: EARLY_MAX - len(self._early)]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Gone before it was let in."""
        self._lost = True

    async def _receive(self, transport: asyncio.Transport) -> None:
        try:
            first = await asyncio.wait_for(_first_byte(transport), FIRST_BYTE_S)
            if first == HANDSHAKE:
                await self._let_in(transport)
            elif first:
                transport.set_protocol(_PlainAnswer(transport, self._origin))
                transport.resume_reading()
            else:
                transport.close()
        except (OSError, TimeoutError):
            transport.abort()

    async def _let_in(self, transport: asyncio.Transport) -> None:
        secured = await asyncio.get_running_loop().start_tls(
            transport,
            self,
            self._serving.context,
            server_side=True,
            ssl_handshake_timeout=HANDSHAKE_S,
        )
        if secured is None or self._lost:
            return
        inner = self._inner()
        secured.set_protocol(inner)
        inner.connection_made(secured)
        if self._early:
            inner.data_received(bytes(self._early))


class _PlainAnswer(asyncio.Protocol):
    """Says once where the pages are."""

    def __init__(self, transport: asyncio.Transport, origin: str) -> None:
        self._transport = transport
        self._origin = origin
        self._said = False

    def data_received(self, data: bytes) -> None:
        if not self._said:
            self._said = True
            self._transport.write(plain_answer(self._origin, to_page=data.startswith(b"GET ")))
            self._transport.close()


def plain_answer(origin: str, *, to_page: bool) -> bytes:
    """The whole answer to a plain request. to_page: a browser that may simply be sent on."""
    words = say("tls.plain_here", url=f"{origin}/").encode() + b"\n"
    status = "307 Temporary Redirect" if to_page else "400 Bad Request"
    head = [f"HTTP/1.1 {status}"]
    if to_page:
        head.append(f"Location: {origin}/")
    head += [
        "Content-Type: text/plain; charset=utf-8",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        f"Content-Length: {len(words)}",
        "Connection: close",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + words


async def _first_byte(transport: asyncio.Transport) -> bytes:
    """The first byte of the connection, left in its socket; b"" when it was closed."""
    loop = asyncio.get_running_loop()
    # The transport owns its descriptor in the loop; a second one may be watched beside it.
    peeked: socket.socket = transport.get_extra_info("socket").dup()
    readable: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not readable.done():
            readable.set_result(None)

    try:
        loop.add_reader(peeked, wake)
        await readable
        return peeked.recv(1, socket.MSG_PEEK)
    finally:
        loop.remove_reader(peeked)
        peeked.close()
