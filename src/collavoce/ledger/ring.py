"""The engine's own record of what it just did, before anything leaves the house.

A ring is a folder of segments (`segment.py`) that live in the operating system's memory: a
killed process loses nothing, and no entry ever waits for a disk. The ledger's writer drains it
to disk behind the engine; a power cut loses what was not drained yet. One writer, any number of
readers, no lock between them.

The seq of an entry is dense from 1 for the life of the folder; a reader that finds a gap lost
entries to a power cut, or came later than the janitor.
"""

import errno
from itertools import pairwise
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
    create,
    listing,
    number_of,
    open_segment,
)

SEGMENTS_KEPT = 2
"""Segments the janitor never takes: a successor of the engine starts from them."""

NEXT = "ring-next.tmp"
"""A segment made ahead; it becomes one by being renamed, whole."""


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
        # in the one before it, and the next one takes its name.
        opened = (open_segment(path, writing=True) for path in reversed(listing(folder)))
        segment = next((segment for segment in opened if segment is not None), None)
        if segment is None:
            return cls(folder, _add(folder, 1, 1, segment_bytes), segment_bytes)
        while segment.next() is not None:
            pass
        # A half-written entry must not be taken for one after the next, shorter one.
        segment.clear_rest()
        return cls(folder, segment, segment_bytes)

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

    def prepare(self) -> bool:
        """Make the next segment ahead, in a quiet moment; whether there is one now.

        Without it the one append in some ten thousand that needs a segment makes it itself.
        """
        path = self.folder / NEXT
        if path.exists() and path.stat().st_size == self._size:
            return True
        try:
            create(path, self._size)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let go of the memory; the ring stays."""
        self._segment.view.release()


def _add(folder: Path, number: int, first_seq: int, size: int) -> Segment:
    """Segment `number` of the ring, from the one made ahead if there is one."""
    ahead = folder / NEXT
    try:
        if not ahead.exists() or ahead.stat().st_size != size:
            create(ahead, size)
        segment = begin(ahead, number, first_seq)
        ahead.rename(folder / NAME.format(number))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise RingFullError(f"{folder}: no room for a segment of {size} bytes") from error
        raise RingError(f"{folder}: no segment can be made: {error}") from error
    return segment


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
            later = (open_segment(p) for p in listing(self.folder) if number_of(p) > number)
            return next((segment for segment in later if segment is not None), None)
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


def sweep(folder: Path, drained_seq: int) -> int:
    """Remove the segments whose entries are all `drained_seq` or older; how many went.

    The last SEGMENTS_KEPT stay. A reader that is behind keeps what it has open and finds a gap
    after it.
    """
    paths = listing(folder)
    gone = 0
    for path, following in pairwise(paths[: 1 - SEGMENTS_KEPT]):
        segment = open_segment(following)
        if segment is None or segment.first_seq - 1 > drained_seq:
            break
        segment.view.release()
        path.unlink()
        gone += 1
    return gone
