"""What one run's dump says beyond the harness's own summary: how errors are spread, and where.

A dump holds what the follower said (te, pe) and the truth; `arithmetic` is the harness's module,
whose `arrivals` and `truth_fn` are the measure of everything else too.
"""

from types import ModuleType
from typing import Any

import numpy as np

LADDER_MS = tuple(float(f"{x:.3g}") for x in np.geomspace(2, 30_000, 51))
"""Where the distribution of errors is read: every step a fifth farther than the last."""

GRID_S = 0.25
"""Between two looks at the gap: four a second are finer than a picture's pixels."""


def curve_of(said: dict[str, Any], arithmetic: ModuleType) -> list[float]:
    """Percent of all onsets farther off than each step of LADDER_MS; never reached is farther."""
    passes = said["truth"]["passes"]
    reached = arithmetic.arrivals(np.array(said["te"]), np.array(said["pe"]), passes)
    due = np.concatenate([[onset[1] for onset in played] for played in passes])
    off = np.abs(np.concatenate(reached) - due) * 1000
    off[np.isnan(off)] = np.inf
    return [round(float(100 * np.mean(off > step)), 2) for step in LADDER_MS]


def gaps_of(said: dict[str, Any], arithmetic: ModuleType) -> list[tuple[float, float]]:
    """(seconds, position said minus position played in quarters), where it changes."""
    passes = said["truth"]["passes"]
    played = arithmetic.truth_fn(passes)[0]
    te, pe = np.array(said["te"]), np.array(said["pe"])
    changes: list[tuple[float, float]] = []
    for at in np.arange(passes[0][0][1], passes[-1][-1][1], GRID_S):
        k = int(np.searchsorted(te, at, side="right")) - 1
        gap = round(float(pe[max(k, 0)] - played(at)), 1)
        if not changes or changes[-1][1] != gap:
            changes.append((round(float(at), 2), gap))
    return changes
