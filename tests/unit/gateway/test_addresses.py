"""The address map, and that the document shows exactly it."""

import re
from pathlib import Path

import pytest

from collavoce.runtime.gateway.addresses import (
    DOES,
    FEEDBACK,
    HELLO,
    ROWS,
    Meant,
    Unclear,
    meaning,
)
from collavoce.show import commands as c
from collavoce.show.asked.edits import Arm
from collavoce.show.asked.running import SayPerson
from collavoce.show.asked.standby import CallStandby
from collavoce.show.person import PersonIs
from collavoce.wire.osc.types import OscArg

DOCUMENT = (Path(__file__).parents[3] / "docs" / "connections.md").read_text(encoding="utf-8")
MAP = DOCUMENT.split("## The address map")[1].split("\n## ")[0]
DOCUMENTED = re.findall(r"^\| `(/collavoce/[^`]+)` \|", MAP, flags=re.MULTILINE)

VALUES = {
    "CUE": "12.5",
    "FADE": "5",
    "NUMBER": "song",
    "TEXT": "late",
    "ON": "off",
    "PERSON": "sam",
    "REASON": "ladder",
    "STATE": "not_clear",
    "TIMER": "interval",
    "PORT": "9000",
}


def meant(address: str, *args: OscArg) -> Meant:
    said = meaning(address, args)
    assert isinstance(said, Meant), f"{address} {args}: {said}"
    return said


def filled(address: str) -> str:
    return "/".join(VALUES.get(part, part) for part in address.split("/"))


def test_every_address_that_works_is_in_the_document_and_the_other_way_round() -> None:
    assert len(DOCUMENTED) > 20
    assert sorted(DOCUMENTED) == sorted(row.address for row in ROWS)


@pytest.mark.parametrize("address", DOCUMENTED)
def test_every_address_in_the_document_works_with_its_values_in_the_path(address: str) -> None:
    said = meant(filled(address))
    assert (said.command is None) is (said.does in {FEEDBACK, HELLO})


@pytest.mark.parametrize("address", DOCUMENTED)
def test_values_may_be_arguments_as_well(address: str) -> None:
    parts = address.split("/")
    head = "/".join(part for part in parts if part not in VALUES)
    args = [VALUES[part] for part in parts if part in VALUES]
    assert meant(head, *args) == meant(filled(address))


@pytest.mark.parametrize("address", DOCUMENTED)
def test_every_address_may_name_a_stage(address: str) -> None:
    staged = filled(address).replace("/collavoce/", "/collavoce/stage/main/")
    said, plain = meant(staged), meant(filled(address))
    assert said.stage == "main"
    assert said.command == plain.command


def test_what_some_of_them_ask() -> None:
    assert meant("/collavoce/go").command == c.Go()
    assert meant("/collavoce/go/12").command == c.Go("12")
    fire = meant("/collavoce/fire/12")
    assert (fire.before, fire.command) == (c.PointTo("12"), c.Go("12"))
    assert meant("/collavoce/standby/12").command == CallStandby("12")
    assert meant("/collavoce/disarm/12").command == Arm(("12",), on=False)
    assert meant("/collavoce/mark", "late entrance").command == c.MarkNote("late entrance")
    state = SayPerson("sam", PersonIs.NOT_CLEAR)
    assert meant("/collavoce/person/sam/not_clear").command == state
    assert meant("/collavoce/person", "sam", "not clear").command == state


def test_a_button_let_go_asks_nothing() -> None:
    assert meant("/collavoce/hold", 1).down
    assert not meant("/collavoce/hold", 0).down
    assert not meant("/collavoce/go/12", 0.0).down


def test_a_number_that_is_missing_a_value_is_one() -> None:
    assert meant("/collavoce/goto", 1).command == c.GoTo("1")
    assert meant("/collavoce/goto", 2.0999999046325684).command == c.GoTo("2.1")
    assert meant("/collavoce/goto/7", 1).command == c.GoTo("7")


def test_feedback_names_a_port_or_ends() -> None:
    assert meant("/collavoce/feedback").port == 0
    assert meant("/collavoce/feedback", 9000).port == 9000
    assert meant("/collavoce/feedback/9000").port == 9000
    assert not meant("/collavoce/feedback", 0).down


@pytest.mark.parametrize(
    ("address", "args"),
    [
        ("/collavoce/go", (12,)),
        ("/collavoce/go", (0.5,)),
        ("/collavoce/go", (float("nan"),)),
        ("/collavoce/go", (1, 1)),
        ("/collavoce/go", (b"12",)),
        ("/collavoce/go", (None,)),
        ("/collavoce/go", ("12", "13")),
        ("/collavoce/go", ("",)),
        ("/collavoce/goto", ()),
        ("/collavoce/goto", ("x" * 501,)),
        ("/collavoce/goto", (float("inf"),)),
        ("/collavoce/stop/soon", ()),
        ("/collavoce/stop/nan", ()),
        ("/collavoce/follow", ("maybe",)),
        ("/collavoce/ack/12", ()),
        ("/collavoce/person/sam/asleep", ()),
        ("/collavoce/feedback/70000", ()),
        ("/collavoce/feedback/-1", ()),
        ("/collavoce/feedback/²", ()),
        ("/collavoce/hello/there", ()),
    ],
)
def test_values_that_cannot_stand_there_ask_nothing(address: str, args: tuple[OscArg, ...]) -> None:
    assert meaning(address, args) is Unclear.VALUES


@pytest.mark.parametrize(
    "address",
    [
        "/collavoce/",
        "/collavoce/Go",
        "/collavoce/going",
        "/collavoce/go/",
        "/collavoce//go",
        "/collavoce/g*",
        "/collavoce/stage/main",
        "/collavoce/stage//go",
        "/collavoce/out/held",
        "/collavoce/button",
    ],
)
def test_other_addresses_are_none(address: str) -> None:
    assert meaning(address) is Unclear.ADDRESS


def test_every_word_of_the_map_may_be_given_to_a_controller() -> None:
    assert len(set(DOES)) == len(DOES)
    assert {row.does for row in ROWS} == set(DOES)


def test_every_test_that_the_document_names_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", DOCUMENT)
    assert len(named) > 5
    for name in named:
        assert (Path(__file__).parents[3] / name).exists(), name
