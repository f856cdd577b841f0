"""From the ring to the store: everything, once, in order."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.ledger.drafts import draft

from collavoce.ledger import Draft, MemoryStore, Record, verify
from collavoce.ledger.drain import GROUP_ENTRIES_MAX, drain_once, drained, ring_key
from collavoce.ledger.errors import RingConflictError, StoreFullError
from collavoce.ledger.ring import RingReader, RingWriter


def decode(seq: int, payload: bytes) -> Draft:
    """What the show's writer does: own key for a command's first event only."""
    return replace(draft(seq, payload), key="press-1" if seq == 1 else "")


@pytest.fixture
def ring(tmp_path: Path) -> RingWriter:
    return RingWriter.open(tmp_path / "ring", segment_bytes=1 << 16)


def fill(ring: RingWriter, count: int) -> None:
    for _ in range(count):
        ring.append(b"entry %d" % (ring.seq + 1))


def bodies(store: MemoryStore) -> list[bytes]:
    return [record.body for record in store.read(limit=10_000)]


def test_an_empty_ring_keeps_nothing(ring: RingWriter) -> None:
    store = MemoryStore()
    assert drain_once(RingReader(ring.folder), store, decode) == 0
    assert drained(store, 1) == 0


def test_a_backlog_is_kept_in_groups_of_limited_size(ring: RingWriter) -> None:
    fill(ring, GROUP_ENTRIES_MAX + 10)
    store, reader = MemoryStore(), RingReader(ring.folder)
    assert [drain_once(reader, store, decode) for _ in range(3)] == [GROUP_ENTRIES_MAX, 10, 0]
    assert bodies(store) == [b"entry %d" % seq for seq in range(1, GROUP_ENTRIES_MAX + 11)]


def test_a_record_says_where_in_which_ring_it_came_from(ring: RingWriter) -> None:
    fill(ring, 2)
    store = MemoryStore()
    drain_once(RingReader(ring.folder), store, decode)
    assert [record.key for record in store.read()] == [
        "ring:00000001:0000000000000001:press-1",
        "ring:00000001:0000000000000002",
    ]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 99, 1000])
def test_the_store_knows_where_to_go_on(ring: RingWriter, count: int) -> None:
    fill(ring, count)
    store = MemoryStore()
    reader = RingReader(ring.folder)
    while drain_once(reader, store, decode, limit=7):
        pass
    assert drained(store, 1) == count
    assert drained(store, 2) == 0
    fill(ring, 3)
    again = RingReader(ring.folder, drained(store, 1))
    assert drain_once(again, store, decode) == 3
    assert len(bodies(store)) == count + 3


def test_a_drain_that_begins_too_early_keeps_nothing_twice(ring: RingWriter) -> None:
    fill(ring, 20)
    store = MemoryStore()
    drain_once(RingReader(ring.folder), store, decode)
    fill(ring, 5)
    assert drain_once(RingReader(ring.folder, 3), store, decode) == 22
    assert bodies(store) == [b"entry %d" % seq for seq in range(1, 26)]
    assert verify(store.read()) is None


def test_rings_of_two_epochs_stand_one_after_the_other(tmp_path: Path) -> None:
    store = MemoryStore()
    for epoch in (1, 2):
        ring = RingWriter.open(tmp_path / str(epoch))
        fill(ring, 3)

        def of_epoch(seq: int, payload: bytes, epoch: int = epoch) -> Draft:
            return replace(decode(seq, payload), epoch=epoch)

        drain_once(RingReader(ring.folder, drained(store, epoch)), store, of_epoch)
    assert bodies(store) == [b"entry 1", b"entry 2", b"entry 3"] * 2
    assert (drained(store, 1), drained(store, 2)) == (3, 3)


class FullStore(MemoryStore):
    """Has no room the first two times."""

    refusals = 2

    def append(self, drafts: Sequence[Draft]) -> list[Record]:
        if self.refusals:
            self.refusals -= 1
            raise StoreFullError("full")
        return super().append(drafts)


def test_after_a_full_disk_the_same_entries_are_tried_again(ring: RingWriter) -> None:
    fill(ring, 10)
    store, reader = FullStore(), RingReader(ring.folder)
    for _ in range(2):
        with pytest.raises(StoreFullError):
            drain_once(reader, store, decode)
    assert drain_once(reader, store, decode) == 10
    assert bodies(store) == [b"entry %d" % seq for seq in range(1, 11)]


def test_a_payload_that_does_not_decode_is_not_stepped_over(ring: RingWriter) -> None:
    fill(ring, 3)
    store, reader = MemoryStore(), RingReader(ring.folder)

    def picky(seq: int, payload: bytes) -> Draft:
        if seq == 2:
            raise ValueError(payload)
        return decode(seq, payload)

    for _ in range(2):
        with pytest.raises(ValueError, match="entry 2"):
            drain_once(reader, store, picky)
    assert store.read() == []


def test_two_rings_under_one_epoch_are_noticed_instead_of_losing_the_second(
    tmp_path: Path,
) -> None:
    store = MemoryStore()
    for name, payload in (("one", b"lx 12"), ("two", b"lx 13")):
        RingWriter.open(tmp_path / name).append(payload)
    drain_once(RingReader(tmp_path / "one"), store, decode)
    with pytest.raises(RingConflictError, match="give the performance a new one"):
        drain_once(RingReader(tmp_path / "two"), store, decode)
    assert bodies(store) == [b"lx 12"]
    assert store.has(ring_key(1, 1, "press-1"))
