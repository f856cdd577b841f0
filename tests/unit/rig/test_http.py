"""HTTP requests: answered, refused, hanging, and never twice."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from collavoce.rig.http import HttpAnswer, HttpServer

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
PATIENCE_S = 10.0


async def asked(handler: Handler, *paths: str, within_s: float = PATIENCE_S) -> list[HttpAnswer]:
    """The answers of a server that does as `handler` does, in order."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    http = HttpServer(f"http://127.0.0.1:{port}", time.monotonic)
    answers = [
        await http.request("POST", path, b'{"a": 1}', "application/json", within_s)
        for path in paths
    ]
    http.close()
    server.close()
    return answers


def saying(*heads: bytes, seen: list[bytes] | None = None) -> Handler:
    """A server that answers each request of a connection with the next of `heads`."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for head in heads:
            request = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(8)
            if seen is not None:
                seen.append(request + body)
            writer.write(head)
            await writer.drain()
        await reader.read()
        writer.close()

    return handle


FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_a_request_is_answered_with_its_status() -> None:
    seen: list[bytes] = []
    (answer,) = asyncio.run(asked(saying(FINE, seen=seen), "/go"))
    assert (answer.words, answer.ok) == ("200 OK", True)
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /go HTTP/1.1\r\n")
    assert b"application/json" in head
    assert body == b'{"a": 1}'


def test_a_connection_is_used_again() -> None:
    seen: list[bytes] = []
    answers = asyncio.run(asked(saying(FINE, FINE, seen=seen), "/a", "/b"))
    assert [a.ok for a in answers] == [True, True]
    assert len(seen) == 2


def test_a_server_that_hangs_up_after_each_answer_is_asked_anew() -> None:
    closing = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    answers = asyncio.run(asked(saying(closing), "/a", "/b"))
    assert [a.ok for a in answers] == [True, True]


@pytest.mark.parametrize("status", [b"404 Not Found", b"500 Oops"])
def test_a_refusal_is_told_as_one(status: bytes) -> None:
    head = b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n"
    (answer,) = asyncio.run(asked(saying(head), "/go"))
    assert (answer.words, answer.ok) == (status.decode(), False)


def test_a_server_that_never_answers_is_late_and_is_asked_once() -> None:
    seen: list[bytes] = []
    (answer,) = asyncio.run(asked(saying(b"", seen=seen), "/go", within_s=0.2))
    assert not answer.ok
    assert "no answer within 0.2 s" in answer.words
    assert len(seen) == 1


def test_a_server_that_drips_its_head_is_late_too() -> None:
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in FINE * 9:
            writer.write(bytes((byte,)))
            await asyncio.sleep(0.05)

    (answer,) = asyncio.run(asked(drip, "/go", within_s=0.3))
    assert "no answer within 0.3 s" in answer.words


def test_an_endless_body_neither_delays_nor_spoils_the_answer() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"
    (answer,) = asyncio.run(asked(saying(head), "/go"))
    assert answer.ok
    assert answer.ms < 1000.0 * PATIENCE_S


def test_what_speaks_no_http_is_said() -> None:
    (answer,) = asyncio.run(asked(saying(b"hello there\r\n\r\n"), "/go"))
    assert "speaks no HTTP" in answer.words


def test_nobody_there_is_said_with_the_address() -> None:
    async def go() -> HttpAnswer:
        server = await asyncio.start_server(saying(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        http = HttpServer(f"http://127.0.0.1:{port}", time.monotonic)
        return await http.request("GET", "/", b"", "", PATIENCE_S)

    answer = asyncio.run(go())
    assert not answer.ok
    assert "cannot be reached" in answer.words
