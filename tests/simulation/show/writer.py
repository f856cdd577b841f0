"""The writer's process: the real drain, killed between any two groups."""

from pathlib import Path

from tests.simulation.show.disk import Disk
from tests.simulation.show.world import World

from collavoce.ledger.drain import drain_once, drained
from collavoce.ledger.errors import StoreBusyError, StoreFullError, StoreStoppedError
from collavoce.ledger.ring import RingReader
from collavoce.runtime.writer import draft_of

EPOCH, BOOT = 1, "boot"
LOOK_S = 0.2


class WriterProcess:
    """One writer after another over the same ring and disk."""

    def __init__(self, world: World, ring: Path, disk: Disk) -> None:
        self.world = world
        self.ring = ring
        self.disk = disk
        self.reader: RingReader | None = None
        self.slow_s = 0.0
        self._living = 0
        self.boot()

    def boot(self) -> None:
        """Start behind the last entry that is on disk."""
        self.reader = RingReader(self.ring, drained(self.disk, EPOCH))
        self._living += 1
        self._look(self._living)

    def kill(self, down_s: float) -> None:
        """Die now; come back later."""
        if self.reader is None:
            return
        self.world.happens("writer: killed")
        self.world.counts["writer kills"] += 1
        self.reader.close()
        self.reader = None
        self.world.after(down_s, self.boot)

    def drain(self) -> bool:
        """Bring to disk what there is, in small groups; False while the disk takes nothing."""
        if self.reader is None:
            return False
        group = self.world.chance.randint(1, 20)
        try:
            while drain_once(self.reader, self.disk, lambda _, p: draft_of(EPOCH, BOOT, p), group):
                if self.world.chance.random() < 0.002:
                    self.kill(self.world.chance.uniform(0.1, 2.0))
                    return False
        except (StoreFullError, StoreBusyError):
            self.world.counts["refusals of the disk"] += 1
            return False
        except StoreStoppedError:
            return True
        return True

    def _look(self, mine: int) -> None:
        if self.reader is None or mine != self._living:
            return
        self.drain()
        self.world.after(LOOK_S + self.slow_s, lambda: self._look(mine))
