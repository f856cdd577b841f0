"""A dated letter under every jump of a clock: never before its time, and once."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.unit.care.post_world import ID, PostWorld

from collavoce.care.events import LetterDelivered
from collavoce.runtime.care.kept.post.delivery import EVERYWHERE, zone_named

BERLIN = ZoneInfo("Europe/Berlin")
DAY, YEAR = 86_400.0, 365.25 * 86_400.0
JUMPS = {
    "a second": 1.0,
    "four minutes": 240.0,
    "six minutes": 360.0,
    "an hour": 3600.0,
    "a day": DAY,
    "ten years": 10 * YEAR,
}
DUES = {
    "an ordinary day": ("2027-06-01 09:00", "2027-06-01T07:00"),
    "an hour that is left out": ("2027-03-28 02:30", "2027-03-28T01:00"),
    "an hour that comes twice": ("2027-10-31 02:30", "2027-10-31T00:30"),
    "the leap day": ("2028-02-29 00:00", "2028-02-28T23:00"),
    "the end of 32 bits": ("2038-01-19 04:15", "2038-01-19T03:15"),
}
"""What its writer chose at the venue, and when that is, UTC."""


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def deliveries(world: PostWorld) -> int:
    return sum(isinstance(event, LetterDelivered) for event in world.shelf.replay())


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("right", ["wall", "phone"])
@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("due", DUES)
def test_it_comes_when_both_clocks_say_so_and_never_twice(
    tmp_path: Path, *, due: str, jump: str, right: str, restarts: bool
) -> None:
    chosen, at = DUES[due]
    true = moment(at) - 2 * DAY
    world = PostWorld(tmp_path, wall=true)
    for person in ("singer", "friend"):
        world.phone(person)
    day, hour = chosen.split()
    world.dated(day, hour)
    world.here("friend", clock=true)
    for ahead in (JUMPS[jump], -JUMPS[jump], 0.0):
        wall, phone = (true, true + ahead) if right == "wall" else (true + ahead, true)
        world.wall = wall
        if restarts:
            world.again()
        for _ in range(3):
            world.here("friend", clock=phone)
            world.passes(5.0)
            true += 5.0
            phone += 5.0
            assert world.given("friend") == [], f"early, {ahead} s"
    world.wall = true
    world.here("friend", clock=true)
    world.passes(moment(at) - true - 1.0)
    assert world.given("friend") == []
    world.passes(1.0)
    assert world.given("friend") == [ID]
    for ahead in (-JUMPS[jump], JUMPS[jump], 0.0):
        world.wall += ahead
        world.again()
        world.here("friend", clock=world.wall)
        world.passes(5.0)
        assert (world.given("friend"), deliveries(world)) == ([ID], 1)
    assert world.reads("friend") == "Sing."
    world.close()


def test_a_clock_set_forward_past_the_day_delivers_nothing_until_a_phone_says_that_day_too(
    tmp_path: Path,
) -> None:
    world = PostWorld(tmp_path)
    for person in ("singer", "friend"):
        world.phone(person)
    world.dated("2027-02-01", "09:00")
    true = world.wall
    world.here("friend", clock=true)
    world.wall = moment("2027-03-01T09:00")
    for _ in range(200):
        world.passes(60.0)
        true += 60.0
        world.here("friend", clock=true)
    assert world.given("friend") == [], "it stood for more than three hours"
    world.wall = true = moment("2027-02-01T08:00")
    world.here("singer", clock=true)
    world.passes(0.0)
    assert world.given("friend") == [ID]
    world.close()


def test_the_zone_is_the_venues_when_it_was_sealed(tmp_path: Path) -> None:
    world = PostWorld(tmp_path)
    for person in ("singer", "friend"):
        world.phone(person)
    world.dated("2027-02-01", "09:00")
    world.zone = "America/New_York"
    world.again()
    world.wall = moment("2027-02-01T08:00")
    world.here("friend", clock=world.wall)
    world.passes(0.0)
    assert world.given("friend") == [ID]
    world.close()


def test_a_zone_that_this_machine_knows_no_more_is_late_rather_than_early() -> None:
    assert zone_named("Europe/Berlin") == BERLIN
    assert zone_named("Atlantis/Somewhere") == EVERYWHERE
    assert zone_named("") == EVERYWHERE
