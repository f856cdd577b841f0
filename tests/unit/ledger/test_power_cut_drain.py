"""The power goes while the engine writes its ring and the writer drains it to disk.

Of the ring no byte is ever synced: after a power cut each sector of it may be as it was at any
moment, and any of its files may be gone. What was drained is on disk for good; what was not may be
there or not, but what is read as an entry is one, once, whatever the ring looks like.
"""

import os
import sys
from pathlib import Path
from random import Random

import pytest
from tests.unit.ledger.drafts import draft
from tests.unit.ledger.frail_disk import (
    Acknowledged,
    Act,
    Cut,
    Disk,
    FrailDisk,
    Wrote,
    after_power_cut,
)
from tests.unit.ledger.test_power_cut import CUTS_PER_LIFE, acknowledged, memory, put

from collavoce.ledger import Draft, SqliteStore, segment, verify
from collavoce.ledger.disk import Ballast
from collavoce.ledger.drain import drain_once, drained
from collavoce.ledger.keeper import Keeper
from collavoce.ledger.ring import RingReader, RingWriter
from collavoce.ledger.segment import HEADER, NAME
from collavoce.runtime import writer as writer_module
from collavoce.runtime.writer import drain_left_behind

__all__ = ["memory"]

CUTS = int(os.environ.get("COLLAVOCE_POWER_CUTS", "300"))
SEED = int(os.environ.get("COLLAVOCE_SEED", "1"))
SEGMENT = 1 << 14
EPOCH = 1


def content(seq: int) -> bytes:
    """What entry `seq` holds."""
    return Random(seq).randbytes(20 + seq * 7919 % 600)


def placed(_seq: int, payload: bytes) -> Draft:
    return draft(int.from_bytes(payload[:6], "big"), payload, epoch=EPOCH)


class NotedRing:
    """The engine's ring, each of whose writes is noted as an act of the disk, and none synced."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.disk = disk
        self.writer = RingWriter.open(folder, segment_bytes=SEGMENT)
        self._number = 0
        self._note(HEADER.size)

    def append(self) -> None:
        before = self.writer._segment
        start = before.position
        self.writer.append(content(self.writer.seq + 1))
        here = self.writer._segment
        self._note(start if here is before else HEADER.size)

    def _note(self, start: int) -> None:
        here = self.writer._segment
        name = NAME.format(here.number)
        if here.number != self._number:
            self._number = here.number
            self.disk.acts.append(Cut(name, SEGMENT))
            self.disk.acts.append(Wrote(name, 0, bytes(here.view[: HEADER.size])))
        if here.position > start:
            self.disk.acts.append(Wrote(name, start, bytes(here.view[start : here.position])))


def life(folder: Path, chance: Random, turns: int) -> list[Act]:
    """An engine that writes and a writer that is now close behind it, now far."""
    disk = Disk(folder)
    vfs = FrailDisk(f"drain-{chance.random()}", disk)
    store = SqliteStore(
        Keeper(folder / "show.db", Ballast(folder / "none", 0), vfs=vfs.name, shared=False)
    )
    ring = NotedRing(folder / "ring" / f"{EPOCH:06d}", disk)
    reader = RingReader(folder / "ring" / f"{EPOCH:06d}")
    for _ in range(turns):
        for _ in range(chance.choice((1, 1, 3, 40))):
            ring.append()
        if chance.random() < 0.7:
            drain_once(reader, store, placed, limit=chance.choice((1, 5, 512)))
            disk.acts.append(Acknowledged(drained(store, EPOCH)))
        if chance.random() < 0.1:
            store.checkpoint()
    acts = list(disk.acts)
    store.close()
    return acts


def holds(folder: Path, told: int) -> int:
    """Open what the cut has left as the next performance does; entries that were rescued."""
    ring = folder / "ring" / f"{EPOCH:06d}"
    ring.mkdir(parents=True)
    for path in folder.glob("ring-*.log"):
        path.rename(ring / path.name)
    store = SqliteStore.open(folder / "show.db", ballast_bytes=0)
    before = drained(store, EPOCH)
    assert before >= told, "what was drained is on disk"
    drain_left_behind(store, folder / "ring", EPOCH + 1)
    records = store.read(limit=1 << 20)
    assert verify(records) is None
    seqs = [int(record.key.split(":")[2]) for record in records]
    assert seqs[:before] == list(range(1, before + 1))
    assert seqs == sorted(set(seqs)), "each once and in order"
    assert [record.body for record in records] == [content(seq) for seq in seqs]
    assert not ring.exists()
    assert store.append([draft(1 << 40)])[0].seq == len(records) + 1
    store.close()
    return len(records) - before


@pytest.fixture(autouse=True)
def plain_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of this test are bytes and no events."""

    def plain(epoch: int, _boot: str, payload: bytes) -> Draft:
        assert epoch == EPOCH
        return placed(0, payload)

    monkeypatch.setattr(writer_module, "draft_of", plain)


def cut_again_and_again(seed: int, memory: Path) -> int:
    """One life, cut CUTS_PER_LIFE times; entries that were rescued from what was never synced."""
    chance = Random(seed)
    acts = life(put(memory / f"first-{seed}", {}), chance, 30)
    rescued = 0
    for _ in range(CUTS_PER_LIFE):
        until = acts[: chance.randrange(len(acts) + 1)]
        told = max((what for what in acknowledged(until) if isinstance(what, int)), default=0)
        image = memory / "image"
        for left in sorted(image.glob("**/*"), reverse=True):
            left.rmdir() if left.is_dir() else left.unlink()
        rescued += holds(put(image, after_power_cut(until, chance)), told)
    return rescued


@pytest.mark.parametrize("seed", range(SEED, SEED + -(-CUTS // CUTS_PER_LIFE // 2)))
def test_what_was_drained_survives_and_the_rest_of_the_ring_tells_no_lies(
    seed: int, memory: Path
) -> None:
    sys.stdout.write(f"COLLAVOCE_SEED={seed}\n")  # shown when it fails
    cut_again_and_again(seed, memory)


def test_something_of_the_ring_often_survives_too(memory: Path) -> None:
    assert sum(cut_again_and_again(seed, memory) for seed in range(10)) > 100


def test_a_ring_whose_entries_had_no_checksum_would_be_caught(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_seq: int, _payload: object) -> int:
        return 0

    def all_of_them() -> None:
        for seed in range(10):
            cut_again_and_again(seed, memory)

    monkeypatch.setattr(segment, "checksum", none)
    with pytest.raises(AssertionError):
        all_of_them()
