"""What came to nothing, counted: for the operator, and as lines that name nobody.

    2026-11-21T20:14:03Z gateway stranger x3

The lines stand in the show's `refused.log` beside the desk's, at most one a second for each reason.
Who knocked, and with what, is remembered while the gateway runs, for the few latest.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import TypedDict

from collavoce.runtime.gateway.rulings import Refusal
from collavoce.words import say

REMEMBERED = 32
LINES_MAX = 20_000
LOG = "refused.log"


class Knock(TypedDict):
    """A refusal as it is shown. ago: seconds since the last."""

    source: str
    what: str
    why: str
    words: str
    count: int
    ago: float


class Refusals:
    """Counts refusals. write: appends a line. Times are seconds of one clock."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.counts: Counter[Refusal] = Counter()
        self._write = write
        self._latest: OrderedDict[tuple[str, str, Refusal], tuple[int, float]] = OrderedDict()
        self._unwritten: Counter[Refusal] = Counter()
        self._second = ""
        self._lines = 0

    def note(self, source: str, what: str, why: Refusal, now: float) -> None:
        """Something came to nothing."""
        self.counts[why] += 1
        self._unwritten[why] += 1
        which = (source, what, why)
        count, _ = self._latest.pop(which, (0, 0.0))
        self._latest[which] = (count + 1, now)
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)

    def latest(self, now: float) -> list[Knock]:
        """The latest, newest first."""
        return [
            Knock(
                source=source,
                what=what,
                why=why.value,
                words=say(f"gateway.refused.{why.value}"),
                count=count,
                ago=round(now - at, 1),
            )
            for (source, what, why), (count, at) in reversed(self._latest.items())
        ]

    def flush(self, second: str) -> None:
        """Write what was counted, if another second has come ("2026-11-21T20:14:03Z")."""
        if second == self._second or not self._unwritten:
            return
        self._second = second
        for why, count in sorted(self._unwritten.items()):
            if self._lines < LINES_MAX:
                self._write(f"{second} gateway {why.value} x{count}\n")
            elif self._lines == LINES_MAX:
                self._write(f"{second} gateway no more lines\n")
            self._lines += 1
        self._unwritten.clear()
