"""A page of music, asked as browsers ask it: whose word counts, and in how many bytes."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import msgspec
import pytest
from tests.security.care_pages import ORIGIN, Answer, Pages
from tests.unit.care.music_world import DANCERS, PEOPLE, PIECES, ZONES

from collavoce.care.wishes import DIRECTOR
from collavoce.desk.care.acts_music import OfMusic
from collavoce.desk.care.answering import ANSWER_BYTES
from collavoce.runtime.line.config import LineConfig

ID = "the-id-of-a-mark-0001"
CANARY = "CanaryBallad"
MARK = {"type": "WriteMark", "id": ID, "kind": "like", "piece": "ballad", "title": "",
        "words": CANARY, "to": ""}  # fmt: skip
TOPIC = "A" * 22
ACTS: tuple[dict[str, Any], ...] = (
    MARK,
    {"type": "WithdrawMark", "id": ID},
    {"type": "DropMark", "id": ID},
    {"type": "BeFound", "id": ID, "on": True},
    {"type": "Untick", "topic": TOPIC},
    {"type": "AgreeFew", "on": True},
    {"type": "PutFoundAside", "other": "dancer 0", "topic": TOPIC},
    {"type": "BeHere", "place": "studio"},
    {"type": "Knock", "id": ID, "place": "studio", "named": False},
    {"type": "AnswerKnock", "id": ID, "says": "come", "named": False},
    {"type": "PutKnockAside", "id": ID},
)
ON_A_MARK = (ACTS[1], ACTS[2], ACTS[3])
READS = ("ReadMarks", "ReadGiven", "ReadExport")


def opened() -> Pages:
    people = tuple((person.id, person.name) for person in PEOPLE)
    line = LineConfig(people=PEOPLE, zones=ZONES)
    return Pages(people, pieces=tuple(PIECES.items()), line=line)


def run(what: Coroutine[Any, Any, None]) -> None:
    asyncio.run(what)


def test_each_act_of_music_is_tried_here() -> None:
    assert {act["type"] for act in ACTS} == {act.__name__ for act in OfMusic.__args__}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act["type"])
def test_nobody_a_phone_that_waits_and_a_foreign_page_are_refused(act: dict[str, Any]) -> None:
    async def scene() -> None:
        pages = opened()
        token = await pages.paired("star")
        waits = await pages.paired("star", address="192.168.1.9")
        assert (await pages.post("/care/act", act)).status == 401
        refused = await pages.post("/care/act", act, waits)
        assert refused.said["kept"] is False
        foreign = await pages.post("/care/act", act, token, origin="http://elsewhere.example")
        assert foreign.status == 403
        same = await pages.post("/care/act", act, token, origin=ORIGIN)
        assert len(same.body) == len(refused.body) == ANSWER_BYTES
        assert same.status == 200

    run(scene())


@pytest.mark.parametrize("who", ["manager", "admin", "caller", "director", "dancer 0", "visitor"])
def test_with_anothers_id_nothing_can_be_read_taken_back_erased_or_ticked(who: str) -> None:
    async def scene() -> None:
        pages = opened()
        star, other = await pages.paired("star"), await pages.paired(who)
        assert (await pages.post("/care/act", MARK, star)).said["kept"]
        before = (await pages.post("/care/read", {"type": "ReadMarks"}, star)).said
        theirs: list[bytes] = []
        for id_ in (ID, "the-id-of-a-mark-9999"):
            acts = [{**act, "id": id_} for act in ON_A_MARK]
            said = [await pages.post("/care/act", act, other) for act in acts]
            said += [await pages.post("/care/read", {"type": read}, other) for read in READS]
            theirs.append(b"".join(answer.body for answer in said))
        assert CANARY.encode() not in theirs[0]
        assert theirs[0] == theirs[1], "as if there were none of that id"
        assert (await pages.post("/care/read", {"type": "ReadMarks"}, star)).said == before

    run(scene())


def test_the_answer_to_a_tick_has_the_same_bytes_whether_or_not_somebody_has_it_too() -> None:
    async def scene() -> None:
        answers: list[list[bytes]] = []
        for others in ((), DANCERS[:2]):
            pages = opened()
            tokens = {person: await pages.paired(person) for person in ("star", *others)}
            said: list[Answer] = []
            for token in reversed(tokens.values()):
                assert (await pages.post("/care/act", MARK, token)).said["kept"]
                said.append(await pages.post("/care/act", ACTS[3], token))
            stream = await pages.ask("GET", "/care/stream", token=tokens["star"])
            answers.append([said[-1].body, stream.body])
        assert answers[0] == answers[1]

    run(scene())


def test_both_streams_say_it_from_the_same_moment_on() -> None:
    async def scene() -> None:
        pages = opened()
        tokens = {person: await pages.paired(person) for person in ("star", "dancer 0")}
        for token in tokens.values():
            await pages.post("/care/act", MARK, token)
            await pages.post("/care/act", {"type": "BeFound", "id": ID, "on": True}, token)
        for now, told in ((1799.9, False), (1800.0, True)):
            pages.now = now
            pages.care.found.turn()
            for token in tokens.values():
                body = (await pages.ask("GET", "/care/stream", token=token)).body
                assert (b'"found":[]' in body) is not told

    run(scene())


def test_what_is_given_comes_only_when_it_is_asked_for_and_never_by_the_stream() -> None:
    async def scene() -> None:
        pages = opened()
        star, director = await pages.paired("star"), await pages.paired("director")
        before = (await pages.ask("GET", "/care/stream", token=director)).body
        given = {**MARK, "to": DIRECTOR}
        assert (await pages.post("/care/act", given, star)).said["kept"]
        assert (await pages.ask("GET", "/care/stream", token=director)).body == before
        read = (await pages.post("/care/read", {"type": "ReadGiven"}, director)).said
        assert read["shown"]["given"][0]["words"] == CANARY
        log = (await pages.post("/care/read", {"type": "ReadLog"}, star)).said
        assert [row["what"] for row in log["shown"]["log"]] == ["wish"]

    run(scene())


@pytest.mark.parametrize(
    "field",
    [{"kind": "sad"}, {"words": "x" * 501}, {"id": "short"}, {"title": "x" * 101}, {"to": None}],
    ids=str,
)
def test_what_is_no_mark_is_no_act(field: dict[str, Any]) -> None:
    async def scene() -> None:
        pages = opened()
        token = await pages.paired("star")
        assert (await pages.post("/care/act", {**MARK, **field}, token)).status == 400

    run(scene())


def test_the_page_is_the_same_for_everybody_but_for_names_and_says_its_rules() -> None:
    async def scene() -> None:
        pages = opened()
        bodies: dict[str, str] = {}
        for person in ("star", "manager"):
            token = await pages.paired(person)
            answer = await pages.ask("GET", "/care/music", token=token)
            assert answer.status == 200
            bodies[person] = answer.body.decode()
        for words in ("At least 10 people", "quarter hour", "In a house of five nobody is"):
            assert all(words in body for body in bodies.values())
        assert msgspec.json.encode(CANARY)[1:-1].decode() not in bodies["star"]

    run(scene())
