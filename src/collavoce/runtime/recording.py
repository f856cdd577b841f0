"""The engine's side of the record: into the ring, whatever the disk says.

A show goes on: when the segments made ahead are used up and the disk has no room for another, what
happened is kept in memory, said to the desk, and brought into the ring as soon as there is room.
Numbers stay dense meanwhile, so that nothing has to be renumbered then. What waits in memory is the
one thing that a killed engine loses; the segments made ahead keep that some 50,000 facts away.
"""

from collections import deque
from pathlib import Path

from collavoce.ledger.errors import RingError
from collavoce.ledger.ring import RingReader, RingWriter
from collavoce.ledger.segment import SEGMENT_BYTES

HELD_BACK_MAX = 100_000
"""Entries kept in memory for a full disk: a long night of cues; then the oldest are lost."""


class Recording:
    """Appends payloads to the ring of one performance.

    reader : has read the ring to its end, after its last writer's death: the ring goes on from
        there without being walked again.
    """

    def __init__(
        self,
        folder: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        reader: RingReader | None = None,
    ) -> None:
        self._ring = (
            RingWriter.open(folder, segment_bytes=segment_bytes)
            if reader is None
            else RingWriter.after(reader, segment_bytes=segment_bytes)
        )
        self._held_back: deque[bytes] = deque(maxlen=HELD_BACK_MAX)

    @property
    def whole(self) -> bool:
        """Whether everything is in the ring."""
        return not self._held_back

    @property
    def seq_in_ring(self) -> int:
        """The number of the last entry that is in the ring."""
        return self._ring.seq

    def append(self, payload: bytes) -> int:
        """Record `payload`; its number, in the ring or as it will be there."""
        self._held_back.append(payload)
        self.catch_up()
        return self.seq_in_ring + len(self._held_back)

    def catch_up(self) -> None:
        """Bring what was held back into the ring, as far as it goes."""
        while self._held_back:
            try:
                self._ring.append(self._held_back[0])
            except RingError:
                return
            self._held_back.popleft()

    def close(self) -> None:
        """Let go of the ring; it stays."""
        self.catch_up()
        self._ring.close()
