"""What is forgotten by age leaves true what it leaves, whatever the wall clock said meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World
from tests.unit.care.post_world import NOON, PostWorld

from collavoce.care.commands import ForgetDevice, RevealFound, SayAlone, SayDone, SetPost
from collavoce.care.outcome import Kept
from collavoce.care.states.notes import NEVER
from collavoce.care.states.pairing import secret_hash
from collavoce.company.engagement import DAY, HOUR
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.retention import CALL_KEPT, purge

NOTE = "note-000000000001"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[PostWorld]:
    post = PostWorld(tmp_path)
    for person in ("singer", "friend", "other"):
        post.phone(person)
    yield post
    post.close()


@pytest.mark.parametrize("wrong_by", [400 * DAY, -400 * DAY])
def test_a_stolen_phone_stays_forgotten_though_the_clock_was_set_right_in_between(
    world: World, wrong_by: float
) -> None:
    world.wall += wrong_by
    stolen, mine = world.phone("pianist"), world.phone("pianist")
    world.wall -= wrong_by
    world.does(ForgetDevice("pianist", secret_hash(stolen)), Proof(mine))
    for _ in range(3):
        world.wall += HOUR + 1.0
        purge(world.shelf, world.wall)
        world.own.read_anew()
    assert secret_hash(stolen) not in world.house.state.pairings.devices
    assert secret_hash(mine) in world.house.state.pairings.devices
    world.again()
    assert secret_hash(stolen) not in world.house.state.pairings.devices


def test_whoever_has_looked_is_told_of_nothing_that_they_have_seen(post: PostWorld) -> None:
    post.does(SetPost("friend", True, NEVER))
    assert post.send(NOTE, "friend", "Tea?", by="singer") == Kept()
    post.listed("friend")
    assert "friend" not in post.house.state.notes.news
    post.wall += HOUR + 1.0
    post.tidied()
    assert "friend" not in post.house.state.notes.news, "they would be told of it anew"
    post.again()
    assert "friend" not in post.house.state.notes.news


def test_a_message_that_is_held_back_stays_held_back_when_old_starts_are_forgotten(
    post: PostWorld,
) -> None:
    post.wall, post.now = NOON + CALL_KEPT + DAY, 1000.0 + CALL_KEPT + DAY
    assert post.send(NOTE, "friend", "Later.", by="singer", after=3000.0) == Kept()
    goes = post.house.state.notes.by_id[NOTE].goes
    post.now += 60.0
    post.again()
    post.tidied()
    assert post.house.state.notes.by_id[NOTE].goes == goes
    assert post.given("friend") == []


def test_a_message_stays_out_though_a_machine_was_started_twice_since(post: PostWorld) -> None:
    post.now = 40 * DAY
    assert post.send(NOTE, "friend", "Still here.", by="singer") == Kept()
    for boot in ("the second", "the third"):
        post.boot, post.now = boot, 100.0
        post.again()
        post.here("singer")
        assert post.send(f"{NOTE}-{boot[4:]}", "other", "Yes.", by="singer") == Kept()
        post.wall += CALL_KEPT + DAY
        post.tidied()
    post.again()
    assert [one["id"] for one in post.listed("friend")["notes"]] == [NOTE]


def test_an_alone_that_was_over_before_the_machine_went_off_is_over_for_good(
    post: PostWorld,
) -> None:
    post.does(SayAlone("singer", 60.0))
    post.now += 2 * HOUR
    post.again()
    post.boot, post.now = "the second", 10.0
    post.wall += 2 * DAY
    post.again()
    post.tidied()
    assert post.house.state.beside.alone("singer", post.house.moment()) is None


def test_what_is_written_every_quarter_hour_does_not_pile_up_while_somebody_is_away(
    post: PostWorld,
) -> None:
    post.does(SayDone("friend"))
    since = post.house.state.leaves.by_person["friend"].since
    for _ in range(200):
        post.wall += DAY / 10
        post.now += DAY / 10
        post.house.ask(RevealFound())
    post.tidied()
    assert post.readable().count("CareOpened") <= 15
    assert post.house.state.leaves.by_person["friend"].since == since


def test_when_a_message_goes_from_its_writers_page_says_nothing_of_whether_it_was_opened(
    post: PostWorld,
) -> None:
    opened, unopened = NOTE, "note-000000000002"
    sent: set[str] = set()
    assert post.send(opened, "friend", "Tea?", by="singer") == Kept()
    assert post.send(unopened, "other", "Tea?", by="singer") == Kept()
    post.wall += DAY
    assert post.care.post.notes.read(post.tokens["friend"], opened) is not None
    for _ in range(34):
        post.wall += DAY
        post.tidied()
        sent = {one["id"] for one in post.listed("singer")["sent"]}
        assert sent in ({opened, unopened}, set()), "both, or none of them"
    assert sent == set()
    post.again()
    assert post.listed("singer")["sent"] == []
    assert post.listed("friend")["notes"] == []
    waiting = post.care.post.notes.read(post.tokens["other"], unopened)
    assert waiting is not None
    assert waiting.words == "Tea?"
    assert post.care.keep.kinds("singer", "note ") == ()


def test_a_message_to_somebody_without_a_phone_waits_for_it_past_its_writers_page(
    post: PostWorld,
) -> None:
    assert post.send(NOTE, "manager", "Welcome.", by="singer") == Kept()
    post.wall += 40 * DAY
    post.tidied()
    assert post.listed("singer")["sent"] == []
    post.phone("manager")
    post.here("singer")
    found = post.care.post.notes.read(post.tokens["manager"], NOTE)
    assert found is not None
    assert found.words == "Welcome."
