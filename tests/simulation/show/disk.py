"""A disk that may be full or held by somebody, under the ring and under the ledger."""

import errno
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.simulation.show.world import World

from collavoce.ledger import ring as ring_module
from collavoce.ledger.errors import StoreBusyError, StoreFullError, StoreStoppedError
from collavoce.ledger.memory import MemoryStore
from collavoce.ledger.record import Draft, Record


class Disk(MemoryStore):
    """The ledger's store on it. full, busy: what the disk says to whoever writes.

    failed : it could not be flushed once; what is in the file stands, nothing more is taken.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.full = False
        self.busy = False
        self.failed = False

    def append(self, drafts: Sequence[Draft]) -> list[Record]:
        """Keep `drafts`, or none of them."""
        if self.failed:
            raise StoreStoppedError("the disk failed")
        if self.full:
            raise StoreFullError("the disk is full")
        if self.busy:
            raise StoreBusyError("somebody holds the file")
        return super().append(drafts)

    @contextmanager
    def under_the_ring(self) -> Generator[None]:
        """No new segment can be made while the disk is full."""
        make = ring_module.create

        def create(path: Path, size: int) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, "no space left on device")
            make(path, size)

        with mock.patch.object(ring_module, "create", create):
            yield
