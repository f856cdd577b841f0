"""The power goes at any moment: what was acknowledged is there when it comes back.

Each life of a store runs on a `FrailDisk`; images of the disk as after a power cut are built from
what was asked of it and opened again with the real code on the real disk. Then the store lives on
from the image and the power goes once more.
"""

import itertools
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from tests.unit.ledger.drafts import draft
from tests.unit.ledger.frail_disk import Acknowledged, Act, Disk, FrailDisk, after_power_cut

from collavoce.ledger import SealedStore, SqliteStore, verify
from collavoce.ledger.disk import Ballast
from collavoce.ledger.errors import LedgerError
from collavoce.ledger.keeper import Keeper

CUTS = int(os.environ.get("COLLAVOCE_POWER_CUTS", "300"))
SEED = int(os.environ.get("COLLAVOCE_SEED", "1"))
CUTS_PER_LIFE = 30

_names = (f"frail-{number}" for number in itertools.count())


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder that no real disk slows down, where the system has one."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=shared, prefix="collavoce-") as folder:
        yield Path(folder)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Let `folder` hold these files and no others."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def acknowledged(acts: list[Act]) -> list[object]:
    return [act.what for act in acts if isinstance(act, Acknowledged)]


def show_life(folder: Path, chance: Random, groups: int, synchronous: str = "full") -> list[Act]:
    """What a show's store asks of the disk while it keeps `groups` groups."""
    disk = Disk(folder)
    vfs = FrailDisk(next(_names), disk)
    # SQLite lends no shared memory to a layer written in Python; the order of writes and syncs
    # is the same without.
    store = SqliteStore(
        Keeper(folder / "show.db", Ballast(folder / "none", 0), vfs=vfs.name, shared=False)
    )
    store._connection.pragma("synchronous", synchronous)
    for _ in range(groups):
        number = store.head()[0]
        sizes = [chance.choice((20, 200, 3000, 9000)) for _ in range(chance.choice((1, 1, 2, 9)))]
        group = [draft(number + i, chance.randbytes(n)) for i, n in enumerate(sizes, start=1)]
        for record in store.append(group):
            disk.acts.append(Acknowledged(record))
        match chance.randrange(8):
            case 0:
                store.checkpoint()
            case 1:
                store._keeper._checkpoint_behind()
            case _:
                pass
    acts = list(disk.acts)  # without those of closing: the power knows no order
    store.close()
    return acts


def show_holds(folder: Path, told: list[object]) -> None:
    """Open what the cut has left: everything told is there, the chain holds, it goes on."""
    store = SqliteStore.open(folder / "show.db", ballast_bytes=0)
    records = store.read(limit=1 << 20)
    assert verify(records) is None
    # More than was told may be there (kept, and the power went before the word), never less.
    assert [record for record in told if record not in records] == []
    assert store.append([draft(1 << 40)])[0].seq == len(records) + 1
    store.close()


def care_life(folder: Path, chance: Random, groups: int) -> list[Act]:
    """What a sealed store asks of the disk, erasures included."""
    disk = Disk(folder)
    vfs = FrailDisk(next(_names), disk)
    store = SealedStore.open(folder / "care.db", ballast_bytes=0, vfs=vfs.name)
    for number in range(groups):
        stream, body = f"stream-{chance.randrange(5)}", chance.randbytes(chance.choice((60, 5000)))
        row = store.append(stream, body)
        disk.acts.append(Acknowledged((stream, row, body)))
        if number % 4 == 3:
            key = chance.randbytes(60)
            store.put_key(f"key-{number}", key)
            disk.acts.append(Acknowledged((f"key-{number}", None, key)))
        if number % 8 == 7:
            store.delete_key(f"key-{number}")
            disk.acts.append(Acknowledged((f"key-{number}", None, None)))
    acts = list(disk.acts)
    store.close()
    return acts


def care_holds(folder: Path, told: list[object]) -> None:
    """Open what the cut has left: told entries and keys are there, told erasures are for good."""
    bodies: list[tuple[str, int, bytes]] = []
    keys: dict[str, bytes | None] = {}
    erased: list[bytes] = []
    for what in told:
        assert isinstance(what, tuple)
        name, row, content = what
        if row is not None:
            bodies.append((name, row, content))
        else:
            erased += [old for old in (keys.get(name),) if content is None and old is not None]
            keys[name] = content
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert not any(key[:16] in left or key[-16:] in left for key in erased)
    store = SealedStore.open(folder / "care.db", ballast_bytes=0)
    entries = {(stream, row, body) for row, stream, body in store.read_all(limit=1 << 20)}
    assert [body for body in bodies if body not in entries] == []
    last = list(keys)[-1:]
    for name, key in keys.items():
        # Only the last may be further than was told: its erasure was on the way.
        assert store.get_key(name) == key or (name in last and store.get_key(name) is None)
    store.append("stream-0", b"on")
    store.close()


Life = Callable[[Path, Random, int], list[Act]]
Holds = Callable[[Path, list[object]], None]


def put_through(life: Life, holds: Holds, chance: Random, memory: Path) -> int:
    """One life, cut CUTS_PER_LIFE times at different moments, each lived on and cut again."""
    acts = life(put(memory / "first", {}), chance, 25)
    for _ in range(CUTS_PER_LIFE // 2):
        first = acts[: chance.randrange(len(acts) + 1)]
        image = after_power_cut(first, chance)
        holds(put(memory / "image", image), acknowledged(first))
        second = life(put(memory / "second", image), chance, 3)
        second = second[: chance.randrange(len(second) + 1)]
        holds(
            put(memory / "image", after_power_cut(second, chance, image)),
            acknowledged(first) + acknowledged(second),
        )
    return 2 * (CUTS_PER_LIFE // 2)


@pytest.mark.parametrize("seed", range(SEED, SEED + -(-CUTS // CUTS_PER_LIFE)))
def test_the_show_ledger_keeps_what_it_acknowledged_through_power_cuts(
    seed: int, memory: Path
) -> None:
    sys.stdout.write(f"COLLAVOCE_SEED={seed}\n")  # shown when it fails
    assert put_through(show_life, show_holds, Random(seed), memory) == CUTS_PER_LIFE


@pytest.mark.parametrize("seed", range(SEED, SEED + -(-CUTS // CUTS_PER_LIFE // 3)))
def test_the_sealed_store_keeps_what_it_acknowledged_through_power_cuts(
    seed: int, memory: Path
) -> None:
    sys.stdout.write(f"COLLAVOCE_SEED={seed}\n")  # shown when it fails
    assert put_through(care_life, care_holds, Random(seed), memory) == CUTS_PER_LIFE


@pytest.mark.parametrize("synchronous", ["off", "normal"])
def test_a_store_that_syncs_less_would_be_caught(synchronous: str, memory: Path) -> None:
    def careless_life(folder: Path, chance: Random, groups: int) -> list[Act]:
        return show_life(folder, chance, groups, synchronous)

    def put_ten_through() -> None:
        for seed in range(10):
            put_through(careless_life, show_holds, Random(seed), memory)

    with pytest.raises((AssertionError, LedgerError)):
        put_ten_through()
