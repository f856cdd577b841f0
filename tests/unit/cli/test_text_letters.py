"""Letters, invitations and messages on a terminal, over the real rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from tests.unit.care.post_world import COMPANY, PostWorld

from collavoce.care.events import Refused
from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.door import Door
from collavoce.cli.text.letters import Letters
from collavoce.desk.care.acts import Ping, read_act
from collavoce.desk.care.acts_letters import OfThePost, post_act
from collavoce.desk.care.read import read_read, shown
from collavoce.words import say

PEOPLE = {person.id: person.name for person in COMPANY}


class Terminal:
    """One person's page in a terminal, behind which a live care stands."""

    def __init__(self, world: PostWorld, person: str) -> None:
        self.world, self.person, self.pings = world, person, list[Ping]()
        twice = Twice()
        self.text = Letters(cast("Door", self), PEOPLE, self.act, twice)
        self.asking = Asking("text.phone", self.text.commands(), twice)

    def post(self, path: str, body: object) -> dict[str, Any]:
        token, said = self.world.tokens[self.person], msgspec.json.encode(body)
        if path == "/care/act":
            ping = read_act(said)
            assert isinstance(ping, Ping)
            self.pings.append(ping)
            self.world.care.pinged(self.person, ping.clock, ping.shown)
            return {"kept": True}
        what = read_read(said)
        assert what is not None
        seen = shown(self.world.care, what, self.person, token)
        return {"shown": msgspec.json.decode(msgspec.json.encode(seen))}

    def act(self, **act: Any) -> str:
        asked = read_act(msgspec.json.encode(act))
        assert isinstance(asked, OfThePost), act
        said = post_act(asked, self.world.care.post, self.world.tokens[self.person])
        return said.why if isinstance(said, Refused) else say("text.kept")

    def ask(self, line: str) -> str:
        return self.asking.ask(line)

    def says(self) -> list[str]:
        return list(self.text.says({"post": self.world.seen(self.person)}))


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Terminal, Terminal]]:
    world = PostWorld(tmp_path)
    for person in ("singer", "friend"):
        world.phone(person)
    yield Terminal(world, "singer"), Terminal(world, "friend")
    world.close()


def test_a_letter_is_written_sealed_by_two_words_and_read(both: tuple[Terminal, Terminal]) -> None:
    writer, reader = both
    assert writer.ask("letters") == say("letters.text.none")
    assert writer.ask("letters write Mira / asked / Sing. / Still yours.") == say(
        "letters.says.post_draft_kept"
    )
    assert writer.ask("letters") == "1: Draft to Mira: when they ask"
    asked = writer.ask("letters seal 1")
    assert "stops no watch" in asked
    assert "Mira: when they ask" in asked
    assert writer.ask("letters seal 1") == say("text.kept")
    assert writer.ask("letters") == "1: Sealed to Mira: when they ask"
    assert reader.says() == []
    assert "stands above" in reader.ask("letters ask")
    assert reader.says() == [say("letters.page.waits")]
    assert reader.ask("letters").endswith("not opened")
    assert reader.ask("letters open 1") == "Sing. / Still yours."
    assert reader.says() == []


def test_two_words_are_two_of_the_same(both: tuple[Terminal, Terminal]) -> None:
    writer, _ = both
    writer.ask("letters write Mira / 2027-02-01 09:00 / Words")
    writer.ask("letters tear 1")
    assert "Type it once more to seal it" in writer.ask("letters seal 1")
    writer.ask("letters")
    assert "Type it once more" in writer.ask("letters tear 1")
    assert writer.ask("letters tear 1") == say("text.kept")
    assert writer.ask("letters") == say("letters.text.none")


def test_a_message_tells_how_far_it_has_come(both: tuple[Terminal, Terminal]) -> None:
    writer, reader = both
    assert writer.ask("message Mira / See you.") == say("text.kept")
    assert "sent" in writer.ask("message")
    reader.says()
    reader.says()
    assert len(reader.pings) == 1, "at one pace, whatever there is to say"
    assert len(reader.pings[0].shown) == 1
    assert "delivered after" in writer.ask("message")
    assert reader.ask("message open 1") == "See you."
    assert "read after" not in writer.ask("message")
    assert writer.ask("message Mira / 30 / Later.") == say("text.kept")
    assert "goes out in 30 min" in writer.ask("message")
    assert writer.ask("message back 2") == say("text.kept")
    assert "goes out" not in writer.ask("message")


def test_an_invitation_is_made_heeded_and_taken_back(both: tuple[Terminal, Terminal]) -> None:
    writer, reader = both
    assert writer.ask("invite Mira / The park / Someday / sign") == say("text.kept")
    assert reader.ask("invite") == "1: From Sol"
    assert reader.ask("invite open 1") == "The park\nSomeday"
    assert reader.ask("invite heed 1") == say("text.kept")
    writer.ask("message Mira / Back again.")
    assert reader.ask("invite").endswith("There is a sign of Sol.")
    assert writer.ask("invite back 1") == say("text.kept")
    assert reader.ask("invite") == say("letters.text.none")


def test_how_somebody_takes_it_is_settled_and_read_out(both: tuple[Terminal, Terminal]) -> None:
    _, reader = both
    assert "nobody" in reader.ask("post")
    for said in ("post read 30", "post told", "post stop Sol"):
        assert reader.ask(said) == say("text.kept")
    assert "after 30 minutes" in reader.ask("post")
    assert "Kept from you, and not told: Sol." in reader.ask("post")
    for said in ("post read never", "post quiet", "post take Sol"):
        assert reader.ask(said) == say("text.kept")
    assert "Sol" not in reader.ask("post")


@pytest.mark.parametrize(
    "said",
    ["letters nonsense", "letters write Mira", "letters write Mira / someday / x",
     "letters open 3", "invite Mira", "message Mira", "post nonsense"],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_in_words(both: tuple[Terminal, Terminal], said: str) -> None:
    with pytest.raises(AskingError):
        both[0].ask(said)
    assert len(list(both[0].asking.lines())) == len(both[0].text.commands())
