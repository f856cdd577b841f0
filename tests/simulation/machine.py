"""The desk machine: its clock, disk, supervisor, and one life of the care process at a time."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from tests.simulation.cast import EXITS, PEOPLE
from tests.simulation.disk import Disk, SimulatedVfs
from tests.simulation.life import SERVER_KEY, Answer, Life
from tests.simulation.loop import KilledError, ProcessLoop
from tests.simulation.outside import Outside
from tests.simulation.watching import Watching
from tests.simulation.wires import Wires
from tests.simulation.witness import Witness
from tests.simulation.world import MICRO, World
from tests.unit.ledger.frail_disk import Platter

from collavoce.care.ladder import Moment
from collavoce.ledger.errors import LedgerError
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.care.passing_opened import open_passing
from collavoce.runtime.line.config import LineConfig

START_S = (0.8, 2.5)
AGAIN_S = 2.0
EVENING_BEGINS_S = 1_792_868_400.0
"""The last hour of summer time in Europe in 2026: the clocks are turned while people press."""

REPAIRED_AFTER_S = 15.0
"""After so long without a store that opens, somebody does what its message says."""


@dataclass
class Machine:
    """The machine that lives on while processes and power come and go."""

    world: World
    root: Path
    witness: Witness = lambda _asked, _at_us: None
    boot: str = "boot-1"
    booted_at_us: int = -3_000_000_000
    wall_jumped_s: float = 0.0
    begins_s: float = EVENING_BEGINS_S
    """UTC at the beginning of the world"""
    living: type[Life] = Life
    listening: Any = None
    """whoever is told what the process shows, if its kind of life tells it"""
    on: bool = True
    life: "Life | None" = None
    backlog: list[tuple[str, bytes, str, Answer]] = field(
        default_factory=list[tuple[str, bytes, str, Answer]]
    )
    with_line: bool = False
    opened_line: Callable[[Passing | None], None] = lambda _line: None
    """told before a line is opened (None), and of the one that was"""
    lives: int = 0
    closed_since: float | None = None
    forgot: bool = False
    """whether something that was done may be known to nobody: then it may be done twice"""
    away_until_us: int = 0
    """before this no start succeeds"""
    on_start: Callable[[Life], None] = lambda _life: None
    on_death: Callable[[Life], None] = lambda _life: None

    def __post_init__(self) -> None:
        self.disk = Disk()
        self.vfs = SimulatedVfs(f"simulated-{self.world.seed}-{id(self)}", self.disk)
        self.chance = self.world.chance("machine")
        self.outside = Outside(self.world, true_us=self.true_us)
        self.wires = Wires()
        self.watchdog: Watching | None = None
        self.run_dir.mkdir(parents=True)
        self.config = CareConfig(
            show="Little evening",
            people=tuple((person.id, person.name) for person in PEOPLE.values()),
            exits=EXITS,
            care_dir="",
            key_file="",
            run_dir=str(self.run_dir),
            line=LineConfig(
                people=tuple(PEOPLE.values()),
                zones=(("left", "stage left", "left"), ("foyer", "foyer", "")),
                comes_off=(("pianist", "left"),),
            ),
            badge_key="a key of this simulation",
        )
        self.graves: list[Life] = []

    def monotonic(self) -> float:
        """Seconds since the machine started."""
        return (self.world.now_us - self.booted_at_us) / MICRO

    def wall_ns(self) -> int:
        """What the machine takes for UTC, in nanoseconds since 1970."""
        return int((self.begins_s + self.wall_jumped_s + self.world.seconds) * 1e9)

    def true_us(self) -> int:
        """True time, moved on by what slow calls have taken so far."""
        return self.world.now_us + int(self.disk.waited_s * MICRO)

    @property
    def folder(self) -> Path:
        """The files of this life, or of the last one."""
        return self.root / f"life-{self.lives}"

    @property
    def run_dir(self) -> Path:
        """The performance's private folder, another one after a power cut."""
        return self.root / f"run-{self.boot.count('+')}"

    def open_line(self, loop: ProcessLoop, moment: Callable[[], Moment]) -> Passing:
        """The line beside care, in a folder of its own on a healthy disk."""

        def later(work: Callable[[], None]) -> None:
            loop.call_soon(work)

        self.opened_line(None)
        folder, key_file = self.root / "line", self.root / "line.key"
        folder.mkdir(exist_ok=True)
        key_file.write_bytes(SERVER_KEY)
        config = msgspec.structs.replace(self.config, care_dir=str(folder), key_file=str(key_file))
        passing = open_passing(config, moment=moment, later=later)
        self.opened_line(passing)
        return passing

    def watch(self) -> None:
        """Start the watchdog."""
        if self.on and (self.watchdog is None or self.watchdog.dead):
            self.watchdog = Watching(self)

    def kill_watchdog(self) -> None:
        """SIGKILL; the supervisor starts another, which knows nothing."""
        if self.watchdog is not None:
            self.watchdog.dead = True
            self.world.after(self.chance.uniform(*START_S), self.watch)

    def start(self) -> None:
        """Start the care process; one that cannot open its store is tried again."""
        if not self.on or self.life is not None:
            return
        if self.world.now_us < self.away_until_us:
            self.world.after((self.away_until_us - self.world.now_us) / MICRO, self.start)
            return
        self.disk.dead, self.disk.dies_in, self.disk.waited_s = False, None, 0.0
        self._copy_on()
        try:
            self.life = self.living(self, self.folder)
        except (LedgerError, KilledError) as error:
            self.world.note("machine", f"care does not start: {type(error).__name__}")
            self._repair_in_time()
            self.world.after(AGAIN_S, self.start)
            return
        self.closed_since = None
        self.world.note("machine", f"care has started, life {self.lives}")
        self.watch()
        self.on_start(self.life)
        waiting, self.backlog = self.backlog, []
        for request in waiting:
            self.life.request(*request)

    def receive(self, path: str, body: bytes, token: str, answer: Answer) -> None:
        """A request reached the door; with care away it waits in the supervisor's socket."""
        if not self.on:
            return
        if self.life is None:
            self.backlog.append((path, body, token, answer))
        else:
            self.life.request(path, body, token, answer)

    def kill(self) -> None:
        """SIGKILL; a process in a slow call dies at its end, which was played already."""
        life, now_us = self.life, self.world.now_us
        if life is None:
            return
        if life.busy_until_us > now_us:
            rest_s = (life.busy_until_us - now_us) / MICRO
            self.world.after(rest_s, lambda: self.kill() if self.life is life else None)
            return
        self.world.note("machine", "killed")
        self.died()

    def died(self) -> None:
        """The process is gone; the supervisor starts another."""
        life, self.life = self.life, None
        if life is None or life.loop.dead:
            return
        life.loop.dead = True
        self.forgot = self.forgot or bool(life.house._unwritten)
        for path in [path for path in self.wires.names if path.name.startswith("care")]:
            del self.wires.names[path]
        self.graves.append(life)
        self.on_death(life)
        self._bury(life)
        self.world.after(self.chance.uniform(*START_S), self.start)

    def repair(self) -> None:
        """Somebody does what a stopped store asks for: a healthy disk, a new start."""
        self.kill()
        self._healthy_disk()

    @property
    def stopped(self) -> bool:
        """Whether the disk has failed under the running store."""
        return self.life is not None and bool(self.life.store._keeper._stopped)

    def cut_power(self, off_s: float) -> None:
        """The power goes; what was not synced is anything. It comes back after `off_s`."""
        busy_us = 0 if self.life is None else self.life.busy_until_us - self.world.now_us
        if busy_us > 0:
            self.world.after(busy_us / MICRO, lambda: self.cut_power(off_s))
            return
        if not self.on:
            return
        self.world.note("machine", f"power cut for {off_s:.0f} s")
        image = self.disk.after_power_cut(self.world.chance(f"cut {self.lives}"))
        marker = self.folder / "care.db.stopped"
        if self.life is not None:
            self.life.loop.dead = True
            self.graves.append(self.life)
            self.on_death(self.life)
            self._bury(self.life)
            self.life = None
        self.on = False
        self.backlog.clear()
        self.wires = Wires()
        self.forgot = True
        if self.watchdog is not None:
            self.watchdog.dead = True
        stopped = marker.exists()
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in image.items():
            (self.folder / name).write_bytes(content)
        if stopped:
            marker.write_text("disk error\n", encoding="utf-8")
        self.disk.platter = Platter(image)
        self.world.after(off_s, self._boot)

    def _boot(self) -> None:
        self.on = True
        self.boot = f"{self.boot}+"
        self.run_dir.mkdir(parents=True)
        self.config = msgspec.structs.replace(self.config, run_dir=str(self.run_dir))
        self.booted_at_us = self.world.now_us
        self.world.after(self.chance.uniform(5.0, 30.0), self.start)

    def _copy_on(self) -> None:
        """What the last life left, in a folder of its own: no lock of the dead is in the way."""
        before = self.folder
        self.lives += 1
        self.folder.mkdir(parents=True)
        if before.exists():
            for path in before.iterdir():
                (self.folder / path.name).write_bytes(path.read_bytes())

    def _bury(self, life: Life) -> None:
        """Give back what the dead process held, with nothing written by it any more."""
        self.disk.dead = True
        frozen = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        keeper = life.store._keeper
        keeper.connection.close(force=True)
        os.close(keeper._lock)
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in frozen.items():
            (self.folder / name).write_bytes(content)

    def _repair_in_time(self) -> None:
        if self.closed_since is None:
            self.closed_since = self.world.seconds
        elif self.world.seconds - self.closed_since >= REPAIRED_AFTER_S:
            self._healthy_disk()

    def _healthy_disk(self) -> None:
        """Copied from what the system shows, the folder is whole on the new disk."""
        self.world.note("machine", "somebody brings a healthy disk")
        self.disk.heal()
        (self.folder / "care.db.stopped").unlink(missing_ok=True)
        self.disk.platter = Platter(
            {path.name: path.read_bytes() for path in self.folder.iterdir()}
        )
