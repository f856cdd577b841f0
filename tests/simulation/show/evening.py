"""One seed, one show: everything of it, and whether every promise held."""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.simulation.show.desk import Desk
from tests.simulation.show.disk import Disk
from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.gateway import Gateway
from tests.simulation.show.judge import House, judge, swept_away
from tests.simulation.show.nemesis import Nemesis
from tests.simulation.show.performer import Performer
from tests.simulation.show.programme import programme
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import World
from tests.simulation.show.writer import WriterProcess

from collavoce.ledger.ring import RingReader
from collavoce.runtime.entry import Entry, decode

LENGTH_S = 45.0
SETTLING_S = 15.0


@dataclass(frozen=True)
class Report:
    """What became of a seed."""

    broken: str | None
    trace: list[str]
    counts: Counter[str]


class Recorded:
    """What is in the ring, followed by a reader of its own, and what waits for room in it."""

    def __init__(self, ring: Path) -> None:
        self.engine: EngineProcess | None = None
        self._reader = RingReader(ring)
        self._entries: list[Entry] = []

    def __call__(self) -> list[Entry]:
        self._entries += [decode(payload) for _, payload in self._reader.read()]
        recording = None if self.engine is None else self.engine.recording
        waiting = () if recording is None else recording._held_back
        if not waiting:
            return self._entries
        return [*self._entries, *(decode(payload) for payload in waiting)]

    def close(self) -> None:
        """Let go of the ring."""
        self._reader.close()


def play(seed: int) -> Report:
    """Play the show of `seed`, with everything that goes wrong in it."""
    world = World(seed)
    show = programme(world.chance)
    ring = Path(tempfile.mkdtemp(prefix="collavoce-sim-")) / "ring"
    disk = Disk(world)
    recorded = Recorded(ring)
    stage = Stage(world, recorded)
    with disk.under_the_ring():
        engine = EngineProcess(world, show, ring, stage)
        recorded.engine = engine
        writer = WriterProcess(world, ring, disk)
        stage.tell = lambda answer, by, key: engine.ask(answer, by, key, lambda _: None)
        performers = [Performer(world, engine, name) for name in show.stage_ids]
        performer = performers[0]
        gateway = Gateway(world, show, engine)
        desk = Desk(world, show, engine, ring, performer)
        Nemesis(world, engine, writer, desk, disk, stage, LENGTH_S)
        world.run(LENGTH_S + SETTLING_S)
        if world.broken is None:
            writer.drain()
            while writer.drain() is False:
                world.run(world.now + 1.0)
            judge(House(world, show, engine, desk, gateway, disk, stage, recorded()))
    recorded.close()
    swept_away(ring)
    ring.parent.rmdir()
    return Report(world.broken, world.trace, world.counts)
