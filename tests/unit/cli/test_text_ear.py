"""Lines of one's own at a terminal: typed, given, taken, and shown at the standby, once."""

import asyncio
import io
from typing import Any, cast

import pytest
from tests.security.care_pages import PEOPLE, Pages
from tests.unit.show.test_entrance import Stage
from tests.unit.wire.test_wav import recorded

from collavoce.care.commands import AnswerRequest, SetCircle
from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.door import Door
from collavoce.cli.text.ear import Ear
from collavoce.cli.text.strip import Strip
from collavoce.cli.text.teller import Teller
from collavoce.show.commands import Acknowledge, CallStandby, ReleaseStandby
from collavoce.words import say

NAMES = dict(PEOPLE)


class Terminal:
    """A terminal of `person` at the real pages, without a wire in between."""

    def __init__(self, pages: Pages, person: str) -> None:
        self.pages = pages
        self.token = asyncio.run(pages.paired(person))
        self.post("/care/read", {"type": "ReadMine"})
        self.ear = Ear(cast("Door", self), NAMES, self.act)
        self.asking = Asking("text.phone", self.ear.commands())

    def post(self, path: str, body: object) -> dict[str, Any]:
        return asyncio.run(self.pages.post(path, body, self.token)).said

    def act(self, **act: Any) -> str:
        answer = self.post("/care/act", act)
        return say("text.kept") if answer["kept"] else str(answer["why"])


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.care.ask(SetCircle("pianist", ("friend",), 20.0))
    made.care.ask(AnswerRequest("friend", "pianist", agrees=True))
    return made


def test_words_are_kept_read_out_and_taken_away(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    assert mine.asking.ask("ear") == "\n".join([say("ear.text.on"), say("ear.text.none")])
    assert mine.asking.ask("ear On the breath, not the beat") == say("text.kept")
    assert mine.asking.ask("ear for 12: once more, raw") == say("text.kept")
    told = mine.asking.ask("ear").splitlines()
    assert told[1:] == [
        "1: every entrance, “On the breath, not the beat”",
        "2: cue 12, “once more, raw”",
    ]
    assert (mine.ear.line_for("12"), mine.ear.line_for("9")) == (
        "once more, raw",
        "On the breath, not the beat",
    )
    assert mine.asking.ask("ear drop 2") == say("text.kept")
    assert mine.ear.line_for("12") == "On the breath, not the beat"
    mine.asking.ask("ear off")
    assert mine.ear.line_for("12") == ""
    assert mine.asking.ask("ear").splitlines()[0] == say("ear.text.off")


def test_a_given_line_is_read_by_whoever_asks_and_taken_or_left(pages: Pages) -> None:
    mine, friend = Terminal(pages, "pianist"), Terminal(pages, "friend")
    for words in ("raw, honest, not perfect", "another"):
        assert friend.asking.ask(f"ear give Yuna: {words}") == say("text.kept")
    told = mine.asking.ask("ear").splitlines()
    assert told[1] == "given 1: “raw, honest, not perfect”, from Mira Ortiz"
    assert mine.asking.ask("ear take 1 for 12") == say("text.kept")
    assert mine.asking.ask("ear leave 1") == say("text.kept")
    assert mine.asking.ask("ear").splitlines()[1:] == [
        "1: cue 12, “raw, honest, not perfect”, from Mira Ortiz"
    ]
    with pytest.raises(AskingError):
        mine.asking.ask("ear take 1")


def test_a_sound_is_said_by_its_length_and_shows_nothing(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    pages.care.ear.keep_line(mine.token, "", "", recorded(2.0))
    mine.ear.fetch()
    assert mine.asking.ask("ear").splitlines()[1] == "1: every entrance, 2.0 s of sound"
    assert mine.ear.line_for("1") == ""


def test_what_is_half_a_command_is_answered_with_how(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    for half in ("ear give Mira", "ear for 12"):
        with pytest.raises(AskingError, match="ear give NAME"):
            mine.asking.ask(half)


def test_what_is_mine_is_looked_over_when_it_is_asked_for(pages: Pages) -> None:
    mine = Terminal(pages, "pianist")
    assert say("quiet.over.one_phone") in mine.asking.ask("overlook").splitlines()


class Heard:
    """A terminal's strip at a show, and everything it said."""

    def __init__(self, stage: Stage, person: str, line: str = "now") -> None:
        self.stage, self.person, self.out = stage, person, io.StringIO()
        self.strip = Strip(None, person, Teller(self.out), lambda _: line)
        self.now(10.0)
        self.see()

    def see(self) -> None:
        self.strip.hear("state", self.stage.phone(self.person))

    def now(self, at: float) -> None:
        self.strip.hear("beat", {"at": at})

    def said(self) -> list[str]:
        return self.out.getvalue().splitlines()


WORD, LINE = "You come on: Ren comes on: asked", "Your line: now"


def test_a_line_is_shown_once_when_the_standby_is_called() -> None:
    heard = Heard(Stage(), "ren")
    for command in (CallStandby("1"), Acknowledge("1", "ren"), CallStandby("1")):
        heard.stage.when(command)
        heard.see()
        heard.now(11.0)
    assert heard.said().count(LINE) == 1
    assert heard.said()[:2] == [WORD, LINE]


def test_what_stood_before_it_was_opened_and_what_is_heard_too_late_shows_no_line() -> None:
    stage = Stage()
    stage.when(CallStandby("1"))
    assert LINE not in Heard(stage, "ren").said()
    heard = Heard(Stage(), "ren")
    heard.stage.when(CallStandby("1"))
    heard.now(41.0)
    heard.see()
    assert LINE not in heard.said()
    assert WORD in heard.said()


def test_nobody_else_hears_of_it_and_without_a_line_there_is_only_the_standby() -> None:
    other, without = Heard(Stage(), "mio"), Heard(Stage(), "ren", line="")
    for heard in (other, without):
        heard.stage.when(CallStandby("1"))
        heard.see()
        heard.stage.when(ReleaseStandby("1"))
        heard.see()
    assert other.said() == []
    assert without.said() == [WORD]
