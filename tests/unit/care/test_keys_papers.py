"""Lines, aftercare, the own log, the export: whose device is here reads its own, and no more."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import PEOPLE, World

from collavoce.care.commands import (
    AnswerRequest,
    ConfirmShown,
    RaiseAlert,
    SetCircle,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.care.states.keys import AFTERCARE_CHARACTERS_MAX, LINE_CHARACTERS_MAX
from collavoce.runtime.care.kept import papers

LINES = ("I want quiet.", "Do not touch my hands.")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def test_every_pair_of_owner_and_reader_reads_what_is_shared_and_nothing_else(
    world: World,
) -> None:
    phones = {person: world.phone(person) for person in PEOPLE}
    world.circle("pianist", "friend", "second")
    world.circle("friend", "pianist")
    world.own.write_lines(phones["pianist"], LINES, ("friend",))
    world.own.write_lines(phones["friend"], ("tea",), ("pianist",))
    allowed = {("pianist", "friend"): LINES, ("friend", "pianist"): ("tea",)}
    for owner in PEOPLE:
        for reader in PEOPLE:
            read = world.own.lines_for(phones[reader], owner)
            assert read == allowed.get((owner, reader), ()), (owner, reader)


def test_lines_are_for_those_who_agreed_and_a_withdrawal_denies_the_very_next_read(
    world: World,
) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))
    world.does(SetCircle("pianist", ("friend", "second"), 20.0))
    assert isinstance(world.own.write_lines(mine, LINES, ("friend",)), Refused)
    for person in ("friend", "second"):
        world.does(AnswerRequest(person, "pianist", agrees=True))
    assert isinstance(world.own.write_lines(mine, LINES, ("friend", "second")), Kept)
    assert world.own.lines_for(friend, "pianist") == LINES
    key = papers.paper(world.own._keyring, "lines", "pianist")
    # One action of the owner: the key is another one.
    assert isinstance(world.own.write_lines(mine, LINES, ("second",)), Kept)
    assert world.own.lines_for(friend, "pianist") == ()
    assert world.own.lines_for(second, "pianist") == LINES
    after = papers.paper(world.own._keyring, "lines", "pianist")
    assert key is not None
    assert after is not None
    assert key.sealed != after.sealed
    assert world.shelf.name("friend") not in after.boxes
    # One action of the reader: they leave.
    world.does(AnswerRequest("second", "pianist", agrees=False))
    assert world.own.lines_for(second, "pianist") == ()
    left = papers.paper(world.own._keyring, "lines", "pianist")
    assert left is not None
    assert set(left.boxes) == {world.shelf.name("pianist")}
    # Dropped from the circle: the same.
    world.does(SetCircle("pianist", ("friend",), 20.0))
    world.own.write_lines(mine, LINES, ("friend",))
    assert world.own.lines_for(friend, "pianist") == LINES
    world.does(SetCircle("pianist", (), 20.0))
    assert world.own.lines_for(friend, "pianist") == ()
    assert world.own.lines(mine) == (LINES, ())


def test_somebody_without_a_phone_reads_as_soon_as_both_have_been_here(world: World) -> None:
    mine = world.phone("pianist")
    world.circle("pianist", "friend")
    assert isinstance(world.own.write_lines(mine, LINES, ("friend",)), Kept)
    friend = world.phone("friend")
    assert world.own.lines_for(friend, "pianist") == ()
    world.own.unlock(mine)
    assert world.own.lines_for(friend, "pianist") == LINES


@pytest.mark.parametrize(
    "lines", [("a", "b", "c"), ("x" * (LINE_CHARACTERS_MAX + 1),)], ids=["three", "long"]
)
def test_lines_have_a_limit(world: World, lines: tuple[str, ...]) -> None:
    mine = world.phone("pianist")
    assert isinstance(world.own.write_lines(mine, lines, ()), Refused)
    assert isinstance(world.own.write_lines(mine, ("x" * LINE_CHARACTERS_MAX,) * 2, ()), Kept)
    long = "x" * (AFTERCARE_CHARACTERS_MAX + 1)
    assert isinstance(world.own.write_aftercare(mine, long), Refused)


def test_what_is_erased_is_not_there(world: World) -> None:
    mine = world.phone("pianist")
    world.own.write_lines(mine, LINES, ())
    world.own.write_aftercare(mine, "tea")
    assert isinstance(world.own.write_lines(mine, (), ()), Kept)
    assert isinstance(world.own.write_aftercare(mine, ""), Kept)
    assert world.own.lines(mine) == ((), ())
    assert world.own.aftercare(mine) == ""
    assert world.shelf.thing("lines", "pianist") is None


def test_every_read_of_another_leaves_one_row_that_only_the_person_reads(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    manager = world.phone("manager")
    world.circle("pianist", "friend")
    world.own.write_lines(mine, LINES, ("friend",))
    assert world.own.own_log(mine) == ()
    world.own.lines(mine)
    world.own.lines_for(friend, "pianist")
    world.own.lines_for(manager, "pianist")
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    world.does(ConfirmShown("friend", "a press of the pianist"))
    world.own.lines_for(friend, "pianist")
    world.again()
    rows = world.own.own_log(mine)
    assert [(row.who, row.what, row.why) for row in rows] == [
        ("friend", "lines", "no call"),
        ("friend", "call", "call"),
        ("friend", "lines", "call"),
    ]
    assert all(row.at.endswith("+00:00") for row in rows)
    assert world.own.own_log(friend) == ()
    told = world.readable()
    assert "no call" not in told
    assert "'friend'" not in told


def test_without_a_row_nothing_is_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from collavoce.ledger.errors import StoreFullError

    mine, friend = world.phone("pianist"), world.phone("friend")
    world.circle("pianist", "friend")
    world.own.write_lines(mine, LINES, ("friend",))

    def full(*_: object) -> None:
        raise StoreFullError("no room")

    monkeypatch.setattr(world.shelf, "add_box", full)
    assert world.own.lines_for(friend, "pianist") == ()
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    world.does(ConfirmShown("friend", "a press of the pianist"))


def test_a_person_takes_everything_of_theirs_along_in_one_action(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.circle("pianist", "friend")
    world.circle("friend", "pianist")
    world.own.write_lines(mine, LINES, ("friend",))
    world.own.write_aftercare(mine, "tea")
    world.own.lines_for(friend, "pianist")
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    things = json.loads(world.own.export(mine))
    assert things["person"] == "pianist"
    assert things["lines"] == list(LINES)
    assert things["lines_shared_with"] == ["friend"]
    assert things["aftercare"] == "tea"
    assert things["circle"]["order"] == ["friend"]
    assert things["answers_of_mine"] == {"friend": "agreed"}
    assert [row["who"] for row in things["log"]] == ["friend"]
    assert [press["press"] for press in things["presses"]] == ["a press of the pianist"]
    assert "tea" not in world.own.export(friend).decode()
