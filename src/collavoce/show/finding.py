"""What is wrong with a show folder: where, what, and what to do about it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from collavoce.show.toml_lines import Lines, Where
from collavoce.words import say

FINDINGS_LIMIT = 200
"""More than this nobody reads; they can be put right and the rest read again."""

LISTED = 8
"""Names that a remedy lists when none is close to what was written."""


class Severity(StrEnum):
    """An error makes `check` fail, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. line: from 1, 0 for a file as a whole; what, remedy: in words.

    blocking : the show cannot be run before this is put right.
    """

    file: str
    line: int
    what: str
    remedy: str
    severity: Severity
    blocking: bool


@dataclass(slots=True)
class Findings:
    """The findings about one file, in the order in which they were made.

    A kind is a key of the catalogue under `show.found`, with its `what` and its `remedy`.
    """

    file: str
    lines: Lines
    all: dict[Finding, None] = field(default_factory=dict[Finding, None])

    def error(self, where: Where, kind: str, /, *, blocking: bool = True, **values: object) -> None:
        """Add an error about what stands at `where`."""
        self._add(where, kind, values, Severity.ERROR, blocking=blocking)

    def warning(self, where: Where, kind: str, /, **values: object) -> None:
        """Add a warning about what stands at `where`."""
        self._add(where, kind, values, Severity.WARNING, blocking=False)

    def sentence(self, where: Where, sentence: str, remedy: str) -> None:
        """Add an error another room has put into words: what, and after a semicolon the remedy."""
        what, _, its_remedy = sentence.partition("; ")
        line = self.lines.of(where)
        self._keep(Finding(self.file, line, what, its_remedy or remedy, Severity.ERROR, True))

    def _add(
        self,
        where: Where,
        kind: str,
        values: dict[str, object],
        severity: Severity,
        *,
        blocking: bool,
    ) -> None:
        what = say(f"show.found.{kind}.what", **values)
        remedy = say(f"show.found.{kind}.remedy", **values)
        self._keep(Finding(self.file, self.lines.of(where), what, remedy, severity, blocking))

    def _keep(self, finding: Finding) -> None:
        self.all.setdefault(finding)

    def done(self) -> tuple[Finding, ...]:
        """All findings by line, errors first where lines agree; never more than the limit."""
        # What blocks comes first into the limit: a show that cannot run must say so.
        told = sorted(self.all, key=lambda found: not found.blocking)[:FINDINGS_LIMIT]
        return tuple(sorted(told, key=lambda found: (found.line, found.severity)))


def instead(word: str, known: Collection[str]) -> str:
    """Which of the `known` names may have been meant by `word`, in words."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return say("show.found.did_you_mean", guess=close[0])
    if not known:
        return say("show.found.none_known")
    names = sorted(known)
    more = ", ..." if len(names) > LISTED else ""
    return say("show.found.one_of", names=", ".join(names[:LISTED]) + more)
