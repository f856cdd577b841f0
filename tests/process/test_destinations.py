"""A real performance whose cues speak to everything: OSC both ways, HTTP, sound."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from tests.unit.rig.sound.tone import constant

from collavoce.cli.run import readable_show
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.links import Mailbox
from collavoce.runtime.live import LivePerformance, live_performance
from collavoce.runtime.mail import Asked, pack
from collavoce.runtime.opening import Options
from collavoce.show.commands import AnyCommand, Go
from collavoce.show.events import AnyEvent, CueAnswered, CueSent
from collavoce.wire.osc import OscMessage, decode, encode
from collavoce.wire.slip import SlipStream

PATIENCE_S = 60.0

SHOW = """\
title = "Destinations"
timezone = "Europe/Vienna"

[patch.osc]
video = "127.0.0.1:{udp}"
desk = "127.0.0.1:{tcp}/tcp"

[patch.http]
media = "http://127.0.0.1:{http}"

[[numbers]]
id = "1"
title = "One"

[[numbers.cues]]
number = "1"
name = "clip"
department = "VID"
osc = {{ to = "video", address = "/clip", args = [1] }}
by = "hand"

[[numbers.cues]]
number = "2"
name = "desk"
department = "LX"
osc = {{ to = "desk", address = "/go", args = [2] }}
after = "1 + 0.1"

[[numbers.cues]]
number = "3"
name = "media"
department = "VID"
http = {{ to = "media", method = "POST", path = "/play", body = "{{}}" }}
after = "1 + 0.2"

[[numbers.cues]]
number = "4"
name = "rain"
department = "SND"
sound = {{ file = "rain.wav" }}
after = "1 + 0.3"
"""


@dataclass
class World:
    """The other ends: what reached them, in words."""

    heard: list[str] = field(default_factory=list[str])
    closed: bool = False
    udp: socket.socket = field(init=False)
    tcp: socket.socket = field(init=False)
    http: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.udp.settimeout(0.2)
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.tcp.settimeout(0.2)
        world = self

        class Media(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                world.heard.append(f"POST {self.path}")
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Media)
        for work in (self._udp, self._tcp, self.http.serve_forever):
            threading.Thread(target=work, daemon=True).start()

    def _udp(self) -> None:
        while not self.closed:
            try:
                data, sender = self.udp.recvfrom(4096)
            except TimeoutError:
                continue
            self._heard(data)
            self.udp.sendto(encode(OscMessage("/thanks", ())), sender)

    def _tcp(self) -> None:
        while not self.closed:
            try:
                other = self.tcp.accept()[0]
            except TimeoutError:
                continue
            threading.Thread(target=self._read, args=(other,), daemon=True).start()

    def _read(self, other: socket.socket) -> None:
        cut = SlipStream()
        with other:
            while data := other.recv(4096):
                for datagram in cut.feed(data):
                    self._heard(datagram)

    def _heard(self, data: bytes) -> None:
        message = decode(data)
        assert isinstance(message, OscMessage)
        self.heard.append(message.address)

    def close(self) -> None:
        self.closed = True
        self.http.shutdown()
        time.sleep(0.3)
        self.udp.close()
        self.tcp.close()


@pytest.fixture(name="world")
def _world() -> Generator[World]:
    made = World()
    yield made
    made.close()


def laid_out(folder: Path, world: World) -> Path:
    folder.mkdir()
    constant(folder / "rain.wav", 0.5)
    ports = {
        "udp": world.udp.getsockname()[1],
        "tcp": world.tcp.getsockname()[1],
        "http": world.http.server_port,
    }
    (folder / "show.toml").write_text(SHOW.format(**ports), encoding="utf-8")
    return folder


def quietly(_name: str, _state: str, _restarts: int) -> None:
    """Whoever dies is started again; nobody needs to hear of it."""


@pytest.fixture(name="house")
def _house(tmp_path: Path, world: World) -> Generator["House"]:
    folder = laid_out(tmp_path / "show", world)
    prepared, plan = readable_show(folder)
    options = Options(folder, care_root=tmp_path / "care")
    with (
        live_performance(options, prepared, plan, quietly) as live,
        Mailbox(Path(live.config.run_dir) / "hand") as box,
    ):
        yield House(live, box)


@dataclass
class House:
    """An open performance, and a hand to ask with."""

    live: LivePerformance
    box: Mailbox

    def ask(self, command: AnyCommand) -> None:
        asked = pack(Asked(command, "caller", fresh_id()))
        assert self.box.send(self.live.config.box("engine"), asked)

    def wait_until(self, holds: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < until, self.events()
            self.live.turn()

    def events(self) -> list[AnyEvent]:
        return [entry.event for _, entry in self.live.folded.recent]

    def answers(self) -> dict[str, CueAnswered]:
        return {e.to: e for e in self.events() if isinstance(e, CueAnswered)}

    def sent(self) -> dict[str, CueSent]:
        return {e.cue: e for e in self.events() if isinstance(e, CueSent)}


@pytest.mark.process
@pytest.mark.timeout(180)
def test_every_destination_is_reached_and_every_answer_is_on_record(
    house: House, world: World
) -> None:
    assert {"errands", "sound"} <= house.live.supervisor.pids().keys()
    house.ask(Go("1"))
    house.wait_until(lambda: len(house.answers()) == 3 and "4" in house.sent())
    assert sorted(world.heard) == ["/clip", "/go", "POST /play"]
    answers = house.answers()
    assert (answers["video"].answer, answers["video"].ok) == ("/thanks", True)
    assert (answers["media"].answer, answers["media"].ok) == ("200 OK", True)
    assert answers["sound"].answer.startswith(("playing on", "not heard"))
    assert {cue: sent.problem for cue, sent in house.sent().items()} == dict.fromkeys("1234", "")
    assert house.sent()["3"].sent[0].what == "POST /play"


@pytest.mark.process
@pytest.mark.timeout(180)
def test_the_processes_that_carry_may_die_and_nothing_is_done_twice(
    house: House, world: World
) -> None:
    house.ask(Go("1"))
    house.wait_until(lambda: len(house.answers()) == 3)
    for name in ("errands", "sound", "engine"):
        before = house.live.supervisor.pids()[name]
        os.kill(before, signal.SIGKILL)
        house.wait_until(
            lambda name=name, before=before: (
                house.live.supervisor.pids().get(name, before) != before
            )
        )
    house.ask(Go())
    house.wait_until(lambda: world.heard.count("POST /play") == 1)
    assert world.heard.count("/clip") == 1


def troubles(client: httpx.Client) -> dict[str, str]:
    """What the desk's rail shows now: name -> state."""
    with client.stream("GET", "/events") as stream:
        lines = stream.iter_lines()
        while next(lines) != "event: state":
            pass
        state: Any = msgspec.json.decode(next(lines).removeprefix("data: "))
    shown = state["rail"]["processes"]
    return {one["name"]: one["sign"]["is"] for one in shown if one["sign"]["tone"] != "quiet"}


@pytest.mark.process
@pytest.mark.timeout(180)
def test_what_is_away_stands_in_the_rail_before_any_go_until_it_is_back(
    tmp_path: Path, world: World
) -> None:
    folder = laid_out(tmp_path / "show", world)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        away = gone.getsockname()
    text = (folder / "show.toml").read_text(encoding="utf-8")
    text = text.replace(str(world.tcp.getsockname()[1]), str(away[1]))
    text = text.replace(f":{world.http.server_port}", f":{away[1]}")
    midi = 'keys = "no such port"'
    text = text.replace("[patch.http]", f"[patch.midi]\n{midi}\n\n[patch.http]")
    (folder / "show.toml").write_text(text, encoding="utf-8")
    prepared, plan = readable_show(folder)
    options = Options(folder, care_root=tmp_path / "care")
    with live_performance(options, prepared, plan, quietly) as live:
        url = f"http://127.0.0.1:{live.config.web_port}"
        with httpx.Client(base_url=url, headers={"Origin": url}, timeout=10.0) as client:
            assert client.post("/open", json={"key": live.config.desk_key}).is_success

            def until(holds: Callable[[dict[str, str]], bool]) -> None:
                end = time.monotonic() + PATIENCE_S
                while not holds(shown := troubles(client)):
                    assert time.monotonic() < end, shown
                    live.turn()

            missing = {
                "destination desk": "process.not_connected",
                "destination media": "process.no_server",
                "destination keys": "process.no_port",
            }
            until(lambda shown: missing.items() <= shown.items())
            with socket.create_server(away):
                until(lambda shown: not {"destination desk", "destination media"} & shown.keys())
            until(lambda shown: missing.items() <= shown.items())
