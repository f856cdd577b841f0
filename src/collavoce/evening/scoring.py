"""How the cues of a performance fell against the truth.

In: what fired and when, the truth, the show. Out: counts and errors. Never: an estimate of the
follower's: it is not asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from math import ceil

import msgspec

from collavoce.evening.expected import Expected, expected
from collavoce.evening.matching import match
from collavoce.evening.truth import Truth
from collavoce.show.cues import Cue, Show
from collavoce.show.triggers import AfterCue, ByHand


class Verdict(StrEnum):
    """What became of one firing that was due, or came without being due."""

    FIRED = "fired"
    EARLY = "early"
    MISSED = "missed"
    DOUBLED = "doubled"


class Row(msgspec.Struct, frozen=True):
    """One line of the account. due, fired: seconds, None where there was none; error_ms: signed."""

    cue: str
    due: float | None
    fired: float | None
    error_ms: float | None
    verdict: Verdict


class ErrorMs(msgspec.Struct, frozen=True):
    """How far the firings lay from their true places, in milliseconds without sign."""

    p50: float
    p95: float
    max: float


class Scored(msgspec.Struct, frozen=True):
    """The account of one performance.

    planned : firings that were due by themselves; a cue met again under its policy counts again.
    missed : due and not fired. doubled : fired more often than due. early : fired before its place
        by more than `expected.EARLY_S` (`BETWEEN_EARLY_S` where no note begins).
    error_ms : None when nothing fired that was due. rows : by time.
    """

    planned: int
    fired: int
    missed: int
    doubled: int
    early: int
    error_ms: ErrorMs | None
    rows: tuple[Row, ...]


def score(fired: Iterable[tuple[str, float]], truth: Truth, show: Show) -> Scored:
    """Hold `fired`, pairs of cue number and instant, against the truth.

    show : the first of its numbers that has a score is the one that was performed. Firings of
        other numbers, and of cues that only a hand sets off, are left out.
    """
    number = next(number for number in show.numbers if number.score is not None)
    cues = {cue.number: cue for cue in number.cues}
    due: dict[str, list[Expected]] = {cue: [] for cue in cues if not _by_hand(cue, cues)}
    for one in expected(number.cues, truth):
        due[one.cue].append(one)
    heard: dict[str, list[float]] = defaultdict(list)
    for cue, at in fired:
        heard[cue].append(at)
    rows = [row for cue in due for row in _rows(cue, due[cue], sorted(heard[cue]))]
    return _account(rows)


def exit_late_s(standby_at: float, lead: float, truth: Truth) -> float:
    """How late a person was asked into position; below 0, how early.

    The time set is `lead` seconds before the last onset.
    """
    return standby_at - (truth.last_onset - lead)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def _by_hand(cue: str, cues: dict[str, Cue]) -> bool:
    """Whether a hand stands at the beginning of what fires `cue`."""
    seen: set[str] = set()
    while cue in cues and cue not in seen:
        seen.add(cue)
        trigger = cues[cue].trigger
        if not isinstance(trigger, AfterCue):
            return isinstance(trigger, ByHand)
        cue = trigger.cue
    return True


def _rows(cue: str, due: Sequence[Expected], fired: Sequence[float]) -> Iterator[Row]:
    pairs = match([one.at for one in due], fired)
    for i, one in enumerate(due):
        if i not in pairs:
            yield Row(cue, one.at, None, None, Verdict.MISSED)
        else:
            at = fired[pairs[i]]
            verdict = Verdict.EARLY if one.too_early(at) else Verdict.FIRED
            yield Row(cue, one.at, at, 1000.0 * one.error(at), verdict)
    for i in sorted(set(range(len(fired))) - set(pairs.values())):
        yield Row(cue, None, fired[i], None, Verdict.DOUBLED)


def _account(rows: list[Row]) -> Scored:
    errors = [abs(row.error_ms) for row in rows if row.error_ms is not None]
    counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in Verdict}
    return Scored(
        planned=len(rows) - counts[Verdict.DOUBLED],
        fired=len(rows) - counts[Verdict.MISSED],
        missed=counts[Verdict.MISSED],
        doubled=counts[Verdict.DOUBLED],
        early=counts[Verdict.EARLY],
        error_ms=_error_ms(errors) if errors else None,
        rows=tuple(sorted(rows, key=_when)),
    )


def _error_ms(errors: Sequence[float]) -> ErrorMs:
    return ErrorMs(percentile(errors, 0.5), percentile(errors, 0.95), max(errors))


def _when(row: Row) -> tuple[float, str]:
    at = row.fired if row.due is None else row.due
    return (0.0 if at is None else at, row.cue)
