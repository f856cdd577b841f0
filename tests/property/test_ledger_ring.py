"""Laws of the ring: readers see what was appended, once, in order, whatever happens between."""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from collavoce.ledger.ring import RingReader, RingWriter, reserve
from collavoce.ledger.segment import ENTRY, listing, span

SEGMENT = 512
LONGEST = SEGMENT - 48
PAYLOADS = st.binary(min_size=1, max_size=LONGEST)


class Ring(RuleBasedStateMachine):
    """An engine that writes, dies and comes back; a drain that reads, dies and comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name) / "ring"
        self.writer = RingWriter.open(self.folder, segment_bytes=SEGMENT)
        self.reader = RingReader(self.folder)
        self.written: list[tuple[int, bytes]] = []
        self.drained = 0
        self.spare = RingReader(self.folder)
        self.spared = 0

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(payloads=st.lists(PAYLOADS, max_size=8))
    def the_engine_appends(self, payloads: Sequence[bytes]) -> None:
        for payload in payloads:
            seq = self.writer.append(payload)
            self.written.append((seq, payload))

    @rule(ahead=st.integers(0, 3))
    def somebody_makes_segments_ahead(self, ahead: int) -> None:
        assert reserve(self.folder, ahead=ahead, segment_bytes=SEGMENT) == ahead

    @rule(left=st.binary(max_size=200), warm=st.booleans())
    def the_engine_dies_in_the_middle_of_an_entry(self, left: bytes, warm: bool) -> None:  # noqa: FBT001  a drawn value
        # Everything of the entry but its length, which is written last, and of that nothing.
        here = self.writer._segment
        end = min(here.position + 4 + len(left), len(here.view))
        if here.position + ENTRY.size <= len(here.view):
            here.view[here.position + 4 : end] = left[: end - here.position - 4]
        self.writer.close()
        if not warm:
            self.writer = RingWriter.open(self.folder, segment_bytes=SEGMENT)
            return
        assert self.spare.read() == self.written[self.spared :]
        self.spared = len(self.written)
        self.writer = RingWriter.after(self.spare, segment_bytes=SEGMENT)

    @rule()
    def the_spare_follows(self) -> None:
        entries = self.spare.read()
        assert entries == self.written[self.spared :]
        self.spared += len(entries)

    @rule(limit=st.none() | st.integers(1, 20))
    def the_drain_reads(self, limit: int | None) -> None:
        entries = self.reader.read(limit)
        assert entries == self.written[self.drained : self.drained + len(entries)]
        if limit is None:
            assert self.drained + len(entries) == len(self.written)
        self.drained += len(entries)

    @rule(again=st.integers(0, 10))
    def the_drain_dies_and_starts_a_little_before(self, again: int) -> None:
        self.drained = max(0, self.drained - again)
        self.reader = RingReader(self.folder, self.drained)

    @invariant()
    def numbers_are_dense_and_nothing_is_lost(self) -> None:
        assert [seq for seq, _ in self.written] == list(range(1, len(self.written) + 1))
        assert self.writer.seq == len(self.written)
        assert self.reader.lost == self.spare.lost == 0


TestRing = Ring.TestCase
TestRing.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@contextmanager
def written(payloads: Sequence[bytes]) -> Generator[Path]:
    """A ring that holds `payloads`."""
    with tempfile.TemporaryDirectory() as place:
        writer = RingWriter.open(Path(place), segment_bytes=SEGMENT)
        for payload in payloads:
            writer.append(payload)
        writer.close()
        yield Path(place)


@settings(deadline=None)
@given(st.lists(PAYLOADS, min_size=1, max_size=12), st.data())
def test_whatever_byte_is_damaged_no_false_entry_is_read(
    payloads: list[bytes], data: st.DataObject
) -> None:
    with written(payloads) as folder:
        path = data.draw(st.sampled_from(listing(folder)))
        content = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(content)
        true = set(enumerate(payloads, start=1))
        read = RingReader(folder).read()
        assert set(read) <= true
        assert read == sorted(read)


@given(PAYLOADS)
def test_an_entry_takes_whole_words_and_no_more(payload: bytes) -> None:
    assert span(len(payload)) % 8 == 0
    assert 0 <= span(len(payload)) - ENTRY.size - len(payload) < 8
