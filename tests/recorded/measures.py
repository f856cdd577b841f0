"""A follower's estimates beside the truth."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from math import inf
from operator import itemgetter

from tests.recorded.playing import Played

from collavoce.following import Estimate, Follower, Music
from collavoce.listening import NoteOn, Observation, Silence
from collavoce.units import Instant

GRID_S = 0.02
AFTER_S = 2.0
TOLERANCE_S = 0.3
HAIR = 1e-6
BAR = 4.0


def heard(notes: Iterable[NoteOn], until: float | None = None) -> Iterator[Observation]:
    """The notes with the silences between them, and a while after the last."""
    now = 0.0
    for note in sorted(notes, key=lambda n: n.heard_at):
        while note.heard_at - now > GRID_S:
            now += GRID_S
            yield Silence(Instant(now))
        now = note.heard_at
        yield note
    end = now + AFTER_S if until is None else until
    while now < end:
        now += GRID_S
        yield Silence(Instant(now))


def estimates(
    follower: Follower, notes: Iterable[NoteOn], until: float | None = None
) -> list[Estimate]:
    """Every answer of `follower` to the notes and the silences between them."""
    return [follower.step(observation) for observation in heard(notes, until)]


def delays(said: Sequence[Estimate], played: Played) -> list[float | None]:
    """Seconds from each onset to the estimate that reached it in its passage; None for never.

    Negative where it was said before it was played. In a passage that was jumped to, nothing is
    said about it before an estimate is within a bar of the player.
    """
    result: list[float | None] = []
    for k, passage in enumerate(played.truth):
        until = played.truth[k + 1][0][0] if k + 1 < len(played.truth) else inf
        of_passage = [e for e in said if e.at < until and e.state is not Music.WAITING]
        if k:
            of_passage = list(dropwhile(lambda e, p=passage: not _with(e, p), of_passage))
        position = 0
        for at, quarter in passage:
            while position < len(of_passage) and of_passage[position].quarter < quarter - HAIR:
                position += 1
            reached = position < len(of_passage)
            result.append(of_passage[position].at - at if reached else None)
    return result


def _with(estimate: Estimate, passage: list[tuple[float, float]]) -> bool:
    """Whether the estimate is where the player is."""
    index = bisect_right(passage, estimate.at + HAIR, key=itemgetter(0)) - 1
    return index >= 0 and abs(estimate.quarter - passage[index][1]) < BAR


def on_time(delay: Sequence[float | None]) -> float:
    """Share within the tolerance."""
    return sum(d is not None and abs(d) <= TOLERANCE_S for d in delay) / len(delay)


def early(delay: Sequence[float | None]) -> float:
    """Share said more than the tolerance too soon."""
    return sum(d is not None and d < -TOLERANCE_S for d in delay) / len(delay)
