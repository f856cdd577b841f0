"""When the cues of a number had to fire, given what was really played.

In: the cues, the truth. Out: expected firings. Never: what was fired.

The rules are the show file's own, read a second time and independently of the deciders they test:
a cue fires where its place was played; a jump back arms again what the policy says and what had
been leapt over; a leap forward fires at the landing what the policy says, and drops the rest; an
after-cue comes its wait after each firing of its cue; an end cue its wait after the end.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collavoce.evening.truth import Onset, Truth
from collavoce.show.cues import AfterJump, Cue
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace

EARLY_S = 0.3
"""A cue fired this much before its true place would have been seen to come wrong."""

BETWEEN_EARLY_S = 1.0
"""The same for a place at which no note begins: its true time is only interpolated."""

SAME_QUARTER = 1e-3
"""Quarters within which a place is an onset; triplets are written as decimals."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One firing that had to come.

    at, until : seconds; the truth allows any instant between them. For a place they are the same;
        for the end `at` counts from the last onset and `until` from the moment it was let go.
    early : how long before `at` is too early.
    """

    cue: str
    at: float
    until: float
    early: float = EARLY_S

    def error(self, fired: float) -> float:
        """Seconds from the nearest allowed instant; below 0 before it."""
        return min(0.0, fired - self.at) + max(0.0, fired - self.until)

    def too_early(self, fired: float) -> bool:
        """Whether a firing at `fired` came before its place."""
        return fired < self.at - self.early

    def later(self, wait: float, cue: str) -> "Expected":
        """What follows this one by `wait` seconds."""
        return Expected(cue, self.at + wait, self.until + wait, self.early)


def expected(cues: Sequence[Cue], truth: Truth) -> tuple[Expected, ...]:
    """Every firing of `cues` that was due in the performance, by time. Hand cues are nobody's."""
    due = [*_at_places(cues, truth), *_at_end(cues, truth)]
    for first in tuple(due):
        due.extend(_after(cues, first, frozenset({first.cue})))
    return tuple(sorted(due, key=lambda one: (one.at, one.cue)))


def _at_places(cues: Sequence[Cue], truth: Truth) -> Iterator[Expected]:
    places = [(cue.trigger.quarter, cue) for cue in cues if isinstance(cue.trigger, AtPlace)]
    armed = {cue.number for _, cue in places}
    spent: set[str] = set()
    dropped: set[str] = set()
    before: Onset | None = None
    for way in truth.passes:
        begin, end = way[0], way[-1]
        if before is not None and begin.quarter <= before.quarter:
            met = {c.number for q, c in places if _at_least(q, begin) and q <= before.quarter}
            again = {c.number for _, c in places if c.again is AfterJump.FIRE} & spent
            armed |= met & (again | dropped)
            dropped -= armed
        elif before is not None:
            for quarter, cue in places:
                if (
                    cue.number in armed
                    and before.quarter < quarter
                    and not _at_least(quarter, begin)
                ):
                    armed.discard(cue.number)
                    if cue.skipped is AfterJump.FIRE:
                        spent.add(cue.number)
                        yield Expected(cue.number, begin.seconds, begin.seconds)
                    else:
                        dropped.add(cue.number)
        for quarter, cue in places:
            if cue.number in armed and _reached(quarter, way, first=before is None):
                armed.discard(cue.number)
                spent.add(cue.number)
                yield _placed(cue.number, quarter, way)
        before = end


def _at_least(quarter: float, onset: Onset) -> bool:
    return quarter >= onset.quarter - SAME_QUARTER


def _reached(quarter: float, way: Sequence[Onset], *, first: bool) -> bool:
    return (first or _at_least(quarter, way[0])) and quarter <= way[-1].quarter + SAME_QUARTER


def _placed(cue: str, quarter: float, way: Sequence[Onset]) -> Expected:
    index = bisect_left(way, quarter - SAME_QUARTER, key=lambda onset: onset.quarter)
    onset = way[index]
    if index == 0 or abs(onset.quarter - quarter) <= SAME_QUARTER:
        return Expected(cue, onset.seconds, onset.seconds)
    left = way[index - 1]
    share = (quarter - left.quarter) / (onset.quarter - left.quarter)
    at = left.seconds + share * (onset.seconds - left.seconds)
    return Expected(cue, at, at, BETWEEN_EARLY_S)


def _at_end(cues: Sequence[Cue], truth: Truth) -> Iterator[Expected]:
    for cue in cues:
        if isinstance(cue.trigger, AtEnd):
            wait = cue.trigger.wait
            yield Expected(cue.number, truth.last_onset + wait, truth.end + wait)


def _after(cues: Sequence[Cue], due: Expected, chain: frozenset[str]) -> Iterator[Expected]:
    for cue in cues:
        follows = isinstance(cue.trigger, AfterCue) and cue.trigger.cue == due.cue
        if follows and isinstance(cue.trigger, AfterCue) and cue.number not in chain:
            one = due.later(cue.trigger.wait, cue.number)
            yield one
            yield from _after(cues, one, chain | {cue.number})
