"""Laws of the ring: readers see what was appended, once, in order, whatever happens between."""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from collavoce.ledger.ring import RingReader, RingWriter, sweep
from collavoce.ledger.segment import ENTRY, listing, open_segment, span

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

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(payloads=st.lists(PAYLOADS, max_size=8))
    def the_engine_appends(self, payloads: Sequence[bytes]) -> None:
        for payload in payloads:
            seq = self.writer.append(payload)
            self.written.append((seq, payload))

    @rule()
    def the_engine_makes_a_segment_ahead(self) -> None:
        assert self.writer.prepare()

    @rule(left=st.binary(max_size=200))
    def the_engine_dies_in_the_middle_of_an_entry(self, left: bytes) -> None:
        # Everything of the entry but its length, which is written last, and of that nothing.
        here = self.writer._segment
        end = min(here.position + 4 + len(left), len(here.view))
        if here.position + ENTRY.size <= len(here.view):
            here.view[here.position + 4 : end] = left[: end - here.position - 4]
        self.writer.close()
        self.writer = RingWriter.open(self.folder, segment_bytes=SEGMENT)

    @rule(limit=st.none() | st.integers(1, 20))
    def the_drain_reads(self, limit: int | None) -> None:
        entries = self.reader.read(limit)
        assert entries == self.written[self.drained : self.drained + len(entries)]
        if limit is None:
            assert self.drained + len(entries) == len(self.written)
        self.drained += len(entries)

    @rule(again=st.integers(0, 10))
    def the_drain_dies_and_starts_where_the_ring_still_is(self, again: int) -> None:
        first = open_segment(listing(self.folder)[0])
        assert first is not None
        self.drained = max(first.first_seq - 1, self.drained - again)
        self.reader = RingReader(self.folder, self.drained)

    @precondition(lambda self: self.drained > 0)
    @rule()
    def the_janitor_sweeps(self) -> None:
        sweep(self.folder, self.drained)

    @invariant()
    def numbers_are_dense_and_nothing_is_lost(self) -> None:
        assert [seq for seq, _ in self.written] == list(range(1, len(self.written) + 1))
        assert self.writer.seq == len(self.written)
        assert self.reader.lost == 0


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
