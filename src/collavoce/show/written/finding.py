"""What is wrong with a show folder: where, what, and what to do about it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from collavoce.show.written.toml_lines import Lines, Where
from collavoce.words import say

FINDINGS_LIMIT = 200
"""More than this nobody reads; they can be put right and the rest read again."""

LISTED = 8
"""Names that a remedy lists when none is close to what was written."""


class Severity(StrEnum):
    """An error makes `check` fail; a warning does not, nor does a note, which may be meant so."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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


@dataclass(frozen=True, slots=True)
class Instead:
    """Which of the `known` names may have been meant by `word`.

    Found out when it is put into a sentence: in a file of a hundred thousand faults most never are.
    """

    word: str
    known: Collection[str]

    def __str__(self) -> str:
        close = get_close_matches(self.word, self.known, n=1, cutoff=0.6)
        if close:
            return say("show.found.did_you_mean", guess=close[0])
        if not self.known:
            return say("show.found.none_known")
        names = sorted(self.known)
        more = ", ..." if len(names) > LISTED else ""
        return say("show.found.one_of", names=", ".join(names[:LISTED]) + more)


@dataclass(slots=True)
class Findings:
    """The findings about one file.

    A kind is a key of the catalogue under `show.found`, with its `what` and its `remedy`.
    """

    file: str
    lines: Lines
    _all: dict[Finding, None] = field(default_factory=dict[Finding, None])
    _count: Counter[bool] = field(default_factory=Counter[bool])

    def error(self, where: Where, kind: str, /, *, blocking: bool = True, **values: object) -> None:
        """Add an error about what stands at `where`."""
        self._say(where, kind, values, Severity.ERROR, blocking=blocking)

    def warning(self, where: Where, kind: str, /, **values: object) -> None:
        """Add a warning about what stands at `where`."""
        self._say(where, kind, values, Severity.WARNING, blocking=False)

    def note(self, where: Where, kind: str, /, **values: object) -> None:
        """Add a note about what stands at `where`."""
        self._say(where, kind, values, Severity.NOTE, blocking=False)

    def sentence(self, where: Where, sentence: str, remedy: str) -> None:
        """Add an error another room has put into words: what, and after a semicolon the remedy."""
        what, _, its_remedy = sentence.partition("; ")
        line = self.lines.of(where)
        self._keep(Finding(self.file, line, what, its_remedy or remedy, Severity.ERROR, True))

    def _say(
        self,
        where: Where,
        kind: str,
        values: dict[str, object],
        severity: Severity,
        *,
        blocking: bool,
    ) -> None:
        if self._count[blocking] < FINDINGS_LIMIT:
            what = say(f"show.found.{kind}.what", **values)
            remedy = say(f"show.found.{kind}.remedy", **values)
            self._keep(Finding(self.file, self.lines.of(where), what, remedy, severity, blocking))

    def _keep(self, finding: Finding) -> None:
        if finding not in self._all:
            self._all[finding] = None
            self._count[finding.blocking] += 1

    def done(self) -> tuple[Finding, ...]:
        """The findings by line, errors first where lines agree; never more than the limit."""
        # What blocks comes first into the limit: a show that cannot run must say so.
        told = sorted(self._all, key=lambda found: not found.blocking)[:FINDINGS_LIMIT]
        return tuple(sorted(told, key=lambda found: (found.line, found.severity)))
