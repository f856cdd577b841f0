"""What care leaves unsent is carried by the watchdog: once, in time, and never again.

A step that is 2 s late is carried by the watchdog; the bound here is that and the 2 s more that a
loaded machine may need. Every test ends with exactly these messages and none else.
"""

import signal
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from tests.process.care_house import Phone, make_circle, press_id
from tests.process.watchdog_house import (
    DELIVERING,
    NOT_DELIVERING,
    NOTICED_WITHIN_S,
    WatchedHouse,
    start_hurtable,
    watched,
)
from tests.unit.rig.channels.fakes import Gateway, gateway

pytestmark = [pytest.mark.process, pytest.mark.timeout(150)]

RECEIPT_AFTER_S = 2.0
SECOND_AFTER_S = 5.0
LATE_S = 2.0
SLACK_S = 2.0
LEFT_S = 1.0
"""Within this the watchdog has the list of a new press."""

FRIENDS, PERFORMERS = "+491511111111", "+491522222222"


@contextmanager
def called_by_sms(
    *, hurtable: bool = False, friend_has_phone: bool = True
) -> Generator[tuple[WatchedHouse, Gateway, Phone]]:
    """A performer with one trusted person, whose page is shut, and a gateway that takes all."""
    with (
        gateway(200) as sms,
        watched(hurtable=hurtable, services=f'[sms]\nwebhook = "{sms.url}"\n') as house,
    ):
        performer, friend = house.care.phone("pianist"), house.care.phone("friend")
        second = house.care.phone("second")
        make_circle(performer, {"friend": friend, "second": second}, second_after=SECOND_AFTER_S)
        times = {"receipt_after": RECEIPT_AFTER_S, "all_after": 60, "voice_after": 120}
        assert performer.act("WriteLadder", **times, last_resort="")["kept"]
        assert performer.act("WriteContacts", contacts=[by_sms(PERFORMERS)])["kept"]
        if friend_has_phone:
            assert friend.act("WriteContacts", contacts=[by_sms(FRIENDS)])["kept"]
        yield house, sms, performer


def by_sms(number: str) -> dict[str, str]:
    return {"channel": "sms", "address": number}


def told(sms: Gateway) -> list[str]:
    return [to for to, _ in sms.told]


def wait_for(sms: Gateway, count: int, seconds: float) -> float:
    """Until the gateway has `count` messages; the seconds it took."""
    start = time.monotonic()
    while len(sms.posted) < count:
        assert time.monotonic() - start < seconds, sms.told
        time.sleep(0.01)
    return time.monotonic() - start


def test_a_step_that_falls_into_a_freeze_is_carried_once_and_not_again_after_it() -> None:
    with called_by_sms() as (house, sms, performer):
        pressed = time.monotonic()
        assert performer.act("Press", press=press_id(1))["kept"]
        time.sleep(LEFT_S)
        assert house.care.process is not None
        house.care.process.send_signal(signal.SIGSTOP)
        wait_for(sms, 1, RECEIPT_AFTER_S + LATE_S + SLACK_S)
        assert time.monotonic() - pressed >= RECEIPT_AFTER_S + LATE_S, "never early"
        wait_for(sms, 2, SLACK_S)
        assert sorted(told(sms)) == [FRIENDS, PERFORMERS], "and the performer is told"
        # Before its own limit is over at which the watchdog would kill it.
        house.care.process.send_signal(signal.SIGCONT)
        performer.insist("Over", press=press_id(1))
        time.sleep(4.0)
        # Whoever was called is let go by the same way: the press is over.
        assert sorted(told(sms)) == [FRIENDS, FRIENDS, PERFORMERS]
        assert len({key for _, key in sms.told}) == 3
        assert house.care.process.poll() is None


def test_a_step_that_falls_into_a_death_is_carried_once_and_not_again_after_the_start() -> None:
    with called_by_sms() as (house, sms, performer):
        assert performer.act("Press", press=press_id(1))["kept"]
        time.sleep(LEFT_S)
        house.care.kill()
        wait_for(sms, 1, RECEIPT_AFTER_S + LATE_S + SLACK_S)
        house.care.start()
        house.hear(30.0, DELIVERING)
        time.sleep(3.0)
        assert sorted(told(sms)) == [FRIENDS, PERFORMERS]


def test_a_lost_courier_is_stood_in_for_and_said() -> None:
    with called_by_sms(hurtable=True) as (house, sms, performer):
        assert performer.act("Press", press=press_id(1))["kept"]
        time.sleep(LEFT_S)
        house.hurt("courier")
        wait_for(sms, 1, RECEIPT_AFTER_S + LATE_S + SLACK_S)
        wait_for(sms, 2, SLACK_S)
        assert sorted(told(sms)) == [FRIENDS, PERFORMERS]
        house.hear(NOTICED_WITHIN_S, NOT_DELIVERING)
        assert house.care.process is not None
        assert house.care.process.wait(NOTICED_WITHIN_S) == -signal.SIGKILL
        house.care.kill()
        start_hurtable(house.care)
        time.sleep(3.0)
        assert sorted(told(sms)) == [FRIENDS, PERFORMERS]


def test_who_has_only_a_page_cannot_be_carried_to_and_the_performer_is_told() -> None:
    with called_by_sms(friend_has_phone=False) as (house, sms, performer):
        pressed = time.monotonic()
        assert performer.act("Press", press=press_id(1))["kept"]
        time.sleep(LEFT_S)
        house.care.kill()
        wait_for(sms, 1, SECOND_AFTER_S + LATE_S + SLACK_S)
        assert time.monotonic() - pressed >= SECOND_AFTER_S + LATE_S
        (posted,) = sms.posted
        assert posted.json["to"] == PERFORMERS
        assert "call out" in posted.json["text"]
        time.sleep(3.0)
        assert told(sms) == [PERFORMERS]


def test_a_calm_watchdog_carries_nothing_that_care_carries_itself() -> None:
    with called_by_sms() as (_, sms, performer):
        assert performer.act("Press", press=press_id(1))["kept"]
        wait_for(sms, 1, RECEIPT_AFTER_S + SLACK_S)
        time.sleep(LATE_S + SLACK_S)
        assert told(sms) == [FRIENDS]


def test_the_gateway_reads_no_name_no_reason_and_no_press() -> None:
    with called_by_sms() as (_, sms, performer):
        assert performer.act("Press", press=press_id(1))["kept"]
        wait_for(sms, 1, RECEIPT_AFTER_S + SLACK_S)
        said = sms.posted[0].body.decode() + repr(sms.posted[0].headers)
        for word in ("pianist", "Yuna", "friend", "Mira", press_id(1), "Little evening", "press"):
            assert word not in said, word
        assert sms.posted[0].json["text"].startswith("Collavoce: please open your page. http")
