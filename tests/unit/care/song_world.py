"""Live care over a real store, a show folder beside it, and what the show is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from starlette.testclient import TestClient
from tests.process.opened_dump import opened
from tests.unit.care.key_world import PEOPLE, SERVER_KEY, World
from tests.unit.care.song_sounds import wav

from collavoce.care.commands import SettleSong
from collavoce.care.events import AnyEvent, SongProposed, SongRecalled
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.state import CareState
from collavoce.care.states.song import Stands
from collavoce.desk.care.app import create_care_app
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.care.policies import Released, from_song
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.show.asked.setlist import ProposeNumber, WithdrawProposal

ORIGIN = "http://testserver"


@dataclass
class Show:
    """What the show was told, and what it says when something is asked back."""

    told: list[ProposeNumber | WithdrawProposal] = field(
        default_factory=list[ProposeNumber | WithdrawProposal]
    )
    taken: bool = False
    answers: bool = True

    def release(self, song: str, released: Released) -> None:
        for one in from_song(SongProposed(0.0, "", song), released, "key"):
            assert isinstance(one.command, ProposeNumber)
            self.told.append(one.command)

    def view(self, person: str) -> dict[str, object]:
        del person
        return {"may": []}


@dataclass
class SongWorld(World):
    """`again` is a restart of the process."""

    show: Show = field(default_factory=Show)

    @property
    def show_folder(self) -> Path:
        folder = self.folder / "show"
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def care_dir(self) -> Path:
        folder = self.folder / "care"
        folder.mkdir(exist_ok=True)
        return folder

    def open(self) -> None:
        store = SealedStore.open(self.care_dir / "care.db", ballast_bytes=0)
        self.shelf = Shelf(store, SERVER_KEY, PEOPLE, lambda: self.wall)
        self.house = House(PEOPLE, self.shelf, lambda: Moment(self.now))
        self.house.told.append(self._told)
        self.house.open("one boot")
        config = CareConfig(
            show="Little evening",
            people=tuple((person.id, person.name) for person in PEOPLE.values()),
            exits=(),
            care_dir=str(self.care_dir),
            key_file="",
            run_dir="",
            badge_key="key",
            folder=str(self.show_folder),
        )
        self.care = LiveCare(config, self.house, cast("Passing", self.show), self.shelf)
        self.care.keep.wall = lambda: self.wall
        self.own = self.care

    def _told(self, event: AnyEvent, _: CareState) -> None:
        if isinstance(event, SongRecalled) and self.show.answers:
            for one in from_song(event, None, "key"):
                assert isinstance(one.command, WithdrawProposal)
                self.show.told.append(one.command)

    def settle(self, song: str) -> None:
        """The show answers what it was asked back."""
        assert self.house.state.songs.by_id[song].stands is Stands.RECALLED
        self.does(SettleSong(song, taken=self.show.taken))

    def client(self, token: str = "") -> TestClient:
        cookies = {"collavoce_phone": token} if token else {}
        return TestClient(create_care_app(self.care), base_url=ORIGIN, cookies=cookies)

    def brings(self, token: str, file: bytes, piece: int = 10_000) -> tuple[Outcome, str]:
        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(file), piece):
                yield file[at : at + piece]

        return asyncio.run(self.care.songs.take_in(token, pieces()))

    def demo(self, token: str, title: str = "", seconds: float = 2.0) -> str:
        outcome, demo = self.brings(token, wav(seconds, rate=8000, channels=1))
        assert isinstance(outcome, Kept), outcome
        if title:
            assert self.care.songs.name_demo(token, demo, title) == Kept()
        return demo

    def heard(self, token: str, demo: str) -> bytes | None:
        playing = self.care.songs.play(token, demo)
        return None if playing is None else b"".join(playing.pieces)

    def once(self, secret: str, listener: str = "") -> bytes | None:
        playing = self.care.songs.play_once(secret, listener)
        return None if playing is None else b"".join(playing.pieces)

    def link(self, token: str, demo: str, to: str = "") -> str:
        outcome, secret = self.care.songs.link(token, demo, to)
        assert outcome == Kept()
        return secret

    def offers(self, token: str, song: str, demo: str, to: str, wish: str = "a ballad") -> None:
        assert self.care.songs.offer(token, song, demo, to, wish) == Kept()

    def proposes(self, token: str, song: str, title: str, *players: str) -> Outcome:
        return asyncio.run(self.care.songs.propose(token, song, title, players))

    def stands(self, song: str) -> Stands:
        return self.house.state.songs.by_id[song].stands

    def references(self) -> list[str]:
        return sorted(p.name for p in self.show_folder.rglob("*") if p.is_file())

    def recordings(self) -> list[Path]:
        root = self.care_dir / "songs"
        return [p for p in root.rglob("*") if p.is_file()] if root.is_dir() else []

    def readable_all(self) -> str:
        """Every body of the store, as far as the server's key opens it."""
        with TemporaryDirectory() as scratch:
            dump = opened(self.care_dir / "care.db", SERVER_KEY, Path(scratch))
        return repr([*dump.bodies, *dump.things])

    def view_of(self, token: str) -> dict[str, Any]:
        return json.loads(json.dumps(self.care.songs.view(token)))
