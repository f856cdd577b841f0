"""Who may come in, from where, with how much; and what every answer carries."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx
import pytest
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.browser.little_show import score
from tests.unit.desk.desk_client import CALLER, CARE, HOST, MINA, ORIGIN, client

from collavoce.desk.access import BODY_LIMIT, DESK_COOKIE
from collavoce.show.commands import Acknowledge, Go, Hold

PIECE = score()
OURS = {"origin": ORIGIN}
GO = {"key": "0123456789abcdef", "type": "Go", "cue": "1"}


def now(coming: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    return asyncio.run(coming)


async def get(path: str, cookies: dict[str, str] | None = None, **headers: str) -> httpx.Response:
    async with client(FakeStagehand(PIECE), cookies) as desk:
        return await desk.get(path, headers=headers)


async def post(
    path: str,
    json: object,
    cookies: dict[str, str] | None = None,
    hand: FakeStagehand | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    async with client(hand or FakeStagehand(PIECE), cookies) as desk:
        return await desk.post(path, json=json, headers=OURS if headers is None else headers)


READS = ("/", "/stage", "/plan.json", "/words.json", "/engraving/nocturne.svg", "/events")


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("cookies", [{}, {DESK_COOKIE: "guess"}, {DESK_COOKIE: KEY}, MINA])
def test_without_the_desks_cookie_there_is_nothing(path: str, cookies: dict[str, str]) -> None:
    answer = now(get(path, cookies))
    assert answer.status_code == 401
    assert "locked" in answer.json()["refused"]


def test_a_person_without_the_key_is_told_in_a_page_where_it_is() -> None:
    answer = now(get("/", accept="text/html"))
    assert answer.status_code == 401
    assert "terminal" in answer.text


def test_the_right_key_is_answered_with_a_cookie_no_script_reads() -> None:
    answer = now(post("/open", {"key": KEY}))
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert KEY not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(("key", "status"), [("", 401), ("wrong", 401), (None, 400), (7, 400)])
def test_another_key_is_not(key: object, status: int) -> None:
    answer = now(post("/open", {"key": key}))
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers


def test_the_cookie_outlives_the_process_that_gave_it() -> None:
    async def both() -> int:
        async with client(FakeStagehand(PIECE)) as first:
            await first.post("/open", json={"key": KEY}, headers=OURS)
            kept = dict(first.cookies)
        async with client(FakeStagehand(PIECE), kept) as second:
            return (await second.get("/plan.json")).status_code

    assert asyncio.run(both()) == 200


@pytest.mark.parametrize(
    "origin", ["", "null", "http://elsewhere.test", f"http://{HOST}.evil.test", "http://desk.test"]
)
def test_a_command_from_another_page_is_not_taken(origin: str) -> None:
    hand = FakeStagehand(PIECE)
    answer = now(post("/command", GO, CALLER, hand, headers={"origin": origin}))
    assert answer.status_code == 403
    assert hand.asked == []


def test_a_command_is_kept_refused_or_unanswered() -> None:
    hand = FakeStagehand(PIECE)
    assert now(post("/command", GO, CALLER, hand)).json() == {
        "refused": "No number has been started."
    }
    hand.begin()
    kept = now(post("/command", GO | {"key": "another-key"}, CALLER, hand))
    assert (kept.status_code, kept.json()) == (200, {"kept": hand.seq()})
    assert hand.asked[-1] == (Go("1"), "caller", "another-key")
    moved = now(post("/command", GO | {"key": "a-third-key"}, CALLER, hand))
    assert moved.status_code == 409
    hand.answers = False
    silent = now(post("/command", GO | {"key": "a-fourth-key"}, CALLER, hand))
    assert silent.status_code == 503
    assert "did not answer" in silent.json()["refused"]


def test_the_same_key_is_answered_alike_and_done_once() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    first = now(post("/command", GO, CALLER, hand))
    second = now(post("/command", GO, CALLER, hand))
    assert first.json() == second.json()
    assert len(hand.asked) == 1


def test_where_the_music_was_at_a_go_is_told_by_the_follower_and_not_by_the_page() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    hand.hear(0.2)
    now(post("/command", GO | {"cue": "2", "quarter": 99.0}, CALLER, hand))
    assert hand.asked[-1][0] == Go("2", quarter=0.2)


@pytest.mark.parametrize("path", ["/command", "/place", "/phone/command"])
def test_more_than_64_kib_is_too_much(path: str) -> None:
    cookies = MINA if path.startswith("/phone") else CALLER
    too_much = {"key": "0123456789abcdef", "type": "MarkNote", "text": "x" * BODY_LIMIT}
    assert now(post(path, too_much, cookies)).status_code == 413


def test_a_place_is_handed_to_the_follower() -> None:
    hand = FakeStagehand(PIECE)
    assert now(post("/place", {"quarter": 12.5}, CALLER, hand)).json() == {"placed": 12.5}
    assert hand.placed == [12.5]
    assert now(post("/place", {"quarter": "here"}, CALLER, hand)).status_code == 400
    hand.answers = False
    assert now(post("/place", {"quarter": 1.0}, CALLER, hand)).status_code == 503


def test_a_phone_answers_for_its_own_person_only() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    hand.hear(200.0, remaining=39.0)
    mine = {"key": "0123456789abcdef", "type": "Acknowledge", "cue": "28", "person": "mina"}
    yours = mine | {"person": "darya", "key": "fedcba9876543210"}
    care = {"origin": CARE}
    assert now(post("/phone/command", yours, MINA, hand, care)).status_code == 403
    kept = now(post("/phone/command", mine, MINA, hand, care))
    assert kept.status_code == 200
    assert hand.asked == [(Acknowledge("28", "mina"), "mina", "0123456789abcdef")]
    assert kept.headers["access-control-allow-origin"] == CARE
    assert kept.headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize("cookies", [{}, {"collavoce_badge": "forged"}, CALLER])
def test_without_a_badge_a_phone_hears_and_says_nothing(cookies: dict[str, str]) -> None:
    assert now(get("/phone/events", cookies)).status_code == 401
    assert now(post("/phone/command", GO, cookies, headers={"origin": CARE})).status_code == 401


@pytest.mark.parametrize("path", ["/phone/events", "/phone/command"])
@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (CARE, 204),
        ("http://desk.test:9999", 204),  # the care process under the name the phone used
        ("http://desk.test:9998", 403),
        ("https://desk.test:9999", 403),
        ("http://evil.test:9999", 403),
        ("http://desk.test:port", 403),
        ("null", 403),
    ],
)
def test_only_the_care_pages_may_ask(path: str, origin: str, status: int) -> None:
    async def ask() -> httpx.Response:
        async with client(FakeStagehand(PIECE)) as desk:
            return await desk.options(path, headers={"origin": origin})

    answer = now(ask())
    assert answer.status_code == status
    allowed = answer.headers.get("access-control-allow-origin")
    assert allowed == (origin if status == 204 else None)


def test_a_badge_opens_no_desk_and_the_desks_key_no_phone() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    hold = {"key": "0123456789abcdef", "type": "Hold"}
    assert now(post("/command", hold, MINA, hand)).status_code == 401
    assert now(post("/command", hold, CALLER, hand)).status_code == 200
    assert [command for command, _, _ in hand.asked] == [Hold()]


@pytest.mark.parametrize("path", ["/", "/open", "/plan.json", "/nowhere", "/static/desk.js"])
def test_every_answer_keeps_the_page_to_itself(path: str) -> None:
    headers = now(get(path, CALLER)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_a_wrong_address_is_answered_in_words() -> None:
    assert now(get("/nowhere", CALLER)).json() == {
        "refused": "There is no such page. The desk is at /."
    }


def test_a_pairing_is_a_picture_to_scan_and_a_link_for_whoever_cannot_see_it() -> None:
    answer = now(post("/pairing/mina", {}, CALLER)).json()
    assert answer["expires_s"] == 120
    assert answer["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert answer["url"].startswith("http")
    assert now(post("/pairing/nobody", {}, CALLER)).status_code == 404


def test_the_music_is_served_as_drawn() -> None:
    drawn = now(get("/engraving/nocturne.svg", CALLER))
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text == PIECE[1].svg
    assert now(get("/engraving/talk.svg", CALLER)).status_code == 404
    assert now(get("/engraving/talk.json", CALLER)).status_code == 404
