"""Who reads what of a person's own, and who moves it: each act, each read, each paper, each role.

The rows are held against the unions that the pages decode: a new act, read or kind of paper has no
row and fails. Whoever may not is answered as for what does not exist, byte by byte.
"""

import asyncio
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.security.quiet_rows import (
    CANARY,
    CIRCLE,
    FOREIGN,
    LINE,
    NAMED,
    NOTHING_SHOWN,
    PAPERS,
    READS,
    SELF,
    Body,
)
from tests.security.quiet_world import GIVEN, OWNER, ROLES, STRANGERS, QuietWorld

from collavoce.desk.care.acts import Act
from collavoce.desk.care.read import Read
from collavoce.runtime.care.kept import index
from collavoce.runtime.care.kept.vault import BOXES


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuietWorld]:
    """For what moves nothing of hers: the last test here that uses it asserts that nothing did."""
    made = QuietWorld(tmp_path_factory.mktemp("quiet"))
    asyncio.run(made.begin())
    yield made
    made.close()


def filled_in(body: Body, ids: dict[str, str]) -> Body:
    return {k: v.format(**ids) if isinstance(v, str) else v for k, v in body.items()}


def fields_of(kind: type, id_: str) -> Body:
    return {field.name: id_ for field in msgspec.structs.fields(kind)}


def test_every_read_and_every_act_that_a_page_can_say_has_its_row() -> None:
    assert {name for name, _ in READS} == {kind.__name__ for kind in typing.get_args(Read)}
    acts = {kind.__name__ for kind in typing.get_args(Act)}
    assert not FOREIGN.keys() & SELF.keys()
    assert FOREIGN.keys() | SELF.keys() | LINE == acts


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("read", "id_"), READS)
def test_a_role_reads_what_its_row_says_and_of_the_rest_not_a_word(
    world: QuietWorld, read: str, id_: str, role: str
) -> None:
    kind = next(k for k in typing.get_args(Read) if k.__name__ == read)
    body = {"type": read, **fields_of(kind, id_)}
    answer = asyncio.run(world.read(role, body))
    meant = READS[read, id_].get(role, frozenset[str]())
    assert {word.decode() for word in CANARY.findall(answer.body)} == meant
    assert (answer.status == 401) is (role in STRANGERS)
    if id_ and not meant:
        gone = "nobody-of-the-show-" if id_ == OWNER else "z" * 22
        other = asyncio.run(world.read(role, body | fields_of(kind, gone)))
        assert (answer.status, answer.headers, answer.body) == (
            other.status,
            other.headers,
            other.body,
        ), "as of what does not exist"


@pytest.mark.parametrize("role", [role for role in ROLES if role != OWNER])
def test_no_role_moves_a_thing_of_hers_and_each_is_answered_as_if_there_were_none(
    world: QuietWorld, role: str
) -> None:
    async def go() -> None:
        let_in = role in NAMED | CIRCLE
        before = await world.hers(log=not let_in)
        for act, row in FOREIGN.items():
            if role in row.may:
                continue
            there, gone = (filled_in(b, world.ids) for b in (row.there, row.gone))
            one, other = [await world.act(role, {"type": act, **b}) for b in (there, gone)]
            assert (one.status, one.headers, one.body) == (
                other.status,
                other.headers,
                other.body,
            ), act
            assert (one.status == 401) is (role in ("nobody", "forgotten")), act
            if role == "waiting":
                assert not one.said["kept"], act
        assert await world.hers(log=not let_in) == before

    asyncio.run(go())


@pytest.mark.parametrize("role", ["manager", "steward", "dancer", *STRANGERS])
def test_what_somebody_does_about_themself_moves_nothing_of_hers(tmp_path: Path, role: str) -> None:
    async def go() -> None:
        world = QuietWorld(tmp_path)
        await world.begin()
        before = await world.hers()
        for act, body in SELF.items():
            if act == "ForgetThis" and role not in STRANGERS:
                break  # who is erased has no phone
            if role == "waiting" and act in ("Press", "ForgetThis"):
                continue  # its distress is hers, and it may go
            answer = await world.act(role, {"type": act, **body})
            unknown = role in ("nobody", "forgotten")
            assert answer.status == (401 if unknown else 200), act
            if role in STRANGERS:
                assert not answer.said["kept"], act
        assert await world.hers() == before
        world.close()

    asyncio.run(go())


def test_whoever_may_does(tmp_path: Path) -> None:
    async def go() -> None:
        world = QuietWorld(tmp_path)
        await world.begin()
        for act, row in FOREIGN.items():
            for role in row.may:
                answer = await world.act(role, {"type": act, **filled_in(row.there, world.ids)})
                assert answer.said["kept"], (act, role, answer.said)
        assert (
            await world.read("named", {"type": "ReadLetter", "letter": GIVEN})
        ).said == NOTHING_SHOWN
        world.close()

    asyncio.run(go())


@pytest.mark.parametrize("reader", ["named", "circle"])
def test_what_she_takes_back_is_gone_at_the_next_read_and_from_the_next_frame(
    tmp_path: Path, reader: str
) -> None:
    async def go() -> None:
        world = QuietWorld(tmp_path)
        await world.begin()
        reads = [
            (read, id_) for (read, id_), row in READS.items() if row.get(reader) and id_ != GIVEN
        ]
        for taken_back in filter(None, PAPERS.values()):
            await world.act(OWNER, taken_back[1])
        await world.does(OWNER, "WriteCircle", order=[], second_after=20)
        for read, id_ in reads:
            kind = next(k for k in typing.get_args(Read) if k.__name__ == read)
            said = (await world.read(reader, {"type": read, **fields_of(kind, id_)})).body
            left = {word.decode() for word in CANARY.findall(said)}
            assert left <= {"a message", "a letter"}, (read, left)
        frame = await world.frame(reader)
        for trace in (b'"gone":[]', b'"ways":[]', b'"songs":[]', b'"checkin_told":[]'):
            assert trace in frame
        world.close()

    asyncio.run(go())


def test_every_kind_of_paper_and_box_has_its_row(world: QuietWorld) -> None:
    keyring = world.pages.care.keep.keyring
    kept = {_kind(kind) for person in world.tokens for kind in index.kinds_of(keyring, person)}
    assert kept == PAPERS.keys()
    assert BOXES.keys() == {"log", "sealed", "told", "checkins", "ear given"}
    read_by_others = {read for (read, _), row in READS.items() if row.keys() - {OWNER}}
    withdrawn_at = {row[0] for row in PAPERS.values() if row}
    assert withdrawn_at <= read_by_others
    assert read_by_others - withdrawn_at == {"ReadExport"}, "which shows what stands elsewhere"


def _kind(kind: str) -> str:
    many = ("letter ", "note ", "invitation ", "wish ", "demo ", "song ", "ear line ")
    return next((name.strip() for name in many if kind.startswith(name)), kind)
