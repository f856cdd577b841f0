"""Cards over the wire: who is let in, answers that tell nothing, a world with and without one."""

import asyncio
import json
from typing import Any

import pytest
from tests.security.care_pages import Pages

from collavoce.care.card import FIELD_CHARACTERS_MAX, REVIEW_USUAL, Effect, Field
from collavoce.company.engagement import DAY
from collavoce.desk.care.access import BODY_LIMIT
from collavoce.desk.care.acts_card import CARD_BODY_LIMIT
from collavoce.desk.care.answering import ANSWER_BYTES
from collavoce.desk.care.read_card import CARD_BYTES
from collavoce.desk.care.stream import FRAME_BYTES

PRESS = "0123456789abcdef"
ACTS: tuple[dict[str, Any], ...] = (
    {"type": "KeepField", "field": "helps", "words": "quiet"},
    {"type": "KeepAvoids", "effects": ["strobe"]},
    {"type": "ShareFields", "person": "friend", "fields": ["helps"]},
    {"type": "StopField", "person": "friend", "field": "helps"},
    {"type": "StopWith", "person": "friend"},
    {"type": "TakeCardBack"},
    {"type": "LookedOver"},
    {"type": "ReviewEvery", "days": 30},
)
READS: tuple[dict[str, Any], ...] = (
    {"type": "ReadCard"},
    {"type": "ReadCardOf", "owner": "pianist"},
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act["type"])
def test_an_act_is_for_a_paired_phone_and_answered_in_one_size(act: dict[str, Any]) -> None:
    async def go() -> None:
        pages = Pages()
        mine, waiting = await pages.paired("pianist"), await pages.paired("pianist")
        before = {"type": "KeepField", "field": "helps", "words": "quiet"}
        assert (await pages.post("/care/act", before, mine)).said["kept"]
        for token in ("", "forged"):
            assert (await pages.post("/care/act", act, token)).status == 401
        answers = [await pages.post("/care/act", act, token) for token in (waiting, mine)]
        assert [answer.said["kept"] for answer in answers] == [False, True]
        assert [len(answer.body) for answer in answers] == [ANSWER_BYTES] * 2

    asyncio.run(go())


@pytest.mark.parametrize("what", READS, ids=lambda what: what["type"])
def test_a_read_is_for_a_paired_phone(what: dict[str, Any]) -> None:
    async def go() -> None:
        pages = Pages()
        mine, waiting = await pages.paired("pianist"), await pages.paired("pianist")
        statuses = [
            (await pages.post("/care/read", what, token)).status
            for token in ("", "forged", waiting, mine)
        ]
        assert statuses == [401, 401, 401, 200]

    asyncio.run(go())


def test_whoever_shares_nothing_and_whoever_is_nobody_are_answered_alike() -> None:
    async def go() -> None:
        pages = Pages()
        mine, friend = await pages.paired("pianist"), await pages.paired("friend")
        second = await pages.paired("second")
        full = "조" * FIELD_CHARACTERS_MAX
        empty = await pages.post("/care/read", {"type": "ReadCard"}, mine)
        for field in Field:
            act = {"type": "KeepField", "field": field, "words": full}
            assert (await pages.post("/care/act", act, mine)).said["kept"]
        share = {"type": "ShareFields", "person": "friend", "fields": list(Field)}
        assert (await pages.post("/care/act", share, mine)).said["kept"]
        # Their phone makes its key with its first page, and the owner's next request hands it on.
        await pages.ask("GET", "/care/card", token=friend)
        whole = await pages.post("/care/read", {"type": "ReadCard"}, mine)
        read = await pages.post("/care/read", {"type": "ReadCardOf", "owner": "pianist"}, friend)
        assert read.said["shown"]["fields"] == dict.fromkeys(Field, full)
        denied = [
            await pages.post("/care/read", {"type": "ReadCardOf", "owner": owner}, second)
            for owner in ("pianist", "friend", "second", "nobody at all")
        ]
        assert len({answer.body for answer in denied}) == 1
        assert denied[0].said == {"shown": {"fields": {}}}
        sizes = {len(answer.body) for answer in (*denied, empty, whole, read)}
        assert sizes == {CARD_BYTES}, "a full card is as long as an empty one and as none"

    asyncio.run(go())


def test_a_field_of_any_script_fits_and_nothing_else_may_be_as_long() -> None:
    async def go() -> None:
        pages = Pages()
        mine = await pages.paired("pianist")
        longest = {"type": "KeepField", "field": "helps", "words": "\x01" * FIELD_CHARACTERS_MAX}
        body = json.dumps(longest).encode()
        assert BODY_LIMIT < len(body) <= CARD_BODY_LIMIT
        assert (await pages.post("/care/act", longest, mine)).said["kept"]
        padded = json.dumps({"type": "TakeCardBack"}).ljust(BODY_LIMIT + 1).encode()
        assert (await pages.ask("POST", "/care/act", padded, mine)).status == 400
        over = body.ljust(CARD_BODY_LIMIT + 1)
        assert (await pages.ask("POST", "/care/act", over, mine)).status == 400

    asyncio.run(go())


@pytest.mark.parametrize("day", ["2026-02-31", "9999-99-99", "0000-01-01", "2001-01-01"])
def test_a_day_that_is_none_or_is_over_is_refused_in_words(day: str) -> None:
    async def go() -> None:
        pages = Pages()
        mine = await pages.paired("pianist")
        await pages.post("/care/act", ACTS[0], mine)
        share = {"type": "ShareFields", "person": "friend", "fields": ["helps"], "until": day}
        said = (await pages.post("/care/act", share, mine)).said
        assert said["kept"] is False
        assert "day" in said["why"]

    asyncio.run(go())


def test_on_a_call_stands_what_the_caller_shares_for_it_and_no_more() -> None:
    async def go() -> None:
        pages = Pages()
        mine, friend = await pages.paired("pianist"), await pages.paired("friend")
        circle = {"type": "WriteCircle", "order": ["friend"], "second_after": 20}
        assert (await pages.post("/care/act", circle, mine)).said["kept"]
        agrees = {"type": "Reply", "owner": "pianist", "agrees": True}
        assert (await pages.post("/care/act", agrees, friend)).said["kept"]
        for field in ("helps", "light"):
            act = {"type": "KeepField", "field": field, "words": "quiet", "share": [
                {"person": "friend"}
            ]}  # fmt: skip
            assert (await pages.post("/care/act", act, mine)).said["kept"]
        asked = {"type": "ReadLines", "press": PRESS}
        before = await pages.post("/care/read", asked, friend)
        assert before.said["shown"] == {"lines": [], "card": []}
        await pages.post("/care/act", {"type": "Press", "press": PRESS}, mine)
        called = await pages.post("/care/read", asked, friend)
        assert called.said["shown"]["card"] == ["What helps: quiet"]
        rows = (await pages.post("/care/read", {"type": "ReadLog"}, mine)).said["shown"]["log"]
        assert [(r["who"], r["what"], r["why"]) for r in rows] == [("friend", "card helps", "call")]
        assert len(called.body) == len(before.body)

    asyncio.run(go())


def test_that_a_review_is_past_is_said_on_its_owners_own_list_and_on_no_other() -> None:
    async def go() -> None:
        pages = Pages()
        mine, friend = await pages.paired("pianist"), await pages.paired("friend")
        act: dict[str, Any] = {"type": "KeepField", "field": "helps", "words": "quiet"}
        act["share"] = [{"person": "friend"}]
        assert (await pages.post("/care/act", act, mine)).said["kept"]

        async def lists() -> list[bool]:
            read = [
                (await pages.post("/care/read", {"type": "ReadLookOver"}, token)).said["shown"]
                for token in (mine, friend)
            ]
            return [any("your card" in said for said in one["look_over"]) for one in read]

        assert await lists() == [False, False]
        now = pages.care.keep.wall()
        pages.care.keep.wall = lambda: now + (REVIEW_USUAL + 1) * DAY
        assert await lists() == [True, False]

    asyncio.run(go())


async def world(*, with_a_card: bool) -> tuple[list[bytes], list[int]]:
    """What `second` sees of everything, and how long the answers to `friend` are."""
    pages = Pages()
    mine, friend = await pages.paired("pianist"), await pages.paired("friend")
    second = await pages.paired("second")
    seen: list[bytes] = []
    lengths: list[int] = []

    async def look() -> None:
        pages_of = [await pages.ask("GET", f"/care/{page}", token=second) for page in ("", "card")]
        more = ("ReadMine", "ReadLog", "ReadLookOver")
        whats = (*READS, *({"type": what} for what in more))
        read = [await pages.post("/care/read", what, second) for what in whats]
        seen.extend(answer.body for answer in (*pages_of, *read))
        for token in (friend, second):
            frame = (await pages.ask("GET", "/care/stream", token=token)).body
            lengths.append(len(frame))
            if token == second:
                seen.append(frame)

    await look()
    for act in (
        *({"type": "KeepField", "field": f, "words": f"canary {f}"} for f in Field),
        {"type": "KeepAvoids", "effects": list(Effect)},
        {"type": "ShareFields", "person": "friend", "fields": list(Field)},
        {"type": "StopField", "person": "friend", "field": "helps"},
        {"type": "TakeCardBack"},
    ):
        if with_a_card:
            assert (await pages.post("/care/act", act, mine)).said["kept"], act
        await look()
    return seen, lengths


def test_with_and_without_a_card_everybody_else_sees_the_same_bytes_and_lengths() -> None:
    without, length_without = asyncio.run(world(with_a_card=False))
    with_one, length_with = asyncio.run(world(with_a_card=True))
    assert with_one == without
    assert length_with == length_without
    assert set(length_with) == {FRAME_BYTES}
    assert not any(b"canary" in body for body in with_one)
