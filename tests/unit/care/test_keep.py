"""Further papers: shared by name and until a day, fitted to their readers, found by their index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import PEOPLE, World

from collavoce.care.commands import ForgetOthers
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger.errors import StoreFullError
from collavoce.runtime.care.kept import index
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Reader
from collavoce.runtime.care.kept.proof import Proof

KIND = "leaf 1"
WORDS = ("the canary sings",)
DAY_S = 86_400.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = timed(World(tmp_path))
    yield made
    made.close()


def timed(world: World) -> World:
    """Let its papers go by the world's own clock."""
    world.own.keep.wall = lambda: world.wall
    return world


def reader(world: World, token: str) -> Reader:
    found = world.own.keep.reader(token)
    assert found is not None
    return found


def test_a_paper_is_open_to_its_owner_and_those_it_is_shared_with(world: World) -> None:
    mine, friend, manager = (world.phone(p) for p in ("pianist", "friend", "manager"))
    keep = world.own.keep
    assert keep.write(KIND, "pianist", WORDS, {"friend": None}) == Kept()
    world.again()
    keep = timed(world).own.keep
    assert keep.own(KIND, reader(world, mine)) == WORDS
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == WORDS
    assert keep.of(KIND, "pianist", reader(world, manager), "asked") == ()
    assert [(r.who, r.what, r.why) for r in world.own.own_log(mine)] == [("friend", KIND, "asked")]
    assert "canary" not in world.readable()


def test_a_sharing_ends_with_its_last_day_and_its_box_when_the_owner_is_next_here(
    world: World,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": keep.today()})
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == WORDS
    world.wall += DAY_S
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == ()
    assert boxes(world) == 2
    world.own.unlock(mine)
    assert boxes(world) == 1


def test_whoever_has_no_key_yet_has_a_box_once_both_were_here(world: World) -> None:
    mine = world.phone("pianist")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": None})
    assert boxes(world) == 1
    friend = world.phone("friend")
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == ()
    world.own.unlock(mine)
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == WORDS


def test_written_anew_without_somebody_it_opens_to_them_no_more(world: World) -> None:
    _, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": None})
    keep.write(KIND, "pianist", WORDS)
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == ()
    assert boxes(world) == 1


def test_without_a_row_in_the_log_nothing_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": None})

    def full(*_: object) -> None:
        raise StoreFullError("no room")

    monkeypatch.setattr(world.shelf, "add_box", full)
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == ()
    monkeypatch.setattr(world.shelf, "change", full)
    assert keep.write(KIND, "pianist", ("other",)) == NOT_RECORDED


def test_with_a_new_key_of_their_own_both_still_read_it(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": keep.today() + 3})
    for person, token in (("pianist", mine), ("friend", friend)):
        world.recovery(person, token)
        world.does(ForgetOthers(person, secret_hash(token)), Proof(token))
    assert keep.own(KIND, reader(world, mine)) == WORDS
    assert keep.of(KIND, "pianist", reader(world, friend), "asked") == WORDS
    assert keep.shared_with(KIND, "pianist") == {"friend": keep.today() + 3}


def test_what_passes_from_hand_to_hand_is_with_one_of_them(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS)
    body = keep.sealed(KIND, "friend", WORDS, {})
    assert keep.change_all({"pianist": {KIND: None}, "friend": {KIND: body}}) == Kept()
    assert keep.own(KIND, reader(world, mine)) == ()
    assert keep.own(KIND, reader(world, friend)) == WORDS
    assert keep.kinds("pianist", "leaf") == ()
    assert keep.kinds("friend", "leaf") == (KIND,)


def test_the_erased_are_in_nobodys_papers_and_leave_none(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": None})
    keep.write(KIND, "friend", ("hers",), {"pianist": None})
    assert world.own.erase(friend) == Kept()
    assert keep.shared_with(KIND, "pianist") == {}
    assert keep.own(KIND, reader(world, mine)) == WORDS
    assert index.kinds_of(keep.keyring, "friend") == index.kinds_of(keep.keyring, "manager")
    assert world.shelf.thing(KIND, "friend") is None


def test_a_box_is_added_without_a_phone_and_opened_by_one(world: World) -> None:
    keep = world.own.keep
    assert not keep.add_box("told", "friend", b"too early: no key")
    friend = world.phone("friend")
    assert keep.add_box("told", "friend", b"jun: tired")
    assert keep.add_box("told", "friend", b"jun: fine")
    hers = reader(world, friend)
    assert keep.boxes("told", hers) == (b"jun: tired", b"jun: fine")
    assert keep.keep_boxes("told", hers, [b"jun: fine"]) == Kept()
    world.again()
    assert world.own.keep.boxes("told", reader(world, friend)) == (b"jun: fine",)


def test_nobody_of_the_show_is_shown_as_a_reader_who_is_not_in_it(world: World) -> None:
    world.phone("pianist")
    keep = world.own.keep
    keep.write(KIND, "pianist", WORDS, {"friend": None, "somebody who left": None})
    assert set(keep.shared_with(KIND, "pianist")) == {"friend"}
    assert "somebody who left" not in PEOPLE


def boxes(world: World) -> int:
    from collavoce.runtime.care.kept import papers

    found = papers.paper(world.own.keep.keyring, KIND, "pianist")
    assert found is not None
    return len(found.boxes)
