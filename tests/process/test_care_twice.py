"""The real process twice, with and without a secret: what those see who are not meant.

The secrets: a press that is answered, one taken back with the other word, a ladder that is opened
by a hand-over and a breach because its owner allowed it. Those who look: a manager, a steward who
hands over and raises a breach, a device of nobody, whoever reads folders and what the process
writes. The simulation does the same with every moment compared (`tests/simulation/twice.py`).
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.process.care_house import PEOPLE, CareProcess, Phone, make_circle, press_id

from collavoce.company.people import Person
from collavoce.runtime.line.config import LineConfig

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "care"))

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]

FRAMES = 12
STEWARD = "third"
LINE = LineConfig(
    people=tuple(
        Person(person, name, ("steward",) if person == STEWARD else ()) for person, name in PEOPLE
    ),
    zones=(("left", "stage left", "left"),),
    comes_off=(("pianist", "left"),),
)
Secret = Callable[[Phone, Phone], None]


def nothing(_performer: Phone, _friend: Phone) -> None:
    """Without a secret."""


def an_answered_press(performer: Phone, friend: Phone) -> None:
    assert performer.act("Press", press=press_id(1), place="left")["kept"]
    friend.until(lambda view: view["calls"], ring=True)
    assert friend.act("Coming", press=press_id(1))["kept"]
    assert performer.act("Over", press=press_id(1))["kept"]


def the_other_word(performer: Phone, friend: Phone) -> None:
    assert performer.act("Press", press=press_id(1))["kept"]
    friend.until(lambda view: view["calls"], ring=True)
    assert performer.act("Cancel", press=press_id(1), word="orchid")["kept"]
    called = friend.until(lambda view: view["calls"] and view["calls"][0]["duress"])
    assert called["calls"][0]["is"] == "open"


def what_others_see(root: Path, secret: Secret, *, allowed: bool = False) -> dict[str, Any]:
    care = CareProcess(root, {"line": LINE})
    try:
        care.start()
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        assert performer.act("WriteWords", cancel="lily", duress="orchid")["kept"]
        assert performer.act("WriteOpening", hand=allowed, breach=allowed)["kept"]
        manager, steward = care.phone("manager"), care.phone(STEWARD)
        seen: dict[str, Any] = {}
        watching = [
            threading.Thread(target=watch, args=(seen, name, phone))
            for name, phone in (("manager", manager), ("steward", steward))
        ]
        for thread in watching:
            thread.start()
        secret(performer, friend)
        for thread in watching:
            thread.join()
        seen["steward's acts"] = [
            answered(steward, "HandToFriend", key="a-hand-over-1", person="pianist"),
            answered(steward, "RaiseLine", key="a-breach-1", zone="left"),
            answered(steward, "HandToFriend", key="a-hand-over-2", person="pianist"),
        ]
        seen["curious"] = [
            answered(phone, act, press=press_id(1))
            for phone in (manager, steward, Phone(care.url))
            for act in ("Shown", "Coming", "With")
        ]
        seen["afterwards"] = [phone.raw_frames(2) for phone in (manager,)]
        seen["page of nobody"] = httpx.get(f"{care.url}/care/").content
        seen["show"] = {p.name: p.read_bytes() for p in care.show_dir.rglob("*") if p.is_file()}
        if allowed:
            called = friend.until(lambda view: view["calls"])
            assert called["calls"][0]["how"] in ("hand", "breach"), "the ladder was opened"
        assert care.stop() == 0
        seen["written"] = care.written()
    finally:
        care.close()
    return seen


def watch(seen: dict[str, Any], name: str, phone: Phone) -> None:
    seen[name] = phone.raw_frames(FRAMES)


def answered(phone: Phone, kind: str, **fields: Any) -> tuple[int, bytes]:
    answer = phone.client.post("/care/act", json={"type": kind, **fields})
    return answer.status_code, answer.content


@pytest.mark.parametrize("secret", [an_answered_press, the_other_word], ids=lambda it: it.__name__)
def test_with_and_without_a_secret_others_see_the_same_bytes(
    secret: Secret, tmp_path: Path
) -> None:
    without = what_others_see(tmp_path / "without", nothing)
    assert len(without["manager"]) == FRAMES
    assert what_others_see(tmp_path / "with", secret) == without


def test_whoever_hands_over_or_raises_a_breach_is_told_nothing_of_what_it_opens(
    tmp_path: Path,
) -> None:
    refused = what_others_see(tmp_path / "refused", nothing)
    assert what_others_see(tmp_path / "allowed", nothing, allowed=True) == refused


def test_the_pace_of_answers_is_measured_with_and_without_a_press(tmp_path: Path) -> None:
    """A small run, so that the measure does not rot; its figures are judged where it is quiet."""
    import random

    from house import CareHouse  # pyright: ignore[reportMissingImports]
    from silence import (  # pyright: ignore[reportMissingImports]
        PRESSER,
        STRANGER,
        measure,
        told,
    )

    house = CareHouse(tmp_path, [PRESSER, STRANGER])
    house.fill()
    with house.running():
        rows = told(measure(house.port, 12, random.Random(1)))
    assert rows["all"]["pairs"] == 12
    assert {name: row["pairs"] for name, row in rows.items() if name != "all"} == {
        "page": 4,
        "act of nobody": 4,
        "act of a stranger": 4,
    }
    assert all(row["with_p50_ms"] > 0.0 for row in rows.values())
