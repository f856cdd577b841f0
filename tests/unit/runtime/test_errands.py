"""Errands: in order, not behind one that hangs, bounded, each answered once."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from collavoce.rig.http import HttpAnswer, HttpServer
from collavoce.runtime.errands.lane import WAITING_MOST, Lane
from collavoce.runtime.errands.probing import probe
from collavoce.runtime.errands.process import Errands
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, unpack
from collavoce.runtime.wires.posts import Errand, pack_post
from collavoce.show.commands import HearAnswer

Told = list[tuple[str, HttpAnswer]]


class Slow(HttpServer):
    """A server that takes as many seconds as the path says."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", lambda: 0.0)
        self.began: list[str] = []

    async def request(
        self, method: str, path: str, body: bytes, kind: str, within_s: float
    ) -> HttpAnswer:
        del method, body, kind, within_s
        self.began.append(path)
        await asyncio.sleep(float(path.removeprefix("/")))
        return HttpAnswer("200 OK", ok=True, ms=1.0)


def errand(path: str, identity: str = "") -> Errand:
    return Errand(identity or path, "12", "media", "http://h:1", "POST", path, "", "text/plain")


def walked(*paths: str, until: Callable[[Slow, Told], bool]) -> tuple[Slow, Told]:
    """The server and what was told once `until` holds; bounded."""

    async def walk() -> tuple[Slow, Told]:
        server, told = Slow(), Told()
        lane = Lane(server, lambda one, answer: told.append((one.path, answer)))
        for path in paths:
            lane.put(errand(path))
        for _ in range(500):
            if until(server, told):
                break
            await asyncio.sleep(0.01)
        await lane.close()
        return server, told

    return asyncio.run(walk())


def test_errands_are_done_in_their_order() -> None:
    _, told = walked("/0.03", "/0.02", "/0.01", until=lambda _, told: len(told) == 3)
    assert [path for path, _ in told] == ["/0.03", "/0.02", "/0.01"]


def test_one_that_hangs_is_overtaken() -> None:
    _, told = walked("/60", "/0", until=lambda _, told: bool(told))
    assert [path for path, _ in told] == ["/0"]


def test_too_many_are_answered_as_not_done() -> None:
    many = ["/60"] * (WAITING_MOST + 2)
    _, told = walked(*many, until=lambda _, told: bool(told))
    assert told
    assert all(not answer.ok and "not done" in answer.words for _, answer in told)


def test_an_errand_is_done_once_and_its_answer_reaches_the_engine(tmp_path: Path) -> None:
    async def run() -> list[HearAnswer]:
        hits: list[bytes] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            hits.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await reader.read()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with Mailbox(tmp_path / "errands") as box, Mailbox(tmp_path / "engine") as engine:
            errands = Errands(box, tmp_path / "engine", "boot")
            one = Errand("7:0", "12", "media", origin, "GET", "/go", "", "")
            for datagram in (pack_post(one), b"\xc1 torn", pack_post(one)):
                engine.send(box.path, datagram)
            errands.read()
            answers: list[HearAnswer] = []
            for _ in range(500):
                await asyncio.sleep(0.01)
                received = engine.receive()
                if received is not None:
                    asked = unpack(received[0])
                    assert isinstance(asked, Asked)
                    assert isinstance(asked.command, HearAnswer)
                    answers.append(asked.command)
                    break
            await asyncio.sleep(0.05)
            await errands.close()
        server.close()
        assert len(hits) == 1
        return answers

    (answer,) = asyncio.run(run())
    assert (answer.cue, answer.to, answer.answer, answer.ok) == (
        "12",
        "media",
        "204 No Content",
        True,
    )


def test_a_server_that_is_away_is_told_before_any_errand_and_again_when_it_is_back() -> None:
    async def run() -> list[bool]:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        told: list[tuple[str, bool]] = []

        def tell(to: str, there: bool) -> None:  # noqa: FBT001  the answer to one question
            told.append((to, there))

        async def until(*, there: bool) -> None:
            for _ in range(500):
                if told and told[-1] == ("media", there):
                    return
                await asyncio.sleep(0.01)
            raise AssertionError(told)

        origins = {"media": f"http://127.0.0.1:{port}"}
        probing = asyncio.create_task(probe(origins, tell, 0.01))
        await until(there=True)
        server.close()
        await until(there=False)
        server = await asyncio.start_server(lambda _, w: w.close(), "127.0.0.1", port)
        await until(there=True)
        probing.cancel()
        server.close()
        return [there for _, there in told]

    told = asyncio.run(run())
    assert told[0]
    assert told[-1]
