"""When the onsets of a score were played, once: what a rehearsal leaves behind.

Only the times of onsets, counted from the first of their passage: no key, no touch, no hour of the
day, nothing of who played.
"""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

SURE = 0.5
"""Confidence below which an onset is not kept."""

SHORTEST = 8
"""Onsets of the shortest passage that says anything of how somebody plays."""

ONSETS_MOST = 20_000
"""Onsets of a take; what is played after so many is not kept."""


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """Onsets played one after the other, without a jump or a stop between them.

    quarters : positions in the score, rising. seconds : when each began, from the first, rising.
    Both of the same length, at least `SHORTEST`.
    """

    quarters: tuple[float, ...]
    seconds: tuple[float, ...]


class Take(msgspec.Struct, frozen=True):
    """One playing of a score, or of parts of it.

    score : its fingerprint (`collavoce.score.fingerprint`). passages : in the order played.
    """

    score: str
    passages: tuple[Passage, ...]


class Taking:
    """Gathers a take while somebody plays; a wait at one of `fermatas` is part of the playing."""

    def __init__(self, fermatas: Sequence[float]) -> None:
        self._fermatas = sorted(fermatas)
        self._passages: list[Passage] = []
        self._open: list[tuple[float, float]] = []
        self._room = ONSETS_MOST
        self._waited = False

    def wait(self) -> None:
        """The next onset is overdue."""
        self._waited = True

    def hear(self, quarter: float, since: float, confidence: float, *, followed: bool) -> None:
        """The onset at `quarter` was played at `since`.

        followed : False where the player was lost, or was just found elsewhere.
        """
        if not followed or (self._waited and not self._held(quarter)):
            self._close()
        self._waited = False
        if followed and confidence >= SURE and self._room and self._later(quarter, since):
            self._open.append((quarter, since))
            self._room -= 1

    def take(self, score: str) -> Take | None:
        """What was gathered of the score with this fingerprint; None if it is nothing."""
        last = _closed(self._open)
        passages = (*self._passages, last) if last is not None else tuple(self._passages)
        return Take(score, passages) if passages else None

    def _later(self, quarter: float, since: float) -> bool:
        return not self._open or (quarter > self._open[-1][0] and since > self._open[-1][1])

    def _held(self, quarter: float) -> bool:
        """Whether a fermata is written between the last onset and the one at `quarter`."""
        last = self._open[-1][0] if self._open else quarter
        return bisect_left(self._fermatas, last) < bisect_left(self._fermatas, quarter)

    def _close(self) -> None:
        passage = _closed(self._open)
        if passage is not None:
            self._passages.append(passage)
        self._open = []


def _closed(onsets: list[tuple[float, float]]) -> Passage | None:
    if len(onsets) < SHORTEST:
        return None
    start = onsets[0][1]
    return Passage(tuple(q for q, _ in onsets), tuple(at - start for _, at in onsets))
