"""What is replaced goes from the file when it is quiet, and a disk without room denies nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.outcome import Kept, NotRecorded
from collavoce.ledger.errors import StoreFullError
from collavoce.ledger.keeper import Keeper

KIND = "leaf 1"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def no_room(_keeper: Keeper) -> None:
    raise StoreFullError("no room to write the file anew")


def test_a_paper_is_kept_before_the_file_is_written_anew(world: World) -> None:
    world.phone("pianist")
    world.shelf.tidy()
    assert world.own.keep.write(KIND, "pianist", ("the first words",)) == Kept()
    sealed = world.shelf.thing(KIND, "pianist")
    assert sealed is not None
    assert world.own.keep.write(KIND, "pianist", ("other words",)) == Kept()
    assert world.shelf.traces
    world.shelf.tidy()
    assert not world.shelf.traces


def test_what_was_written_stays_though_the_file_cannot_be_written_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = world.phone("pianist")
    world.circle("pianist", "friend")
    with monkeypatch.context() as full:
        full.setattr(Keeper, "vacuum", no_room)
        place = ("person", "pianist", "")
        entries = world.shelf.entries(place)
        world.shelf.write_anew({place: entries})
        assert world.shelf.traces
        # What comes after it is under the key that is on disk, and not under one that is gone.
        world.circle("pianist", "second")
    world.again()
    assert world.own.keep.reader(mine) is not None
    assert world.house.state.circles.of("pianist").order == ("second",)


def test_an_erasure_that_leaves_bytes_says_so_and_is_finished_at_the_next_opening(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = world.phone("pianist")
    world.own.write_aftercare(mine, "tea")
    with monkeypatch.context() as full:
        full.setattr(Keeper, "vacuum", no_room)
        assert world.own.erase(mine) == NotRecorded(done=False)
        assert world.own.keep.reader(mine) is None
        world.shelf.close()
    world.open()
    assert not world.shelf.traces
    assert world.shelf.thing("aftercare", "pianist") is None
