"""A player's word about their takes: who may say it, and that nobody sees what was said."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.security.care_pages import PEOPLE, Pages
from tests.unit.takes.memories import NOON, SCORE, held, take

from collavoce.company.people import Person
from collavoce.desk.care.view import phone_view
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.shelf import Kept, Shelf
from collavoce.runtime.takes.word import By

COMPANY = (
    Person("pianist", "Yuna Park", ("performer",)),
    Person("friend", "Mira Ortiz", ("caller", "company manager", "administrator", "welfare lead")),
    Person("second", "Ben Adler", ("performer",), under_18=True, guardian="friend"),
)
ON: dict[str, Any] = {"type": "RememberTakes", "on": True}
OFF: dict[str, Any] = {"type": "RememberTakes", "on": False}
FORGET: dict[str, Any] = {"type": "ForgetTakes"}
ACTS = (ON, OFF, FORGET)
ROLES = ("nobody", "forged", "forgotten", "waiting", "every other role", "under 18")


class Rehearsal:
    """Pages of a house with a place for takes, and a phone of each role."""

    def __init__(self, root: Path) -> None:
        (root / "show").mkdir()
        self.root = root
        place = takes_place(root / "show", root / "apart")
        self.shelf = Shelf(place, lambda: NOON)
        self.pages = Pages(takes=place, line=LineConfig(people=COMPANY))

    async def phones(self) -> dict[str, str]:
        given = {"nobody": "", "forged": "x" * 43}
        given["player"] = await self.pages.paired("pianist")
        given["waiting"] = await self.pages.paired("pianist")
        given["every other role"] = await self.pages.paired("friend")
        given["under 18"] = await self.pages.paired("second")
        given["forgotten"] = await self.pages.paired("second")
        gone = await self.pages.post("/care/act", {"type": "ForgetThis"}, given["forgotten"])
        assert gone.said["kept"]
        return given

    def keep_one(self) -> None:
        word = self.shelf.yes("pianist")
        assert word is not None
        assert self.shelf.keep("pianist", SCORE, Kept(NOON, take()), word.id)

    async def mine(self, token: str) -> Any:
        shown = await self.pages.post("/care/read", {"type": "ReadMine"}, token)
        return shown.said["shown"]["takes"]


@pytest.fixture
def rehearsal(tmp_path: Path) -> Rehearsal:
    return Rehearsal(tmp_path)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_the_player_can_say_it(rehearsal: Rehearsal, role: str) -> None:
    async def go() -> None:
        given = await rehearsal.phones()
        for act in ACTS:
            said = await rehearsal.pages.post("/care/act", act, given[role])
            if act is FORGET and role in ("every other role", "under 18"):
                assert said.said["kept"], "there is nothing to forget, and that is no secret"
            else:
                assert said.status == 401 or said.said["kept"] is False
        assert held(rehearsal.root) == {}

    asyncio.run(go())


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_takes_the_players_word_back_or_forgets_their_takes(
    rehearsal: Rehearsal, role: str
) -> None:
    async def go() -> None:
        given = await rehearsal.phones()
        await rehearsal.pages.post("/care/act", ON, given["player"])
        rehearsal.keep_one()
        before = held(rehearsal.root)
        for act in ACTS:
            await rehearsal.pages.post("/care/act", act, given[role])
        assert held(rehearsal.root) == before

    asyncio.run(go())


def test_the_player_says_yes_sees_how_many_forgets_and_says_no(rehearsal: Rehearsal) -> None:
    async def go() -> None:
        phone = (await rehearsal.phones())["player"]
        tell = rehearsal.pages.post
        assert await rehearsal.mine(phone) == {"on": False, "kept": 0}
        assert (await tell("/care/act", ON, phone)).said["kept"]
        rehearsal.keep_one()
        assert await rehearsal.mine(phone) == {"on": True, "kept": 1}
        assert (await tell("/care/act", FORGET, phone)).said["kept"]
        assert await rehearsal.mine(phone) == {"on": True, "kept": 0}
        rehearsal.keep_one()
        assert (await tell("/care/act", OFF, phone)).said["kept"]
        assert await rehearsal.mine(phone) == {"on": False, "kept": 0}
        assert rehearsal.shelf.yes("pianist") is None

    asyncio.run(go())


def test_what_anybody_else_is_sent_is_the_same_with_and_without_a_yes(
    rehearsal: Rehearsal,
) -> None:
    async def go() -> None:
        given = await rehearsal.phones()
        care, events = rehearsal.pages.care, rehearsal.pages.records.events

        async def seen() -> list[object]:
            others = [given["every other role"], given["under 18"]]
            pages = [(await rehearsal.pages.ask("GET", "/care/", token=t)).body for t in others]
            mine = [
                (await rehearsal.pages.post("/care/read", {"type": "ReadMine"}, t)).body
                for t in others
            ]
            return [pages, mine, [phone_view(care, person) for person, _ in PEOPLE]]

        before, kept = await seen(), list(events)
        await rehearsal.pages.post("/care/act", ON, given["player"])
        rehearsal.keep_one()
        assert await seen() == before
        assert events == kept, "it is no fact of care"
        assert await rehearsal.mine(given["every other role"]) is None

    asyncio.run(go())


def test_only_a_players_page_asks(rehearsal: Rehearsal) -> None:
    async def go() -> None:
        given = await rehearsal.phones()
        for role, asks in (("player", True), ("every other role", False), ("under 18", False)):
            page = await rehearsal.pages.ask("GET", "/care/", token=given[role])
            assert (b'id="takes"' in page.body) is asks
        waits = await rehearsal.pages.ask("GET", "/care/", token=given["waiting"])
        assert b'id="takes"' not in waits.body

    asyncio.run(go())


def test_what_is_exported_holds_the_players_takes_and_nobody_elses(rehearsal: Rehearsal) -> None:
    async def go() -> None:
        given = await rehearsal.phones()
        await rehearsal.pages.post("/care/act", ON, given["player"])
        rehearsal.keep_one()
        own = rehearsal.pages.care.export(given["player"])
        assert b'"takes"' in own
        assert b"2.25" in own
        other = rehearsal.pages.care.export(given["every other role"])
        assert b"2.25" not in other

    asyncio.run(go())


def test_a_house_without_a_place_for_takes_asks_nobody() -> None:
    async def go() -> None:
        pages = Pages(line=LineConfig(people=COMPANY))
        phone = await pages.paired("pianist")
        assert b'id="takes"' not in (await pages.ask("GET", "/care/", token=phone)).body
        assert not (await pages.post("/care/act", ON, phone)).said["kept"]

    asyncio.run(go())


def test_a_disk_that_does_not_erase_is_not_said_to_have_erased(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        phone = (await rehearsal.phones())["player"]
        await rehearsal.pages.post("/care/act", ON, phone)
        rehearsal.keep_one()

        def ill(_: Path) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", ill)
            for act in (FORGET, OFF):
                assert not (await rehearsal.pages.post("/care/act", act, phone)).said["done"]

    asyncio.run(go())


def test_once_said_on_the_phone_the_keyboard_cannot_say_it(rehearsal: Rehearsal) -> None:
    async def go() -> None:
        phone = (await rehearsal.phones())["player"]
        await rehearsal.pages.post("/care/act", OFF, phone)
        assert not rehearsal.shelf.allow("pianist", By.KEYBOARD)

    asyncio.run(go())
