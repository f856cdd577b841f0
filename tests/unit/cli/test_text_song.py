"""Songs on a terminal, over the real rules: a demo is brought, linked, offered, put in the set."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from tests.unit.care.key_world import PEOPLE
from tests.unit.care.song_sounds import wav
from tests.unit.care.song_world import SongWorld

from collavoce.care.events import Refused
from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.door import Door
from collavoce.cli.text.song import LINK, Song
from collavoce.desk.care.acts import read_act
from collavoce.desk.care.acts_song import OfSongs, song_act
from collavoce.desk.care.read import read_read, shown
from collavoce.show.commands import ProposeNumber
from collavoce.words import say

pytestmark = pytest.mark.process

NAMES = {person.id: person.name for person in PEOPLE.values()}


class Terminal:
    """One person's page in a terminal, behind which a live care stands."""

    origin = "http://desk:8081"

    def __init__(self, world: SongWorld, person: str) -> None:
        self.world, self.person = world, person
        self.token = world.phone(person)
        self.text = Song(cast("Door", self), NAMES, self.act)
        self.asking = Asking("text.phone", self.text.commands())

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if path == LINK:
            _, secret = self.world.care.songs.link(self.token, body["demo"], body["to"])
            return {"kept": bool(secret), "code": secret}
        what = read_read(msgspec.json.encode(body))
        assert what is not None
        seen = shown(self.world.care, what, self.person, self.token)
        return {"shown": msgspec.json.decode(msgspec.json.encode(seen))}

    def bring(self, path: str, file: bytes) -> dict[str, Any]:
        assert path == "/care/demo"

        async def pieces() -> AsyncIterator[bytes]:
            yield file

        outcome, demo = asyncio.run(self.world.care.songs.take_in(self.token, pieces()))
        if isinstance(outcome, Refused):
            return {"kept": False, "why": outcome.why}
        return {"kept": True, "code": demo}

    def fetch(self, path: str, body: dict[str, Any]) -> tuple[bytes | None, str]:
        assert path == "/care/demo/play"
        heard = self.world.heard(self.token, body["demo"])
        return heard, "" if heard else say("song.refused.unknown")

    def act(self, **act: Any) -> str:
        asked = read_act(msgspec.json.encode(act))
        assert isinstance(asked, OfSongs), act
        said = asyncio.run(song_act(asked, self.world.care.songs, self.token))
        return said.why if isinstance(said, Refused) else say("text.kept")

    def ask(self, line: str) -> str:
        return self.asking.ask(line)

    def says(self) -> list[str]:
        seen = self.world.care.seen(self.token)
        return list(self.text.says(msgspec.json.decode(msgspec.json.encode(seen))))


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Terminal, Terminal]]:
    world = SongWorld(tmp_path)
    yield Terminal(world, "pianist"), Terminal(world, "friend")
    world.close()


def test_from_a_file_to_the_set_by_keyboard_alone(
    both: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    mine, theirs = both
    file = tmp_path / "take.wav"
    file.write_bytes(wav(2.0, rate=8000, channels=1))
    assert mine.ask("song") == say("song.text.none")
    assert theirs.says() == []
    assert mine.ask(f"song bring {file} For the corner") == "Kept as demo 1."
    assert mine.ask("song") == "1: For the corner, 0:02."
    assert mine.ask("song offer 1 Mona: something slow") == say("text.kept")
    assert theirs.says() == ["Something here has changed."]
    told = theirs.ask("song")
    assert "For the corner: a demo of Yuna Park for a wish of Mona Adler." in told
    assert "The wish: something slow" in told
    assert theirs.ask("song yes wish 1") == say("text.kept")
    assert mine.ask("song put 1 T: Mona") == say("song.refused.not_both")
    assert mine.ask("song yes demo 1") == say("text.kept")
    assert mine.ask("song put 1 For the corner: Mona, Ines") == say("text.kept")
    [told_show] = mine.world.show.told
    assert isinstance(told_show, ProposeNumber)
    assert told_show.performers == ("friend", "second")
    assert mine.ask("song back 1") == say("text.kept")


def test_a_demo_is_taken_along_linked_and_erased(
    both: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    mine, theirs = both
    file, out = tmp_path / "take.wav", tmp_path / "out.wav"
    file.write_bytes(wav(0.5, rate=8000, channels=1))
    mine.ask(f"song bring {file}")
    assert mine.ask(f"song hear 1 {out}") == f"Written to {out}."
    assert out.read_bytes()[:4] == b"RIFF"
    told = mine.ask("song link 1 Mona")
    assert told.startswith("http://desk:8081/care/listen#")
    assert "for Mona Adler" in told
    secret = told.partition("#")[2].partition(" ")[0]
    assert theirs.world.once(secret, "friend") is not None
    assert mine.ask("song drop 1") == say("text.kept")
    assert mine.ask("song") == say("song.text.none")


def test_what_is_not_understood_or_not_there_is_said(
    both: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    mine, _ = both
    bad = tmp_path / "words.txt"
    bad.write_text("words")
    assert "no sound file" in mine.ask(f"song bring {bad}")
    for line in ("song dance", "song bring nowhere.wav", "song yes maybe 1", "song hear 1"):
        with pytest.raises(AskingError):
            mine.ask(line)
