"""Music on a terminal, over the real rules: what is typed is told, and what is told is said."""

from typing import Any, cast

import msgspec
import pytest
from tests.unit.care.music_world import PEOPLE, PIECES, ZONES, Music

from collavoce.care.events import Refused
from collavoce.care.states.found import QUARTER_S
from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.door import Door
from collavoce.cli.text.music import Music as MusicText
from collavoce.desk.care.acts import read_act
from collavoce.desk.care.acts_music import OfMusic, music_act
from collavoce.desk.care.read import read_read, shown
from collavoce.words import say

DATA = {
    "people": {person.id: person.name for person in PEOPLE},
    "pieces": PIECES,
    "zones": {id_: name for id_, name, _ in ZONES},
}


class Terminal:
    """One person's page in a terminal, behind which a live care stands."""

    def __init__(self, music: Music, person: str) -> None:
        self.music, self.person = music, person
        self.text = MusicText(cast("Door", self), DATA, self.act)
        self.asking = Asking("text.phone", self.text.commands())

    def post(self, path: str, body: object) -> dict[str, Any]:
        assert path == "/care/read"
        what = read_read(msgspec.json.encode(body))
        assert what is not None
        token = self.music.tokens[self.person]
        seen = shown(self.music.care, what, self.person, token)
        return {"shown": msgspec.json.decode(msgspec.json.encode(seen))}

    def act(self, **act: Any) -> str:
        asked = read_act(msgspec.json.encode(act))
        assert isinstance(asked, OfMusic), act
        token = self.music.tokens[self.person]
        said = music_act(asked, self.music.care.music, self.person, token)
        return said.why if isinstance(said, Refused) else say("text.kept")

    def ask(self, line: str) -> str:
        return self.asking.ask(line)

    def says(self) -> list[str]:
        return list(self.text.says(self.music.seen(self.person)))


@pytest.fixture
def both() -> tuple[Terminal, Terminal]:
    music = Music()
    music.phone("star", "dancer 0", "director")
    return Terminal(music, "star"), Terminal(music, "dancer 0")


def test_a_mark_is_written_read_given_taken_back_and_erased(
    both: tuple[Terminal, Terminal],
) -> None:
    star, dancer = both
    assert star.ask("marks") == say("music.text.none")
    for line in ("mark like of ballad: sing it once", "mark hurts of Old Song", "mark notmine"):
        assert star.ask(line) == say("text.kept")
    assert star.ask("marks").splitlines() == [
        "1: I would like to: The Ballad",
        "   sing it once",
        "2: Hurts: Old Song",
        "3: Not mine, in general",
    ]
    assert star.ask("give 2 dancer 0") == say("text.kept")
    assert dancer.ask("given") == "Jun Seo: Hurts: Old Song"
    assert star.ask("give 2 nobody") == say("text.kept")
    assert dancer.ask("given") == say("music.text.given_none")
    assert star.ask("give 1 director") == say("text.kept")
    assert Terminal(star.music, "director").ask("given").splitlines() == [
        "Jun Seo: I would like to: The Ballad",
        "   sing it once",
    ]
    assert star.ask("give 2 director") == say("music.refused.feeling")
    assert star.ask("unmark 3") == say("text.kept")
    assert "3:" not in star.ask("marks")


def test_two_are_found_and_each_puts_it_aside(both: tuple[Terminal, Terminal]) -> None:
    for one in both:
        one.ask("mark notmine of growl")
        assert one.ask("found on 1") == say("text.kept")
    star, dancer = both
    told = star.ask("found")
    assert "You may be found for: Not mine: The Growl" in told
    assert all(say(f"music.page.found_{n}") in told for n in range(1, 6))
    assert star.says() == []
    star.music.passes(QUARTER_S)
    assert star.says() == ["Dancer 0 and you have both ticked this. Not mine: The Growl"]
    assert dancer.says() == ["Jun Seo and you have both ticked this. Not mine: The Growl"]
    assert star.ask("found aside") == say("text.kept")
    assert star.says() == []
    assert star.ask("found off 1") == say("text.kept")
    assert star.ask("found few yes") == say("text.kept")
    assert say("music.text.found_off") in star.ask("found")


def test_a_knock_is_heard_answered_and_put_aside(both: tuple[Terminal, Terminal]) -> None:
    star, dancer = both
    assert dancer.ask("at studio") == say("text.kept")
    assert star.ask("knock studio named") == say("text.kept")
    assert dancer.says() == [
        "You may be knocked at: the studio.",
        "Somebody knocked: the studio. I hear you.",
    ]
    assert dancer.ask("answer come") == say("text.kept")
    assert star.says() == ["Answer: come down if you like."]
    assert dancer.ask("answer come named") == say("text.kept")
    assert star.says() == ["Dancer 0: come down if you like."]
    assert "Jun Seo knocked" in dancer.says()[1]
    assert dancer.ask("answer nothing") == say("text.kept")
    assert dancer.ask("at nowhere") == say("text.kept")
    assert dancer.says() == []


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("mark sad", "music.text.mark_how"),
        ("mark", "music.text.mark_how"),
        ("give one", "music.text.give_how"),
        ("found maybe", "music.text.found_how"),
        ("at", "music.text.here_how"),
        ("knock", "music.text.knock_how"),
        ("answer perhaps", "music.text.reply_how"),
        ("answer come", "music.text.no_knock"),
    ],
)
def test_anything_else_is_answered_with_how(
    both: tuple[Terminal, Terminal], line: str, how: str
) -> None:
    with pytest.raises(AskingError) as asked:
        both[0].ask(line)
    assert str(asked.value) == say(how)


def test_a_number_that_is_none_of_mine_is_said_to_be_none(
    both: tuple[Terminal, Terminal],
) -> None:
    for line in ("unmark 1", "found on 7", "give 2 nobody"):
        with pytest.raises(AskingError, match="There is no mark"):
            both[0].ask(line)


def test_every_command_has_its_line_of_help(both: tuple[Terminal, Terminal]) -> None:
    assert len(list(both[0].asking.lines())) == len(both[0].text.commands())
