"""What the follower said of its own certainty, beside what was true.

Two questions. Is the confidence a probability: of the moments at which it was said to be right
with 80 in 100, were 80 in 100 right? And what is it good for: of the cues that a show might have
on every onset, how many would fire by themselves, and how many of those too soon?
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from tests.recorded.measures import HAIR, TOLERANCE_S, heard
from tests.recorded.playing import Played

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.listening import NoteOn, Observation
from collavoce.score.model import Score
from collavoce.show.rules.sure import why_unsure

BINS = 10
GRID_S = 0.1
NEAR_S = 2.0
"""An offered cue fires after all if the follower is sure so soon after (`show.rules.music`)."""

Point = tuple[float, float, bool]
"""Quarter, instant at which it was played, whether it is on a beat."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One answer. onset : the last onset reached, quarters; -1 before the first."""

    at: float
    onset: float
    confidence: float
    sure: bool
    jumped: bool


@dataclass(slots=True)
class Account:
    """What was said and what came of it, over any number of performances.

    said, right : one entry a tenth of a second of music, from the first onset to the last.
    cues, beats : one entry a cue, see `Cue`.
    """

    said: list[float] = field(default_factory=list[float])
    right: list[bool] = field(default_factory=list[bool])
    cues: list["Cue"] = field(default_factory=list["Cue"])
    astray: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue on an onset that was played. late_s : seconds from the onset to the estimate that
    reached it, None for never. sure : it fired. soon : it would have within NEAR_S."""

    late_s: float | None
    sure: bool
    soon: bool
    beat: bool

    @property
    def early(self) -> bool:
        """Whether it was reached before it was played."""
        return self.late_s is not None and self.late_s < -TOLERANCE_S


def told(follower: Follower, score: Score, observations: Iterable[Observation]) -> Iterator[Told]:
    """Every answer of `follower`."""
    onsets = np.unique([note.onset for note in score.notes if not note.grace])
    for observation in observations:
        yield _told(follower.step(observation), onsets)


def _told(estimate: Estimate, onsets: np.ndarray[Any, np.dtype[np.float64]]) -> Told:
    reached = int(np.searchsorted(onsets, estimate.quarter + HAIR)) - 1
    waits = estimate.state is Music.WAITING or reached < 0
    return Told(
        at=estimate.at,
        onset=-1.0 if waits else float(onsets[reached]),
        confidence=estimate.confidence,
        sure=why_unsure(estimate) is None,
        jumped=estimate.jump is not None,
    )


def passes_of(played: Played) -> list[list[Point]]:
    """The passages of a generated performance."""
    return [[(quarter, at, quarter % 1 == 0) for at, quarter in p] for p in played.truth]


def account(answers: Sequence[Told], passes: Sequence[Sequence[Point]], into: Account) -> None:
    """Add one performance to `into`."""
    starts = [points[0][1] for points in passes]
    last = passes[-1][-1][1]
    tick = starts[0]
    for answer, then in pairwise(answers):
        while tick <= last and answer.at <= tick < then.at:
            into.said.append(answer.confidence)
            into.right.append(right(answer, passes))
            tick += GRID_S
    for k, points in enumerate(passes):
        since = -1.0 if k == 0 else starts[k]
        until = starts[k + 1] if k + 1 < len(starts) else float("inf")
        before = [a for a in answers if a.at < since]
        within = [a for a in answers if since <= a.at < until]
        into.cues += _cues(before[-1].onset if before else -1.0, within, points)
        into.astray += _astray(before[-1].onset if before else -1.0, within, points)


def right(answer: Told, passes: Sequence[Sequence[Point]]) -> bool:
    """Whether the onset said was the last one at some moment within the tolerance.

    An onset of the score that was not played is right as long as the next one is not due.
    """
    starts = [points[0][1] for points in passes]
    points = passes[max(bisect_right(starts, answer.at + HAIR) - 1, 0)]
    first = bisect_right(points, answer.at - TOLERANCE_S, key=itemgetter(1)) - 1
    after = bisect_right(points, answer.at + TOLERANCE_S, key=itemgetter(1))
    low = points[first][0] if first >= 0 else -1.0
    high = points[after][0] if after < len(points) else float("inf")
    return low - 2 * TICK <= answer.onset < high - 2 * TICK


TICK = 1 / 1200
"""Quarters by which two readers of one file may disagree where odd tuplets add up."""


def _cues(before: float, answers: Sequence[Told], points: Sequence[Point]) -> list[Cue]:
    """What became of a cue on every onset of one passage."""
    reached: dict[int, int] = {}
    for k, answer in enumerate(answers):
        if answer.onset == before:
            continue
        forward = answer.onset > before
        for i, (quarter, at, _) in enumerate(points):
            crossed = before + 2 * TICK < quarter if forward else at <= answer.at + TOLERANCE_S
            if crossed and quarter <= answer.onset + 2 * TICK:
                reached.setdefault(i, k)
        before = answer.onset
    result: list[Cue] = []
    for i, (_, at, beat) in enumerate(points):
        k = reached.get(i)
        if k is None:
            result.append(Cue(None, sure=False, soon=False, beat=beat))
            continue
        here = answers[k]
        soon = any(a.sure for a in answers[k : k + 400] if a.at <= here.at + NEAR_S)
        result.append(Cue(here.at - at, sure=here.sure, soon=soon, beat=beat))
    return result


def _astray(before: float, answers: Sequence[Told], points: Sequence[Point]) -> int:
    """Onsets that were said surely, and are nowhere in the passage that was played."""
    low, high = points[0][0] - 2 * TICK, points[-1][0] + 2 * TICK
    count = 0
    for answer in answers:
        forward = answer.onset > before and not answer.jumped
        count += forward and answer.sure and not low <= answer.onset <= high
        before = answer.onset
    return count


def wrong_score(answers: Sequence[Told], onsets: int, into: Account) -> tuple[int, int]:
    """Add a performance of something else; how many of the score's `onsets` fired, of how many."""
    fired: set[float] = set()
    before, tick = -1.0, 0.0
    for answer, then in pairwise(answers):
        if answer.onset != before and answer.sure:
            fired.add(answer.onset)
        before = answer.onset
        while tick < then.at:
            if answer.at <= tick and answer.onset >= 0:
                into.said.append(answer.confidence)
                into.right.append(False)
            tick += GRID_S
    return len(fired), onsets


def row(case: str, found: Account) -> Row:
    """The figures of one case; shares in percent."""
    said, right = np.array(found.said), np.array(found.right, float)
    bins: list[list[float]] = []
    off = 0.0
    place = np.clip((said * BINS).astype(int), 0, BINS - 1)
    for k in range(BINS):
        of_bin = place == k
        count = int(of_bin.sum())
        if count:
            mean, share = float(said[of_bin].mean()), float(right[of_bin].mean())
            bins.append([mean, share, count])
            off += abs(mean - share) * count
    return {
        "case": case,
        "bins": bins,
        "ece": off / max(len(said), 1),
        "brier": float(((said - right) ** 2).mean()) if len(said) else None,
        **shares(found.cues),
        "astray": found.astray,
        "beats": shares([cue for cue in found.cues if cue.beat]),
    }


def shares(cues: Sequence[Cue]) -> Row:
    """unaided, offered, soon, never : percent of the cues; fired_early : of those that fired."""
    count = max(len(cues), 1)
    fired = [cue for cue in cues if cue.sure]
    never = sum(cue.late_s is None for cue in cues)
    return {
        "cues": len(cues),
        "unaided": 100 * len(fired) / count,
        "fired_early": 100 * sum(cue.early for cue in fired) / max(len(fired), 1),
        "all_early": 100 * sum(cue.early for cue in cues) / count,
        "offered": 100 * (len(cues) - len(fired) - never) / count,
        "soon": 100 * sum(cue.soon for cue in cues) / count,
        "never": 100 * never / count,
    }


def own(score: Score, played: Played, into: Account) -> None:
    """Add a generated performance."""
    notes: list[NoteOn] = played.notes
    account(list(told(Follower(score), score, heard(notes))), passes_of(played), into)
