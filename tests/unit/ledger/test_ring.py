"""The ring: what was appended is read, in order, across segments and deaths of the writer."""

import errno
import mmap
import os
import stat
from pathlib import Path

import pytest

from collavoce.ledger import ring as ring_module
from collavoce.ledger import segment
from collavoce.ledger.errors import RingFullError, RingPayloadError
from collavoce.ledger.ring import RingReader, RingWriter, reserve
from collavoce.ledger.segment import ENTRY, HEADER, PAYLOAD_BYTES_MAX, listing, span

SMALL = 4096


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    return tmp_path / "ring"


def fill(writer: RingWriter, count: int) -> list[tuple[int, bytes]]:
    """Append `count` entries; what a reader is to find."""
    first = writer.seq + 1
    entries = [(seq, b"entry %d" % seq) for seq in range(first, first + count)]
    assert [writer.append(payload) for _, payload in entries] == [seq for seq, _ in entries]
    return entries


def test_entries_are_numbered_from_one_and_read_back(ring: Path) -> None:
    writer = RingWriter.open(ring)
    assert writer.seq == 0
    assert RingReader(ring).read() == []
    entries = fill(writer, 3)
    assert RingReader(ring).read() == entries == [(1, b"entry 1"), (2, b"entry 2"), (3, b"entry 3")]


def test_a_reader_follows_entry_by_entry_through_many_segments(ring: Path) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    reader = RingReader(ring)
    seen: list[tuple[int, bytes]] = []
    expected: list[tuple[int, bytes]] = []
    for _ in range(1000):
        expected += fill(writer, 1)
        seen += reader.read()
    assert seen == expected
    assert len(listing(ring)) > 5
    assert (reader.lost, reader.read()) == (0, [])


def test_a_reader_starts_after_the_seq_it_is_told(ring: Path) -> None:
    entries = fill(RingWriter.open(ring, segment_bytes=SMALL), 700)
    for after in (0, 1, 300, 699, 700):
        assert RingReader(ring, after).read() == entries[after:]


def test_a_reader_takes_no_more_than_its_limit_and_goes_on_there(ring: Path) -> None:
    entries = fill(RingWriter.open(ring, segment_bytes=SMALL), 400)
    reader = RingReader(ring)
    parts = [reader.read(limit=150) for _ in range(4)]
    assert [len(part) for part in parts] == [150, 150, 100, 0]
    assert [entry for part in parts for entry in part] == entries


def test_the_last_entry_before_a_new_segment_is_not_stepped_over(ring: Path) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)

    class SlowReader(RingReader):
        """Between its two looks the engine fills the segment and begins the next."""

        def _following(self) -> segment.Segment | None:
            if self.seq == writer.seq == 1:
                fill(writer, 500)
            return super()._following()

    fill(writer, 1)
    reader = SlowReader(ring)
    assert reader.read(limit=1) == [(1, b"entry 1")]
    assert [seq for seq, _ in reader.read()] == list(range(2, 502))
    assert reader.lost == 0


def test_a_rewound_reader_reads_again(ring: Path) -> None:
    entries = fill(RingWriter.open(ring, segment_bytes=SMALL), 400)
    reader = RingReader(ring)
    reader.read()
    reader.rewind(17)
    assert reader.read() == entries[17:]


def test_a_reader_may_be_there_before_the_ring(ring: Path) -> None:
    reader = RingReader(ring)
    assert reader.read() == []
    entries = fill(RingWriter.open(ring), 2)
    assert reader.read() == entries


def test_a_writer_opened_again_goes_on_with_the_next_number(ring: Path) -> None:
    entries: list[tuple[int, bytes]] = []
    for _ in range(5):
        writer = RingWriter.open(ring, segment_bytes=SMALL)
        entries += fill(writer, 150)
        writer.close()
    assert RingReader(ring).read() == entries


def test_a_payload_has_limits_and_a_refused_one_takes_no_number(ring: Path) -> None:
    writer = RingWriter.open(ring)
    for payload in (b"", bytes(PAYLOAD_BYTES_MAX + 1)):
        with pytest.raises(RingPayloadError):
            writer.append(payload)
    assert writer.append(bytes(PAYLOAD_BYTES_MAX)) == 1
    assert RingReader(ring).read() == [(1, bytes(PAYLOAD_BYTES_MAX))]


def test_the_longest_payload_of_a_short_segment_fits_exactly(ring: Path) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    assert span(writer.payload_bytes_max) == SMALL - HEADER.size
    longest = os.urandom(writer.payload_bytes_max)
    assert [writer.append(longest) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(RingPayloadError):
        writer.append(longest + b"x")
    assert RingReader(ring).read() == [(1, longest), (2, longest), (3, longest)]


def test_an_entry_is_not_there_before_its_length_is_written(ring: Path) -> None:
    writer = RingWriter.open(ring)
    fill(writer, 1)
    reader = RingReader(ring)
    reader.read()
    here = writer._segment
    start = here.position
    writer.append(b"second")
    length = bytes(here.view[start : start + 4])
    here.view[start : start + 4] = bytes(4)
    assert reader.read() == []
    here.view[start : start + 4] = length
    assert reader.read() == [(2, b"second")]


@pytest.mark.parametrize("at", range(ENTRY.size + len(b"second")))
def test_an_entry_with_any_byte_wrong_is_not_there(ring: Path, at: int) -> None:
    writer = RingWriter.open(ring)
    fill(writer, 1)
    start = writer._segment.position
    writer.append(b"second")
    writer._segment.view[start + at] ^= 0x40
    assert RingReader(ring).read() == [(1, b"entry 1")]
    assert RingWriter.open(ring).seq == 1


def test_what_a_killed_writer_left_half_done_is_never_read_as_an_entry(ring: Path) -> None:
    writer = RingWriter.open(ring)
    fill(writer, 1)
    start = writer._segment.position
    # Inside the half-written payload stands a whole, valid entry with the right next number.
    decoy = ENTRY.pack(4, segment.checksum(3, b"evil"), 3) + b"evil\0\0\0\0"
    writer._segment.view[start + span(6) : start + span(6) + len(decoy)] = decoy
    again = RingWriter.open(ring)
    assert again.append(b"second") == 2
    assert RingReader(ring).read() == [(1, b"entry 1"), (2, b"second")]


def test_segments_made_ahead_are_used_and_not_seen_before(ring: Path) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    reader = RingReader(ring)
    assert reserve(ring, ahead=2, segment_bytes=SMALL) == 2
    assert reserve(ring, ahead=2, segment_bytes=SMALL) == 2  # there already
    made = listing(ring)
    assert len(made) == 3
    entries = fill(writer, 200)
    assert reader.read() == entries
    assert listing(ring) == made, "none was made in between"
    assert reserve(ring, ahead=2, segment_bytes=SMALL) == 2
    assert reader.read() == []
    assert not list(ring.glob("*.tmp"))


def test_a_ring_with_segments_ahead_needs_no_disk_for_them(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reserve(ring, ahead=3, segment_bytes=SMALL) == 3

    def full(_descriptor: int, _size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segment, "allocate", full)
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    entries = fill(writer, 300)
    writer.close()
    assert len([path for path in listing(ring) if segment.begun(path)]) == 3
    assert reserve(ring, ahead=3, segment_bytes=SMALL) == 0
    again = RingWriter.open(ring, segment_bytes=SMALL)  # a death changes nothing of that
    assert RingReader(ring).read() == entries
    with pytest.raises(RingFullError):
        fill(again, 200)


def test_two_makers_of_one_segment_leave_one_and_it_is_whole(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    made = segment.create

    def slow(path: Path, size: int) -> None:
        """While the second maker is at it, the engine makes the segment itself and begins it."""
        made(path, size)
        monkeypatch.setattr(ring_module, "create", made)
        path.rename(path.with_name("slow.tmp"))
        fill(writer, 150)
        path.with_name("slow.tmp").rename(path)

    monkeypatch.setattr(ring_module, "create", slow)
    assert reserve(ring, ahead=1, segment_bytes=SMALL) == 1
    assert [seq for seq, _ in RingReader(ring).read()] == list(range(1, 151))
    assert not list(ring.glob("*.tmp"))


def test_a_successor_goes_on_where_its_reader_stands(ring: Path) -> None:
    entries: list[tuple[int, bytes]] = []
    reader = RingReader(ring)
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    for _ in range(5):
        entries += fill(writer, 150)
        here = writer._segment
        writer._segment.view[here.position + 4 : here.position + 40] = bytes(range(36))
        writer.close()
        reader.read()
        writer = RingWriter.after(reader, segment_bytes=SMALL)
        assert writer.seq == len(entries)
    writer.append(b"on")
    assert RingReader(ring).read() == [*entries, (len(entries) + 1, b"on")]


def test_a_successor_of_a_writer_that_wrote_nothing_begins_the_ring(ring: Path) -> None:
    assert RingWriter.after(RingReader(ring), segment_bytes=SMALL).append(b"first") == 1


def test_segments_have_real_blocks_and_are_closed_to_others(ring: Path) -> None:
    RingWriter.open(ring)
    (path,) = listing(ring)
    assert path.stat().st_blocks * 512 >= segment.SEGMENT_BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.stat().st_mode) == 0o700


def test_a_full_disk_is_said_and_the_ring_goes_on_when_there_is_room(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    entries = fill(writer, 100)
    full = True

    def allocate(descriptor: int, size: int) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        os.ftruncate(descriptor, size)

    monkeypatch.setattr(segment, "allocate", allocate)
    assert reserve(ring, segment_bytes=SMALL) == 0
    with pytest.raises(RingFullError, match="no room"):
        fill(writer, 100)
    seq = writer.seq
    with pytest.raises(RingFullError):
        writer.append(bytes(1000))
    assert writer.seq == seq
    assert len(listing(ring)) == 1
    full = False
    assert writer.append(b"room again") == seq + 1
    read = RingReader(ring).read()
    assert read[:100] == entries
    assert read[-1] == (seq + 1, b"room again")


def test_a_page_lost_in_a_power_cut_loses_its_entries_and_no_others(ring: Path) -> None:
    size = 8 * mmap.PAGESIZE
    writer = RingWriter.open(ring, segment_bytes=size)
    entries = fill(writer, 3000)
    writer.close()
    first = listing(ring)[0]
    content = bytearray(first.read_bytes())
    content[2 * mmap.PAGESIZE : 3 * mmap.PAGESIZE] = bytes(mmap.PAGESIZE)
    first.write_bytes(content)
    reader = RingReader(ring)
    read = reader.read()
    assert set(read) < set(entries)
    assert read == sorted(read)
    assert reader.lost == len(entries) - len(read) > 0
    # Nothing between the lost page and the next segment can be told from what never was.
    found = segment.open_segment(listing(ring)[1])
    assert found is not None
    assert read[-1] == entries[-1]
    assert [seq for seq, _ in read if seq >= found.first_seq] == list(
        range(found.first_seq, len(entries) + 1)
    )


def test_a_segment_whose_header_was_lost_does_not_stop_reader_or_writer(ring: Path) -> None:
    writer = RingWriter.open(ring, segment_bytes=SMALL)
    fill(writer, 300)
    writer.close()
    last = listing(ring)[-1]
    last.write_bytes(bytes(SMALL))
    again = RingWriter.open(ring, segment_bytes=SMALL)
    whole = RingReader(ring).read()
    assert again.seq == whole[-1][0] < 300
    entries = fill(again, 200)
    assert RingReader(ring).read() == whole + entries
