"""A real care process and phones that speak to it over real HTTP, for the process tests."""

import json
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec

from collavoce.desk.care.stream import FRAME_BYTES
from collavoce.runtime.care.config import CareConfig, write_config
from collavoce.runtime.links import Mailbox
from collavoce.runtime.takes.place import takes_place

READY_S = 20.0
STEP_S = 15.0

PEOPLE = (("pianist", "Yuna Park"), ("friend", "Mira Ortiz"), ("second", "Ben Adler"),
          ("third", "Caro Lind"), ("manager", "Otto Graf"))  # fmt: skip
EXITS = (("left", "stage left"), ("right", "stage right"))


View = dict[str, Any]
"""What a frame says, as JSON."""


class GoneError(Exception):
    """The process does not answer."""


@dataclass
class CareProcess:
    """The process over one set of folders; killed and started again it keeps its door."""

    root: Path
    config: dict[str, Any] = field(default_factory=dict[str, Any])
    process: "subprocess.Popen[bytes] | None" = None
    latest: "dict[str, Phone]" = field(default_factory=dict[str, "Phone"])
    """person -> the phone that says yes to their next one"""

    def __post_init__(self) -> None:
        self.run_dir = self.root / "run"
        self.care_dir = self.root / "data" / "a1b2c3"
        self.key_file = self.root / "keys" / "a1b2c3.key"
        self.show_dir = self.root / "show"
        for folder in (self.run_dir, self.care_dir, self.key_file.parent, self.show_dir):
            folder.mkdir(parents=True, exist_ok=True)
        (self.show_dir / "show.toml").write_text('title = "Little evening"\n', encoding="utf-8")
        self.door = socket.socket()
        self.door.bind(("127.0.0.1", 0))
        self.door.listen(128)
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.config_path = self.run_dir / "care.json"
        usual = CareConfig(
            show="Little evening",
            people=PEOPLE,
            exits=EXITS,
            care_dir=str(self.care_dir),
            key_file=str(self.key_file),
            run_dir=str(self.run_dir),
            badge_key="a key of this test",
            usual_exits={"pianist": "left"},
            fd=self.door.fileno(),
            takes=takes_place(self.show_dir, self.root / "apart"),
        )
        write_config(msgspec.structs.replace(usual, **self.config), self.config_path)
        self.out = (self.root / "out.txt").open("ab")

    def start(self) -> None:
        """Start it and wait for its readiness line."""
        self.process = subprocess.Popen(
            (sys.executable, "-m", "collavoce.desk.care", str(self.config_path)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.out,
            pass_fds=(self.door.fileno(),),
            cwd=self.show_dir,
        )
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], READY_S)
        line = self.process.stdout.readline() if readable else b""
        assert line == b"ready care\n", (line, (self.root / "out.txt").read_text("utf-8"))

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait(STEP_S)
        self.process.stdout.close()

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(STEP_S)
        self.process.stdout.close()
        return code

    def close(self) -> None:
        """End it, whatever state it is in."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        self.door.close()
        self.out.close()

    def pairing(self, person: str) -> dict[str, str]:
        """What the web desk is answered when it asks for a code."""
        with Mailbox(self.run_dir / "asker") as box:
            box.send(self.run_dir / "care-pairing", msgspec.msgpack.encode({"person": person}))
            readable, _, _ = select.select([box], [], [], STEP_S)
            assert readable, "no answer from the care process"
            received = box.receive()
        assert received is not None
        return msgspec.msgpack.decode(received[0])

    def phone(self, person: str) -> "Phone":
        """A freshly paired phone; a further one by the yes of the one before."""
        phone = self.claimed(person)
        if person in self.latest:
            self.admit(person)
        self.latest[person] = phone
        return phone

    def claimed(self, person: str) -> "Phone":
        """A phone that has shown a code of `person`: theirs if it is the first, else it waits."""
        phone = Phone(self.url)
        assert phone.pair(self.pairing(person)["code"])["kept"]
        return phone

    def admit(self, person: str) -> None:
        """`person` says yes to the phone that waits for them."""
        theirs = self.latest[person]
        asking = theirs.until(lambda view: view["waiting"])["waiting"]
        assert theirs.act("Mine", device=asking[-1]["id"])["kept"]

    def written(self) -> str:
        """Everything the process wrote to stdout and stderr but the readiness line."""
        self.out.flush()
        return (self.root / "out.txt").read_text("utf-8")


@contextmanager
def care_process(root: Path, **config: Any) -> Generator[CareProcess]:
    """A running care process in `root`."""
    care = CareProcess(root, config)
    try:
        care.start()
        yield care
    finally:
        care.close()


class Phone:
    """One browser: its cookies, and the memory of a page."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(STEP_S),
            headers={"Origin": url},
            # A connection left open is closed by the server just when it is used again.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self.rings: list[str] = []

    def pair(self, code: str) -> dict[str, Any]:
        return self.client.post("/care/pair", json={"code": code}).json()

    def act(self, type: str, **fields: Any) -> dict[str, Any]:  # noqa: A002  the wire's own name
        """What became of an act; raises GoneError if nothing was answered."""
        try:
            return self.client.post("/care/act", json={"type": type, **fields}).json()
        except (httpx.TransportError, ValueError) as error:
            raise GoneError from error

    def insist(self, type: str, **fields: Any) -> dict[str, Any]:  # noqa: A002  the wire's own name
        """As the page does: the same act until it is answered."""
        until = time.monotonic() + STEP_S
        while True:
            try:
                return self.act(type, **fields)
            except GoneError:
                assert time.monotonic() < until, "no answer in time"
                time.sleep(0.02)

    def raw_frames(self, count: int) -> list[bytes]:
        """The first `count` frames of a stream, as bytes."""
        frames: list[bytes] = []
        held = b""
        with self.client.stream("GET", "/care/stream") as response:
            assert response.status_code == 200, response.status_code
            for chunk in response.iter_raw():
                held += chunk
                while len(held) >= FRAME_BYTES and len(frames) < count:
                    frames.append(held[:FRAME_BYTES])
                    held = held[FRAME_BYTES:]
                if len(frames) == count:
                    break
        return frames

    def views(self) -> Iterator[View]:
        """The views of one stream, until it breaks."""
        try:
            with self.client.stream("GET", "/care/stream") as response:
                for line in response.iter_lines():
                    if line.startswith("data: "):
                        yield json.loads(line[6:])
        except httpx.TransportError:
            return

    def until(self, wanted: Callable[[View], object], *, ring: bool = False) -> View:
        """The first view of which `wanted(view)` holds, over as many streams as it takes."""
        until = time.monotonic() + STEP_S
        while time.monotonic() < until:
            for view in self.views():
                if ring:
                    self.notice(view)
                if wanted(view):
                    return view
                if time.monotonic() > until:
                    break
            time.sleep(0.02)
        raise AssertionError("not seen in time")

    def notice(self, view: View) -> None:
        """Ring as the page does: once for each key, and send the receipt."""
        for call in view["calls"]:
            if call["is"] == "open" and call["key"] not in self.rings:
                self.rings.append(call["key"])
                self.insist("Shown", press=call["press"])

    def view(self) -> View:
        """One view."""
        return next(self.views())


def make_circle(owner: Phone, trusted: dict[str, Phone], **fields: Any) -> None:
    """`owner` enters `trusted` in order, and each of them agrees."""
    order = list(trusted)
    assert owner.act("WriteCircle", order=order, **{"second_after": 20, **fields})["kept"]
    owner_id = owner.client.get("/care/").text.split('"me": "')[1].split('"')[0]
    for phone in trusted.values():
        assert phone.act("Reply", owner=owner_id, agrees=True)["kept"]


def press_id(number: int) -> str:
    """A press id as a page makes it."""
    return f"press-{number:016d}"
