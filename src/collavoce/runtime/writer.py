"""The writer's process: brings the ring to disk, behind the engine, in groups.

The only writing connection to the show's ledger. Dead or slow, it delays nothing: the show goes
on from the ring, and its successor starts behind the last entry that is on disk.
"""

import select
import shutil
from pathlib import Path

from collavoce.ledger.drain import drain_once, drained
from collavoce.ledger.errors import StoreBusyError, StoreFullError
from collavoce.ledger.record import Draft
from collavoce.ledger.ring import RingReader
from collavoce.ledger.sqlite import SqliteStore
from collavoce.ledger.store import Store
from collavoce.runtime.clock import sleep
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.entry import decode, encode_body
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Process, pack
from collavoce.runtime.readiness import ready

STORE = "show.db"
STREAM = "show"
VERSION = 1
LOOK_S = 0.2
"""The ring is looked at this often even when no news arrives."""

FULL_S = 1.0
"""A disk that is full or held by somebody is tried again this often."""


def draft_of(epoch: int, boot: str, payload: bytes) -> Draft:
    """The ledger's draft of a ring entry."""
    entry = decode(payload)
    return Draft(
        epoch=epoch,
        stream=STREAM,
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


def drain_all(reader: RingReader, store: Store, config: RunConfig) -> bool:
    """Bring to disk what the ring has now; False when the disk takes nothing at the moment.

    Nothing is lost then: the next call begins with the same entries.
    """
    try:
        while drain_once(reader, store, lambda _, p: draft_of(config.epoch, config.boot, p)):
            pass
    except (StoreFullError, StoreBusyError):
        return False
    return True


def main(config: RunConfig) -> None:
    """The writer's process: until it is asked to end and the ring is drained."""
    ending = Ending.listen(config.run_dir)
    store = SqliteStore.open(config.state_dir / STORE)
    drain_left_behind(store, config.ring_dir.parent, config.epoch)
    reader = RingReader(config.ring_dir, drained(store, config.epoch))
    box = Mailbox(config.box("writer"))
    well = True
    ready("writer")
    while True:
        asked = ending.due
        select.select([box], [], [], 0.0 if asked else LOOK_S)
        while box.receive() is not None:
            pass
        if drain_all(reader, store, config) != well:
            well = not well
            state = "up" if well else "not recording"
            box.send(config.box("web"), pack(Process("writer", state)))
        if not well and not asked:
            sleep(FULL_S)
        if asked:
            break
    store.checkpoint()
    store.close()
