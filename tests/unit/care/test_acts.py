"""What a page may say has limits; what is outside them is no act, and reaches no rule."""

import json
from typing import Any

import pytest
from tests.unit.care.test_view import World

from collavoce.care.commands import CancelAlert, SetNear
from collavoce.care.events import Refused
from collavoce.care.near import NAMED_MAX, Kind
from collavoce.care.outcome import Kept
from collavoce.care.states.circle import CIRCLE_MAX
from collavoce.desk.care.access import Device
from collavoce.desk.care.acts import command, is_command, may_wait, read_act
from collavoce.desk.care.acts_press import Cancel
from collavoce.desk.care.acts_terms import WriteNear
from collavoce.desk.care.read import SHOWN_BYTES, ReadLines, filled, read_read, shown
from collavoce.desk.care.secret_words import word_hash

PRESS = "press-0000000000000001"
ME = Device("hash", "pianist")


def body(act: str, /, **fields: Any) -> bytes:
    return json.dumps({"type": act, **fields}).encode()


def say(world: World, said: bytes) -> None:
    """The pianist's phone says it, and it is kept."""
    act = read_act(said)
    assert act is not None
    assert is_command(act)
    asked = command(act, ME)
    assert not isinstance(asked, Refused)
    assert world.care.ask(asked) == Kept()


def trust_of(world: World, person: str) -> dict[str, Any]:
    """How the one who trusts `person` stands on their page."""
    [trust] = json.loads(world.seen_by(person))["trust"]
    return trust


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{}",
        b"[]",
        body("Nothing"),
        body("Press", press="short"),
        body("Press", press="with a space in it, and long"),
        body("Press", press=PRESS, ago=-1),
        body("Press", press=PRESS, ago=24 * 3600 + 1),
        body("Press", press=PRESS, place="x" * 101),
        body("Cancel", press=PRESS, word="x" * 101),
        body("Alone", minutes=0),
        body("Alone", minutes=241),
        body("WriteCircle", order=["a"] * (CIRCLE_MAX + 2), second_after=20),
        body("WriteNear", kind="some"),
        body("WriteNear", kind="not", ids=["a"] * (NAMED_MAX + 1)),
        body("WriteLadder", receipt_after=5, all_after=60, voice_after=4000),
        body("WriteContacts", contacts=[{"channel": "sms", "address": "+4917"}] * 7),
        body("WriteContacts", contacts=[{"channel": "pigeon", "address": "north"}]),
        body("WriteContacts", contacts=[{"channel": "mail", "address": ""}]),
        body("WriteLines", lines=["x" * 201], shared=[]),
        body("WriteLines", lines=["a", "b", "c"], shared=[]),
        body("Theirs", device="0" * 64, number=9),
        body("Mine", device="not a hash"),
        body("RaiseLine", key="short", zone="left"),
        body("RaiseLine", key="a key of its own", zone=""),
        body("EraseMe"),
    ],
)
def test_what_is_outside_the_limits_is_no_act(bad: bytes) -> None:
    assert read_act(bad) is None
    assert read_read(bad) is None


@pytest.mark.parametrize("kind", ["HandOver", "RaiseAlert", "RecordFate", "Climb", "SetCircle"])
def test_no_page_speaks_a_command_of_care_itself(kind: str) -> None:
    """Who asks comes from the device: a command names its actor, an act cannot."""
    assert read_act(body(kind, person="second", press=PRESS, owner="second", order=[])) is None


def test_the_actor_is_whoever_the_device_is() -> None:
    act = read_act(body("WriteNear", kind="not", ids=["second"]))
    assert act is not None
    assert is_command(act)
    asked = command(act, ME)
    assert isinstance(asked, SetNear)
    assert (asked.owner, asked.near.kind, asked.near.ids) == ("pianist", Kind.NOT, ("second",))
    assert not may_wait(WriteNear(Kind.ANYONE))


def test_a_word_is_the_same_however_it_is_typed_and_never_leaves_as_it_is() -> None:
    typed = {word_hash(word) for word in ("Robin", " robin ", "ROBIN", "\uff52obin")}
    assert len(typed) == 1
    assert "robin" not in next(iter(typed))
    assert word_hash("  ") == "" != word_hash("finch")
    asked = command(Cancel(PRESS, "Robin"), ME)
    assert isinstance(asked, CancelAlert)
    assert asked.word in typed


def test_what_is_shown_says_nothing_by_its_length() -> None:
    for lines in ((), ("one",), ("x" * 200, "ç" * 200)):
        assert len(filled({"lines": lines})) == SHOWN_BYTES


NOTHING = {"lines": (), "card": ()}


def test_lines_are_shown_to_nobody_who_is_not_called() -> None:
    world = World()
    world.circle("pianist", "friend")
    assert shown(world.care, ReadLines(PRESS), "second", "a token") == NOTHING


def test_alone_is_seen_by_the_circle_and_by_nobody_else() -> None:
    seen: list[dict[str, bytes]] = []
    for said in (False, True):
        world = World()
        world.circle("pianist", "friend")
        world.circle("singer", "second")
        if said:
            say(world, body("Alone", minutes=30))
        people = ("friend", "second", "third", "manager", "singer")
        seen.append({person: world.seen_by(person) for person in people})
    without, alone = seen
    assert without.pop("friend") != alone.pop("friend")
    assert without == alone


def test_whoever_was_dropped_sees_no_more_of_it() -> None:
    world = World()
    world.circle("pianist", "friend")
    say(world, body("Alone", minutes=30))
    assert trust_of(world, "friend")["alone"] == 1800
    world.circle("pianist")
    assert trust_of(world, "friend") == {"id": "pianist", "alone": None, "look": False, "with": ""}
