"""The engine's own record of what it just did, before anything leaves the house.

A ring is a folder of segments (`segment.py`) that live in the operating system's memory: a
killed process loses nothing, and no entry ever waits for a disk. The ledger's writer drains it
to disk behind the engine; a power cut loses what was not drained yet. One writer, any number of
readers, no lock between them.

Segments are made ahead, on real blocks (`reserve`), by whoever may wait for a disk: before the
house opens, and by the ledger's writer. A disk that is full in mid-show is then felt only after
SEGMENTS_AHEAD more of them. A segment that nobody has begun has no header and is not there yet.

The whole ring of a night stays until the night is drained: successors of the engine and desks fold
it from its first entry. The seq of an entry is dense from 1 for the life of the folder; a reader
that finds a gap lost entries to a power cut.
"""

import errno
import os
from pathlib import Path

from collavoce.ledger.disk import private_folder
from collavoce.ledger.errors import RingError, RingFullError, RingPayloadError
from collavoce.ledger.segment import (
    ENTRY,
    HEADER,
    NAME,
    PAYLOAD_BYTES_MAX,
    SEGMENT_BYTES,
    Segment,
    begin,
    begun,
    clean,
    create,
    listing,
    number_of,
    open_segment,
)

SEGMENTS_AHEAD = 3
"""12 MB, some 50,000 facts: more than a night has."""

MAKING = "ring-making-{}.tmp"
"""A segment on its way; whole when it gets its own name. One name a process."""


_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP)


class RingWriter:
    """The one writer of a ring."""

    def __init__(self, folder: Path, segment: Segment, size: int) -> None:
        self.folder = folder
        self.payload_bytes_max = min(PAYLOAD_BYTES_MAX, size - HEADER.size - ENTRY.size)
        self._segment = segment
        self._size = size

    @classmethod
    def open(cls, folder: Path, *, segment_bytes: int = SEGMENT_BYTES) -> "RingWriter":
        """The ring in `folder`, going on after its last whole entry; made if there is none.

        Raises RingFullError when there is no room for the first segment.
        """
        assert segment_bytes % 8 == 0, "entries are aligned to 8 bytes"
        try:
            private_folder(folder)
        except OSError as error:
            raise RingError(f"{folder}: no ring can be kept here: {error}") from error
        # A segment whose header a power cut took holds nothing that can be read: the ring goes on
        # in the one before it, and what may stand in the next one is not read as new.
        segment = None
        for path in reversed(listing(folder)):
            segment = open_segment(path, writing=True)
            if segment is not None:
                break
            clean(path)
        if segment is None:
            return cls(folder, _add(folder, 1, 1, segment_bytes), segment_bytes)
        while segment.next() is not None:
            pass
        # A half-written entry must not be taken for one after the next, shorter one.
        segment.clear_rest()
        return cls(folder, segment, segment_bytes)

    @classmethod
    def after(cls, reader: "RingReader", *, segment_bytes: int = SEGMENT_BYTES) -> "RingWriter":
        """The ring that `reader` has read to its end, going on there at once.

        For the successor of a writer that died in this life of the machine and has no other heir:
        what that one left half done lies within one entry's length. A reader that stands nowhere
        yet knows nothing, and the ring is opened as by `open`, which walks all of a segment.
        """
        segment = reader.place_to_write()
        if segment is None:
            return cls.open(reader.folder, segment_bytes=segment_bytes)
        segment.clear_half_done()
        return cls(reader.folder, segment, segment_bytes)

    @property
    def seq(self) -> int:
        """The seq of the last entry; 0 when there is none."""
        return self._segment.seq - 1

    def append(self, payload: bytes) -> int:
        """Record `payload`; its seq. It survives the death of this process from here on.

        payload : 1 to PAYLOAD_BYTES_MAX bytes, else RingPayloadError. Raises RingFullError when
        a new segment is needed and the disk is full; nothing was recorded then.
        """
        if not 0 < len(payload) <= self.payload_bytes_max:
            limit = self.payload_bytes_max
            raise RingPayloadError(f"{self.folder}: 1 to {limit} bytes, not {len(payload)}")
        if not self._segment.has_room(len(payload)):
            old = self._segment
            self._segment = _add(self.folder, old.number + 1, old.seq, self._size)
            old.view.release()
        return self._segment.put(payload)

    def close(self) -> None:
        """Let go of the memory; the ring stays."""
        self._segment.view.release()


def reserve(
    folder: Path, *, ahead: int = SEGMENTS_AHEAD, segment_bytes: int = SEGMENT_BYTES
) -> int:
    """Make segments ahead until there are `ahead` that nobody has begun; how many there are.

    Fewer than asked for: the disk has no room, or takes nothing. Never raises for that: a ring
    that has room left goes on.
    """
    made = 0
    try:
        private_folder(folder)
        numbers = [number_of(path) for path in listing(folder) if begun(path)]
        first = max(numbers, default=0) + 1
        for number in range(first, first + ahead):
            _make(folder, number, segment_bytes)
            made += 1
    except OSError:
        pass
    return made


def _make(folder: Path, number: int, size: int) -> Path:
    """The file of segment `number`, made of zeros if it is not there yet; raises OSError."""
    path = folder / NAME.format(number)
    if not path.exists():
        making = folder / MAKING.format(os.getpid())
        create(making, size)
        try:
            # A link is refused where there is a file: two makers cannot both have made it, and
            # none takes away what the other has begun.
            os.link(making, path)
        except FileExistsError:
            pass
        except OSError as error:
            # A file system without links: there the one who comes second would win, so look again.
            if error.errno not in _NO_LINKS or path.exists():
                raise
            making.rename(path)
        finally:
            making.unlink(missing_ok=True)
    return path


def _add(folder: Path, number: int, first_seq: int, size: int) -> Segment:
    """Segment `number` of the ring, begun; usually it was made ahead."""
    try:
        return begin(_make(folder, number, size), number, first_seq)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise RingFullError(f"{folder}: no room for a segment of {size} bytes") from error
        raise RingError(f"{folder}: no segment can be made: {error}") from error


class RingReader:
    """Follows a ring from after `after_seq` on, in any process; never blocks, never writes.

    lost : entries that were skipped because they cannot be read any more.
    """

    def __init__(self, folder: Path, after_seq: int = 0) -> None:
        self.folder = folder
        self.seq = after_seq
        self.lost = 0
        self._segment: Segment | None = None

    def read(self, limit: int | None = None) -> list[tuple[int, bytes]]:
        """The (seq, payload) that came since, oldest first; at most `limit`, all by default."""
        entries: list[tuple[int, bytes]] = []
        while limit is None or len(entries) < limit:
            payload = self._next()
            if payload is None:
                following = self._following()
                if following is None:
                    break
                # The last entry of this segment may have come while we looked for the next one.
                payload = self._next()
                if payload is None:
                    self.close()
                    self._segment = following
                    continue
                following.view.release()
            assert self._segment is not None
            seq = self._segment.seq - 1
            if seq > self.seq:
                self.lost += seq - self.seq - 1
                self.seq = seq
                entries.append((seq, payload))
        return entries

    def place_to_write(self) -> Segment | None:
        """Where the next entry belongs, mapped for writing; None when this stands nowhere.

        Only for who has read to the end, after the writer's death.
        """
        here = self._segment
        if here is None:
            return None
        segment = open_segment(self.folder / NAME.format(here.number), writing=True)
        if segment is not None:
            segment.position, segment.seq = here.position, here.seq
        return segment

    def rewind(self, seq: int) -> None:
        """Stand behind entry `seq` again, as far back as the ring still goes."""
        self.close()
        self.seq = seq

    def close(self) -> None:
        """Let go of the memory. Reading goes on from where it was."""
        if self._segment is not None:
            self._segment.view.release()
            self._segment = None

    def _next(self) -> bytes | None:
        return None if self._segment is None else self._segment.next()

    def _following(self) -> Segment | None:
        """The segment to go on with: the next one, or the one that holds the next entry."""
        if self._segment is not None:
            number = self._segment.number
            later = (p for p in listing(self.folder) if number_of(p) > number and begun(p))
            return next((found for found in map(open_segment, later) if found is not None), None)
        best: Segment | None = None
        for path in reversed(listing(self.folder)):
            segment = open_segment(path)
            if segment is None:
                continue
            if best is not None:
                best.view.release()
            best = segment
            if segment.first_seq <= self.seq + 1:
                break
        return best
