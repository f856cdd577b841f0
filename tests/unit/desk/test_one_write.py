"""What a connection is handed of an answer's head and body."""

import asyncio
from typing import cast
from unittest import mock

import pytest

from collavoce.desk.one_write import OneWrite

HEAD, BODY = b"HTTP/1.1 200 OK\r\n\r\n", b"{}"


class Wire:
    """Keeps what it is handed, in order; "closed" and "aborted" among it."""

    def __init__(self) -> None:
        self.handed: list[bytes | str] = []
        self.closing = False

    def write(self, data: bytes) -> None:
        self.handed.append(data)

    def close(self) -> None:
        self.closing = True
        self.handed.append("closed")

    def abort(self) -> None:
        self.closing = True
        self.handed.append("aborted")

    def is_closing(self) -> bool:
        return self.closing


@pytest.fixture
def wire() -> Wire:
    return Wire()


def one_write(wire: Wire) -> OneWrite:
    return OneWrite(cast("asyncio.Transport", wire))


def test_head_and_body_are_one_write(wire: Wire) -> None:
    async def answer() -> None:
        transport = one_write(wire)
        transport.write(HEAD)
        transport.write(BODY)
        await asyncio.sleep(0)

    asyncio.run(answer())
    assert wire.handed == [HEAD + BODY]


def test_the_head_of_a_stream_leaves_with_the_next_turn_and_its_parts_at_once(wire: Wire) -> None:
    async def stream() -> None:
        transport = one_write(wire)
        transport.write(HEAD)
        assert wire.handed == []
        await asyncio.sleep(0)
        assert wire.handed == [HEAD]
        for part in (b"one", b"two"):
            transport.write(part)
            assert wire.handed[-1] == part

    asyncio.run(stream())


def test_each_answer_of_a_connection_has_a_head_of_its_own(wire: Wire) -> None:
    async def answers() -> None:
        transport = one_write(wire)
        for _ in range(2):
            transport.write(HEAD)
            transport.write(BODY)
            transport.next_answer()

    asyncio.run(answers())
    assert wire.handed == [HEAD + BODY, HEAD + BODY]


def test_what_is_held_is_sent_before_the_connection_closes(wire: Wire) -> None:
    async def refused() -> None:
        transport = one_write(wire)
        transport.write(HEAD)
        transport.close()
        await asyncio.sleep(0)

    asyncio.run(refused())
    assert wire.handed == [HEAD, "closed"]


def test_nothing_is_sent_on_a_connection_that_was_aborted(wire: Wire) -> None:
    async def cut() -> None:
        transport = one_write(wire)
        transport.write(HEAD)
        transport.abort()
        await asyncio.sleep(0)

    asyncio.run(cut())
    assert wire.handed == ["aborted"]


def test_the_server_asks_the_connection_itself_who_is_there() -> None:
    through = mock.Mock()
    OneWrite(through).get_extra_info("peername", ())
    through.get_extra_info.assert_called_once_with("peername", ())
