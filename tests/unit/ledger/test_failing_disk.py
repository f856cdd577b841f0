"""A full disk and a disk that fails: no acknowledgement is false, none is lost."""

import contextlib
import itertools
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.unit.ledger.drafts import draft
from tests.unit.ledger.frail_disk import Disk, FrailDisk, Synced

from collavoce.ledger import Draft, Record, SealedStore, SqliteReader, SqliteStore, verify
from collavoce.ledger.disk import Ballast, beside
from collavoce.ledger.errors import (
    LedgerError,
    StoreFullError,
    StoreStoppedError,
    StoreUnreadableError,
)
from collavoce.ledger.keeper import Keeper

SEED = int(os.environ.get("COLLAVOCE_SEED", "1"))
DISKS = int(os.environ.get("COLLAVOCE_FULL_DISKS", "40"))
BALLAST = 1 << 16
LARGEST_DISK = 1 << 20
"""In CI; `COLLAVOCE_LARGEST_DISK` reaches for the 16 MB of the long run."""

_names = (f"full-{number}" for number in itertools.count())


@contextmanager
def opened(disk: Disk, ballast: int = 0) -> Generator[SqliteStore]:
    """A store on `disk`; closed in the end, when the disk may be well again."""
    path = disk.folder / "show.db"
    vfs = FrailDisk(next(_names), disk)
    keeper = Keeper(path, Ballast(beside(path, ".ballast"), ballast), vfs=vfs.name, shared=False)
    try:
        yield SqliteStore(keeper)
    finally:
        disk.heal()
        keeper.close()


SIZES = (20, 300, 3000, 20_000)


def group(number: int, chance: Random, sizes: Sequence[int] = SIZES) -> list[Draft]:
    """The facts from `number` on: one, two or many, some large, some small."""
    count = chance.choice((1, 2, 20))
    return [draft(number + i, chance.randbytes(chance.choice(sizes))) for i in range(count)]


def fill(store: SqliteStore, chance: Random, sizes: Sequence[int] = SIZES) -> list[Record]:
    """Append until the disk is full; what was acknowledged."""
    told: list[Record] = []
    first = store.head()[0]
    while True:
        try:
            told += store.append(group(first + len(told), chance, sizes))
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
    with contextlib.suppress(StoreFullError), opened(disk) as store:
        told += fill(store, chance)
        assert store.read(limit=1 << 20) == told
        with pytest.raises(StoreFullError, match="make room"):
            store.append([draft(1 << 40, bytes(max(size, 1 << 15)))])
        disk.heal()  # somebody made room
        told += store.append(group(len(told), chance))
    disk.heal()
    with opened(disk) as store:
        told += store.append(group(len(told), chance))
    reader = SqliteReader.open(tmp_path / "show.db")
    assert reader.read(limit=1 << 20) == told
    assert verify(told) is None
    reader.close()


@pytest.mark.parametrize("size", disk_sizes()[5::4])
def test_the_power_goes_on_a_full_disk(size: int, tmp_path: Path) -> None:
    disk = Disk(tmp_path, room=size + (1 << 16))
    image = tmp_path / "image"
    image.mkdir()
    with opened(disk) as store:
        told = fill(store, Random(size))
        for name in ("show.db", "show.db-wal"):
            (image / name).write_bytes((tmp_path / name).read_bytes())
    revived = SqliteStore.open(image / "show.db", ballast_bytes=0)
    assert revived.read(limit=1 << 20) == told
    revived.close()


def test_the_ballast_is_given_up_once_and_keeps_the_show_going(tmp_path: Path) -> None:
    disk = Disk(tmp_path, room=400_000)
    ballast = tmp_path / "show.db.ballast"
    told: list[Record] = []
    with opened(disk, ballast=BALLAST) as store:
        while ballast.exists():
            told += store.append([draft(len(told), bytes(1000))])
            assert len(told) < 400
        before = len(told)
        told += fill(store, Random(1), [20])
        assert len(told) > before
        assert store.read(limit=1 << 20) == told


def test_ballast_that_finds_no_room_is_not_held_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", 1 << 60)
    assert not ballast.hold()
    assert not ballast.path.exists()
    assert not Ballast(tmp_path / "none", 0).hold()
    assert not ballast.release()


def test_a_store_opens_without_ballast_on_a_disk_that_has_no_room_for_it(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "show.db", ballast_bytes=1 << 60)
    assert store.append([draft(1)])[0].seq == 1
    store.close()


def test_a_place_that_cannot_hold_a_store_is_said_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "show.db").mkdir(parents=True)
    for path in (tmp_path / "file" / "show.db", tmp_path / "folder" / "show.db"):
        with pytest.raises(StoreUnreadableError, match=r"show\.db: cannot be"):
            SqliteStore.open(path, ballast_bytes=0)
    assert not (tmp_path / "folder" / "show.db.stopped").exists()


def live(store: SqliteStore, told: list[Record]) -> None:
    """Ten appends and two checkpoints; `told` grows with every acknowledgement."""
    for number in range(10):
        told += store.append([draft(number, bytes(500))])
        if number in {4, 7}:
            store.checkpoint()


def syncs_of_a_whole_life(folder: Path) -> int:
    """How often a disk is synced for it."""
    disk = Disk(folder)
    with opened(disk) as store:
        live(store, [])
        return sum(isinstance(act, Synced) for act in disk.acts)


def test_after_a_failed_sync_nothing_is_acknowledged_and_nothing_is_written_any_more(
    tmp_path: Path,
) -> None:
    syncs = syncs_of_a_whole_life(tmp_path / "whole")
    assert syncs > 15
    for left in range(syncs):
        folder = tmp_path / f"after-{left}"
        disk = Disk(folder, syncs_left=left)
        told: list[Record] = []
        with contextlib.suppress(StoreStoppedError), opened(disk) as store:
            with pytest.raises(StoreStoppedError):
                live(store, told)
            disk.heal()  # the disk says that it is well again, and is not believed
            acts = list(disk.acts)
            with pytest.raises(StoreStoppedError):
                store.append([draft(99)])
            store.close()
            assert disk.acts == acts
        disk.heal()
        with pytest.raises(StoreStoppedError, match="healthy disk"), opened(disk):
            pass
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
    store.close()
