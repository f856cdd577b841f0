"""The check-in at a terminal: asked, answered, told by a rule, put away; all by typing."""

import asyncio
import json
from typing import Any, cast

import pytest
from tests.security.care_pages import PEOPLE, Pages

from collavoce.care.commands import AnswerRequest, AskWhoIsDue, HearEvening, SetCircle
from collavoce.care.states import checkin as care
from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.checkin import KEYS, OFF, CheckIn
from collavoce.cli.text.door import Door
from collavoce.desk.care.acts_checkin import ANSWERS
from collavoce.words import say

NAMES = dict(PEOPLE)


class Terminal:
    """A terminal of `person` at the real pages, without a wire in between."""

    def __init__(self, pages: Pages, person: str) -> None:
        self.pages = pages
        self.token = asyncio.run(pages.paired(person))
        self.pressed: list[str] = []
        self.view()
        checkin = CheckIn(cast("Door", self), NAMES, self.act, self.press)
        self.says = lambda: list(checkin.says(self.view()))
        self.asking = Asking("text.phone", checkin.commands(self.view))

    def post(self, path: str, body: object) -> dict[str, Any]:
        return asyncio.run(self.pages.post(path, body, self.token)).said

    def act(self, **act: Any) -> str:
        answer = self.post("/care/act", act)
        return say("text.kept") if answer["kept"] else str(answer["why"])

    def press(self, place: str) -> str:
        self.pressed.append(place)
        return say("text.pressed")

    def view(self) -> dict[str, Any]:
        frame = asyncio.run(self.pages.ask("GET", "/care/stream", token=self.token)).body
        [data] = [line for line in frame.splitlines() if line.startswith(b"data: ")]
        return json.loads(data[6:])


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.care.ask(SetCircle("pianist", ("friend",), 20.0))
    made.care.ask(AnswerRequest("friend", "pianist", agrees=True))
    return made


def over(pages: Pages) -> None:
    """The evening ends, and half an hour goes by."""
    pages.house.ask(HearEvening("tonight", begun=True, ended_ago=0.0))
    pages.now += 1800.0
    pages.house.ask(AskWhoIsDue())


@pytest.mark.parametrize("said", KEYS)
def test_one_letter_is_enough_for_an_answer(pages: Pages, said: str) -> None:
    mine = Terminal(pages, "pianist")
    over(pages)
    answered = mine.asking.ask(f"checkin {said[0]}")
    assert answered == say("text.pressed" if said == "come" else "text.kept")
    assert mine.says() == []
    [answer] = mine.post("/care/read", {"type": "ReadCheckIn"})["shown"]["answers"]
    assert answer["said"] == said


def test_tired_is_typed_and_the_friend_is_told_by_a_rule_that_was_typed_too(pages: Pages) -> None:
    mine, friend = Terminal(pages, "pianist"), Terminal(pages, "friend")
    assert mine.asking.ask("rules") == say("checkin.says.checkin_no_rules")
    assert mine.asking.ask("rules add tired, alone: Mira") == say("text.kept")
    assert mine.asking.ask("rules") == "1: if I say tired, alone, tell Mira Ortiz."
    assert mine.says() == []
    over(pages)
    assert mine.says() == friend.says() == [say("checkin.text.ask")]
    assert mine.asking.ask("checkin tired") == say("text.kept")
    assert mine.says() == []
    [asked, told] = friend.says()
    assert asked == say("checkin.text.ask")
    assert told.startswith("1: Yuna Park said: tired, ")
    assert friend.asking.ask("told 1") == say("text.kept")
    assert friend.says() == [say("checkin.text.ask")]
    assert friend.asking.ask("told") == say("checkin.text.told_none")
    assert mine.asking.ask("checkin").splitlines()[1].endswith(": tired.")
    assert mine.asking.ask("rules drop 1") == say("text.kept")
    assert mine.asking.ask("rules") == say("checkin.says.checkin_no_rules")


def test_come_presses_first_and_says_what_became_of_the_press(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    over(pages)
    assert mine.asking.ask("checkin come") == say("text.pressed")
    assert mine.pressed == [""]
    assert mine.says() == []


def test_minutes_and_off_are_typed_and_read_out(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    assert mine.asking.ask("checkin") == "You are asked 20 minutes after the end."
    assert mine.asking.ask("checkin 45") == say("text.kept")
    assert mine.asking.ask("checkin") == "You are asked 45 minutes after the end."
    assert mine.asking.ask("checkin off") == say("text.kept")
    assert mine.asking.ask("checkin") == "You are never asked."
    over(pages)
    assert mine.says() == []


@pytest.mark.parametrize(
    "line",
    ["checkin happy", "rules add tired", "rules add happy: Mira", "rules add tired: Ben",
     "rules burn 1", "rules drop 1"],
)  # fmt: skip
def test_what_makes_no_sense_is_answered_with_how_it_is_typed(pages: Pages, line: str) -> None:
    mine = Terminal(pages, "pianist")
    with pytest.raises(AskingError):
        mine.asking.ask(line)


def test_the_words_and_keys_are_those_of_the_page() -> None:
    assert {str(said): key for key, said in ANSWERS.items()} == KEYS
    assert care.OFF == OFF
