"""The streams: whole, in order, latest wins, small for who does not read."""

import asyncio
import socket
from dataclasses import replace

import pytest
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import little_show, score
from tests.unit.desk.desk_client import CALLER, CARE, MINA, stream

from collavoce.desk.app import create_app
from collavoce.desk.listener import UNREAD_LIMIT
from collavoce.runtime.clock import sleep
from collavoce.show.commands import Acknowledge, Go, Hold, PointTo, Resume
from collavoce.show.cues import Cue, Department
from collavoce.show.triggers import ByHand

PIECE = score()


@pytest.fixture
def hand() -> FakeStagehand:
    fake = FakeStagehand(PIECE)
    fake.begin()
    return fake


def test_a_page_that_opens_is_told_everything_at_once(hand: FakeStagehand) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            state = await page.next("state")
            assert state["standby"] == "1"
            assert state["seq"] == hand.seq()
            assert (await page.next("music"))["bar"] == "0"
            assert (await page.next("stage"))["levels"] == [0] * 9
            assert page.headers["content-type"].startswith("text/event-stream")

    asyncio.run(look())


def test_an_event_is_a_new_state_and_no_event_is_silence_but_for_beats(hand: FakeStagehand) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            first = await page.next("state")
            hand.act(Go("1"))
            second = await page.next("state")
            assert second["last"]["cue"] == "1"
            assert second["id"] != first["id"]
            hand.pass_to(9.0)
            assert (await page.next("beat"))["at"] == 9.0
            assert page.waiting("state") == 0

    asyncio.run(look())


def test_music_is_sent_when_it_moves_and_at_most_twenty_times_a_second(
    hand: FakeStagehand,
) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            await page.next("music")
            for step in range(100):
                hand.hear(0.01 * step)
                await asyncio.sleep(0.005)
            assert (await page.next("music"))["quarter"] > 0
            sent = page.waiting("music")
            assert sent <= 20 * 2
            await asyncio.sleep(0.15)
            settled = page.waiting("music")
            await asyncio.sleep(0.3)
            assert page.waiting("music") == settled

    asyncio.run(look())


def test_a_page_that_has_the_state_already_is_not_sent_it_again(hand: FakeStagehand) -> None:
    async def look() -> None:
        app = create_app(hand)
        async with stream(app, "/events", CALLER) as page:
            known = (await page.next("state"))["id"]
        async with stream(app, "/events", CALLER, {"last-event-id": known}) as back:
            await back.next("stage")
            assert back.waiting("state") == 0
            hand.act(Hold())
            assert (await back.next("state"))["rail"]["held"] is True

    asyncio.run(look())


def test_a_page_that_missed_something_is_sent_what_a_fresh_one_is(hand: FakeStagehand) -> None:
    async def look() -> None:
        app = create_app(hand)
        async with stream(app, "/events", CALLER) as page:
            known = (await page.next("state"))["id"]
        hand.act(PointTo("12"))
        async with (
            stream(app, "/events", CALLER, {"last-event-id": known}) as back,
            stream(app, "/events", CALLER) as fresh,
        ):
            assert await back.next("state") == await fresh.next("state")

    asyncio.run(look())


def test_a_process_that_dies_is_told_though_no_event_happened(hand: FakeStagehand) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            await page.next("state")
            hand.running["writer"] = "down"
            told = {row["name"]: row for row in (await page.next("state"))["rail"]["processes"]}
            assert told["writer"]["sign"]["word"] == "down"

    asyncio.run(look())


def test_a_page_that_reads_slowly_gets_the_latest_and_not_the_backlog(
    hand: FakeStagehand,
) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            await page.next("state")
            page.reads.clear()
            for _ in range(5):
                hand.act(Hold())
                await asyncio.sleep(0.05)
                hand.act(Resume())
                await asyncio.sleep(0.05)
            page.reads.set()
            await asyncio.sleep(0.2)
            assert page.waiting("state") <= 2
            last = {}
            while page.waiting("state"):
                last = await page.next("state")
            assert last["seq"] == hand.seq()

    asyncio.run(look())


def test_a_page_that_reads_nothing_is_cut(hand: FakeStagehand) -> None:
    async def look() -> None:
        app = create_app(hand)
        async with stream(app, "/events", CALLER) as page, stream(app, "/events", CALLER) as other:
            await page.next("state")
            page.reads.clear()
            offered = 0
            while not page.ended.is_set():
                hand.act(Hold())
                hand.act(Resume())
                offered += len(repr(await other.next("state")))
                assert offered < 8 * UNREAD_LIMIT, "it was never cut"
                await asyncio.sleep(0)
            assert page.sent < UNREAD_LIMIT
            assert not other.ended.is_set()

    asyncio.run(look())


def test_a_phone_hears_of_its_own_standby_and_of_nothing_else(hand: FakeStagehand) -> None:
    async def look() -> None:
        app = create_app(hand)
        async with stream(app, "/phone/events", MINA, {"origin": CARE}) as phone:
            assert (await phone.next("state"))["exits"] == []
            assert phone.headers["access-control-allow-origin"] == CARE
            hand.act(Go("1"))
            hand.act(Hold())
            await phone.next("beat")
            assert phone.waiting("state") == 0
            hand.act(Resume())
            hand.hear(200.0, remaining=39.0)
            (way,) = (await phone.next("state"))["exits"]
            assert (way["sign"]["word"], way["off_at"]) == ("asked", 39.0)
            hand.act(Acknowledge("28", "mina"), "mina")
            assert (await phone.next("state"))["exits"][0]["sign"]["word"] == "in position"
            assert phone.waiting("music") == phone.waiting("stage") == 0

    asyncio.run(look())


def test_when_the_last_page_has_left_nobody_looks_any_more(hand: FakeStagehand) -> None:
    async def look() -> None:
        async with stream(create_app(hand), "/events", CALLER) as page:
            await page.next("state")
        await asyncio.sleep(0.1)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(look())


def test_a_failure_while_looking_cuts_the_pages_so_that_they_come_back(
    hand: FakeStagehand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look() -> None:
        app = create_app(hand)
        async with stream(app, "/events", CALLER) as page:
            await page.next("state")
            with monkeypatch.context() as broken:
                broken.setattr(hand, "stage_levels", lambda: 1 / 0)
                await asyncio.wait_for(page.ended.wait(), 5.0)
        async with stream(app, "/events", CALLER) as again:
            await again.next("state")
            hand.act(Hold())
            assert (await again.next("state"))["rail"]["held"] is True

    asyncio.run(look())


def test_a_hung_browsers_connection_is_closed_after_little_more_than_the_limit() -> None:
    """A real socket out of which nothing is taken; the states of a thousand cues go past it."""
    cues = tuple(
        Cue(str(number), "a cue with a name", Department.LX, ByHand(), ()) for number in range(1000)
    )
    show = little_show(None)
    show = replace(show, numbers=(replace(show.numbers[0], cues=cues), *show.numbers[1:]))
    server = DeskServer(lambda: FakeStagehand(show=show))
    server.do(server.hand.begin)
    hung = socket.socket()
    hung.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    hung.connect(("127.0.0.1", server.port))
    cookie = "; ".join(f"{name}={value}" for name, value in CALLER.items())
    hung.sendall(f"GET /events HTTP/1.1\r\nHost: desk\r\nCookie: {cookie}\r\n\r\n".encode())
    for _ in range(50):
        for command in (Hold(), Resume()):
            server.do(lambda command=command: server.hand.act(command))
            sleep(0.03)
    hung.settimeout(0.8)  # beats come every second: what is still fed would be heard for longer
    left = 0
    while part := hung.recv(65_536):
        left += len(part)
    hung.close()
    server.close()
    assert left < 3 * UNREAD_LIMIT
