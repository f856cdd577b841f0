"""One segment of a ring: a file of fixed size, mapped into memory, filled once from the front.

    header   magic u64, check u32, entries' first offset u32, first seq u64, size u64
    entry    length u32, crc32 u32, seq u64, payload, zero bytes to the next multiple of 8

Integers have the machine's own byte order: a ring never leaves its machine. The length is an
entry's commit word and is written last, in one store; a file starts as zeros, so 0 means "not
yet". The crc (over seq and payload) tells a reader on a processor that reorders stores, and
anybody after a power cut, that an entry is not whole: it is then not there yet, or never was.
"""

import mmap
import os
import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

from collavoce.ledger.disk import FILE_MODE, allocate

SEGMENT_BYTES = 4 << 20
PAYLOAD_BYTES_MAX = 64 << 10

HEADER = struct.Struct("=QIIQQ")
ENTRY = struct.Struct("=IIQ")
MAGIC = int.from_bytes(b"CVring01", "little")
MAGIC_BYTES = 8
NAME = "ring-{:08d}.log"
PATTERN = "ring-[0-9]*.log"


def span(payload_bytes: int) -> int:
    """Bytes an entry takes in its segment."""
    return (ENTRY.size + payload_bytes + 7) & ~7


def checksum(seq: int, payload: bytes | memoryview) -> int:
    """The crc32 of an entry."""
    return zlib.crc32(payload, zlib.crc32(seq.to_bytes(8, "big")))


@dataclass(slots=True)
class Segment:
    """A mapped segment. position: where the next entry is, or will be. seq: its number."""

    number: int
    first_seq: int
    view: memoryview
    position: int
    seq: int

    def next(self) -> bytes | None:
        """The payload of the next whole entry, stepped over; None when there is none (yet)."""
        view, start = self.view, self.position
        if start + ENTRY.size > len(view):
            return None
        length, crc, seq = ENTRY.unpack_from(view, start)
        end = start + ENTRY.size + length
        if length == 0 or length > PAYLOAD_BYTES_MAX or end > len(view) or seq != self.seq:
            return None
        payload = bytes(view[start + ENTRY.size : end])
        if checksum(seq, payload) != crc:
            return None
        self.position += span(length)
        self.seq += 1
        return payload

    def has_room(self, payload_bytes: int) -> bool:
        """Whether an entry of this length fits."""
        return self.position + span(payload_bytes) <= len(self.view)

    def put(self, payload: bytes) -> int:
        """Write the next entry and step over it; its seq. Needs room."""
        view, start, seq = self.view, self.position, self.seq
        ENTRY.pack_into(view, start, 0, checksum(seq, payload), seq)
        body = start + ENTRY.size
        view[body : body + len(payload)] = payload
        # Four aligned bytes copied at once: from here on the entry is there.
        view[start : start + 4] = len(payload).to_bytes(4, sys.byteorder)
        self.position += span(len(payload))
        self.seq += 1
        return seq

    def clear_rest(self) -> None:
        """Zero everything from the position on: what a writer left there, or a power cut."""
        self.view[self.position :] = bytes(len(self.view) - self.position)

    def clear_half_done(self) -> None:
        """Zero what a killed writer can have left from the position on: one entry at most."""
        end = min(self.position + span(PAYLOAD_BYTES_MAX), len(self.view))
        self.view[self.position : end] = bytes(end - self.position)


def create(path: Path, size: int) -> None:
    """Make a file of `size` zero bytes on real blocks; raises OSError and leaves no file."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    try:
        allocate(descriptor, size)
    except BaseException:
        path.unlink()
        raise
    finally:
        os.close(descriptor)


def clean(path: Path) -> None:
    """Zero a segment that nobody has begun, or whose header was lost."""
    try:
        view = _map(path, mmap.ACCESS_WRITE)
    except (FileNotFoundError, ValueError):
        return
    if bytes(view).strip(b"\0"):
        view[:] = bytes(len(view))
    view.release()


def begun(path: Path) -> bool:
    """Whether somebody has begun the segment at `path`: a cheap look, its header may not hold."""
    try:
        with path.open("rb", buffering=0) as file:
            return file.read(MAGIC_BYTES) == MAGIC.to_bytes(MAGIC_BYTES, sys.byteorder)
    except FileNotFoundError:
        return False


def begin(path: Path, number: int, first_seq: int) -> Segment:
    """Write the header of the zero file at `path` and map it for writing."""
    view = _map(path, mmap.ACCESS_WRITE)
    HEADER.pack_into(
        view, 0, MAGIC, _header_check(first_seq, len(view)), HEADER.size, first_seq, len(view)
    )
    return Segment(number, first_seq, view, HEADER.size, first_seq)


def open_segment(path: Path, *, writing: bool = False) -> Segment | None:
    """The segment at `path`; None when the file is gone or its header never reached the disk."""
    try:
        view = _map(path, mmap.ACCESS_WRITE if writing else mmap.ACCESS_READ)
    except (FileNotFoundError, ValueError):
        return None
    if len(view) < HEADER.size:
        return None
    magic, check, start, first_seq, size = HEADER.unpack_from(view)
    if magic != MAGIC or size != len(view) or check != _header_check(first_seq, size):
        return None
    return Segment(number_of(path), first_seq, view, start, first_seq)


def listing(folder: Path) -> list[Path]:
    """The segments in `folder`, oldest first."""
    return sorted(folder.glob(PATTERN))


def number_of(path: Path) -> int:
    """The number in a segment's name."""
    return int(path.stem.removeprefix("ring-"))


def _header_check(first_seq: int, size: int) -> int:
    return zlib.crc32(HEADER.pack(MAGIC, 0, HEADER.size, first_seq, size))


def _map(path: Path, access: int) -> memoryview:
    with path.open("r+b" if access == mmap.ACCESS_WRITE else "rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=access))
