"""The pages over TLS: what is spoken, what is refused, and how a certificate is renewed."""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send
from tests.security.certificates import DAY, HOST, NOW, Files, Signer, fresh_key, write_files

from collavoce.desk.server import http_server
from collavoce.runtime.tls.caller import open_connection
from collavoce.runtime.tls.doorman import plain_answer
from collavoce.runtime.tls.serving import Serving

PATIENCE_S = 10.0


async def pages(scope: Scope, __: Receive, send: Send) -> None:
    """/ says the scheme and ends; /stream says one byte each time something is sent to it."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] != "/stream":
        await send({"type": "http.response.body", "body": scope["scheme"].encode()})
        return
    for _ in range(200):
        await send({"type": "http.response.body", "body": b".", "more_body": True})
        await asyncio.sleep(0.02)


@dataclass
class Running:
    files: Files
    serving: Serving
    port: int

    async def connect(self, **wanted: object) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        context = ssl.create_default_context(cafile=str(self.files.root))
        for name, value in wanted.items():
            setattr(context, name, value)
        return await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=context, server_hostname=HOST
        )


@asynccontextmanager
async def running(folder: Path, by: Signer | None = None) -> AsyncGenerator[Running]:
    files = write_files(folder, by=by)
    serving = Serving(files.certificate, files.key, HOST)
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    server = http_server(pages, serving, f"https://{HOST}:{port}")
    task = asyncio.create_task(server.serve(sockets=[door]))
    async with asyncio.timeout(PATIENCE_S):
        while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
            await asyncio.sleep(0.01)
    try:
        yield Running(files, serving, port)
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, PATIENCE_S)


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str = "/") -> bytes:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(PATIENCE_S):
        answer = await reader.read()
    writer.close()
    return answer


def test_a_page_is_served_over_tls_and_knows_it(tmp_path: Path) -> None:
    async def go() -> bytes:
        async with running(tmp_path) as server:
            return await ask(*await server.connect())

    answer = asyncio.run(go())
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"https" in answer.partition(b"\r\n\r\n")[2]


def test_what_is_sent_right_behind_the_handshake_is_not_lost(tmp_path: Path) -> None:
    """Twenty fresh connections in a row, each with its request in the handshake's last packet."""

    async def go() -> list[bool]:
        async with running(tmp_path) as server:
            answers = [await ask(*await server.connect()) for _ in range(20)]
            return [b"https" in answer for answer in answers]

    assert asyncio.run(go()) == [True] * 20


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_two_safe_versions_are_spoken_with_forward_secrecy(
    version: ssl.TLSVersion, tmp_path: Path
) -> None:
    async def go() -> tuple[str, str]:
        async with running(tmp_path) as server:
            _, writer = await server.connect(minimum_version=version, maximum_version=version)
            spoken: ssl.SSLObject = writer.get_extra_info("ssl_object")
            cipher = spoken.cipher()
            writer.close()
            assert cipher is not None
            return str(spoken.version()), cipher[0]

    spoken, cipher = asyncio.run(go())
    assert spoken == version.name.replace("_", ".")
    assert cipher.startswith(("ECDHE", "TLS_"))
    assert "GCM" in cipher or "CHACHA20" in cipher


def test_nothing_older_is_spoken(tmp_path: Path) -> None:
    files = write_files(tmp_path)
    context = Serving(files.certificate, files.key, HOST).context
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    for cipher in context.get_ciphers():
        assert cipher["aead"], cipher["name"]
        assert cipher["kea"] in ("kx-ecdhe", "kx-any"), cipher["name"]


@pytest.mark.parametrize(
    ("request_line", "status"), [("GET /open", b"307"), ("POST /command", b"400"), ("?", b"400")]
)
def test_plain_http_on_the_same_port_is_told_where_to_go(
    request_line: str, status: bytes, tmp_path: Path
) -> None:
    async def go() -> tuple[bytes, int]:
        async with running(tmp_path) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(f"{request_line} HTTP/1.1\r\nHost: evil.test\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE_S):
                answer = await reader.read()
            writer.close()
            return answer, server.port

    answer, port = asyncio.run(go())
    assert answer.split()[1] == status
    assert f"https://{HOST}:{port}/".encode() in answer
    assert b"evil" not in answer
    assert b"/open" not in answer
    assert (b"Location: " in answer) is (status == b"307")


def test_plain_words_are_of_constant_length_and_close_the_connection() -> None:
    answer = plain_answer("https://show.example.org:8443", to_page=False)
    head, _, words = answer.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(words)}".encode() in head
    assert b"Connection: close" in head


def test_a_connection_that_says_nothing_or_nonsense_harms_nobody(tmp_path: Path) -> None:
    async def go() -> bytes:
        async with running(tmp_path) as server:
            silent = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(50)]
            for _, writer in silent[:25]:
                writer.write(b"\x16\x03\x01" + os.urandom(300))
            answer = await ask(*await server.connect())
            for _, writer in silent:
                writer.close()
            return answer

    assert b"https" in asyncio.run(go())


def test_a_renewed_certificate_is_taken_and_no_open_stream_is_dropped(tmp_path: Path) -> None:
    async def go() -> tuple[bytes, bytes, int]:
        by = Signer()
        async with running(tmp_path, by) as server:
            reader, writer = await server.connect()
            before = _serial(writer)
            writer.write(f"GET /stream HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            await reader.readuntil(b".")
            write_files(tmp_path, by=by, end=NOW + 60 * DAY)
            assert server.serving.look()
            assert not server.serving.look()
            _, fresh = await server.connect()
            after = _serial(fresh)
            fresh.close()
            async with asyncio.timeout(PATIENCE_S):
                more = [await reader.readuntil(b".") for _ in range(20)]
            writer.close()
            return before, after, len(more)

    before, after, more = asyncio.run(go())
    assert before != after
    assert more == 20


def test_a_worse_certificate_is_not_taken_and_the_old_one_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def go() -> bytes:
        by = Signer()
        async with running(tmp_path, by) as server:
            write_files(tmp_path, ("other.example.org",), by=by)
            assert not server.serving.look()
            server.files.key.write_bytes(b"half a fi")
            assert not server.serving.look()
            server.files.certificate.unlink()
            assert not server.serving.look()
            return await ask(*await server.connect())

    assert b"https" in asyncio.run(go())
    assert "not made for show.example.org" in caplog.text
    assert "the one before goes on" in caplog.text


def test_our_own_calls_trust_that_certificate_for_that_name_alone(tmp_path: Path) -> None:
    def call(port: int, trusted: Path, name: str) -> bytes:
        connection = open_connection("127.0.0.1", port, str(trusted), name, PATIENCE_S)
        try:
            connection.request("GET", "/")
            return connection.getresponse().read()
        finally:
            connection.close()

    async def go() -> None:
        stranger = write_files(tmp_path / "stranger", key=fresh_key())
        async with running(tmp_path / "own") as server:
            own = server.files.certificate
            assert await asyncio.to_thread(call, server.port, own, HOST) == b"https"
            for trusted, name in ((stranger.certificate, HOST), (own, "other.example.org")):
                with pytest.raises(ssl.SSLCertVerificationError):
                    await asyncio.to_thread(call, server.port, trusted, name)

    asyncio.run(go())


def _serial(writer: asyncio.StreamWriter) -> bytes:
    spoken: ssl.SSLObject = writer.get_extra_info("ssl_object")
    shown = spoken.getpeercert(binary_form=True)
    assert shown is not None
    return shown
