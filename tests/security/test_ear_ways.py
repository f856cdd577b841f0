"""The ways that sound goes: who may, what is refused, answers that say nothing by their size."""

import asyncio
import json
from base64 import b64decode, b64encode
from typing import Any

import msgspec
import pytest
from tests.security.care_pages import PEOPLE, Answer, Pages
from tests.unit.wire.test_wav import CANARY, recorded

from collavoce.care.commands import AnswerRequest, SetCircle
from collavoce.desk.care.access import BODY_LIMIT
from collavoce.desk.care.answering import ANSWER_BYTES
from collavoce.desk.care.ear_ways import HEARD_BYTES, SOUND_LIMIT
from collavoce.desk.care.read import SHOWN_BYTES
from collavoce.wire.wav import BYTES_A_SECOND, speech

KEEP, HEAR = "/care/ear/keep", "/care/ear/hear"
WAYS = (KEEP, HEAR)
MINE = {"type": "HearMine"}


def line(sound: bytes, cue: str = "") -> dict[str, str]:
    return {"type": "KeepEar", "cue": cue, "sound": b64encode(sound).decode()}


async def kept(pages: Pages, token: str, sound: bytes, cue: str = "") -> Answer:
    return await pages.post(KEEP, line(sound, cue), token)


@pytest.mark.anyio
async def test_a_sound_comes_back_bare_to_its_own_person() -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    answer = await kept(pages, mine, recorded(0.5))
    assert answer.said["kept"], answer.said
    heard = (await pages.post(HEAR, MINE, mine)).said["shown"]
    sound = b64decode(heard["lines"][0]["sound"])
    assert len(sound) == 44 + BYTES_A_SECOND // 2
    assert CANARY not in sound


@pytest.mark.anyio
@pytest.mark.parametrize("person", [person for person, _ in PEOPLE])
async def test_every_answer_has_one_size_whoever_has_how_much(person: str) -> None:
    pages = Pages()
    mine = await pages.paired(person)
    empty = await pages.post(HEAR, MINE, mine)
    short = await kept(pages, mine, recorded(0.2), "1")
    await kept(pages, mine, speech(bytes(12 * BYTES_A_SECOND)), "2")
    await pages.post("/care/act", {"type": "KeepEarWords", "cue": "3", "words": "語" * 200}, mine)
    full = await pages.post(HEAR, MINE, mine)
    missing = await pages.post(HEAR, {"type": "HearGiven", "line": "none"}, mine)
    assert {len(one.body) for one in (empty, full, missing)} == {HEARD_BYTES}
    assert len(short.body) == ANSWER_BYTES
    assert len((await pages.post("/care/read", {"type": "ReadEar"}, mine)).body) == SHOWN_BYTES


@pytest.mark.anyio
@pytest.mark.parametrize("path", WAYS)
async def test_no_stranger_no_foreign_page_and_no_form_gets_in(path: str) -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    body = line(recorded(0.1)) if path == KEEP else MINE
    statuses = [
        (await pages.post(path, body)).status,
        (await pages.post(path, body, "a token of nobody")).status,
        (await pages.post(path, body, mine, origin="http://elsewhere")).status,
        (await pages.post(path, body, mine, kind="audio/wav")).status,
        (await pages.post(path, {"type": "Ping"}, mine)).status,
    ]
    assert statuses == [401, 401, 403, 403, 400]
    assert pages.care.ear.lines(mine) == ()


@pytest.mark.anyio
async def test_a_phone_that_waits_to_be_somebodys_hears_and_keeps_nothing() -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    await kept(pages, mine, recorded(0.1))
    waiting = await pages.paired("pianist", "192.168.1.3")
    assert (await pages.post(HEAR, MINE, waiting)).status == 401
    assert (await kept(pages, waiting, recorded(0.1))).status == 401


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("sound", "begins"),
    [
        (b"ID3" + bytes(100), "This is no WAV file"),
        (recorded(0.1, channels=2), "A sound has to be WAV"),
        (speech(b""), "There is no sound"),
        (speech(bytes(13 * BYTES_A_SECOND)), "A sound has at most 12 seconds"),
        (b"", "A line is typed words or one sound"),
    ],
)
async def test_a_wrong_sound_is_refused_in_words(sound: bytes, begins: str) -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    assert (await kept(pages, mine, sound)).said["why"].startswith(begins)


@pytest.mark.anyio
async def test_the_long_way_has_a_limit_and_the_short_one_keeps_its_own() -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    body = json.dumps(line(b"")).encode()
    long = await pages.ask("POST", KEEP, body.ljust(SOUND_LIMIT + 1), mine)
    assert long.status == 413
    assert (await pages.ask("POST", KEEP, body.ljust(SOUND_LIMIT), mine)).status == 200
    short = msgspec.json.encode({"type": "KeepEarWords", "cue": "", "words": "a"})
    assert (await pages.ask("POST", "/care/act", short.ljust(BODY_LIMIT + 1), mine)).status == 400


@pytest.mark.anyio
async def test_only_the_page_that_records_may_ask_for_the_microphone() -> None:
    pages = Pages()
    mine = await pages.paired("pianist")
    policies = {
        path: dict((await pages.ask("GET", path, b"", mine)).headers)["permissions-policy"]
        for path in ("/care/", "/care/card", "/care/letters", "/care/ear")
    }
    allowed = {path for path, policy in policies.items() if "microphone=(self)" in policy}
    assert allowed == {"/care/ear"}
    assert all("microphone=()" in p for path, p in policies.items() if path not in allowed)


async def world(*, with_lines: bool) -> list[Any]:
    """What everybody but the pianist is shown and answered, with her lines or without."""
    pages = Pages()
    tokens = {person: await pages.paired(person) for person, _ in PEOPLE}
    for trusted in ("friend", "second"):
        pages.care.ask(SetCircle("pianist", ("friend", "second"), 20.0))
        pages.care.ask(AnswerRequest(trusted, "pianist", agrees=True))
    mine = tokens["pianist"]
    await pages.post("/care/read", {"type": "ReadMine"}, mine)
    if with_lines:
        await kept(pages, mine, recorded(1.0))
        await pages.post("/care/act", {"type": "SettleEar", "on": False, "volume": 10}, mine)
        words = {"type": "GiveEarWords", "to": "pianist", "words": "from second"}
        await pages.post("/care/act", words, tokens["second"])
        given = (await pages.post("/care/read", {"type": "ReadEar"}, mine)).said["shown"]["given"]
        take = {"type": "TakeEar", "line": given[0]["id"], "cue": "12"}
        assert (await pages.post("/care/act", take, mine)).said["kept"]
    seen: list[Any] = []
    for person in ("friend", "second"):
        token = tokens[person]
        reads = ("ReadMine", "ReadEar", "ReadLookOver", "ReadLog")
        seen += [(await pages.post("/care/read", {"type": r}, token)).body for r in reads]
        seen.append((await pages.post(HEAR, MINE, token)).body)
        frame = (await pages.ask("GET", "/care/stream", b"", token)).body
        seen.append(frame)
        give = {"type": "GiveEarWords", "to": "pianist", "words": "another"}
        seen.append((await pages.post("/care/act", give, token)).body)
        for line_id in ("1", "2"):
            drop = {"type": "DropEar", "line": line_id}
            seen.append((await pages.post("/care/act", drop, token)).body)
    return seen


@pytest.mark.anyio
async def test_with_and_without_her_lines_all_others_are_shown_the_same_bytes() -> None:
    without, having = await asyncio.gather(world(with_lines=False), world(with_lines=True))
    assert without == having
