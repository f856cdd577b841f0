"""What goes wrong: deaths, freezes, full and busy disks, a network that is gone, clocks set."""

from collections.abc import Callable

from tests.simulation.show.desk import Desk
from tests.simulation.show.disk import Disk
from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import World
from tests.simulation.show.writer import WriterProcess


class Nemesis:
    """Strikes every few seconds until `rests_at`, then puts everything right."""

    def __init__(
        self,
        world: World,
        engine: EngineProcess,
        writer: WriterProcess,
        desk: Desk,
        disk: Disk,
        stage: Stage,
        rests_at: float,
    ) -> None:
        self.world = world
        self.engine, self.writer, self.desk = engine, writer, desk
        self.disk, self.stage = disk, stage
        self.rests_at = rests_at
        self.blows: tuple[Callable[[], None], ...] = (
            self._kill_engine,
            self._kill_engine,
            self._kill_writer,
            self._freeze_engine,
            self._full_disk,
            self._busy_disk,
            self._slow_disk,
            self._fail_disk,
            self._lossy_network,
            self._no_wire,
            self._set_clock,
        )
        world.after(world.chance.expovariate(0.5), self._strike)
        world.after(rests_at, self._rest)

    def _strike(self) -> None:
        if self.world.now >= self.rests_at:
            return
        self.world.chance.choice(self.blows)()
        self.world.after(self.world.chance.expovariate(0.4), self._strike)

    def _kill_engine(self) -> None:
        self.engine.kill(self.world.chance.randint(0, 12))

    def _kill_writer(self) -> None:
        self.writer.kill(self.world.chance.uniform(0.1, 3.0))

    def _freeze_engine(self) -> None:
        self.engine.frozen_until = self.world.now + self.world.chance.uniform(0.05, 2.0)
        self.engine.disturbed.append((self.world.now, self.engine.frozen_until))
        self.world.counts["freezes"] += 1

    def _full_disk(self) -> None:
        self.disk.full = True
        self.world.counts["full disks"] += 1
        self.world.after(self.world.chance.uniform(1.0, 12.0), self._room)

    def _room(self) -> None:
        self.disk.full = False

    def _busy_disk(self) -> None:
        self.disk.busy = True
        self.world.after(self.world.chance.uniform(0.2, 2.0), self._free)

    def _free(self) -> None:
        self.disk.busy = False

    def _slow_disk(self) -> None:
        self.writer.slow_s = self.world.chance.uniform(0.5, 4.0)
        self.world.after(self.world.chance.uniform(1.0, 8.0), self._quick)

    def _quick(self) -> None:
        self.writer.slow_s = 0.0

    def _fail_disk(self) -> None:
        """For good, so it is rare."""
        if self.world.chance.random() < 0.1:
            self.disk.failed = True
            self.world.counts["failed disks"] += 1

    def _lossy_network(self) -> None:
        self.desk.lossy = self.world.chance.uniform(0.05, 0.6)
        self.world.counts["bad networks"] += 1
        self.world.after(self.world.chance.uniform(1.0, 8.0), self._clear)

    def _clear(self) -> None:
        self.desk.lossy = 0.0

    def _no_wire(self) -> None:
        self.stage.unreachable = True
        self.world.after(self.world.chance.uniform(0.2, 3.0), self._wire)

    def _wire(self) -> None:
        self.stage.unreachable = False

    def _set_clock(self) -> None:
        step = self.world.chance.choice((30.0, 30.0, 30.0, 7200.0))
        self.world.wall_shift += self.world.chance.uniform(-step, step)
        self.world.counts["clock steps"] += 1

    def _rest(self) -> None:
        self.disk.full = self.disk.busy = self.stage.unreachable = False
        self.desk.lossy = 0.0
        self.engine.dies_in = None
        self.world.calm = True
