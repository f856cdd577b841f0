"""A phone that was forgotten is out of the show's strip as well, on open streams too."""

import asyncio
from pathlib import Path

from tests.browser.fake_stagehand import BADGES, FakeStagehand
from tests.security.desks import HOST, ROLES, desk
from tests.unit.desk.desk_client import stream

from collavoce.runtime.badges import PairedPhones, mark, read_badge, write_badge
from collavoce.runtime.clock import utc_now

KEY = "a key of this test"


def test_a_badge_ends_with_the_phone_it_is_for(tmp_path: Path) -> None:
    care, desk_side = PairedPhones(tmp_path, KEY), PairedPhones(tmp_path, KEY)
    badge = write_badge(KEY, "mina", utc_now(), "one")
    other = write_badge(KEY, "mina", utc_now(), "two")
    care.keep(["one", "two"])
    assert read_badge(KEY, badge, utc_now(), desk_side.now()) == "mina"
    care.keep(["two"])
    assert read_badge(KEY, badge, utc_now(), desk_side.now()) is None
    assert read_badge(KEY, other, utc_now(), desk_side.now()) == "mina"


def test_without_the_list_no_badge_is_taken(tmp_path: Path) -> None:
    badge = write_badge(KEY, "mina", utc_now(), "one")
    assert read_badge(KEY, badge, utc_now(), PairedPhones(tmp_path, KEY).now()) is None


def test_the_list_is_private_and_names_no_device_and_nobody(tmp_path: Path) -> None:
    PairedPhones(tmp_path, KEY).keep(["one", "two"])
    [file] = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"one" not in file.read_bytes()
    assert mark(KEY, "one") != mark("another key", "one")


def test_an_open_stream_of_a_forgotten_phone_is_cut_within_a_second() -> None:
    class Forgetful(FakeStagehand):
        forgotten = False

        def badge(self, cookie: str) -> str | None:
            return None if self.forgotten else BADGES.get(cookie)

    async def go() -> float:
        hand = Forgetful()
        async with stream(desk(hand), "/phone/events", ROLES["a phone"], {"host": HOST}) as phone:
            await phone.next("state")
            hand.forgotten = True
            at = asyncio.get_running_loop().time()
            await asyncio.wait_for(phone.ended.wait(), 1.0)
            return asyncio.get_running_loop().time() - at

    assert asyncio.run(go()) < 1.0
