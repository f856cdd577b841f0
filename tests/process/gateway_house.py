"""A real gateway's process with real doors, and an engine that only remembers and answers."""

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.unit.gateway.little_house import KEY, little_book, little_show

from collavoce.runtime.clock import LiveClock
from collavoce.runtime.config import RunConfig, state_dir, write_config
from collavoce.runtime.gateway.book import Book
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, Declined, Kept, pack, unpack
from collavoce.runtime.opening import osc_doors
from collavoce.runtime.prepared import Prepared, pack_up
from collavoce.wire.keyed import NO_EPOCH, Answer, Answered, Keyed, read_answer, write_keyed
from collavoce.wire.osc import OscMessage, decode, encode
from collavoce.wire.osc.types import OscArg

PATIENCE_S = 10.0


@dataclass
class Engine:
    """The engine's mailbox. deaf: answers nothing; refuses: the words of every refusal."""

    box: Mailbox
    asked: list[Asked] = field(default_factory=list[Asked])
    deaf: bool = False
    refuses: str = ""
    ended: bool = False

    def run(self) -> None:
        while not self.ended:
            received = self.box.receive()
            if received is None:
                time.sleep(0.002)
                continue
            mail, sender = unpack(received[0]), received[1]
            assert isinstance(mail, Asked)
            self.asked.append(mail)
            if self.deaf or sender is None:
                continue
            answer = Declined(mail.key, self.refuses) if self.refuses else Kept(mail.key, 1)
            self.box.send(sender, pack(answer))


@dataclass
class GatewayHouse:
    """A gateway over `little_show`, its doors held open whether or not it lives."""

    folder: Path
    config: RunConfig
    engine: Engine
    process: "subprocess.Popen[bytes]"
    doors: tuple[socket.socket, socket.socket]

    @property
    def port(self) -> int:
        return self.config.osc_port

    @property
    def book(self) -> BookFile:
        return BookFile(state_dir(self.folder))

    def start(self) -> None:
        self.process = started(self.config)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(PATIENCE_S)


def started(config: RunConfig) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        (sys.executable, "-m", "collavoce.runtime.gateway", config.run_dir),
        stdout=subprocess.PIPE,
        pass_fds=(config.osc_fd, config.osc_tcp_fd),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready gateway\n"
    return process


@contextmanager
def gateway_house(tmp_path: Path, book: Book | None = None) -> Generator[GatewayHouse]:
    """A running gateway, and an engine beside it."""
    folder = tmp_path / "show"
    state_dir(folder).mkdir(parents=True)
    (folder / "show.toml").write_text("", encoding="utf-8")
    BookFile(state_dir(folder)).edit(lambda _: little_book() if book is None else book)
    run_dir = Path(tempfile.mkdtemp(prefix="collavoce-"))
    doors = osc_doors("127.0.0.1", 0)
    config = config_of(folder, run_dir, doors)
    write_config(config)
    pack_up(Prepared(little_show(), {}, {}), run_dir)
    engine = Engine(Mailbox(config.box("engine")))
    thread = threading.Thread(target=engine.run, daemon=True)
    thread.start()
    house = GatewayHouse(folder, config, engine, started(config), doors)
    try:
        yield house
    finally:
        house.kill()
        engine.ended = True
        thread.join(PATIENCE_S)
        engine.box.close()
        for door in doors:
            door.close()
        shutil.rmtree(run_dir, ignore_errors=True)


def config_of(folder: Path, run_dir: Path, doors: tuple[socket.socket, socket.socket]) -> RunConfig:
    return RunConfig(
        folder=str(folder),
        plan="",
        run_dir=str(run_dir),
        boot="boot",
        epoch=1,
        origin_ns=LiveClock.start().origin_ns,
        speed=1.0,
        performer="",
        midi_port="",
        host="127.0.0.1",
        public_host="127.0.0.1",
        web_port=0,
        care_port=0,
        web_fd=-1,
        care_fd=-1,
        tap_fd=-1,
        tap_port=0,
        desk_key="",
        badge_key="",
        headless=True,
        osc_fd=doors[0].fileno(),
        osc_tcp_fd=doors[1].fileno(),
        osc_port=doors[0].getsockname()[1],
        osc_host="127.0.0.1",
    )


class Controller:
    """Whoever speaks keyed OSC by docs/connections.md."""

    def __init__(self, port: int, name: str = "wings", key: bytes = KEY) -> None:
        self.name, self.key = name, key
        self.epoch, self.count = NO_EPOCH, 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(0.25)

    def say(self, address: str, *args: OscArg) -> Answered:
        """Say it, under a fresh epoch if need be, until it is answered."""
        for _ in range(3):
            self.count += 1
            answer = self.ask(self.datagram(address, *args))
            if answer.answer != Answer.AGAIN:
                return answer
            self.epoch, self.count = answer.epoch, answer.count
        raise AssertionError("an epoch that changes with every question")

    def datagram(self, address: str, *args: OscArg) -> bytes:
        packet = encode(OscMessage(address, args))
        return write_keyed(self.key, Keyed(self.name, self.epoch, self.count, packet))

    def ask(self, datagram: bytes) -> Answered:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                self.socket.send(datagram)
                while True:
                    answer = read_answer(self.key, self.socket.recv(2048))
                    if self.is_news(answer):
                        return answer
            except OSError:
                # Lost, or a gateway that is just being started again.
                continue
        raise AssertionError("no answer")

    def is_news(self, answer: Answered) -> bool:
        """Whether it answers the last question, and not one before that was said twice."""
        if answer.answer == Answer.AGAIN:
            return answer.epoch != self.epoch
        return (answer.epoch, answer.count) == (self.epoch, self.count)

    def close(self) -> None:
        self.socket.close()


def heard_messages(listening: socket.socket) -> list[tuple[str, tuple[OscArg, ...]]]:
    """What has arrived at a listening socket."""
    listening.setblocking(False)
    messages: list[tuple[str, tuple[OscArg, ...]]] = []
    while True:
        try:
            message = decode(listening.recv(4096))
        except BlockingIOError:
            return messages
        assert isinstance(message, OscMessage)
        messages.append((message.address, message.args))


def wait_until(true: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
    until = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
