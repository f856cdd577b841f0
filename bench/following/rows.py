"""From runs to one row a case."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from statistics import mean, median
from typing import Any

from harness import CLEAN, HARD, Run

Row = dict[str, Any]

NAMES = {
    "clean": "clean",
    "clean_hard": "clean, the pairs of the hard cases",
    "wrong5": "wrong notes, 5 %",
    "wrong15": "wrong notes, 15 %",
    "freeze8": "stop of 8 s",
    "skip_fwd": "8-16 bars skipped",
    "repeat_back": "8 bars back",
    "restart": "from the top again",
    "tempo0.6": "at 0.6 of the tempo",
    "tempo1.6": "at 1.6 of the tempo",
}
"""The harness's cases in words; `clean_hard` is the clean case again, of the hard cases' pairs."""

MEANS = ("within_25", "within_100", "within_300", "early", "never", "time_within_300")
WORST = ("p99_ms", "max_ms", "load_s", "memory_mb", "drift_quarters")


def rows_of(runs: Iterable[Run], hard_pairs: Collection[str] = ()) -> list[Row]:
    """One row a case: shares are means over the runs, times medians, costs the worst run's."""
    cases: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        cases[run["case"]].append(run)
        if run["case"] == "clean" and run["pair"] in hard_pairs:
            cases["clean_hard"].append(run)
    order = (*CLEAN, "clean_hard", *HARD)
    return [row_of(case, cases[case]) for case in order if cases[case]]


def row_of(case: str, all_runs: list[Run]) -> Row:
    """The row of one case. A follower that raises has lost what comes after: its run counts.

    A run without any figures is counted among the failed alone.
    """
    runs = [run for run in all_runs if "within_300" in run]
    failed = sum(run["fault"] is not None for run in all_runs)
    row: Row = {"case": case, "runs": len(runs), "failed": failed}
    if not runs:
        return row
    found = [run["found_after_s"] for run in runs if run["found_after_s"] is not None]
    worst = {key: [run[key] for run in runs if run[key] is not None] for key in WORST}
    return row | {
        "lost": sum(run["lost"] for run in runs),
        **{key: mean(run[key] for run in runs) for key in MEANS},
        "median_ms": median(run["median_ms"] for run in runs if run["median_ms"] is not None),
        "found": f"{len(found)}/{len(runs)}" if runs[0]["jumped"] else None,
        "found_after_s": median(found) if found else None,
        **{key: max(values) if values else None for key, values in worst.items()},
    }


def curve_of(runs: Iterable[Run], cases: Collection[str]) -> list[float]:
    """Percent of onsets farther off than each step of the ladder: the mean over the runs.

    Empty if one of the cases was not run: part of them would not be comparable.
    """
    drawn = [run for run in runs if run["case"] in cases and "curve" in run]
    if {run["case"] for run in drawn} != set(cases):
        return []
    curves = [run["curve"] for run in drawn]
    return [mean(step) for step in zip(*curves, strict=True)]
