"""A follower's estimates beside the truth."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from math import inf
from operator import itemgetter

from tests.recorded.playing import Played

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.listening import NoteOn, Observation, Silence
from collavoce.units import Instant

GRID_S = 0.02
AFTER_S = 2.0
TOLERANCE_S = 0.3
HAIR = 1e-6
NEAR = 1.0
FOUND_WITHIN_S = 8.0


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
    said about it before an estimate is within a quarter of the player.
    """
    result: list[float | None] = []
    for k, passage in enumerate(played.truth):
        until = _until(played, k)
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


def found(said: Sequence[Estimate], played: Played, onsets: Sequence[float]) -> list[float | None]:
    """For each jump the seconds from its landing until one is said that leads to the player.

    onsets : all of the score.
    """
    result: list[float | None] = []
    for k in _landings(played, onsets):
        passage = played.truth[k]
        landed, until = passage[0][0], min(_until(played, k), passage[0][0] + FOUND_WITHIN_S)
        right = (
            e.at - landed
            for e in said
            if e.jump is not None and landed <= e.at < until and _with(e, passage)
        )
        result.append(next(right, None))
    return result


def astray(said: Sequence[Estimate], played: Played, onsets: Sequence[float]) -> int:
    """The most onsets, of all `onsets`, said on the way that was left, until a jump was found."""
    most = 0
    for k in _landings(played, onsets):
        left = bisect_right(onsets, played.truth[k - 1][-1][1]) if k else 0
        passage, until = played.truth[k], _until(played, k)
        for e in said:
            if passage[0][0] <= e.at < until:
                if e.jump is not None or _with(e, passage):
                    break
                reached = 0 if e.state is Music.WAITING else bisect_right(onsets, e.quarter + HAIR)
                most = max(most, reached - left)
    return most


def _landings(played: Played, onsets: Sequence[float]) -> list[int]:
    """The passages that do not begin where the one before ended, or the piece begins."""
    ends = [0, *(bisect_right(onsets, passage[-1][1]) for passage in played.truth)]
    return [
        k
        for k, passage in enumerate(played.truth)
        if passage[0][1] != onsets[min(ends[k], len(onsets) - 1)]
    ]


def _until(played: Played, k: int) -> float:
    """When passage `k` is over."""
    return played.truth[k + 1][0][0] if k + 1 < len(played.truth) else inf


def _with(estimate: Estimate, passage: list[tuple[float, float]]) -> bool:
    """Whether the estimate is where the player is."""
    index = bisect_right(passage, estimate.at + HAIR, key=itemgetter(0)) - 1
    return index >= 0 and abs(estimate.quarter - passage[index][1]) < NEAR


def on_time(delay: Sequence[float | None]) -> float:
    """Share within the tolerance."""
    return sum(d is not None and abs(d) <= TOLERANCE_S for d in delay) / len(delay)


def early(delay: Sequence[float | None]) -> float:
    """Share said more than the tolerance too soon."""
    return sum(d is not None and d < -TOLERANCE_S for d in delay) / len(delay)
