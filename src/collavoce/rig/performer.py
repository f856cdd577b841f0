"""Somebody who plays a written-down performance, note by note, when its time has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from collavoce.units import Instant, Seconds


@dataclass(slots=True)
class Performer:
    """Plays `performance` from `start` on; the same live, at any speed, and in simulation.

    performance : seconds from its own beginning and message, in order of time.
    """

    performance: Sequence[tuple[Seconds, bytes]]
    start: Instant
    _played: int = 0

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What sounded since the last call up to `now`, each with the instant it was played at.

        That is the instant the player meant, not the one at which somebody asked: whoever asks
        late measures their own latency.
        """
        due: list[tuple[Instant, bytes]] = []
        while self._played < len(self.performance):
            seconds, message = self.performance[self._played]
            at = Instant(self.start + seconds)
            if at > now:
                break
            due.append((at, message))
            self._played += 1
        return due

    @property
    def next_at(self) -> Instant | None:
        """When the next message is played; None when all are."""
        if self._played == len(self.performance):
            return None
        return Instant(self.start + self.performance[self._played][0])
