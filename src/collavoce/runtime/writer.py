"""The writer's process: brings the ring to disk, behind the engine, in groups.

The only writing connection to the show's ledger. Dead or slow, it delays nothing: the show goes
on from the ring, and its successor starts behind the last entry that is on disk. It is also the one
that may wait for a disk, so it makes the ring's segments ahead of the engine.

    full or held   tried again, from the first second of the house on; said on the desk
    failed         not written to again, by this process or another; said on the desk
"""

import contextlib
import select
import shutil
from pathlib import Path

from collavoce.ledger.drain import drain_once, drained
from collavoce.ledger.errors import StoreBusyError, StoreFullError, StoreStoppedError
from collavoce.ledger.record import Draft
from collavoce.ledger.ring import RingReader, reserve
from collavoce.ledger.sqlite import SqliteStore
from collavoce.ledger.store import Store
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.entry import decode, encode_body, stream_of
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Process, pack
from collavoce.runtime.readiness import ready

STORE = "show.db"
VERSION = 1
LOOK_S = 0.2
"""The ring is looked at this often even when no news arrives."""

FULL_S = 1.0
"""A disk that is full or held by somebody is tried again this often; and segments are made."""

WELL, NOT_RECORDING, FAILED = "up", "not recording", "disk failed"


def draft_of(epoch: int, boot: str, payload: bytes) -> Draft:
    """The ledger's draft of a ring entry."""
    entry = decode(payload)
    return Draft(
        epoch=epoch,
        stream=stream_of(entry.stage),
        type=type(entry.event).__name__,
        version=VERSION,
        key=entry.key,
        actor=entry.actor,
        cause=str(entry.cause or ""),
        mono_ns=entry.mono_ns,
        wall_ns=entry.wall_ns,
        boot=boot,
        body=encode_body(entry.event),
    )


def drain_ring(store: Store, ring: Path, epoch: int, boot: str) -> int:
    """Bring the whole of one ring to disk; how many entries."""
    reader = RingReader(ring, drained(store, epoch))
    total = 0
    while count := drain_once(reader, store, lambda _, p: draft_of(epoch, boot, p)):
        total += count
    reader.close()
    return total


def drain_left_behind(store: Store, rings: Path, before: int) -> None:
    """Bring to disk what an earlier performance left in its ring, then take the ring away."""
    for ring in sorted(rings.glob("[0-9]*")):
        epoch = int(ring.name)
        if epoch < before:
            drain_ring(store, ring, epoch, f"epoch-{epoch}")
            shutil.rmtree(ring)


class Writer:
    """The way from one ring to one store. how: one of the three words above."""

    def __init__(self, config: RunConfig) -> None:
        self.config = config
        self.how = WELL
        self._store: SqliteStore | None = None
        self._reader: RingReader | None = None
        self._next_ns = 0

    def turn(self) -> str:
        """Bring to disk what the ring has now, if the disk lets us; how it fares."""
        now = monotonic_ns()
        if self.how != WELL and now < self._next_ns:
            return self.how
        if now >= self._next_ns:
            self._next_ns = now + int(FULL_S * 1e9)
            reserve(self.config.ring_dir)
        if self.how != FAILED:
            try:
                self._drain()
                self.how = WELL
            except (StoreFullError, StoreBusyError):
                # Nothing is lost: the next call begins with the same entries.
                self.how = NOT_RECORDING
            except StoreStoppedError:
                self.how = FAILED
        return self.how

    def close(self) -> None:
        """Once more, then let go. What is not on disk stays in the ring, for the next opening."""
        self._next_ns = 0
        self.turn()
        if self._store is not None:
            with contextlib.suppress(StoreFullError, StoreBusyError, StoreStoppedError):
                self._store.checkpoint()
            self._store.close()

    def _drain(self) -> None:
        config = self.config
        if self._store is None:
            self._store = SqliteStore.open(config.state_dir / STORE)
        if self._reader is None:
            drain_left_behind(self._store, config.ring_dir.parent, config.epoch)
            self._reader = RingReader(config.ring_dir, drained(self._store, config.epoch))
        while drain_once(
            self._reader, self._store, lambda _, p: draft_of(config.epoch, config.boot, p)
        ):
            pass


def main(config: RunConfig) -> None:
    """The writer's process: until it is asked to end and the ring is drained."""
    ending = Ending.listen(config.run_dir)
    writer = Writer(config)
    told = WELL
    with Mailbox(config.box("writer")) as box:
        writer.turn()
        ready("writer")
        while not ending.due:
            select.select([box], [], [], LOOK_S)
            while box.receive() is not None:
                pass
            how = writer.turn()
            # Trouble is said again and again: the desk may be one that just came back.
            if how != WELL or told != WELL:
                box.send(config.box("web"), pack(Process("writer", how)))
            told = how
    writer.close()
