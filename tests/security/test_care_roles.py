"""Every kind of device at every address of the care pages, and every id with every token."""

import asyncio
import re
from typing import Any

import pytest
from starlette.routing import Route
from tests.security.care_pages import CANARY, HOST, ORIGIN, Answer, Pages

from collavoce.desk.access import desk_token
from collavoce.desk.care.access import BODY_LIMIT
from collavoce.desk.care.app import create_care_app
from collavoce.desk.care.pages import QUIET
from collavoce.runtime.care.canary import OWNER, token

PRESS = "0123456789abcdef"
LATER = "fedcba9876543210"
ROLES = ("nobody", "forged", "forgotten", "a desk", "waiting", "paired", "another")
KNOWN = frozenset({"waiting", "paired", "another"})
PAIRED = frozenset({"paired", "another"})
EVERYBODY = frozenset(ROLES)

TABLE: dict[tuple[str, str], tuple[frozenset[str], object]] = {
    ("GET", "/"): (EVERYBODY, None),
    ("GET", "/care/"): (EVERYBODY, None),
    ("GET", "/care/offline"): (EVERYBODY, None),
    **{("GET", path): (EVERYBODY, None) for path in QUIET.values()},
    ("POST", "/care/pair"): (frozenset(), {"code": "no code at all"}),
    ("POST", "/care/act"): (KNOWN, {"type": "Press", "press": PRESS}),
    ("POST", "/care/read"): (PAIRED, {"type": "ReadMine"}),
    ("GET", "/care/stream"): (KNOWN, None),
    ("GET", "/care/listen"): (EVERYBODY, None),
    # A file is no JSON, which is all that is posted here: nobody is let in with it.
    ("POST", "/care/demo"): (frozenset(), {}),
    ("POST", "/care/demo/play"): (PAIRED, {"type": "PlayMine", "demo": PRESS}),
    ("POST", "/care/demo/link"): (PAIRED, {"type": "MakeListening", "demo": PRESS, "to": ""}),
    ("POST", "/care/ear/keep"): (PAIRED, {"type": "KeepEar", "cue": "", "sound": ""}),
    ("POST", "/care/ear/hear"): (PAIRED, {"type": "HearMine"}),
}
"""(method, address) -> who is let in, and what is posted."""


async def tokens(pages: Pages) -> dict[str, str]:
    """A token of each role."""
    given = {"nobody": "", "forged": "x" * 43, "a desk": desk_token("key")}
    given["paired"] = await pages.paired("pianist")
    given["waiting"] = await pages.paired("pianist")
    given["another"] = await pages.paired("friend")
    given["forgotten"] = await pages.paired("second")
    # Nobody forgets their only phone without a recovery code on paper.
    await pages.post("/care/act", {"type": "NewRecovery"}, given["forgotten"])
    gone = await pages.post("/care/act", {"type": "ForgetThis"}, given["forgotten"])
    assert gone.said["kept"]
    return given


async def answer(pages: Pages, method: str, path: str, given: str, body: object) -> Answer:
    if method == "POST":
        return await pages.post(path, body, given)
    return await pages.ask(method, path, token=given)


def test_every_address_of_the_care_pages_stands_in_the_table() -> None:
    found = {
        (method, route.path)
        for route in create_care_app(Pages().care).routes
        if isinstance(route, Route)
        for method in route.methods or {"GET"}
        if method != "HEAD"
    }
    assert found == set(TABLE)


@pytest.mark.parametrize(("method", "path"), TABLE, ids=str)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(method: str, path: str) -> None:
    async def go() -> dict[str, int]:
        pages = Pages()
        given = await tokens(pages)
        allowed, body = TABLE[method, path]
        said = {r: (await answer(pages, method, path, given[r], body)).status for r in ROLES}
        assert {role for role, status in said.items() if status < 400} == set(allowed)
        return {r: s for r, s in said.items() if r not in allowed}

    assert set(asyncio.run(go()).values()) <= {401, 403}


def test_whoever_is_nobody_is_answered_alike_whatever_they_hold() -> None:
    async def go() -> None:
        pages = Pages()
        given = await tokens(pages)
        for (method, path), (_, body) in TABLE.items():
            if path == "/care/pair":
                continue
            answers = [
                await answer(pages, method, path, given[role], body)
                for role in ("nobody", "forged", "forgotten", "a desk")
            ]
            assert len({(a.status, a.body, tuple(a.headers)) for a in answers}) == 1, path

    asyncio.run(go())


def test_no_id_of_another_opens_or_moves_anything_with_any_token() -> None:
    """Every act on a press and every person id, with every token that is not the presser's."""

    async def go() -> int:
        pages = Pages()
        given = await tokens(pages)
        await pages.post("/care/act", {"type": "Press", "press": PRESS}, given["paired"])
        before = pages.house.state.alerts.by_press[PRESS]
        presses = (PRESS, LATER, "a" * 16, "0" * 64, "pianist" + "-" * 12)
        kinds = ("Cancel", "Over", "Shown", "Coming", "With")
        owners = ("pianist", "friend", "second", "nobody", OWNER)
        acts: list[dict[str, Any]] = [{"type": k, "press": p} for p in presses for k in kinds]
        acts.extend({"type": "Reply", "owner": owner, "agrees": True} for owner in owners)
        tried = 0
        for role in ("nobody", "forged", "forgotten", "a desk", "another"):
            for body in acts:
                said = await pages.post("/care/act", body, given[role])
                tried += 1
                if role != "another":
                    assert said.status == 401
                elif body["type"] in ("Cancel", "Over"):
                    assert said.said["kept"], "as of a press that nobody made"
                elif body.get("press") == PRESS or body["type"] == "Reply":
                    assert said.said["kept"] is False, body
            for what in ({"type": "ReadLines", "press": PRESS}, {"type": "ReadMine"}):
                said = await pages.post("/care/read", what, given[role])
                assert said.status == 401 or (
                    b"Yuna" not in said.body and b"pianist" not in said.body
                )
                tried += 1
        assert pages.house.state.alerts.by_press[PRESS] == before
        # An id that others have named before does not spoil the press that comes under it.
        again = await pages.post("/care/act", {"type": "Press", "press": LATER}, given["paired"])
        assert again.said["kept"]
        assert pages.house.state.alerts.by_press[LATER].person == "pianist"
        return tried

    assert asyncio.run(go()) == 160


def test_the_act_names_no_actor_and_a_field_that_does_is_not_believed() -> None:
    async def go() -> None:
        pages = Pages()
        given = await tokens(pages)
        body = {"type": "Press", "press": PRESS, "person": "friend", "me": "friend", "ago": 0}
        assert (await pages.post("/care/act", body, given["paired"])).said["kept"]
        assert pages.house.state.alerts.by_press[PRESS].person == "pianist"

    asyncio.run(go())


@pytest.mark.parametrize(
    "origin", ["", "null", f"https://{HOST}", "http://evil.test", f"{ORIGIN}/", "http://["]
)
@pytest.mark.parametrize("path", ["/care/pair", "/care/act", "/care/read"])
def test_nothing_is_done_for_a_page_of_another_origin(path: str, origin: str) -> None:
    async def go() -> None:
        pages = Pages()
        given = await tokens(pages)
        before = len(pages.records.events)
        body = b'{"type": "Press", "press": "0123456789abcdef"}'
        refused = await pages.ask("POST", path, body, given["paired"], origin=origin)
        form = await pages.ask("POST", path, body, given["paired"], kind="text/plain")
        assert (refused.status, form.status) == (403, 403)
        assert len(pages.records.events) == before

    asyncio.run(go())


def test_a_foreign_name_for_this_machine_is_refused_before_any_page() -> None:
    async def go() -> set[int]:
        pages = Pages()
        given = await tokens(pages)
        return {
            (await pages.ask("GET", path, token=given["paired"], host="evil.test:8081")).status
            for path in ("/", "/care/", "/care/stream", "/care/static/phone.js", "/nowhere")
        }

    assert asyncio.run(go()) == {421}


def test_a_body_is_limited_and_nonsense_is_refused_in_words() -> None:
    async def go() -> None:
        pages = Pages()
        given = await tokens(pages)
        for body in (b"", b"{}", b"[]", b"\xff\xfe", b"{" * 500, b'"' + b"x" * BODY_LIMIT * 2):
            said = await pages.ask("POST", "/care/act", body, given["paired"])
            assert said.status == 400
            assert said.said["kept"] is False

    asyncio.run(go())


def test_no_address_carries_anything_of_anybody() -> None:
    """ASVS 14.2.1: what an address may hold is fixed; no page links to one with a query."""

    async def go() -> list[bytes]:
        pages = Pages()
        given = await tokens(pages)
        bodies = [(await pages.ask("GET", "/care/", token=given[r])).body for r in ROLES]
        return [*bodies, (await pages.ask("GET", "/care/offline")).body]

    for body in asyncio.run(go()):
        for address in re.findall(rb'(?:href|src|action)="([^"]*)"', body):
            assert b"?" not in address
            assert re.fullmatch(rb"(/care/[a-z./_-]*|tel:\d+|#[a-z-]*)", address), address


def test_the_canary_is_a_device_and_has_no_page() -> None:
    async def go() -> tuple[Answer, Answer]:
        pages = Pages()
        return (
            await pages.ask("GET", "/care/", token=token(CANARY, OWNER)),
            await pages.ask("GET", "/care/"),
        )

    canary, nobody = asyncio.run(go())
    assert canary.status == 200
    assert canary.body == nobody.body
