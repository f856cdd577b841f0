"""Every role at every address: one table says who may, and generates the tests of both sides."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import score
from tests.security.desks import ASSISTANT, CALLER, HOST, ORIGIN, ROLES, client, desk
from tests.unit.desk.desk_client import Stream, stream

from collavoce.desk.access import Role, assistant_key
from collavoce.desk.app import create_app
from collavoce.desk.stagehand import LineAnswer
from collavoce.line.commands import AnyCommand as LineCommand

PIECE = score()
EVERYBODY = frozenset(ROLES)
DESKS = frozenset({"caller", "assistant"})
ONLY_CALLER = frozenset({"caller"})
PHONES = frozenset({"a phone"})

GO = {"key": "0123456789abcdef", "type": "Go", "cue": "1"}
ACK = {"key": "0123456789abcdef", "type": "Acknowledge", "cue": "1", "person": "mina"}
BREACH = {"key": "0123456789abcdef", "type": "RaiseLine", "zone": "front"}

TABLE: dict[tuple[str, str], tuple[frozenset[str], Any]] = {
    ("GET", "/open"): (EVERYBODY, None),
    ("POST", "/open"): (EVERYBODY, {"key": "key-of-the-desk"}),
    ("GET", "/"): (DESKS, None),
    ("GET", "/stage"): (DESKS, None),
    ("GET", "/plan.json"): (DESKS, None),
    ("GET", "/words.json"): (DESKS, None),
    ("GET", "/engraving/{number}.svg"): (DESKS, None),
    ("GET", "/engraving/{number}.json"): (DESKS, None),
    ("GET", "/events"): (DESKS, None),
    ("POST", "/command"): (ONLY_CALLER, GO),
    ("POST", "/place"): (ONLY_CALLER, {"quarter": 4.0}),
    ("POST", "/pairing/{person}"): (ONLY_CALLER, {}),
    ("POST", "/assistant"): (ONLY_CALLER, {}),
    ("POST", "/line"): (DESKS, BREACH),
    ("GET", "/phone/events"): (PHONES, None),
    ("POST", "/phone/command"): (PHONES, ACK),
    ("POST", "/sign-out-all"): (ONLY_CALLER, {}),
    ("GET", "/history.json"): (DESKS, None),
    ("GET", "/setlist.json"): (DESKS, None),
    ("GET", "/connections"): (DESKS, None),
    ("GET", "/connections.json"): (DESKS, None),
    ("POST", "/learn"): (ONLY_CALLER, {"does": "go"}),
    ("GET", "/crew"): (PHONES, None),
    ("GET", "/crew/who"): (PHONES, None),
}
"""(method, address) -> who is let in, and what is posted. What controllers reach by their own
tokens, and no role does, is in test_remote.py."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def at(path: str) -> str:
    return path.replace("{number}", PIECE_NUMBER).replace("{person}", "mina")


PIECE_NUMBER = FakeStagehand(PIECE).show.numbers[0].id


def status(method: str, path: str, cookies: dict[str, str], body: Any = None) -> int:
    async def go() -> int:
        app = desk(FakeStagehand(PIECE))
        if path.endswith("/events") and method == "GET":
            async with stream(app, path, cookies, {"host": HOST}) as opened:
                # A stream that is let in says something at once; a refusal ends.
                await asyncio.wait_for(_first(opened), 5)
                return opened.status
        async with client(app, cookies) as browser:
            return (await browser.request(method, path, json=body)).status_code

    return asyncio.run(go())


async def _first(opened: Stream) -> None:
    ended = asyncio.ensure_future(opened.ended.wait())
    said = asyncio.ensure_future(opened.frames.get())
    await asyncio.wait({ended, said}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    said.cancel()


def test_every_address_of_the_desk_stands_in_the_table() -> None:
    routes = {
        (method, route.path)
        for route in create_app(FakeStagehand()).routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    assert routes == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path"), TABLE, ids=str)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(
    method: str, path: str, role: str
) -> None:
    allowed, body = TABLE[method, path]
    answered = status(method, at(path), ROLES[role], body)
    if role in allowed:
        assert answered not in (401, 403)
    else:
        assert answered in (401, 403)


@pytest.mark.parametrize("role", ["nobody", "assistant", "caller"])
@pytest.mark.parametrize("path", sorted({path for _, path in TABLE}))
def test_a_method_that_is_not_in_the_table_does_nothing(path: str, role: str) -> None:
    for method in METHODS:
        if (method, path) not in TABLE:
            answered = status(method, at(path), ROLES[role], {})
            assert answered in (403, 405), (method, path, answered)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_there_is_answered_alike_to_everybody(role: str) -> None:
    async def go() -> list[tuple[int, bytes]]:
        async with client(desk(), ROLES[role]) as browser:
            answers = [
                await browser.get(p) for p in ("/nowhere", "/admin", "/.git/config", "/open/x")
            ]
            return [(a.status_code, a.content) for a in answers]

    assert {code for code, _ in asyncio.run(go())} == {404}
    assert len({content for _, content in asyncio.run(go())}) == 1


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/%2fetc%2fpasswd", "/static/....//app.py", "/static/desk.js%00.html"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_of_scripts(path: str) -> None:
    assert status("GET", path, CALLER) == 404


def test_a_phone_answers_for_its_own_person_alone() -> None:
    for person, wanted in (("mina", {200, 409}), ("darya", {403}), ("nobody", {403})):
        answered = status("POST", "/phone/command", ROLES["a phone"], {**ACK, "person": person})
        assert answered in wanted, person


@pytest.mark.parametrize("role", ["assistant", "caller"])
def test_at_the_line_a_desk_speaks_as_its_own_role(role: str) -> None:
    heard: list[str] = []

    class Listening(FakeStagehand):
        async def ask_line(self, command: LineCommand, key: str, role: str) -> LineAnswer:
            heard.append(role)
            return await super().ask_line(command, key, role)

    async def go() -> None:
        async with client(desk(Listening(PIECE)), ROLES[role]) as browser:
            await browser.post("/line", json={**BREACH, "role": "caller", "by": "caller"})

    asyncio.run(go())
    assert heard == [role]


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://evil.test", f"https://{HOST}", "http://127.0.0.1", f"{ORIGIN}.evil.test",
     f"{ORIGIN}/", "http://[", f"http://x@{HOST}"],
)  # fmt: skip
@pytest.mark.parametrize("path", sorted(path for method, path in TABLE if method == "POST"))
def test_nothing_is_carried_out_for_a_page_of_another_origin(path: str, origin: str) -> None:
    hand = FakeStagehand(PIECE)

    async def go() -> httpx.Response:
        cookies = {**CALLER, **ROLES["a phone"]}
        async with client(desk(hand), cookies) as browser:
            headers = {"origin": origin}
            body = TABLE["POST", path][1]
            return await browser.post(at(path), json=body, headers=headers)

    assert asyncio.run(go()).status_code == 403
    assert hand.asked == []
    assert hand.placed == []
    assert hand.desk_key == "key-of-the-desk"


def test_signing_out_all_ends_every_other_desk_at_once_and_not_the_one_that_asked() -> None:
    async def go() -> None:
        hand = FakeStagehand(PIECE)
        app = desk(hand)
        loop = asyncio.get_running_loop()
        async with (
            client(app, CALLER) as asking,
            client(app, CALLER) as other,
            client(app, ASSISTANT) as assistant,
            stream(app, "/events", CALLER, {"host": HOST}) as open_desk,
            stream(app, "/events", ASSISTANT, {"host": HOST}) as open_assistant,
            stream(app, "/phone/events", ROLES["a phone"], {"host": HOST}) as phone,
        ):
            await open_desk.next("state")
            await open_assistant.next("state")
            asked_at = loop.time()
            links = (await asking.post("/sign-out-all")).json()
            for opened in (open_desk, open_assistant):
                await asyncio.wait_for(opened.ended.wait(), 1.0)
            assert loop.time() - asked_at < 1.0
            assert not phone.ended.is_set()
            assert (await other.get("/plan.json")).status_code == 401
            assert (await assistant.get("/plan.json")).status_code == 401
            assert (await asking.get("/plan.json")).status_code == 200
            assert (await asking.post("/command", json=GO)).status_code in (200, 409)
            async with client(app) as fresh:
                old = await fresh.post("/open", json={"key": "key-of-the-desk"})
                assert old.status_code == 401
                key = links["assistant"].partition("#")[2]
                assert (await fresh.post("/open", json={"key": key})).status_code == 200
                assert (await fresh.get("/plan.json")).status_code == 200
                assert (await fresh.post("/command", json=GO)).status_code == 403

    asyncio.run(go())


def test_from_an_assistants_key_nobody_comes_to_the_callers() -> None:
    assert assistant_key("key") not in ("key", "")
    assert assistant_key("key") != assistant_key("kez")
    assert len(assistant_key("key")) * 4 == 128
    assert set(Role) == {"caller", "assistant"}


def test_every_static_file_is_served_to_everybody_and_holds_no_key() -> None:
    mounts = [
        route.path for route in create_app(FakeStagehand()).routes if isinstance(route, Mount)
    ]
    assert mounts == ["/static"]
    assert status("GET", "/static/desk.js", {}) == 200
