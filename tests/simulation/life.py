"""One life of the care process: everything in it is the real thing.

House, shelf, sealed store, the ladder's task, the courier, the phones' ASGI application, the line
if it is asked for. What is simulated is under it (disk, clocks, loop) and around it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.types import Message
from tests.simulation.cast import PEOPLE
from tests.simulation.disk import BALLAST_BYTES
from tests.simulation.loop import KilledError, ProcessLoop
from tests.simulation.witness import WitnessedHouse
from tests.simulation.world import MICRO

from collavoce.care.events import AnyEvent
from collavoce.care.ladder import Moment
from collavoce.desk.care.app import create_care_app
from collavoce.desk.care.view import phone_view
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.climbing import climb
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.passing_opened import keep_passing
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.care.ways.carriage import Carriage, keep_carrying

if TYPE_CHECKING:
    from tests.simulation.machine import Machine

SERVER_KEY = bytes(range(32))
BEAT_S = 0.5

Answer = Callable[[int, bytes], None]
Frame = Callable[[dict[str, object]], None]


@dataclass
class Life:
    """One life of the care process."""

    machine: "Machine"
    folder: Path

    def __post_init__(self) -> None:
        machine = self.machine
        self.loop = ProcessLoop(machine.world, machine.monotonic, machine.wires)
        self.loop.on_death = machine.died
        self.loop.on_turned = self._turned
        self.busy_until_us = 0
        ballast = self.folder / "care.db.ballast"
        machine.disk.ballast = ballast
        # A full disk has no room for ballast that was given up; one that is held stays.
        held = BALLAST_BYTES if machine.disk.room is None or ballast.exists() else 0
        self.store = SealedStore.open(
            self.folder / "care.db", ballast_bytes=held, vfs=machine.vfs.name
        )
        shelf = Shelf(self.store, SERVER_KEY, PEOPLE, lambda: machine.wall_ns() * 1e-9)
        self.house = WitnessedHouse(PEOPLE, shelf, self.moment)
        self.passing = machine.open_line(self.loop, self.moment) if machine.with_line else None
        if self.passing is not None:
            self.house.told.append(self.passing.care_told)
        self.house.witness = lambda _asked, _at_us: None
        self.house.true_us = machine.true_us
        self.house.open(machine.boot)
        self.house.witness = machine.witness
        if self.passing is not None:
            self.passing.open(lambda: self.house.state, self.house.ask)
        self.care = LiveCare(machine.config, self.house, self.passing, shelf)
        self.carriage = Carriage(machine.config, self.house, "http://desk")
        self.app = create_care_app(self.care)
        self.streams: dict[int, tuple[str, Frame]] = {}
        self._shown: dict[int, object] = {}
        self.tasks: list[asyncio.Task[None]] = [
            self.loop.create_task(climb(self.house)),
            self.loop.create_task(keep_carrying(self.carriage)),
        ]
        if self.passing is not None:
            self.tasks.append(self.loop.create_task(keep_passing(self.passing)))
        for task in self.tasks:
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """A task that ends ends the process, as in the real one; a fault in it is a finding."""
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, KilledError):
            self.machine.world.breaks("crash", repr(error))
        self.machine.died()

    @property
    def turned_at(self) -> float:
        """What the pulse says: when ladder and courier last turned, the one longer ago."""
        return min(self.house.turned_at, self.carriage.turned_at)

    def moment(self) -> Moment:
        """The machine's clock, moved on by what slow calls have taken so far."""
        return Moment(self.machine.monotonic() + self.machine.disk.waited_s)

    def does(self, work: Callable[[], object]) -> None:
        """Do `work` in this process."""
        self.loop.call_soon(work)

    def request(self, path: str, body: bytes, token: str, answer: Answer) -> None:
        """One HTTP request of a device."""
        if self.loop.dead:
            return
        self.loop.create_task(self._serve(path, body, token, answer))

    async def _serve(self, path: str, body: bytes, token: str, answer: Answer) -> None:
        status, said = 0, b""

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status, said
            status = message.get("status", status)
            said += message.get("body", b"")

        await self.app(_scope("POST", path, token), receive, send)
        self.made(token, body, status, said)
        # What slow calls have taken holds the answer up too.
        self.machine.world.after(self.machine.disk.waited_s, lambda: answer(status, said))

    def made(self, token: str, body: bytes, status: int, said: bytes) -> None:
        """An answer is made, and not under way yet."""

    async def watched(
        self, method: str, path: str, body: bytes, token: str, sees: Callable[[bytes], None]
    ) -> None:
        """One HTTP exchange of which every byte that comes back is handed to `sees`."""
        waiting: asyncio.Future[Message] = self.loop.create_future()
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                return await waiting  # the page stays open
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sees(repr((message.get("status"), message.get("headers"))).encode())
            sees(message.get("body", b""))

        await self.app(_scope(method, path, token), receive, send)

    def _turned(self) -> None:
        """What slow calls have taken holds the whole process up."""
        waited_us = int(self.machine.disk.waited_s * MICRO)
        self.machine.disk.waited_s = 0.0
        if waited_us:
            self.busy_until_us = self.machine.world.now_us + waited_us
            self.loop.held_until_us = max(self.loop.held_until_us, self.busy_until_us)

    def came(self, number: int, person: str, frame: Frame) -> None:
        """A page opened its stream, `number` for short."""
        self.care.came(person)
        self.streams[number] = person, frame
        self._beat(number)

    def went(self, number: int) -> None:
        """It closed, and this end has noticed."""
        if number in self.streams:
            self.care.went(self.streams.pop(number)[0])
            self._shown.pop(number, None)

    def _beat(self, number: int) -> None:
        """Send the page's view; one that cannot have changed is left out, the beat is not."""
        if self.loop.dead or number not in self.streams:
            return
        world = self.machine.world
        if world.now_us >= self.loop.held_until_us:
            person, frame = self.streams[number]
            alerts = self.house.state.alerts.by_press
            fresh = (self.house.state, self.care.reachable(), int(world.seconds) if alerts else 0)
            if self._shown.get(number) != fresh:
                self._shown[number] = fresh
                frame(phone_view(self.care, person))
            else:
                frame({})
        world.after(BEAT_S, lambda: self._beat(number))


def read_back(files: dict[str, bytes], folder: Path, key: bytes = SERVER_KEY) -> list[AnyEvent]:
    """The events in a disk's files, opened by the real store on a healthy disk."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    store = SealedStore.open(folder / "care.db", ballast_bytes=0)
    try:
        return list(Shelf(store, key, PEOPLE).replay())
    finally:
        store.close()


def _scope(method: str, path: str, token: str) -> dict[str, Any]:
    """A request of the device of `token`, as uvicorn hands it on."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"desk"),
            (b"origin", b"http://desk"),
            (b"content-type", b"application/json"),
            (b"cookie", f"collavoce_phone={token}".encode()),
        ],
        "client": ("10.0.0.1", 1),
        "server": ("desk", 80),
    }
