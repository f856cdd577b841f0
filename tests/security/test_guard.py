"""What stands before every page: the name it was sent to, cookies, headers, notes of refusals."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.browser.fake_stagehand import FakeStagehand
from tests.security.desks import CALLER, HOST, Lines, client, desk

from collavoce.desk.denials import LINES_MAX, Denials
from collavoce.desk.guard import HSTS, OwnCookies, guarded
from collavoce.desk.hosts import host_of
from collavoce.desk.stagehand import PairingLink
from collavoce.runtime.line_writer import line_writer


def get(path: str, host: str = HOST, app: ASGIApp | None = None, **headers: str) -> httpx.Response:
    async def go() -> httpx.Response:
        async with client(app or desk(), CALLER) as browser:
            return await browser.get(path, headers={"host": host, **headers})

    return asyncio.run(go())


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8080", "192.168.1.5", "[::1]:8080", "[fe80::1]", "localhost:9", "LOCALHOST",
     "show.example.org", "SHOW.example.org.:8080", "stage.local:65535"],
)  # fmt: skip
def test_an_address_or_a_name_of_ours_is_answered(host: str) -> None:
    assert get("/words.json", host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8080", "show.example.org.evil.test", "127.0.0.1.evil.test",
     "xshow.example.org", "1.evil", "0x7f.1", "localhost.evil.test"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/open", "/static/desk.js", "/no/such/page"])
def test_a_name_that_was_given_our_address_is_refused_before_any_page(host: str, path: str) -> None:
    """DNS rebinding: the browser believes that evil.test is this machine."""
    answer = get(path, host)
    assert answer.status_code == 421
    assert answer.json() == get("/", "other.test").json()


@pytest.mark.parametrize(
    "host",
    ["", "user:word@127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999", "127.0.0.1:", "a b", "[::1",
     "127.0.0.1/open", "127.0.0.1, evil.test", "..", "[evil]", "127.0.0.1:80:80", "x" * 300],
)  # fmt: skip
def test_what_is_no_host_is_refused_in_words(host: str) -> None:
    answer = get("/", host)
    assert answer.status_code in (400, 421)
    assert "machine" in answer.json()["refused"]


def test_no_host_or_two_are_refused() -> None:
    async def status(hosts: list[bytes]) -> int:
        sent: list[int] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent.append(message["status"])

        scope: Scope = {
            "type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"",
            "scheme": "http", "headers": [(b"host", host) for host in hosts],
        }  # fmt: skip
        await desk()(scope, receive, send)
        return sent[0]

    assert asyncio.run(status([])) == 400
    assert asyncio.run(status([b"127.0.0.1", b"evil.test"])) == 400


@given(st.text(max_size=80))
def test_a_host_is_read_without_a_fault_and_never_holds_more_than_a_name(header: str) -> None:
    host = host_of(header)
    assert host is None or re.fullmatch(r"[a-z0-9_.:\[\]-]+", host)


@given(st.lists(st.sampled_from(["collavoce_desk=1", "collavoce_phone=secret", "x=y", "", "=;"])))
def test_no_page_of_ours_sees_the_cookie_of_another(parts: list[str]) -> None:
    seen: list[bytes] = []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        seen.extend(value for name, value in scope["headers"] if name == b"cookie")

    async def silent() -> Message:
        return {"type": "http.disconnect"}

    async def unheard(_: Message) -> None:
        pass

    scope: Scope = {"type": "http", "headers": [(b"cookie", "; ".join(parts).encode())]}
    asyncio.run(OwnCookies(app, frozenset({"collavoce_desk"}))(scope, silent, unheard))
    assert all(b"secret" not in value and b"x=y" not in value for value in seen)
    assert bool(seen) is ("collavoce_desk=1" in parts)


KINDS = (
    "/",
    "/stage",
    "/open",
    "/words.json",
    "/plan.json",
    "/static/desk.js",
    "/nowhere",
    "/%2e%2e/x",
)


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("host", [HOST, "evil.test"])
def test_every_answer_forbids_framing_sniffing_referring_and_inline_code(
    path: str, host: str
) -> None:
    headers = get(path, host).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["Cache-Control"] in ("no-store", "no-cache")
    assert headers["Cache-Control"] == "no-store" or path.startswith("/static/")
    assert "server" not in headers


def test_a_fault_is_answered_in_constant_words_with_the_same_headers() -> None:
    class Broken(FakeStagehand):
        async def pairing(self, person: str) -> PairingLink | None:
            raise RuntimeError(f"curtain at /home/ana/show.py for {person}")

    async def go() -> httpx.Response:
        async with client(desk(Broken()), CALLER) as browser:
            return await browser.post("/pairing/mina")

    answer = asyncio.run(go())
    assert answer.status_code == 500
    assert "curtain" not in answer.text
    assert "Traceback" not in answer.text
    assert list(answer.json()) == ["refused"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("hsts", [False, True])
def test_browsers_are_bound_to_tls_only_over_tls_and_only_if_asked(scheme: str, hsts: bool) -> None:  # noqa: FBT001
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(desk(hsts=hsts))
        async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://{HOST}") as browser:
            return await browser.get("/open")

    said = asyncio.run(go()).headers.get("Strict-Transport-Security", "")
    assert said == (HSTS if hsts and scheme == "https" else "")
    assert "includeSubDomains" not in said


def test_refusals_are_noted_in_utc_and_name_nobody() -> None:
    lines = Lines()
    app = desk(lines=lines)

    async def go() -> None:
        async with client(app) as browser:
            for path in ("/", "/plan.json", "/nowhere"):
                await browser.get(f"{path}?person=mina")
            await browser.post("/open", json={"key": "a secret guess"})
            await browser.get("/", headers={"host": "evil.test"})
            lines.later(2)
            await browser.get("/", headers={"cookie": "collavoce_desk=somebody"})
            lines.later(2)
            await browser.get("/stage")

    asyncio.run(go())
    assert lines.written == [
        "2026-11-21T20:14:03Z desk 401 x3\n",
        "2026-11-21T20:14:03Z desk 421 x1\n",
        "2026-11-21T20:14:05Z desk 401 x1\n",
    ]


def test_a_flood_of_refusals_does_not_fill_the_disk(tmp_path: Path) -> None:
    lines = Lines()
    file = tmp_path / "refused.log"
    denials = Denials("desk", lambda: lines.at, line_writer(file))
    for _ in range(1000):
        denials.note(401)
    denials.flush()
    assert file.read_text(encoding="ascii") == "2026-11-21T20:14:03Z desk 401 x1000\n"
    assert file.stat().st_mode & 0o777 == 0o600
    denials = Denials("desk", lambda: lines.at, lines.written.append)
    for _ in range(LINES_MAX + 50):
        lines.later(1)
        denials.note(401)
    assert len(lines.written) == LINES_MAX + 1
    assert lines.written[-1].endswith("no more lines\n")


def test_a_disk_that_refuses_the_note_does_not_refuse_the_page(tmp_path: Path) -> None:
    write = line_writer(tmp_path / "no such folder" / "refused.log")
    app = guarded(desk(), (), frozenset(), Denials("desk", lambda: Lines().at, write))
    assert get("/", app=app).status_code == 401


def test_the_care_pages_note_guesses_and_nothing_about_acts() -> None:
    lines = Lines()

    async def refuse(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    denials = Denials("care", lambda: lines.at, lines.written.append, frozenset({"/care/pair"}))
    app = guarded(refuse, (), frozenset(), denials)
    get("/care/act", app=app)
    get("/care/stream", app=app)
    get("/care/pair", app=app)
    denials.flush()
    assert lines.written == ["2026-11-21T20:14:03Z care 401 x1\n"]
