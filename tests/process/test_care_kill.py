"""A press that was kept is seen by the trusted person exactly once, whatever is killed when.

`COLLAVOCE_CARE_KILLS` sets the rounds (10 unless set) and `COLLAVOCE_SEED` the moments. Every
round kills the process with SIGKILL: in the middle of the press, or after "kept" and before any
page of the trusted person was open. The second test does so with everything that stands beside
care: the watchdog (killed too), a further phone, a way by text message, a hand-over by another.
"""

import os
import random
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.process.care_house import (
    PEOPLE,
    CareProcess,
    Phone,
    View,
    care_process,
    make_circle,
    press_id,
)
from tests.process.watchdog_house import SECRET, WatchedHouse
from tests.unit.rig.channels.fakes import Gateway, gateway

from collavoce.company.people import Person
from collavoce.runtime.line.config import LineConfig

ROUNDS = int(os.environ.get("COLLAVOCE_CARE_KILLS", "10"))
SEED = int(os.environ.get("COLLAVOCE_SEED", "20240607"))
MID_PRESS_S = 0.012
"""A press takes about 4 ms; so some kills fall before it, some within, some after."""


FRIENDS = "+491511111111"
RECEIPT_AFTER_S = 2.0
CARRIED_WITHIN_S = 10.0
"""A start, the watchdog's two seconds, and a machine that does other things."""

STEWARD = "manager"


@pytest.mark.process
@pytest.mark.timeout(60 + 10 * ROUNDS)
def test_no_kept_press_is_lost_or_seen_twice(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    expected: list[str] = []
    with care_process(tmp_path) as care:
        performer = care.phone("pianist")
        friend, second = care.phone("friend"), care.phone("second")
        make_circle(performer, {"friend": friend, "second": second}, second_after=45)
        for number in range(ROUNDS):
            press = press_id(number)
            expected.append(f"{press}:friend:0")
            answers: list[dict[str, bool]] = []
            pressing = threading.Thread(target=insist_on, args=(performer, press, answers))
            pressing.start()
            if number % 2:
                time.sleep(chance.uniform(0.0, MID_PRESS_S))
            else:
                pressing.join()
                time.sleep(chance.uniform(0.0, MID_PRESS_S))
            care.kill()
            care.start()
            pressing.join()
            assert answers == [{"kept": True, "done": True, "why": ""}], f"seed {SEED}"
            seen(friend, press)
            if number % 4 == 0:
                # The page was seen; another death must not make it ring again.
                care.kill()
                care.start()
                [call] = seen(friend, press)
                assert call["shown"], "the receipt was kept too"
            assert friend.insist("With", press=press)["kept"]
        assert friend.rings == expected, f"seed {SEED}"
        assert second.view()["calls"] == []
        assert second.rings == []


def insist_on(phone: Phone, press: str, answers: list[dict[str, bool]]) -> None:
    answers.append(phone.insist("Press", press=press))


def seen(friend: Phone, press: str) -> list[View]:
    """The open calls of `press` on the friend's page, as soon as there is one."""

    def there(view: View) -> bool:
        return any(call["press"] == press and call["is"] == "open" for call in view["calls"])

    view = friend.until(there, ring=True)
    return [call for call in view["calls"] if call["press"] == press]


@pytest.mark.process
@pytest.mark.timeout(90 + 15 * ROUNDS)
def test_nothing_is_lost_or_said_twice_by_page_or_text_whatever_is_killed() -> None:
    chance = random.Random(SEED)
    with whole_house() as (house, sms):
        care = house.care
        performer, friend = care.phone("pianist"), care.phone("friend")
        steward = care.phone(STEWARD)
        make_circle(performer, {"friend": friend, "second": care.phone("second")}, second_after=45)
        times = {"receipt_after": RECEIPT_AFTER_S, "all_after": 90, "voice_after": 120}
        assert performer.act("WriteLadder", **times, last_resort="")["kept"]
        assert performer.act("WriteOpening", hand=True, breach=True)["kept"]
        ways = [{"channel": "sms", "address": FRIENDS}]
        assert friend.act("WriteContacts", contacts=ways)["kept"]
        further = care.phone("friend")
        rung: list[str] = []
        for number in range(ROUNDS):
            by_text = len(sms.posted)
            if number % 4 == 1:
                press = handed_over(care, steward, number, friend, chance)
            else:
                press = press_id(number)
                assert performer.insist("Press", press=press)["kept"]
                time.sleep(chance.uniform(0.0, RECEIPT_AFTER_S))
                kill_one(house, number, chance)
            if number % 4 == 2:
                # No page is looked at: the text comes, whoever carries it, and comes once.
                wait_for_text(sms, by_text + 1)
            page = chance.choice((friend, further))
            seen(page, press)
            rung.append(press)
            assert page.insist("With", press=press)["kept"]
            assert len(sms.posted) - by_text <= 1, f"seed {SEED}, round {number}"
        keys = [key for _, key in sms.told]
        assert len(keys) == len(set(keys)), f"seed {SEED}"
        assert {to for to, _ in sms.told} <= {FRIENDS}
        heard = [ring.split(":")[0] for ring in (*friend.rings, *further.rings)]
        assert sorted(heard) == sorted(rung), f"seed {SEED}"


@contextmanager
def whole_house() -> Generator[tuple[WatchedHouse, Gateway]]:
    """Care, its watchdog, and a service for text messages."""
    line = LineConfig(
        people=tuple(
            Person(person, name, ("steward",) if person == STEWARD else ())
            for person, name in PEOPLE
        )
    )
    # Short, for mailboxes live in it.
    with gateway(200) as sms, tempfile.TemporaryDirectory(prefix="wd-", dir="/tmp") as folder:
        channels = Path(folder) / "channels.toml"
        channels.touch(0o600)
        channels.write_text(f'[sms]\nwebhook = "{sms.url}"\n', encoding="utf-8")
        told = {"canary": SECRET, "channels": str(channels), "line": line}
        care = CareProcess(Path(folder), told)
        house = WatchedHouse(care, channels=str(channels))
        try:
            care.start()
            house.watch()
            yield house, sms
        finally:
            house.close()
            care.close()


def kill_one(house: WatchedHouse, number: int, chance: random.Random) -> None:
    """Care dies and comes back after a while; every fourth time the watchdog does instead."""
    if number % 4 == 3:
        assert house.watchdog is not None
        assert house.watchdog.stdout is not None
        house.watchdog.kill()
        house.watchdog.wait(10)
        house.watchdog.stdout.close()
        house.watch()
        return
    house.care.kill()
    time.sleep(chance.uniform(0.0, 1.0))
    house.care.start()


def handed_over(
    care: CareProcess, steward: Phone, number: int, friend: Phone, chance: random.Random
) -> str:
    """The press that somebody beside the performer opened, perhaps across a death."""
    answers: list[dict[str, bool]] = []

    def hand_over() -> None:
        answers.append(steward.insist("HandToFriend", key=f"hand-{number:08d}", person="pianist"))

    handing = threading.Thread(target=hand_over)
    handing.start()
    time.sleep(chance.uniform(0.0, MID_PRESS_S))
    care.kill()
    care.start()
    handing.join()
    assert answers[0]["kept"], f"seed {SEED}"
    view = friend.until(lambda view: any(call["is"] == "open" for call in view["calls"]))
    [press] = [call["press"] for call in view["calls"] if call["is"] == "open"]
    return press


def wait_for_text(sms: Gateway, count: int) -> None:
    """Until so many texts have left."""
    until = time.monotonic() + CARRIED_WITHIN_S
    while len(sms.posted) < count:
        assert time.monotonic() < until, f"no text in time; seed {SEED}"
        time.sleep(0.02)
