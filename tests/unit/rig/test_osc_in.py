"""The doors that OSC comes in by, on loopback."""

import select
import socket
from collections.abc import Generator

import pytest

from collavoce.rig.osc_in import AT_ONCE, CONNECTIONS_EACH, LONGEST, OscDatagrams, OscStreams, plain
from collavoce.runtime.opening import OpeningError, osc_doors
from collavoce.wire.counted import CountedStream, counted
from collavoce.wire.slip import SlipStream, frame


@pytest.fixture
def doors() -> Generator[tuple[OscDatagrams, OscStreams, int]]:
    datagrams, streams = osc_doors("127.0.0.1", 0)
    port = datagrams.getsockname()[1]
    assert streams.getsockname()[1] == port, "one port for both"
    made = OscDatagrams(datagrams), OscStreams(streams)
    yield *made, port
    for door in made:
        door.close()


def readable(streams: OscStreams) -> set[int]:
    return set(select.select(streams.filenos(), [], [], 5.0)[0])


def test_a_datagram_comes_with_its_source_and_is_answered(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    datagrams, _, port = doors
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.settimeout(5.0)
        sender.connect(("127.0.0.1", port))
        sender.send(b"/a\0\0,\0\0\0")
        (arrived,) = datagrams.receive()
        assert (arrived.source, arrived.packet) == ("127.0.0.1", b"/a\0\0,\0\0\0")
        arrived.answer(b"/b\0\0,\0\0\0")
        assert sender.recv(100) == b"/b\0\0,\0\0\0"


def test_not_more_than_so_many_at_once_and_the_rest_next_time(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    datagrams, _, port = doors
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for _ in range(AT_ONCE + 3):
            sender.sendto(b"x", ("127.0.0.1", port))
    assert [len(datagrams.receive()) for _ in range(3)] == [AT_ONCE, 3, 0]


def test_a_datagram_that_is_too_long_is_seen_to_be(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    datagrams, _, port = doors
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(bytes(20_000), ("127.0.0.1", port))
    (arrived,) = datagrams.receive()
    assert len(arrived.packet) == LONGEST + 1


def test_packets_on_a_connection_are_cut_whatever_pieces_they_come_in(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    _, streams, port = doors
    with socket.create_connection(("127.0.0.1", port), 5.0) as sender:
        assert streams.receive(readable(streams)) == []
        sender.sendall(frame(b"one") + frame(b"two")[:3])
        first = streams.receive(readable(streams))
        sender.sendall(frame(b"two")[3:])
        second = streams.receive(readable(streams))
        assert [a.packet for a in first + second] == [b"one", b"two"]
        second[0].answer(b"yes")
        assert SlipStream().feed(sender.recv(100)) == [b"yes"]


def test_a_connection_that_counts_its_packets_is_understood_and_answered_so(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    _, streams, port = doors
    with socket.create_connection(("127.0.0.1", port), 5.0) as sender:
        streams.receive(readable(streams))
        sender.sendall(counted(b"four") + counted(b"more")[:6])
        first = streams.receive(readable(streams))
        sender.sendall(counted(b"more")[6:])
        second = streams.receive(readable(streams))
        assert [a.packet for a in first + second] == [b"four", b"more"]
        second[0].answer(b"yes!")
        assert CountedStream().feed(sender.recv(100)) == [b"yes!"]


def test_a_connection_that_ends_or_talks_nonsense_is_let_go(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    _, streams, port = doors
    for last in (b"", b"\xdb\x01", b"\0\0\0\3abc", b"\0\xff\xff\xff"):
        with socket.create_connection(("127.0.0.1", port), 5.0) as sender:
            streams.receive(readable(streams))
            assert len(streams.filenos()) == 2
            sender.sendall(last)
            if not last:
                sender.shutdown(socket.SHUT_WR)
            assert streams.receive(readable(streams)) == []
            assert len(streams.filenos()) == 1


def test_one_source_has_only_a_few_connections(
    doors: tuple[OscDatagrams, OscStreams, int],
) -> None:
    _, streams, port = doors
    opened = [socket.create_connection(("127.0.0.1", port), 5.0) for _ in range(8)]
    streams.receive(readable(streams))
    assert len(streams.filenos()) == 1 + CONNECTIONS_EACH
    for one in opened:
        one.close()


def test_a_port_that_is_somebody_elses_is_said_and_a_free_one_is_found() -> None:
    datagrams, streams = osc_doors("127.0.0.1", 0)
    taken = datagrams.getsockname()[1]
    try:
        with pytest.raises(OpeningError, match=str(taken)):
            osc_doors("127.0.0.1", taken)
    finally:
        datagrams.close()
        streams.close()


def test_an_address_is_written_as_people_write_it() -> None:
    assert plain("::ffff:192.168.1.20") == "192.168.1.20"
    assert plain("192.168.1.20") == "192.168.1.20"
    assert plain("fe80::1%eth0") == "fe80::1"
