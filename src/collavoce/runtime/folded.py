"""The show's state as any process but the engine has it: folded from the ring."""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from collavoce.ledger.ring import RingReader
from collavoce.runtime.entry import Entry, decode
from collavoce.show.cues import Show
from collavoce.show.evolve import evolve
from collavoce.show.state import ShowState

RECENT = 200
"""Entries remembered for whoever asks what happened lately."""


@dataclass(slots=True)
class FoldedShow:
    """Follows the ring of one performance and folds what it reads."""

    show: Show
    ring: Path
    state: ShowState = field(default_factory=ShowState)
    seq: int = 0
    recent: deque[tuple[int, Entry]] = field(default_factory=lambda: deque(maxlen=RECENT))
    _reader: RingReader | None = None

    def catch_up(self) -> bool:
        """Fold what came since; whether anything did."""
        if self._reader is None:
            if not self.ring.exists():
                return False
            self._reader = RingReader(self.ring)
        fresh = self._reader.read()
        for seq, payload in fresh:
            entry = decode(payload)
            self.state = evolve(self.show, self.state, entry.event)
            self.seq = seq
            self.recent.append((seq, entry))
        return bool(fresh)
