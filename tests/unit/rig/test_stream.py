"""TCP destinations: what arrives, and what is said when nobody listens."""

import socket
import time
from collections.abc import Iterator

import pytest

from collavoce.rig.stream import AGAIN_S, BACKLOG_LIMIT, StreamSender
from collavoce.rig.udp import Destination
from collavoce.units import Instant
from collavoce.wire.slip import SlipStream

WAIT_S = 5.0


@pytest.fixture(name="listener")
def _listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(WAIT_S)
        yield server


def sender(listener: socket.socket) -> StreamSender:
    return StreamSender(Destination("desk", listener.getsockname()))


def connected(stream: StreamSender, now: float = 0.0) -> None:
    """Loopback connects at once, but the kernel decides when it says so."""
    until = time.monotonic() + WAIT_S
    while not stream.connected and time.monotonic() < until:
        stream.pump(Instant(now))
        time.sleep(0.001)
    assert stream.connected


def test_datagrams_arrive_framed_and_in_order(listener: socket.socket) -> None:
    stream = sender(listener)
    connected(stream)
    for datagram in (b"/go\0", b"\xc0\xdb"):
        assert stream.send(datagram, Instant(0.0)).datagrams == 1
    with listener.accept()[0] as other:
        other.settimeout(WAIT_S)
        cut, got = SlipStream(), list[bytes]()
        while len(got) < 2:
            got += cut.feed(other.recv(4096))
    assert got == [b"/go\0", b"\xc0\xdb"]
    stream.close()


def test_nobody_there_is_said_with_name_and_address_and_nothing_is_kept() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = gone.getsockname()
    stream = StreamSender(Destination("desk", address))
    sent = stream.send(b"/go\0", Instant(0.0))
    assert sent.datagrams == 0
    assert f"desk: not connected to 127.0.0.1:{address[1]} by TCP" in sent.problem


def test_an_end_that_comes_later_is_found_and_what_was_missed_is_not_sent_late() -> None:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        stream = StreamSender(Destination("desk", place.getsockname()))
        assert stream.send(b"early", Instant(0.0)).datagrams == 0
        place.listen()
        place.settimeout(WAIT_S)
        assert not stream.connected
        connected(stream, now=AGAIN_S + 0.1)
        assert stream.send(b"late", Instant(AGAIN_S + 0.2)).datagrams == 1
        with place.accept()[0] as other:
            other.settimeout(WAIT_S)
            assert SlipStream().feed(other.recv(64)) == [b"late"]
        stream.close()


def test_an_end_that_hangs_up_is_noticed_and_called_again(listener: socket.socket) -> None:
    stream = sender(listener)
    connected(stream)
    listener.accept()[0].close()
    until = time.monotonic() + WAIT_S
    while stream.connected and time.monotonic() < until:
        stream.pump(Instant(0.0))
        time.sleep(0.001)
    assert "hung up" in stream.send(b"x", Instant(0.1)).problem
    connected(stream, now=AGAIN_S + 0.1)
    stream.close()


def test_an_end_that_reads_nothing_costs_bounded_memory_and_no_waiting(
    listener: socket.socket,
) -> None:
    stream = sender(listener)
    connected(stream)
    with listener.accept()[0]:
        problems = [stream.send(b"x" * 60_000, Instant(0.0)).problem for _ in range(400)]
        assert problems[0] == ""
        assert any("reads too slowly" in problem for problem in problems)
        assert len(stream._waiting) <= BACKLOG_LIMIT
    stream.close()
