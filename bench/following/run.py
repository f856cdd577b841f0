"""How well the follower follows: human performances by the harness, or a small own set without it.

    python bench/following/run.py --harness HARNESS --set SET [--hard] [--out FILE.json]
    python bench/following/run.py --own [--small] [--out FILE.json]

HARNESS is the folder of the neutral benchmark (its `bench.py`), SET one of its sets of pairs of a
score and a human performance. Neither is part of this repository: the performances may not be
handed on. `--own` plays small pieces written by chance instead; its figures say that nothing is
broken, not how well people are followed.

Prints a table a case; `--out` writes the same with machine, date and commit.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ADAPTER = HERE / "adapter.py"

Row = dict[str, Any]

COLUMNS = (
    ("case", "case", "{}"),
    ("runs", "runs", "{}"),
    ("failed", "failed", "{}"),
    ("lost", "lost", "{}"),
    ("<=25", "within_25", "{:.1f}"),
    ("<=100", "within_100", "{:.1f}"),
    ("<=300 %", "within_300", "{:.2f}"),
    ("early %", "early", "{:.2f}"),
    ("never %", "never", "{:.2f}"),
    ("time %", "time_within_300", "{:.2f}"),
    ("median ms", "median_ms", "{:.1f}"),
    ("found", "found", "{}"),
    ("after s", "found_after_s", "{:.2f}"),
    ("drift", "drift_quarters", "{:.2f}"),
    ("p99 ms", "p99_ms", "{:.2f}"),
    ("max ms", "max_ms", "{:.1f}"),
)


def main() -> int:
    options = arguments()
    if options.own:
        rows = own(small=options.small)
    else:
        missing = missing_parts(options.harness, options.set)
        if missing:
            print(missing, file=sys.stderr)
            return 2
        rows = human(options.harness, options.set, hard=options.hard)
    print(table(rows))
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(report(rows, options), indent=1), encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs, with its manifest.json")
    parser.add_argument("--hard", action="store_true", help="the hard cases on the pairs for them")
    parser.add_argument("--own", action="store_true", help="small pieces written by chance")
    parser.add_argument("--small", action="store_true", help="with --own: one piece a case")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    return parser.parse_args()


def missing_parts(harness: Path | None, pairs: Path | None) -> str:
    """What is needed and not there, in a line; "" when all is."""
    if harness is None or not (harness / "bench.py").is_file():
        return "missing: --harness, the folder that holds the benchmark's bench.py; or use --own"
    if pairs is None or not (pairs / "manifest.json").is_file():
        return "missing: --set, a folder of pairs that holds a manifest.json; or use --own"
    return ""


def human(harness: Path, pairs: Path, *, hard: bool) -> list[Row]:
    """The harness in a process of its own, one run at a time."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "runs.json"
        options = ["--tag", "hard", "--cases", "all"] if hard else ["--cases", "clean"]
        command = [
            *(sys.executable, "bench.py", "run", "--set", str(pairs.resolve())),
            *("--adapter", str(ADAPTER), "--mode", "midi", "--jobs", "1"),
            *("--out", str(out), *options),
        ]
        subprocess.run(command, cwd=harness, check=True, stdout=subprocess.DEVNULL)
        return rows_of(json.loads(out.read_text(encoding="utf-8"))["runs"])


def rows_of(runs: Iterable[Row]) -> list[Row]:
    """One row a case: shares are means over the pairs, times are medians."""
    cases: dict[str, list[Row]] = defaultdict(list)
    for run in runs:
        cases[run["case"]].append(run)
    return [row_of(case, runs) for case, runs in cases.items()]


def row_of(case: str, all_runs: list[Row]) -> Row:
    runs = [run for run in all_runs if "note" in run and not run["error"]]
    for run in all_runs:
        if run not in runs:
            fault = run.get("failed") or run["error"]
            print(f"{run['pair']} {case}: {fault}", file=sys.stderr)
    notes = [run["note"] for run in runs]
    after = [run["recovery_s"] for run in runs if run.get("recovery_s") is not None]
    drifts = [run["drift_in_freeze_quarters"] for run in runs if "drift_in_freeze_quarters" in run]
    jumped = any("recovery_s" in run for run in runs)
    return {
        "case": case,
        "runs": len(runs),
        "failed": len(all_runs) - len(runs),
        "lost": sum(run["time_within_1000_pct"] < 50 for run in runs),
        **{f"within_{t}": mean(n[f"within_{t}"] for n in notes) for t in (25, 100, 300)},
        "early": mean(n["early_300_pct"] for n in notes),
        "never": mean(n["never_pct"] for n in notes),
        "time_within_300": mean(run["time_within_300_pct"] for run in runs),
        "median_ms": median(n["median_abs"] for n in notes),
        "found": f"{len(after)}/{len(runs)}" if jumped else None,
        "found_after_s": median(after) if after else None,
        "drift_quarters": max(drifts) if drifts else None,
        "p99_ms": max(run["feed_ms"]["p99"] for run in runs),
        "max_ms": max(run["feed_ms"]["max"] for run in runs),
    }


def own(*, small: bool) -> list[Row]:
    """Generated performances of generated pieces."""
    sys.path.insert(0, str(ROOT))
    from tests.recorded.cases import CASES, measure

    seeds = range(1) if small else range(8)
    return [measure(case, seeds) for case in CASES]


def table(rows: list[Row]) -> str:
    shown = [column for column in COLUMNS if any(row.get(column[1]) is not None for row in rows)]
    lines = [" | ".join(title for title, _, _ in shown), " | ".join("---" for _ in shown)]
    for row in rows:
        values = ((row.get(key), shape) for _, key, shape in shown)
        lines.append(" | ".join("-" if v is None else shape.format(v) for v, shape in values))
    return "\n".join(f"| {line} |" for line in lines)


def report(rows: list[Row], options: argparse.Namespace) -> Row:
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "what": "own" if options.own else options.set.name,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.platform()}",
        "python": platform.python_version(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "cases": rows,
    }


if __name__ == "__main__":
    sys.exit(main())
