"""Somebody is of the show no more, bytes are none of a page's, days are none of a calendar's."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.post_world import COMPANY, PostWorld

from collavoce.care.commands import SayAway, SayDone
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.care.states.letters import Way
from collavoce.desk.care.acts import read_act
from collavoce.desk.care.acts_letters import OfThePost, post_act
from collavoce.desk.care.read import read_read

LETTER = "letter-{:010}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PostWorld]:
    world = PostWorld(tmp_path)
    for person in ("singer", "friend", "other"):
        world.phone(person)
    yield world
    world.close()


def test_what_somebody_shared_who_is_of_the_show_no_more_is_read_by_nobody(
    world: PostWorld,
) -> None:
    world.does(SayAway("friend", 739_000, 0, False, False))
    mine, theirs = world.tokens["singer"], world.tokens["friend"]
    leave = world.care.leave
    assert leave.write_way(theirs, ("one step",), 0, ("singer",)) == Kept()
    assert leave.of(mine, "friend")["way"] is not None
    rows = len(world.care.own_log(theirs))
    world.people = tuple(person for person in COMPANY if person.id != "friend")
    world.again()
    assert world.care.leave.of(mine, "friend")["way"] is None
    world.people = COMPANY
    world.again()
    assert len(world.care.own_log(theirs)) == rows
    assert world.care.leave.of(mine, "friend")["way"] is not None
    assert len(world.care.own_log(theirs)) == rows + 1


@pytest.mark.parametrize("body", [b'{"type":"Ping\xff"}', b'{"type":"\xff"}', b"\xff\xfe", b""])
def test_bytes_that_are_no_text_are_no_act_and_no_question(body: bytes) -> None:
    assert read_act(body) is None
    assert read_read(body) is None


@pytest.mark.parametrize("day", ["2027-02-30", "2026-19-39", "2026-00-00", ""])
def test_a_letter_for_a_day_of_no_calendar_is_refused_in_words(world: PostWorld, day: str) -> None:
    said = {"type": "WriteLetter", "letter": LETTER.format(1), "to": "friend", "words": "Sing."}
    body = json.dumps(said | {"way": Way.DATE, "day": day, "at": "09:00"}).encode()
    act = read_act(body)
    assert isinstance(act, OfThePost)
    assert isinstance(post_act(act, world.care.post, world.tokens["singer"]), Refused)


def test_a_press_waits_for_no_paper_to_be_opened_because_of_what_others_did(
    world: PostWorld,
) -> None:
    """What a request opens before it is looked at grows with no letter, draft or message kept."""
    read = 0
    thing = world.shelf.thing

    def counting(kind: str, person: str) -> bytes | None:
        nonlocal read
        read += 1
        return thing(kind, person)

    def reads() -> int:
        nonlocal read
        read = 0
        world.care.unlock(world.tokens["singer"])
        return read

    for number in range(8):
        assert world.draft(LETTER.format(number)) == Kept()
    world.sends(LETTER.format(8), way=Way.ASKED)
    world.here("singer")
    world.shelf.thing = counting
    world.does(SayDone("other"))
    after_one = reads()
    assert after_one <= 4
    assert world.draft(LETTER.format(9)) == Kept()
    world.here("singer")
    world.does(SayAway("other", 739_000, 0, False, False))
    assert reads() == after_one
