"""Real processes, really killed: what was acknowledged before SIGKILL is there after it.

A kill says nothing about power cuts (`test_power_cut.py`): what a killed process has written, the
operating system still has.
"""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.ledger.drafts import draft

from collavoce.ledger import Draft, SealedStore, SqliteReader, SqliteStore, verify
from collavoce.ledger.drain import drain_once, drained, ring_key
from collavoce.ledger.ring import RingReader, RingWriter

ROUNDS = int(os.environ.get("COLLAVOCE_KILLS", "50"))
SEED = int(os.environ.get("COLLAVOCE_SEED", "1"))
LONGEST_LIFE_S = 0.01

pytestmark = pytest.mark.process


def content(number: int) -> bytes:
    """What is kept under `number`: some long, some short, all different."""
    return random.Random(number).randbytes(8 + number * 7919 % 900)


def killed(work: Callable[[Callable[[int], None]], None], chance: random.Random) -> list[int]:
    """The numbers that `work` acknowledged in a child process before it was killed."""
    ears, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            work(lambda number: assert_whole(os.write(mouth, number.to_bytes(8, "big"))))
        os._exit(1)
    os.close(mouth)
    with os.fdopen(ears, "rb", buffering=0) as pipe:
        heard = pipe.read(8)
        time.sleep(chance.uniform(0.0, LONGEST_LIFE_S))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        heard = (heard or b"") + pipe.readall()
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return [int.from_bytes(heard[i : i + 8], "big") for i in range(0, len(heard), 8)]


def assert_whole(written: int) -> None:
    """An acknowledgement is 8 bytes."""
    assert written == 8


def test_no_entry_of_the_ring_that_was_acknowledged_is_missing_or_torn(tmp_path: Path) -> None:
    ring, chance, kept = tmp_path / "ring", random.Random(SEED), 0

    def engine(acknowledge: Callable[[int], None]) -> None:
        writer = RingWriter.open(ring, segment_bytes=1 << 16)
        while True:
            acknowledge(writer.append(content(writer.seq + 1)))

    for _ in range(ROUNDS):
        acknowledged = killed(engine, chance)
        assert acknowledged == list(range(kept + 1, kept + 1 + len(acknowledged)))
        entries = RingReader(ring, kept).read()
        assert entries == [(kept + i, content(kept + i)) for i in range(1, len(entries) + 1)]
        kept += len(entries)
        # The entry that was written and not yet acknowledged may be there, whole; no other.
        assert kept - acknowledged[-1] in {0, 1}


def test_no_record_of_the_store_that_was_acknowledged_is_missing(tmp_path: Path) -> None:
    path, chance, kept = tmp_path / "state" / "show.db", random.Random(SEED), 0

    def writer(acknowledge: Callable[[int], None]) -> None:
        store = SqliteStore.open(path, ballast_bytes=0)
        number = store.head()[0]
        while True:
            group = [draft(number + i, content(number + i)) for i in range(1, 2 + number % 5)]
            for record in store.append(group):
                acknowledge(record.seq)
            number += len(group)

    for _ in range(ROUNDS):
        acknowledged = killed(writer, chance)
        assert acknowledged == list(range(kept + 1, kept + 1 + len(acknowledged)))
        reader = SqliteReader.open(path)  # and a reader may be the first to come after a death
        records = reader.read(limit=1 << 20)
        reader.close()
        assert verify(records) is None
        assert [record.body for record in records] == [content(r.seq) for r in records]
        assert len(records) >= acknowledged[-1]
        kept = len(records)


def test_no_sealed_entry_that_was_acknowledged_is_missing(tmp_path: Path) -> None:
    path, chance, kept = tmp_path / "care" / "care.db", random.Random(SEED), 0

    def care(acknowledge: Callable[[int], None]) -> None:
        store = SealedStore.open(path, ballast_bytes=0)
        row = len(store.read("stream"))
        while True:
            row += 1
            acknowledge(store.append("stream", content(row)))

    for _ in range(ROUNDS):
        acknowledged = killed(care, chance)
        assert acknowledged == list(range(kept + 1, kept + 1 + len(acknowledged)))
        store = SealedStore.open(path, ballast_bytes=0)
        entries = store.read("stream")
        store.close()
        assert entries == [(row, content(row)) for row in range(1, len(entries) + 1)]
        assert len(entries) >= acknowledged[-1]
        kept = len(entries)


def test_a_drain_killed_again_and_again_keeps_every_entry_once_and_in_order(
    tmp_path: Path,
) -> None:
    ring, path, chance = tmp_path / "ring", tmp_path / "state" / "show.db", random.Random(SEED)
    writer = RingWriter.open(ring, segment_bytes=1 << 16)
    count = 40 * ROUNDS
    for seq in range(1, count + 1):
        writer.append(content(seq))

    def decode(seq: int, payload: bytes) -> Draft:
        return draft(seq, payload, epoch=3)

    def drain(acknowledge: Callable[[int], None]) -> None:
        store = SqliteStore.open(path, ballast_bytes=0)
        reader = RingReader(ring, drained(store, 3))
        while drain_once(reader, store, decode, limit=7):
            acknowledge(store.head()[0])
        acknowledge(store.head()[0])
        signal.pause()

    acknowledged = [0]
    while acknowledged[-1] < count:
        acknowledged += killed(drain, chance)
    reader = SqliteReader.open(path)
    records = reader.read(limit=count + 1)
    reader.close()
    assert acknowledged == sorted(acknowledged)
    assert [record.body for record in records] == [content(i) for i in range(1, count + 1)]
    assert [r.key for r in records] == [ring_key(3, r.seq, f"key-{r.seq}") for r in records]
    assert verify(records) is None
