"""What is on the disk of somebody's aftercare: opaque, for a while, and gone with its person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.commands import (
    AnswerAftercare,
    DateAftercare,
    EndAlert,
    OfferAftercare,
    OweAftercare,
    RaiseAlert,
    SetAftercare,
)
from collavoce.company.engagement import HOUR
from collavoce.runtime.care.kept.retention import CALL_KEPT, COMPANY_KEPT, purge

PRESS = "the press that was answered"
DAY = 739_000
FACTS = ("AftercareDue", "AftercareOffered", "AftercareAnswered")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def purged(world: World) -> None:
    purge(world.shelf, world.wall, world.house.state.keys.declined)
    world.own.read_anew()


def offered(world: World, press: str = PRESS) -> None:
    """A call that ended, and what follows from it up to the offer."""
    world.does(SetAftercare("pianist", 660))
    world.does(RaiseAlert("pianist", press))
    world.now += 60.0
    world.does(EndAlert("pianist", press))
    world.now += 60.0
    assert world.house.state.aftercare.undated(world.house.moment()) == (("pianist", press),)
    world.does(DateAftercare("pianist", press, DAY))
    world.does(OfferAftercare("pianist", DAY))


def test_nothing_of_it_can_be_read_as_anybodys(world: World) -> None:
    world.phone("pianist")
    offered(world)
    told = world.readable()
    assert "AftercareOffered" in told
    assert "pianist" not in told


def test_it_stays_put_away_for_as_long_as_the_call_it_came_from_is_kept(world: World) -> None:
    world.phone("pianist")
    offered(world)
    world.does(AnswerAftercare("pianist", later=False))
    world.wall += CALL_KEPT - HOUR
    purged(world)
    told = world.readable()
    assert PRESS in told
    assert all(fact in told for fact in FACTS)
    world.again()
    assert world.house.state.aftercare.offers == {}
    assert world.house.state.aftercare.undated(world.house.moment()) == (), "never again"
    assert world.house.state.aftercare.coming() == ()


def test_with_its_call_it_goes_and_the_hour_they_chose_stays(world: World) -> None:
    world.phone("pianist")
    offered(world)
    world.does(AnswerAftercare("pianist", later=False))
    world.wall += CALL_KEPT + HOUR
    purged(world)
    told = world.readable()
    assert PRESS not in told
    purged(world)
    told = world.readable()
    assert not [fact for fact in FACTS if fact in told]
    assert world.house.state.aftercare.hours["pianist"].minute == 660
    world.again()
    assert world.house.state.aftercare.offers == {}
    assert world.house.state.aftercare.coming() == ()


def test_what_came_of_a_breach_goes_after_two_weeks(world: World) -> None:
    world.phone("pianist")
    world.does(SetAftercare("pianist", 660))
    world.does(OweAftercare("pianist", "a breach"))
    world.does(DateAftercare("pianist", "a breach", DAY))
    world.does(OfferAftercare("pianist", DAY))
    world.wall += COMPANY_KEPT - 1.0
    purged(world)
    assert "pianist" in world.house.state.aftercare.offers
    world.wall += 2.0
    purged(world)
    assert world.house.state.aftercare.offers == {}
    assert "a breach" not in world.readable()


def test_who_is_erased_leaves_nothing_of_it(world: World) -> None:
    token = world.phone("pianist")
    offered(world)
    world.own.erase(token)
    told = world.readable()
    assert "Aftercare" not in told
    assert world.house.state.aftercare.hours == {}
    assert world.house.state.aftercare.offers == {}
