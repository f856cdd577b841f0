"""What other ends answer to what a cue sent, by datagram and through a connection."""

import select
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from collavoce.rig.osc_out import ANSWER_S, Answer, OscRig
from collavoce.rig.udp import UdpSender
from collavoce.show.actions.osc import SendOsc
from collavoce.units import Instant
from collavoce.wire.osc import OscMessage, encode
from collavoce.wire.slip import frame

from .conftest import PATIENCE_S, Port

GO = SendOsc("video", "/go", (1,))
OK = encode(OscMessage("/ok", (1,)))


@dataclass
class Console:
    """A rig with one destination by UDP and one by TCP, and a clock moved by hand."""

    rig: OscRig
    sender: UdpSender
    now: float = 0.0
    answers: list[Answer] = field(default_factory=list[Answer])

    def send(self, action: SendOsc, cue: str = "12") -> str:
        return self.rig.ready(action)(cue, Instant(self.now)).problem

    def hear(self) -> list[Answer]:
        """What was answered, once something has come in."""
        ears = self.rig.hearing(Instant(self.now))
        assert select.select(ears, [], [], PATIENCE_S)[0]
        return self.rig.answers(Instant(self.now))


@pytest.fixture(name="video")
def _video(open_port: Callable[[], Port]) -> Port:
    return open_port()


@pytest.fixture(name="console")
def _console(video: Port) -> Iterator[Console]:
    sender = UdpSender()
    console = Console(OscRig({"video": video[1]}, sender), sender)
    yield console
    console.rig.close()
    sender.close()


def test_an_answer_names_the_cue_what_was_said_and_how_long_it_took(
    console: Console, video: Port
) -> None:
    console.send(GO)
    _, sender = video[0].recvfrom(999)
    video[0].sendto(OK, sender)
    console.now = 0.25
    assert console.hear() == [Answer("12", "video", "/ok 1", ok=True, ms=250.0)]


def test_only_the_first_packet_is_an_answer(console: Console, video: Port) -> None:
    console.send(GO)
    _, sender = video[0].recvfrom(999)
    for _ in range(3):
        video[0].sendto(OK, sender)
    assert len(console.hear()) == 1
    assert console.rig.answers(Instant(0.0)) == []


def test_a_stranger_answers_nothing(
    console: Console, video: Port, open_port: Callable[[], Port]
) -> None:
    console.send(GO)
    _, sender = video[0].recvfrom(999)
    open_port()[0].sendto(OK, sender)
    assert console.hear() == []


def test_what_is_no_osc_is_no_answer(console: Console, video: Port) -> None:
    console.send(GO)
    _, sender = video[0].recvfrom(999)
    video[0].sendto(b"hello", sender)
    assert console.hear() == []


def test_nothing_is_listened_to_but_for_a_second_after_a_message(console: Console) -> None:
    assert console.rig.hearing(Instant(0.0)) == ()
    console.send(GO)
    assert console.rig.hearing(Instant(0.5))
    assert console.rig.hearing(Instant(ANSWER_S + 0.01)) == ()


@pytest.fixture(name="listener")
def _listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        yield server


@pytest.fixture(name="connected")
def _connected(listener: socket.socket) -> Iterator[tuple[Console, socket.socket]]:
    sender = UdpSender()
    rig = OscRig({}, sender, {"desk": listener.getsockname()})
    console = Console(rig, sender)
    rig.pump(Instant(0.0))
    other = listener.accept()[0]
    other.settimeout(PATIENCE_S)
    tries = 0
    while console.send(SendOsc("desk", "/hello")) and tries < 1000:
        tries += 1
        rig.pump(Instant(0.0))
    yield console, other
    other.close()
    rig.close()
    sender.close()


def test_an_answer_through_a_connection_is_heard(
    connected: tuple[Console, socket.socket],
) -> None:
    console, other = connected
    other.sendall(frame(OK))
    assert [a.words for a in console.hear()] == ["/ok 1"]


def test_a_connection_that_ends_unanswered_is_told_as_a_failure(
    connected: tuple[Console, socket.socket],
) -> None:
    console, other = connected
    other.close()
    (answer,) = console.hear()
    assert (answer.cue, answer.to, answer.ok) == ("12", "desk", False)
    assert answer.words in {"the other end hung up", "Connection reset by peer"}


def test_a_destination_by_connection_and_one_by_datagram_are_told_apart(
    connected: tuple[Console, socket.socket],
) -> None:
    console, _ = connected
    assert "it knows desk" in console.send(SendOsc("vedio", "/go"))
