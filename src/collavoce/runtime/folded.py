"""The show's state as any process but the engine has it: folded from the ring."""

from collections import deque
from collections.abc import Callable
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
    """Follows the ring of one performance and folds what it reads.

    states : by stage; what is of a stage that the folder does not have is left.
    heard : is handed every entry besides, with its number.
    """

    show: Show
    ring: Path
    states: dict[str, ShowState] = field(init=False)
    seq: int = 0
    recent: deque[tuple[int, Entry]] = field(default_factory=lambda: deque(maxlen=RECENT))
    heard: Callable[[int, Entry], None] | None = None
    _reader: RingReader | None = None
    _shows: dict[str, Show] = field(init=False)

    def __post_init__(self) -> None:
        self._shows = {stage: self.show.on_stage(stage) for stage in self.show.stage_ids}
        self.states = {stage: ShowState() for stage in self._shows}

    @property
    def state(self) -> ShowState:
        """The state of the only stage; of several, of the first."""
        return self.states[self.show.stage_ids[0]]

    def catch_up(self) -> bool:
        """Fold what came since; whether anything did."""
        if self._reader is None:
            if not self.ring.exists():
                return False
            self._reader = RingReader(self.ring)
        fresh = self._reader.read()
        for seq, payload in fresh:
            entry = decode(payload)
            if (show := self._shows.get(entry.stage)) is not None:
                self.states[entry.stage] = evolve(show, self.states[entry.stage], entry.event)
            self.seq = seq
            self.recent.append((seq, entry))
            if self.heard is not None:
                self.heard(seq, entry)
        return bool(fresh)
