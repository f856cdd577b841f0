"""A full disk and a disk that fails: no acknowledgement is false, none is lost."""

import itertools
import os
from pathlib import Path
from random import Random

import pytest
from tests.unit.ledger.drafts import draft
from tests.unit.ledger.frail_disk import Disk, FrailDisk

from collavoce.ledger import Record, SealedStore, SqliteReader, SqliteStore, verify
from collavoce.ledger.disk import Ballast, beside
from collavoce.ledger.errors import LedgerError, StoreFullError, StoreStoppedError
from collavoce.ledger.keeper import Keeper

SEED = int(os.environ.get("COLLAVOCE_SEED", "1"))
DISKS = int(os.environ.get("COLLAVOCE_FULL_DISKS", "40"))
BALLAST = 1 << 16
LARGEST_DISK = 1 << 20
"""In CI; `COLLAVOCE_LARGEST_DISK` reaches for the 16 MB of the long run."""

_names = (f"full-{number}" for number in itertools.count())


def opened(disk: Disk, ballast: int = 0) -> SqliteStore:
    path = disk.folder / "show.db"
    vfs = FrailDisk(next(_names), disk)
    keeper = Keeper(path, Ballast(beside(path, ".ballast"), ballast), vfs=vfs.name, shared=False)
    try:
        return SqliteStore(keeper)
    except BaseException:
        keeper.close()
        raise


def group(number: int, chance: Random) -> list[tuple[int, bytes]]:
    """What is kept next: some large, some small."""
    sizes = (20, 300, 3000, 20_000)
    count = chance.choice((1, 2, 20))
    return [(number + i, chance.randbytes(chance.choice(sizes))) for i in range(1, count + 1)]


def fill(store: SqliteStore, chance: Random) -> list[Record]:
    """Append until the disk is full; what was acknowledged."""
    told: list[Record] = []
    while True:
        items = group(len(told), chance)
        try:
            told += store.append([draft(number, body) for number, body in items])
        except StoreFullError:
            return told


def disk_sizes() -> list[int]:
    largest = int(os.environ.get("COLLAVOCE_LARGEST_DISK", str(LARGEST_DISK)))
    chance = Random(SEED)
    few = [0, 1, 511, 512, 4095, 4096, 8192, 40_000]
    return few + [chance.randrange(largest) for _ in range(DISKS - len(few))]


@pytest.mark.parametrize("size", disk_sizes())
def test_a_full_disk_loses_nothing_it_acknowledged_and_acknowledges_nothing_it_lost(
    size: int, tmp_path: Path
) -> None:
    chance = Random(size)
    disk = Disk(tmp_path, room=size)
    told: list[Record] = []
    try:
        store = opened(disk)
    except StoreFullError:
        disk.room = None
        store = opened(disk)
    else:
        told = fill(store, chance)
        assert store.read(limit=1 << 20) == told
        with pytest.raises(StoreFullError, match="make room"):
            store.append([draft(1 << 40, bytes(max(size, 1 << 15)))])
        disk.room = None  # somebody made room
    again = [draft(number, body) for number, body in group(len(told), chance)]
    told += store.append(again)
    assert store.read(limit=1 << 20) == told
    store.close()
    reader = SqliteReader.open(tmp_path / "show.db")
    assert reader.read(limit=1 << 20) == told
    assert verify(told) is None
    reader.close()


@pytest.mark.parametrize("size", disk_sizes()[5::4])
def test_the_power_goes_on_a_full_disk(size: int, tmp_path: Path) -> None:
    disk = Disk(tmp_path, room=size + (1 << 16))
    told = fill(opened(disk), Random(size))
    # Not closed: the next process finds file and WAL as they are.
    image = tmp_path / "image"
    image.mkdir()
    for name in ("show.db", "show.db-wal"):
        (image / name).write_bytes((tmp_path / name).read_bytes())
    store = SqliteStore.open(image / "show.db", ballast_bytes=0)
    assert store.read(limit=1 << 20) == told
    store.close()


def test_the_ballast_is_given_up_once_and_keeps_the_show_going(tmp_path: Path) -> None:
    disk = Disk(tmp_path, room=400_000)
    store = opened(disk, ballast=BALLAST)
    ballast = tmp_path / "show.db.ballast"
    told: list[Record] = []
    while ballast.exists():
        told += store.append([draft(len(told), bytes(1000))])
        assert len(told) < 400
    before = len(told)
    with pytest.raises(StoreFullError):
        while True:
            told += store.append([draft(len(told), bytes(1000))])
    assert len(told) - before > BALLAST // 1000 // 10
    assert store.read(limit=1 << 20) == told


def test_ballast_that_finds_no_room_is_not_held_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", 1 << 60)
    with pytest.raises(OSError):
        # No file system has an exabyte in one file; a full one would say ENOSPC.
        ballast.hold()
    assert not ballast.path.exists()
    assert not Ballast(tmp_path / "none", 0).hold()
    assert not ballast.release()


def syncs_of_a_whole_life(tmp_path: Path) -> int:
    disk = Disk(tmp_path, syncs_left=1 << 20)
    live(opened(disk), [])
    assert disk.syncs_left is not None
    return (1 << 20) - disk.syncs_left


def live(store: SqliteStore, told: list[Record]) -> None:
    """Ten appends and two checkpoints; `told` grows with every acknowledgement."""
    for number in range(10):
        told += store.append([draft(number, bytes(500))])
        if number in {4, 7}:
            store.checkpoint()


def test_after_a_failed_sync_nothing_is_acknowledged_and_nothing_is_written_any_more(
    tmp_path: Path,
) -> None:
    syncs = syncs_of_a_whole_life(tmp_path / "whole")
    assert syncs > 15
    for left in range(syncs):
        folder = tmp_path / f"after-{left}"
        disk = Disk(folder, syncs_left=left)
        told: list[Record] = []
        with pytest.raises(StoreStoppedError):
            store = opened(disk)
            live(store, told)
        disk.syncs_left = None  # the disk says it is well again: it is not believed
        acts = len(disk.acts)
        if told:
            with pytest.raises(StoreStoppedError):
                store.append([draft(99)])
            store.close()
        with pytest.raises(StoreStoppedError, match="healthy disk"):
            opened(disk)
        assert len(disk.acts) == acts
        (folder / "show.db.stopped").unlink()
        healthy = SqliteStore.open(folder / "show.db", ballast_bytes=0)
        records = healthy.read()
        assert records[: len(told)] == told
        assert len(records) <= len(told) + 1
        assert verify(records) is None
        healthy.close()


def test_the_sealed_store_never_says_kept_after_a_failed_sync(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    vfs = FrailDisk(next(_names), disk)
    store = SealedStore.open(tmp_path / "care.db", ballast_bytes=0, vfs=vfs.name)
    row = store.append("a", b"1")
    disk.syncs_left = 0
    for _ in range(3):
        with pytest.raises(StoreStoppedError):
            store.append("a", b"2")
        disk.syncs_left = None
    with pytest.raises(LedgerError):
        store.put_key("a", b"key")
    assert store.read("a")[0] == (row, b"1")
