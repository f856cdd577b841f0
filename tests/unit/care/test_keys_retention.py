"""By a clock handed in: what is too old is gone from the disk, and nothing else (ASVS 14.2.7)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    EndAlert,
    ForgetDevice,
    RaiseAlert,
    SayAlone,
    SetContacts,
)
from collavoce.care.states.pairing import secret_hash
from collavoce.company.engagement import DAY, HOUR, engagement_over
from collavoce.company.people import Person
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.retention import CALL_KEPT, COMPANY_KEPT, purge

OLD, OPEN, FRESH = "the press that ended", "the press that is open", "the press of today"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def purged(world: World) -> int:
    gone = purge(world.shelf, world.wall, world.house.state.keys.declined)
    world.own.read_anew()
    return gone


def test_a_call_that_ended_is_kept_thirty_days_and_not_a_day_more(world: World) -> None:
    for person in ("pianist", "friend", "second"):
        world.phone(person)
    world.circle("pianist", "friend")
    world.does(RaiseAlert("pianist", OLD))
    world.does(EndAlert("pianist", OLD))
    world.does(RaiseAlert("friend", OPEN))
    world.wall += CALL_KEPT
    purged(world)
    assert OLD in world.readable()
    world.does(RaiseAlert("second", FRESH))
    world.does(EndAlert("second", FRESH))
    world.wall += 1.0
    purged(world)
    told = world.readable()
    assert OLD not in told
    assert FRESH in told
    assert OPEN in told, "an open call is never deleted by age"
    assert OLD not in world.house.state.alerts.by_press
    assert world.house.state.alerts.open_of("friend") is not None
    assert world.house.state.circles.agreed("pianist") == ("friend",)
    world.again()
    assert world.house.state.alerts.open_of("friend") is not None


def test_codes_waits_and_forgotten_phones_are_gone_after_an_hour(world: World) -> None:
    first = world.phone("pianist")
    second = world.phone("pianist")
    waiting = world.claims("pianist")
    world.does(ForgetDevice("pianist", secret_hash(waiting)))
    world.does(ForgetDevice("pianist", secret_hash(first)), Proof(second))
    told = world.readable()
    assert all(secret_hash(token) in told for token in (first, second, waiting))
    world.wall += HOUR + 1.0
    assert purged(world) > 0
    told = world.readable()
    assert secret_hash(first) not in told
    assert secret_hash(waiting) not in told
    assert secret_hash(second) in told
    for kind in ("CodeOffered", "DeviceWaits", "WaitEnded", "DeviceForgotten"):
        assert kind not in told
    world.again()
    assert world.own.unlock(second) is not None
    before = world.bytes_on_disk()
    assert purged(world) == 0
    assert world.bytes_on_disk() == before, "nothing is written anew without need"


def test_a_number_that_was_replaced_is_gone_and_the_new_one_stays(world: World) -> None:
    world.phone("pianist")
    for number in ("+491715550001", "+491715550002"):
        world.does(SetContacts("pianist", (Contact(Channel.SMS, number),)))
    world.wall += HOUR + 1.0
    purged(world)
    told = world.readable()
    assert "+491715550001" not in told
    assert "+491715550002" in told
    world.again()
    assert world.house.state.terms.contacts["pianist"][0].address == "+491715550002"


def test_a_spent_recovery_code_and_the_one_before_are_gone(world: World) -> None:
    first = world.phone("pianist")
    world.recovery("pianist", first, seed=1)
    code = world.recovery("pianist", first, seed=2)
    new = world.claims("pianist")
    world.recovers(new, code)
    world.wall += HOUR + 1.0
    purged(world)
    assert "RecoverySet" not in world.readable()
    world.again()
    assert "pianist" not in world.house.state.pairings.recoveries


def test_being_alone_is_forgotten_after_fourteen_days(world: World) -> None:
    world.phone("pianist")
    world.does(SayAlone("pianist", 20.0))
    world.wall += COMPANY_KEPT
    purged(world)
    assert "AloneSaid" in world.readable()
    world.wall += 1.0
    purged(world)
    assert "AloneSaid" not in world.readable()


def test_who_keeps_their_circle_to_themselves_has_no_old_calls_here(world: World) -> None:
    mine = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    world.own.set_routing(mine, on=False)
    world.does(RaiseAlert("pianist", OLD))
    world.wall += DAY
    purged(world)
    assert OLD in world.readable()
    world.does(EndAlert("pianist", OLD))
    world.wall += 601.0
    purged(world)
    assert OLD not in world.readable()
    assert world.shelf.name("friend") not in "".join(
        row for row in world.readable().split("CodeOffered") if "CircleSet" in row
    )


def test_the_starts_of_the_process_go_when_no_call_is_older(world: World) -> None:
    world.phone("pianist")
    for _ in range(5):
        world.wall += 10 * DAY
        world.again()
    assert world.readable().count("CareOpened") == 6
    purged(world)
    assert world.readable().count("CareOpened") == 1
    world.does(RaiseAlert("pianist", OPEN))
    world.again()
    assert world.house.state.alerts.open_of("pianist") is not None


def test_papers_log_and_circle_stay_as_long_as_the_person(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.circle("pianist", "friend")
    world.own.write_lines(mine, ("quiet",), ("friend",))
    world.own.lines_for(friend, "pianist")
    for _ in range(4):
        world.wall += 100 * DAY
        purged(world)
    world.again()
    assert world.own.lines_for(friend, "pianist") == ("quiet",)
    assert len(world.own.own_log(mine)) == 2


def test_an_engagement_is_over_a_week_after_its_last_day_is_over_everywhere() -> None:
    last = Person("pianist", "Yuna", engagement_end="2026-02-28")
    midnight = 1_772_236_800.0  # 2026-02-28 00:00 UTC
    assert not engagement_over(last, midnight + 8 * DAY + 12 * HOUR)
    assert engagement_over(last, midnight + 8 * DAY + 12 * HOUR + 1)
    assert not engagement_over(Person("friend", "Mira"), midnight + 1e9)


def test_nothing_is_left_of_whoever_left_a_week_ago(world: World) -> None:
    token = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    assert token
    people = dict(world.house.people)
    people["pianist"] = Person("pianist", "Yuna", engagement_end="1970-01-02")
    world.house.people = people
    world.own.purge()
    assert not world.house.state.pairings.devices_of("pianist")
    assert world.house.state.circles.of("pianist").order == ()
    assert world.house.state.pairings.devices_of("friend")
    assert "pianist" not in {place[1] for place in world.shelf.places()}
