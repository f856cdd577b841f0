"""What people write to each other: nobody else's page, answer or byte is another for it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tests.security.care_pages import Pages

from collavoce.company.people import Person
from collavoce.desk.care.acts import LONGEST_ACT
from collavoce.desk.care.acts_letters import LETTER_BODY_LIMIT, NOTE_BODY_LIMIT
from collavoce.desk.care.answering import ANSWER_BYTES
from collavoce.desk.care.read_letters import WORDS_BYTES
from collavoce.desk.care.view import phone_view
from collavoce.runtime.line.config import LineConfig

COMPANY = (
    Person("pianist", "Yuna Park", ("performer",)),
    Person("friend", "Mira Ortiz", ("guest",)),
    Person("second", "Ben Adler", ("company manager", "administrator", "caller")),
)
LETTER = {
    "type": "WriteLetter",
    "letter": "letter-0000000001",
    "to": "friend",
    "way": "sign_in",
    "words": "canary of a letter",
}
SEAL = {"type": "SealLetter", "letter": "letter-0000000001", "sure": True}
NOTE = {
    "type": "SendNote",
    "note": "note-000000000001",
    "to": "friend",
    "words": "canary of a note",
}
INVITATION = {
    "type": "WriteInvitation",
    "invitation": "invitation-000001",
    "to": "friend",
    "place": "canary of a place",
    "words": "someday",
    "signs": True,
}
WRITES: tuple[dict[str, Any], ...] = (LETTER, SEAL, NOTE, INVITATION)
OPENS: tuple[dict[str, Any], ...] = (
    {"type": "ReadLetter", "letter": "letter-0000000001"},
    {"type": "ReadNote", "note": "note-000000000001"},
    {"type": "ReadInvitation", "invitation": "invitation-000001"},
)
ACTS: tuple[dict[str, Any], ...] = (
    *WRITES,
    {"type": "TakeBackLetter", "letter": "letter-0000000001"},
    {"type": "TearLetter", "letter": "letter-0000000001"},
    {"type": "TakeBackNote", "note": "note-000000000001"},
    {"type": "TakeBackInvitation", "invitation": "invitation-000001"},
    {"type": "HeedSign", "invitation": "invitation-000001", "on": True},
)
Evening = Callable[[Pages, dict[str, str]], Awaitable[None]]


def pages() -> Pages:
    return Pages(line=LineConfig(people=COMPANY))


async def phones(them: Pages) -> dict[str, str]:
    given = {person: await them.paired(person) for person in ("pianist", "friend", "second")}
    for token in given.values():
        await them.post("/care/act", {"type": "Ping"}, token)
    return given


async def seen(them: Pages, person: str, token: str) -> list[object]:
    """All that `person` is sent: page, stream, what they ask for, what they are answered."""
    page = (await them.ask("GET", "/care/letters", token=token)).body
    reads = [
        (await them.post("/care/read", what, token)).body
        for what in ({"type": "ReadPost"}, {"type": "ReadMine"}, {"type": "ReadLog"}, *OPENS)
    ]
    acts = [
        ((said := await them.post("/care/act", act, token)).status, said.body)
        for act in ACTS
        if act not in WRITES
    ]
    view = json.dumps(phone_view(them.care, person), default=str)
    return [page, reads, acts, view, json.dumps(them.care.seen(token), default=str)]


async def written(them: Pages, given: dict[str, str]) -> None:
    for act in WRITES:
        assert (await them.post("/care/act", act, given["pianist"])).said["kept"]
    await them.post("/care/act", {"type": "Ping"}, given["friend"])


async def opened(them: Pages, given: dict[str, str]) -> None:
    await written(them, given)
    for what in OPENS:
        assert (await them.post("/care/read", what, given["friend"])).said["shown"]["words"]
    heeds = {"type": "HeedSign", "invitation": "invitation-000001", "on": True}
    assert (await them.post("/care/act", heeds, given["friend"])).said["kept"]
    await them.post("/care/act", {"type": "SetPost", "stopped": ["pianist"]}, given["friend"])


@pytest.mark.parametrize("evening", [written, opened])
def test_whoever_is_not_meant_is_sent_the_same_with_and_without_it(evening: Evening) -> None:
    async def one(happens: bool) -> list[object]:  # noqa: FBT001  the world with it and without
        them = pages()
        given = await phones(them)
        if happens:
            await evening(them, given)
        return await seen(them, "second", given["second"])

    without, with_it = asyncio.run(one(happens=False)), asyncio.run(one(happens=True))
    assert without == with_it


def test_what_a_writer_sees_is_the_same_whether_or_not_their_words_are_kept_from_the_reader() -> (
    None
):
    async def one(stops: bool) -> list[object]:  # noqa: FBT001  the world with it and without
        them = pages()
        given = await phones(them)
        if stops:
            act = {"type": "SetPost", "stopped": ["pianist"]}
            assert (await them.post("/care/act", act, given["friend"])).said["kept"]
        await written(them, given)
        post = json.loads(json.dumps(them.care.seen(given["friend"])["post"]))
        shown = post["fresh"]
        assert shown == ["note-000000000001"]
        await them.post("/care/act", {"type": "Ping", "shown": shown}, given["friend"])
        for what in OPENS if stops else ():
            await them.post("/care/read", what, given["friend"])
        return await seen(them, "pianist", given["pianist"])

    assert asyncio.run(one(stops=False)) == asyncio.run(one(stops=True))


@pytest.mark.parametrize("who", ["second", "nobody", "forged", "waiting", "forgotten"])
def test_nobody_but_writer_and_reader_reaches_a_word(who: str) -> None:
    async def go() -> None:
        them = pages()
        given = await phones(them)
        await written(them, given)
        given |= {"nobody": "", "forged": "x" * 43, "waiting": await them.paired("pianist")}
        given["forgotten"] = await them.paired("friend")
        gone = await them.post("/care/act", {"type": "ForgetThis"}, given["forgotten"])
        assert gone.said["kept"]
        token = given[who]
        for what in (*OPENS, {"type": "ReadPost"}, {"type": "ReadExport"}):
            answer = await them.post("/care/read", what, token)
            assert answer.status == 401 or b"canary" not in answer.body
        for act in ACTS:
            said = await them.post("/care/act", act, token)
            own = act["type"] in ("WriteLetter", "SealLetter") and who == "second"
            assert said.status == 401 or own or not said.said["kept"], act
        canary = await them.post("/care/read", OPENS[1], given["pianist"])
        assert b"canary of a note" in canary.body, "and nothing of it was changed"

    asyncio.run(go())


def test_answers_tell_nothing_by_their_length_and_requests_may_not_be_longer() -> None:
    async def go() -> None:
        them = pages()
        given = await phones(them)
        await written(them, given)
        for what in OPENS:
            for person in ("friend", "second"):
                body = (await them.post("/care/read", what, given[person])).body
                assert len(body) == WORDS_BYTES
        for act in (LETTER, NOTE):
            assert len((await them.post("/care/act", act, given["pianist"])).body) == ANSWER_BYTES
        long = {**LETTER, "letter": "letter-0000000009", "words": "\U0001f3b5" * 20_000}
        assert (await them.post("/care/act", long, given["pianist"])).said["kept"]
        too_long = {**long, "words": "x" * 20_001}
        assert (await them.post("/care/act", too_long, given["pianist"])).status == 400
        longer = {**NOTE, "words": "x" * 2_001}
        assert (await them.post("/care/act", longer, given["pianist"])).status == 400
        assert NOTE_BODY_LIMIT < LETTER_BODY_LIMIT <= LONGEST_ACT

    asyncio.run(go())


def test_a_clock_that_is_told_is_heard_and_nothing_is_said_of_it() -> None:
    async def go() -> None:
        them = pages()
        given = await phones(them)
        assert them.care.daytime.utc() is None
        answers = [
            (await them.post("/care/act", {"type": "Ping", "clock": clock}, given["second"])).body
            for clock in (0.0, -1.0, 1e300, them.care.keep.wall())
        ]
        assert len(set(answers)) == 1
        assert them.care.daytime.utc() is not None

    asyncio.run(go())
