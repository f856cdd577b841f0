"""The gateway as a process: real datagrams and connections, death, floods, foreign senders."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.process.gateway_house import (
    PATIENCE_S,
    Controller,
    GatewayHouse,
    gateway_house,
    heard_messages,
    wait_until,
)
from tests.unit.gateway.little_house import bare

from collavoce.runtime.gateway.book import Book, with_allowed
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import AskConnections, ConnectionsTold, pack, unpack
from collavoce.show.commands import Go, GoTo, Hold, PointTo
from collavoce.wire.keyed import Answer, read_answer
from collavoce.wire.slip import SlipStream, frame

pytestmark = pytest.mark.process
FLOOD = 20_000


@pytest.fixture
def house(tmp_path: Path) -> Generator[GatewayHouse]:
    with gateway_house(tmp_path) as house:
        yield house


@pytest.fixture
def wings(house: GatewayHouse) -> Generator[Controller]:
    made = Controller(house.port)
    yield made
    made.close()


def view(house: GatewayHouse) -> dict[str, object]:
    """What the gateway tells of its connections."""
    with Mailbox(house.config.box("asker")) as box:
        assert box.send(house.config.box("gateway"), pack(AskConnections()))
        received: list[bytes] = []
        wait_until(lambda: (got := box.receive()) is not None and not received.append(got[0]))
        told = unpack(received[0])
        assert isinstance(told, ConnectionsTold)
        return told.view


def test_a_keyed_go_reaches_the_engine_and_its_answer_comes_back(
    house: GatewayHouse, wings: Controller
) -> None:
    assert wings.say("/collavoce/go/12").answer == Answer.KEPT
    house.engine.refuses = "not now"
    refused = wings.say("/collavoce/goto", "12.5")
    assert (refused.answer, refused.words) == (Answer.REFUSED, "not now")
    asked = [(a.command, a.by) for a in house.engine.asked]
    assert asked == [(Go("12"), "remote wings"), (GoTo("12.5"), "remote wings")]
    assert len({a.key for a in house.engine.asked}) == 2


def test_the_same_datagram_again_is_answered_again_and_done_once(
    house: GatewayHouse, wings: Controller
) -> None:
    wings.say("/collavoce/hello")
    wings.count += 1
    datagram = wings.datagram("/collavoce/go")
    first, again = wings.ask(datagram), wings.ask(datagram)
    assert first == again
    assert [a.command for a in house.engine.asked] == [Go()]


def test_an_engine_that_is_away_is_asked_again_and_its_controller_told(
    house: GatewayHouse, wings: Controller
) -> None:
    wings.say("/collavoce/hello")
    house.engine.deaf = True
    answer = wings.say("/collavoce/go")
    assert answer.answer == Answer.SILENT
    assert answer.words
    assert len(house.engine.asked) == 3
    assert len({a.key for a in house.engine.asked}) == 1


def test_a_gateway_that_was_killed_is_found_on_the_same_door_under_another_epoch(
    house: GatewayHouse, wings: Controller
) -> None:
    wings.say("/collavoce/go")
    recorded = wings.datagram("/collavoce/go")
    epoch = wings.epoch
    house.kill()
    house.start()
    assert wings.ask(recorded).answer == Answer.AGAIN
    assert wings.say("/collavoce/hold").answer == Answer.KEPT
    assert wings.epoch != epoch
    assert [a.command for a in house.engine.asked] == [Go(), Hold()]


def test_a_flood_of_bad_packets_moves_no_cue_and_keeps_no_key_out(
    house: GatewayHouse, wings: Controller
) -> None:
    wings.say("/collavoce/hello")
    forged = wings.datagram("/collavoce/go")[:-1] + b"\0"
    noise = [b"\0" * 100, forged, bare("/collavoce/panic")[:-4], bare("/other/go"), b"#bundle\0"]
    for number in range(FLOOD):
        with socket_errors():
            wings.socket.send(noise[number % len(noise)])
    assert wings.say("/collavoce/go").answer == Answer.KEPT
    assert [a.command for a in house.engine.asked] == [Go()]
    counts = view(house)["counts"]
    assert isinstance(counts, dict)
    assert sum(counts.values()) > 100
    wait_until((house.config.state_dir / "refused.log").exists)


class socket_errors:  # noqa: N801  reads as `suppress` does
    """A full buffer drops a packet of a flood, as a network would."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, OSError)


def test_over_tcp_the_same_packets_go_by_slip_and_are_answered_there(
    house: GatewayHouse, wings: Controller
) -> None:
    slip, answers = SlipStream(), list[int]()
    with socket.create_connection(("127.0.0.1", house.port), PATIENCE_S) as stream:
        for _ in range(2):
            wings.count += 1
            datagram = frame(wings.datagram("/collavoce/go"))
            stream.sendall(datagram[:20])
            time.sleep(0.05)
            stream.sendall(datagram[20:])
            (packet,) = slip.feed(stream.recv(2048))
            answer = read_answer(wings.key, packet)
            wings.epoch, wings.count = answer.epoch, answer.count
            answers.append(answer.answer)
    assert answers == [Answer.AGAIN, Answer.KEPT]
    assert [a.command for a in house.engine.asked] == [Go()]


def test_a_connection_that_sends_nonsense_is_closed_and_others_go_on(
    house: GatewayHouse, wings: Controller
) -> None:
    with socket.create_connection(("127.0.0.1", house.port), PATIENCE_S) as stream:
        stream.sendall(b"\xdb\x00 nonsense")
        assert stream.recv(100) == b""
    assert wings.say("/collavoce/hello").answer == Answer.KEPT


def test_not_more_than_a_few_connections_of_one_address(house: GatewayHouse) -> None:
    streams = [socket.create_connection(("127.0.0.1", house.port), PATIENCE_S) for _ in range(6)]
    try:
        assert streams[-1].recv(1) == b""
    finally:
        for stream in streams:
            stream.close()


def test_a_bare_packet_goes_once_its_source_is_allowed_and_no_more_once_it_is_forgotten(
    house: GatewayHouse, wings: Controller
) -> None:
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    stranger.connect(("127.0.0.1", house.port))

    def goes() -> bool:
        before = len(house.engine.asked)
        stranger.send(bare("/collavoce/go"))
        wings.say("/collavoce/hello")
        time.sleep(0.02)
        return len(house.engine.asked) > before

    assert not goes()
    house.book.edit(lambda book: with_allowed(book, "127.0.0.1", "/collavoce/*"))
    wait_until(goes)
    assert house.engine.asked[-1].by == "osc 127.0.0.1"
    house.book.edit(lambda _: Book())
    time.sleep(0.7)
    before = len(house.engine.asked)
    stranger.send(bare("/collavoce/go"))
    time.sleep(0.3)
    assert len(house.engine.asked) == before
    stranger.close()


def test_a_slip_in_the_book_costs_nobody_what_was_allowed(
    house: GatewayHouse, wings: Controller
) -> None:
    house.book.path.write_text("{", encoding="utf-8")
    wait_until(lambda: bool(view(house)["trouble"]))
    assert wings.say("/collavoce/go").answer == Answer.KEPT


def test_feedback_comes_to_who_proved_a_key_and_to_the_port_it_named(wings: Controller) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        assert wings.say("/collavoce/feedback", listening.getsockname()[1]).answer == Answer.KEPT
        heard: dict[str, object] = {}
        wanted = {"/collavoce/out/held": (0,), "/collavoce/out/standby": ("", "")}
        wait_until(
            lambda: heard.update(heard_messages(listening)) or wanted.items() <= heard.items()
        )


def test_a_source_of_the_book_is_told_at_its_port(house: GatewayHouse) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        house.book.edit(lambda book: with_allowed(book, "127.0.0.1", "/collavoce/*", port))
        heard: dict[str, object] = {}
        wait_until(lambda: heard.update(heard_messages(listening)) or len(heard) > 5)


@pytest.mark.skipif(shutil.which("oscsend") is None, reason="liblo-tools are not installed")
def test_liblo_sends_what_is_understood(house: GatewayHouse) -> None:
    house.book.edit(lambda book: with_allowed(book, "127.0.0.1", "/collavoce/*"))
    wait_until(lambda: "127.0.0.1, bare: /collavoce/*" in str(view(house)))
    for words in (
        ("/collavoce/go",),
        ("/collavoce/go", "s", "12"),
        ("/collavoce/goto", "f", "2.5"),
        ("/collavoce/hold", "i", "0"),
        ("/collavoce/hold", "T"),
    ):
        subprocess.run(("oscsend", "127.0.0.1", str(house.port), *words), check=True)
    wait_until(lambda: len(house.engine.asked) == 4)
    assert [a.command for a in house.engine.asked] == [Go(), Go("12"), GoTo("2.5"), Hold()]


@pytest.mark.skipif(shutil.which("oscsend") is None, reason="liblo-tools are not installed")
def test_liblo_is_understood_over_tcp_too(house: GatewayHouse) -> None:
    house.book.edit(lambda book: with_allowed(book, "127.0.0.1", "/collavoce/*"))
    wait_until(lambda: "127.0.0.1, bare: /collavoce/*" in str(view(house)))
    where = f"osc.tcp://127.0.0.1:{house.port}/"
    subprocess.run(("oscsend", where, "/collavoce/go", "s", "12"), check=True)
    wait_until(lambda: len(house.engine.asked) == 1)
    assert [a.command for a in house.engine.asked] == [Go("12")]


def collavoce(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        (sys.executable, "-m", "collavoce", *words), stdout=subprocess.PIPE, text=True
    )


def test_beside_a_running_show_the_terminal_lists_learns_and_forgets(house: GatewayHouse) -> None:
    folder = str(house.folder)
    learning = collavoce("connections", folder, "learn", "fire/2")
    assert learning.stdout is not None
    assert "Press the button" in learning.stdout.readline()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as button:
        button.connect(("127.0.0.1", house.port))
        wait_until(lambda: view(house)["learning"] == "fire/2")
        button.send(bare("/x/1", 1.0))
        assert "Learned: osc /x/1 from 127.0.0.1 does fire/2." in learning.stdout.read()
        assert learning.wait(PATIENCE_S) == 0
        assert house.engine.asked == [], "the button that is taught does not fire"
        button.send(bare("/x/1", 1.0))
        wait_until(lambda: len(house.engine.asked) == 2)
        assert [a.command for a in house.engine.asked] == [PointTo("2"), Go("2")]
        button.send(bare("/x/2", 1.0))
    listed = collavoce("connections", folder).communicate()[0]
    assert "127.0.0.1: osc /x/1 does fire/2" in listed
    assert "127.0.0.1 /x/2: not allowed from there (1 times" in listed


def test_it_ends_in_order_when_it_is_asked_to(house: GatewayHouse) -> None:
    assert house.end() == 0
    assert not house.config.box("gateway").exists()
