"""What somebody may want to look at: said in a sentence, when they ask, from facts alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.unit.care.key_world import PEOPLE, World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    RaiseAlert,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
)
from collavoce.care.near import Kind, Near
from collavoce.care.reached.looking_over import to_look_over
from collavoce.company.people import Person
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.part import Part
from collavoce.words import say

COMPANY = {**PEOPLE, "third": Person("third", "Tove Lind", ("welfare lead",))}


@dataclass
class Leaf(Part):
    """A part that has something to say to one person."""

    said: dict[str, str] = field(default_factory=dict[str, str])

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        return (self.said[reader.person],) if reader.person in self.said else ()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.own.parts = (Leaf({"pianist": "A card is past its day."}),)
    yield made
    made.close()


def over(world: World, person: str = "pianist") -> set[str]:
    """The keys of the sentences that stand, by the words they begin with."""
    said = to_look_over(COMPANY, world.house.state, person)
    keys = [key for key in SENTENCES if any(one.startswith(SENTENCES[key]) for one in said)]
    assert len(keys) == len(said), said
    return set(keys)


SENTENCES = {
    key: say(f"quiet.over.{key}").split("{")[0] or key
    for key in ("circle_empty", "nobody_agreed", "nobody_called", "left", "kept_away", "no_last")
} | {
    "one_phone": say("quiet.over.one_phone"),
    "page_only": say("quiet.over.page_only"),
    "last_not": say("quiet.over.last_not").split("{")[0],
    "no_way": "Mona Adler has no phone",
}


def test_where_nothing_is_settled_it_says_what_a_press_would_come_to(world: World) -> None:
    world.phone("pianist")
    assert over(world) == {"circle_empty", "one_phone"}


def test_a_settled_person_is_told_nothing(world: World) -> None:
    mine = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    world.recovery("pianist", mine)
    assert over(world) == set()


def test_a_circle_of_nobody(world: World) -> None:
    world.phone("pianist")
    world.phone("friend")
    world.does(SetCircle("pianist", ("friend",), 20.0))
    assert over(world) == {"nobody_agreed", "one_phone"}
    world.does(AnswerRequest("friend", "pianist", agrees=False))
    assert over(world) == {"nobody_agreed", "one_phone"}


def test_a_rule_that_lets_nobody_near(world: World) -> None:
    mine = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    world.recovery("pianist", mine)
    world.does(SetNear("pianist", Near(Kind.ONLY, ("second",))))
    said = to_look_over(COMPANY, world.house.state, "pianist")
    assert say("quiet.over.nobody_called") in said
    assert say("quiet.over.kept_away", who="Mona Adler") in said
    assert say("quiet.over.last_not", who="Tove Lind") in said


def test_whoever_left_the_show_or_has_no_way_to_be_called(world: World) -> None:
    mine = world.phone("pianist")
    world.circle("pianist", "friend")
    world.recovery("pianist", mine)
    assert over(world) == {"no_way"}
    world.does(SetContacts("friend", (Contact(Channel.SMS, "+4366412345"),)))
    assert over(world) == set()
    left = {one: person for one, person in COMPANY.items() if one != "friend"}
    said = to_look_over(left, world.house.state, "pianist")
    assert say("quiet.over.left") in said
    assert say("quiet.over.nobody_called") in said


def test_no_last_resort_and_one_that_is_not_called(world: World) -> None:
    mine = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    world.recovery("pianist", mine)
    world.does(SetLadder("pianist", 5.0, 60.0, 90.0, ""))
    assert over(world) == {"no_last"}
    world.does(SetLadder("pianist", 5.0, 60.0, 90.0, "manager"))
    assert over(world) == {"last_not"}


def test_whoever_is_counted_on_is_told_that_their_page_is_their_only_way(world: World) -> None:
    world.phone("friend")
    assert "page_only" not in over(world, "friend")
    world.circle("pianist", "friend")
    assert "page_only" in over(world, "friend")
    world.does(SetContacts("friend", (Contact(Channel.SMS, "+4366412345"),)))
    assert "page_only" not in over(world, "friend")


def test_being_dropped_unseen_moves_nothing_in_it(world: World) -> None:
    world.phone("friend")
    world.circle("pianist", "friend")
    before = to_look_over(COMPANY, world.house.state, "friend")
    world.does(SetCircle("pianist", (), 20.0))
    assert to_look_over(COMPANY, world.house.state, "friend") == before


def test_every_part_adds_its_own_and_only_to_its_person(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    assert "A card is past its day." in world.own.look_over(mine)
    assert "A card is past its day." not in world.own.look_over(friend)
    assert world.own.look_over("a token of nobody") == ()


def test_a_call_under_way_changes_no_word_of_it(world: World) -> None:
    world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    before = to_look_over(COMPANY, world.house.state, "pianist")
    world.does(RaiseAlert("pianist", "p1"))
    assert to_look_over(COMPANY, world.house.state, "pianist") == before
