"""What the follower is meant to reach, set beside what it and the best of the others do.

The targets are older than the figures: each asks for the best figure any open follower had in
that cell, all at once, with the jumps none of them combined with calm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rows import Row


@dataclass(frozen=True, slots=True)
class Target:
    """case and figure name a cell of the rows; a share is in percent, and more of it is better."""

    case: str
    figure: str
    bound: float
    least: bool = False

    def met(self, value: float) -> bool:
        """Whether `value` is on the right side of the bound."""
        return value >= self.bound if self.least else value <= self.bound

    def better(self, one: float, other: float) -> bool:
        """Whether `one` is better than `other`."""
        return one > other if self.least else one < other

    def ratio(self, ours: float, theirs: float) -> float | None:
        """What ours lacks over what theirs lacks; under 1 is better, None where theirs is perfect.

        What lacks is 100 less a share, or the figure itself where less is better.
        """
        lack, other = (100 - ours, 100 - theirs) if self.least else (ours, theirs)
        return lack / other if other > 0 else None


TARGETS = (
    Target("clean", "within_25", 94.0, least=True),
    Target("clean", "within_100", 96.5, least=True),
    Target("clean", "within_300", 98.5, least=True),
    Target("clean", "early", 0.5),
    Target("clean", "never", 0.5),
    Target("clean", "lost", 0),
    Target("clean", "time_within_300", 99.0, least=True),
    Target("wrong15", "within_300", 98.5, least=True),
    Target("wrong15", "early", 0.5),
    Target("freeze8", "within_300", 99.5, least=True),
    Target("freeze8", "drift_quarters", 0),
    Target("skip_fwd", "found", 100, least=True),
    Target("skip_fwd", "found_after_s", 1.0),
    Target("skip_fwd", "within_300", 95.0, least=True),
    Target("skip_fwd", "early", 1.0),
    Target("repeat_back", "found", 100, least=True),
    Target("repeat_back", "found_after_s", 1.2),
    Target("repeat_back", "within_300", 94.0, least=True),
    Target("repeat_back", "early", 1.0),
    Target("restart", "found", 100, least=True),
    Target("restart", "found_after_s", 1.5),
    Target("restart", "within_300", 96.0, least=True),
    Target("restart", "early", 1.0),
    Target("tempo0.6", "within_300", 99.3, least=True),
    Target("tempo1.6", "within_300", 99.6, least=True),
    Target("clean", "p99_ms", 1.0),
    Target("clean", "max_ms", 5.0),
    Target("clean", "load_s", 1.0),
    Target("clean", "memory_mb", 200.0),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A target, our figure, and the best of the others' with its name; None: nobody else ran."""

    target: Target
    ours: float
    best: float | None
    by: str

    @property
    def ratio(self) -> float | None:
        """See Target.ratio."""
        return None if self.best is None else self.target.ratio(self.ours, self.best)


def judged(ours: Sequence[Row], others: Mapping[str, Sequence[Row]]) -> list[Judged]:
    """Every target whose case was run."""
    found: list[Judged] = []
    for target in TARGETS:
        value = cell(ours, target)
        if value is None:
            continue
        best, by = None, ""
        for name, rows in others.items():
            theirs = cell(rows, target)
            if theirs is not None and (best is None or target.better(theirs, best)):
                best, by = theirs, name
        found.append(Judged(target, value, best, by))
    return found


def cell(rows: Sequence[Row], target: Target) -> float | None:
    """The figure a target is about; `found` as a share."""
    for row in rows:
        if row["case"] == target.case:
            value = row.get(target.figure)
            if target.figure == "found" and value is not None:
                found, runs = value.split("/")
                return 100 * int(found) / int(runs)
            return value
    return None
