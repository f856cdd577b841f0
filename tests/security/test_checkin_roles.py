"""A3: only the friend whom a rule names can tell that there was an answer, or a check-in at all."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.security.care_pages import Answer, Pages

from collavoce.care.commands import AskWhoIsDue, HearEvening
from collavoce.care.events import CheckInEvent
from collavoce.company.people import Person
from collavoce.runtime.care.policies import FROM_CARE
from collavoce.runtime.line.config import LineConfig

COMPANY = (
    Person("pianist", "Yuna Park", ("performer",)),
    Person("friend", "Mira Ortiz", ("guest",)),
    Person("second", "Ben Adler", ("caller", "company manager", "administrator", "welfare lead")),
)
TIRED, FINE = 2, 1
KEY, RULE = "k" * 22, "r" * 22
READS = ("ReadMine", "ReadCheckIn", "ReadLog", "ReadExport")
ROLES = ("nobody", "forged", "waiting", "friend", "everybody else")
ACTS: Mapping[str, dict[str, Any]] = {
    "answer": {"type": "SayCheckIn", "said": TIRED, "key": KEY},
    "delay": {"type": "ChooseDelay", "minutes": 3},
    "add": {"type": "AddRule", "rule": "x" * 22, "answers": ["fine"], "persons": ["friend"]},
    "drop": {"type": "DropRule", "rule": RULE},
    "put away": {"type": "PutTold", "key": KEY},
}


class AfterShow:
    """Phones of a pianist, of the friend in their circle, and of a manager of everything else."""

    def __init__(self) -> None:
        self.pages = Pages(line=LineConfig(people=COMPANY))
        self.phones: dict[str, str] = {}

    async def begin(self, *, rule: bool) -> None:
        for person in ("pianist", "friend", "second"):
            self.phones[person] = await self.pages.paired(person)
        for token in self.phones.values():
            await self.frame(token)
        circle = {"type": "WriteCircle", "order": ["friend"], "second_after": 20}
        await self.does("pianist", circle)
        await self.does("friend", {"type": "Reply", "owner": "pianist", "agrees": True})
        if rule:
            told = {"answers": ["tired"], "persons": ["friend"]}
            await self.does("pianist", {"type": "AddRule", "rule": RULE, **told})
        self.pages.house.ask(HearEvening("tonight", begun=True, ended_ago=0.0))
        self.pages.now += 1200.0
        self.pages.house.ask(AskWhoIsDue())

    async def does(self, person: str, act: dict[str, Any]) -> Answer:
        answer = await self.pages.post("/care/act", act, self.phones[person])
        assert answer.said["kept"], answer.said
        return answer

    async def answers(self, said: int) -> Answer:
        act = {"type": "SayCheckIn", "said": said, "key": KEY}
        return await self.does("pianist", act)

    async def frame(self, token: str) -> bytes:
        return (await self.pages.ask("GET", "/care/stream", token=token)).body

    async def whole(self, person: str) -> dict[str, bytes]:
        """Everything that `person` is shown or answered, byte by byte."""
        token = self.phones[person]
        seen = {"stream": await self.frame(token)}
        for read in READS:
            shown = await self.pages.post("/care/read", {"type": read}, token)
            seen[read] = _timeless(shown.body)
        for name in ("/care/", "/care/checkin"):
            seen[name] = (await self.pages.ask("GET", name, token=token)).body
        seen["put away"] = (await self.pages.post("/care/act", ACTS["put away"], token)).body
        return seen


def _timeless(body: bytes) -> bytes:
    """Without wall clock times, which two runs of a test do not share."""
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:+.]+|1[78]\d{8}\.\d+", b"then", body)


WORLDS: Mapping[str, tuple[bool, int | None]] = {
    "nothing": (False, None),
    "an answer": (False, TIRED),
    "another answer": (True, FINE),
    "a rule": (True, None),
    "a told word": (True, TIRED),
}


async def world(rule: bool, said: int | None, *watchers: str) -> dict[str, dict[str, bytes]]:  # noqa: FBT001  a row of the table
    after = AfterShow()
    await after.begin(rule=rule)
    seen: dict[str, dict[str, bytes]] = {}
    if said is not None:
        answer = await after.answers(said)
        seen["answer"] = {"body": answer.body}
    for person in watchers:
        seen[person] = await after.whole(person)
    return seen


@pytest.mark.parametrize("which", [w for w in WORLDS if w != "nothing"])
def test_whoever_no_rule_names_sees_the_same_bytes_in_each_world(which: str) -> None:
    nothing = asyncio.run(world(*WORLDS["nothing"], "second"))["second"]
    assert asyncio.run(world(*WORLDS[which], "second"))["second"] == nothing


@pytest.mark.parametrize("which", ["an answer", "another answer", "a rule"])
def test_the_friend_sees_the_same_bytes_unless_the_rule_tells_them(which: str) -> None:
    nothing = asyncio.run(world(*WORLDS["nothing"], "friend"))["friend"]
    assert asyncio.run(world(*WORLDS[which], "friend"))["friend"] == nothing


def test_whom_the_rule_names_is_told_in_the_stream_in_a_frame_of_the_same_size() -> None:
    nothing = asyncio.run(world(*WORLDS["nothing"], "friend"))["friend"]
    told = asyncio.run(world(*WORLDS["a told word"], "friend"))["friend"]
    assert b'"who":"pianist","said":"tired"' in told["stream"]
    assert len(told["stream"]) == len(nothing["stream"])
    assert len(told["ReadCheckIn"]) == len(nothing["ReadCheckIn"])


def test_an_answer_is_answered_alike_with_a_rule_and_without() -> None:
    bodies = {
        asyncio.run(world(*WORLDS[which]))["answer"]["body"]
        for which in ("an answer", "another answer", "a told word")
    }
    assert len(bodies) == 1


def test_the_five_answers_are_of_one_length_on_their_way() -> None:
    import json

    sent = {
        len(json.dumps({"type": "SayCheckIn", "said": said, "key": KEY})) for said in range(1, 6)
    }
    assert len(sent) == 1


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ROLES)
def test_no_other_phone_does_anything_to_the_pianists_check_in(role: str, act: str) -> None:
    async def go() -> None:
        after = AfterShow()
        await after.begin(rule=True)
        tokens = {"nobody": "", "forged": "x" * 43, "friend": after.phones["friend"]}
        tokens["everybody else"] = after.phones["second"]
        tokens["waiting"] = await after.pages.paired("pianist")
        mine = await after.pages.post(
            "/care/read", {"type": "ReadCheckIn"}, after.phones["pianist"]
        )
        before = len(after.pages.records.events)
        answer = await after.pages.post("/care/act", ACTS[act], tokens[role])
        changed = after.pages.records.events[before:]
        assert {getattr(event, "person", "") for event in changed} <= {
            {"friend": "friend", "everybody else": "second"}.get(role, "")
        }
        if role in ("nobody", "forged"):
            assert answer.status == 401
        elif role == "waiting":
            assert not answer.said["kept"]
        elif act == "add":
            assert not answer.said["kept"], "whose circle is empty has nobody to name"
        again = await after.pages.post(
            "/care/read", {"type": "ReadCheckIn"}, after.phones["pianist"]
        )
        assert again.body == mine.body
        assert after.pages.house.state.checkins.stands("pianist", after.pages.house.moment())

    asyncio.run(go())


@pytest.mark.parametrize("role", ["nobody", "forged", "waiting"])
def test_who_is_not_paired_reads_nothing_of_it(role: str) -> None:
    async def go() -> int:
        after = AfterShow()
        await after.begin(rule=True)
        tokens = {"nobody": "", "forged": "x" * 43}
        tokens["waiting"] = await after.pages.paired("pianist")
        read = {"type": "ReadCheckIn"}
        return (await after.pages.post("/care/read", read, tokens[role])).status

    assert asyncio.run(go()) == 401


def test_the_question_stands_on_every_phone_of_the_company_and_not_under_an_open_press() -> None:
    async def go() -> None:
        after = AfterShow()
        await after.begin(rule=False)
        for token in after.phones.values():
            assert b'"checkin":true' in await after.frame(token)
        await after.does("pianist", {"type": "Press", "press": "p" * 22})
        assert b'"checkin":false' in await after.frame(after.phones["pianist"])
        assert b'"checkin":true' in await after.frame(after.phones["friend"])

    asyncio.run(go())


def test_who_was_withdrawn_is_shown_nothing_at_the_next_frame() -> None:
    async def go() -> None:
        after = AfterShow()
        await after.begin(rule=True)
        await after.answers(TIRED)
        assert b'"said":"tired"' in await after.frame(after.phones["friend"])
        await after.does("pianist", {"type": "WriteCircle", "order": [], "second_after": 20})
        assert b'"said":"tired"' not in await after.frame(after.phones["friend"])

    asyncio.run(go())


@pytest.mark.parametrize("kind", CheckInEvent.__args__, ids=lambda kind: kind.__name__)
def test_no_fact_of_it_passes_to_show_or_line(kind: type) -> None:
    assert kind not in FROM_CARE
