"""A desk of several stages: each page speaks of its own, and one key opens them all."""

import asyncio
from dataclasses import replace

import httpx
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import little_show

from collavoce.desk.app import create_app
from collavoce.show.commands import Go
from collavoce.show.cues import Stage

from .desk_client import CALLER, HOST, ORIGIN


def two_stages() -> dict[str, FakeStagehand]:
    show = little_show(None)
    names = {"hall": Stage("hall", "Great hall"), "tent": Stage("tent", "Tent")}
    first, *others = show.numbers
    numbers = (replace(first, stage="hall"), *(replace(n, stage="tent") for n in others))
    house = replace(show, stages=names, numbers=numbers)
    return {stage: FakeStagehand(show=house.on_stage(stage)) for stage in names}


def desk(hands: dict[str, FakeStagehand]) -> httpx.AsyncClient:
    app = create_app(hands["hall"], stages=hands)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=ORIGIN,
        cookies=CALLER,
        headers={"Origin": ORIGIN, "Host": HOST},
    )


def test_each_page_speaks_of_its_own_stage() -> None:
    async def look() -> None:
        async with desk(two_stages()) as page:
            first, tent = await page.get("/"), await page.get("/?stage=tent")
            assert "<h1" in first.text
            assert ">Great hall</h1>" in first.text
            assert ">Tent</h1>" in tent.text
            assert 'href="/plan.json?stage=tent"' in tent.text
            plans = [(await page.get(f"/plan.json{ask}")).json() for ask in ("", "?stage=tent")]
            assert [plan["stage"] for plan in plans] == ["hall", "tent"]
            assert not {c["number"] for c in plans[0]["cues"]} & {
                c["number"] for c in plans[1]["cues"]
            }
            assert plans[0]["id"] != plans[1]["id"]

    asyncio.run(look())


def test_an_order_goes_to_the_stage_of_its_page() -> None:
    hands = two_stages()
    hands["tent"].begin(hands["tent"].show.numbers[0].id)

    async def press() -> None:
        async with desk(hands) as page:
            body = {"type": "Go", "key": "0" * 32}
            assert (await page.post("/command?stage=tent", json=body)).status_code == 200

    asyncio.run(press())
    assert hands["hall"].asked == []
    assert [type(command) for command, _, _ in hands["tent"].asked] == [Go]


def test_a_stage_that_is_none_is_said() -> None:
    async def look() -> None:
        async with desk(two_stages()) as page:
            answer = await page.get("/plan.json?stage=moon")
            assert answer.status_code == 404
            assert answer.headers["cache-control"] == "no-store"
            assert "stage" in answer.text

    asyncio.run(look())


def test_without_the_key_no_stage_is_shown() -> None:
    async def look() -> None:
        async with desk(two_stages()) as page:
            page.cookies.clear()
            for stage in ("hall", "tent"):
                assert (await page.get(f"/plan.json?stage={stage}")).status_code == 401

    asyncio.run(look())
