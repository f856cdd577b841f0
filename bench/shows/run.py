"""Shows made of real performances, run by the real program, scored against the truth.

    python bench/shows/run.py                     the evening, at full speed of the machine
    python bench/shows/run.py --set FOLDER        every pair in FOLDER
    python bench/shows/run.py --set FOLDER --small          its two shortest
    python bench/shows/run.py --speed 1           in real time, scored from the packets caught

Each pair becomes a show with a cue on the first beat of every second bar (an OSC message and a
level each), a person to be asked into position 20 s before the last onset, and cues after the
end. Missed, doubled, early and error come from the truth, never from the program's own account.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pairs import Pair, human, own
from performing import RunError, listening, on_the_wire, perform
from staging import END_WAITS_S, EVERY, LEAD_S, stage

from collavoce.cli.reading import load_show
from collavoce.evening.scoring import Row, Scored, exit_late_s, percentile, score

Find = Callable[[Path], Pair]
"""Makes a pair; it may use the empty folder it is given."""

SAME_S = 0.03
"""A firing this near a note was set off by it."""

SMALL = 2
"""Pairs of a small run: the shortest ones."""


def measure(find: Find, speed: str, every: int) -> dict[str, Any]:
    """One pair, from its files to its row."""
    with tempfile.TemporaryDirectory(prefix="collavoce-bench-") as temporary:
        pair: Pair = find(Path(temporary) / "source")
        row: dict[str, Any] = {"pair": pair.id, "seconds": round(pair.seconds, 1)}
        row |= {"bars": len(pair.read.bars), "agreement": round(pair.agreement, 4)}
        with listening() as probe:
            folder = stage(pair, Path(temporary) / "show", probe.ports, every)
            try:
                told = perform(folder, pair.performance, speed, pair.seconds)
            except RunError as error:
                return row | {"problem": str(error)}
        fired = [(cue, at - told["performer_at"]) for cue, at in told["fired"]]
        show = load_show(folder).show
        if show is None:
            return row | {"problem": "the show the bench wrote cannot be read"}
        timed = fired
        if speed != "max":
            caught = on_the_wire(probe.caught, fired, float(speed))
            timed = caught + [one for one in fired if one[0] == "off"]  # a person: no packet
        scored = score(timed, pair.truth, show)
        return row | _figures(scored, probe.caught, fired, pair) | _exit(told, pair)


def _figures(
    scored: Scored, caught: list[tuple[str, float]], fired: list[tuple[str, float]], pair: Pair
) -> dict[str, Any]:
    sent = Counter(cue for cue, _ in caught)
    claimed = Counter(cue for cue, _ in fired if cue != "off")
    errors = [round(abs(r.error_ms), 2) for r in scored.rows if r.error_ms is not None]
    return {
        "planned": scored.planned,
        "fired": scored.fired,
        "missed": scored.missed,
        "doubled": scored.doubled,
        "early": scored.early,
        "errors_ms": errors,
        "packets": sum(sent.values()),
        "packets_agree": sent == claimed,
        "early_on_chord": sum(r.verdict == "early" and _on_a_stray(r, pair) for r in scored.rows),
        "wrong": [[r.cue, r.verdict, r.due, r.fired] for r in scored.rows if r.verdict != "fired"],
    }


def _on_a_stray(row: Row, pair: Pair) -> bool:
    """Whether a cue fired at a note of its chord that came long before the rest of it."""
    if row.fired is None:
        return False
    set_off = row.fired - END_WAITS_S.get(row.cue, 0.0)
    return any(abs(at - set_off) <= SAME_S for at in pair.strays)


def _exit(told: dict[str, Any], pair: Pair) -> dict[str, Any]:
    standby_at = told["exit"]["standby_at"]
    if standby_at is None:
        return {"exit_late_s": None, "offered": told["cues"].get("offered")}
    late = exit_late_s(standby_at - told["performer_at"], LEAD_S, pair.truth)
    return {"exit_late_s": round(late, 2), "offered": told["cues"].get("offered")}


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown, with a line for all of them."""
    heads = ("pair", "min", "cues", "missed", "doubled", "early", "on its chord", "offered")
    heads += ("p50 ms", "p95 ms", "max ms", "exit late s")
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    good = [row for row in rows if "problem" not in row]
    for row in rows:
        if "problem" in row:
            lines.append(f"{row['pair']} | did not run: {row['problem'].splitlines()[-1]}")
        else:
            lines.append(_line(row["pair"], [row]))
    if len(good) > 1:
        lines.append(_line(f"**all {len(good)}**", good))
    return "\n".join(f"| {line} |" for line in lines)


def _line(name: str, rows: list[dict[str, Any]]) -> str:
    errors = [error for row in rows for error in row["errors_ms"]]
    late = [abs(row["exit_late_s"]) for row in rows if row["exit_late_s"] is not None]
    exit_late = f"{rows[0]['exit_late_s']}" if len(rows) == 1 else f"up to {max(late, default=0)}"
    cells = [name, f"{sum(row['seconds'] for row in rows) / 60:.1f}"]
    cells += [
        str(sum(row[key] or 0 for row in rows))
        for key in ("planned", "missed", "doubled", "early", "early_on_chord", "offered")
    ]
    if errors:
        cells += [f"{percentile(errors, share):.0f}" for share in (0.5, 0.95, 1.0)]
    else:
        cells += ["-", "-", "-"]
    return " | ".join([*cells, exit_late])


def circumstances(speed: str) -> dict[str, Any]:
    """Where, when and with which state of the source this was measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "commit": commit.stdout.strip() or "not committed",
        "speed": speed,
    }


def as_text(results: dict[str, Any]) -> str:
    """The results as JSON, a line for each pair."""
    head = json.dumps({key: value for key, value in results.items() if key != "rows"}, indent=1)
    rows = ",\n".join(f"  {json.dumps(row)}" for row in results["rows"])
    return head[:-2] + f',\n "rows": [\n{rows}\n ]\n}}\n'


def main() -> int:
    """Run, print the table, keep the results; 1 if a pair did not run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", type=Path, help="a folder of pairs; the evening without it")
    parser.add_argument("--small", action="store_true", help=f"the {SMALL} shortest pairs only")
    parser.add_argument("--pairs", default="", help="names of pairs, separated by commas")
    parser.add_argument("--every", type=int, default=EVERY, help="bars from cue to cue")
    parser.add_argument("--speed", default="max", help="max, or a number: 1 is real time")
    parser.add_argument("--jobs", type=int, default=1, help="pairs at a time")
    parser.add_argument("--out", type=Path, help="keep the results in this file")
    args = parser.parse_args()
    finds = _finds(args.set, args.pairs, small=args.small)
    with ThreadPoolExecutor(args.jobs) as pool:
        rows = list(pool.map(partial(measure, speed=args.speed, every=args.every), finds))
    results = circumstances(args.speed) | {"rows": rows}
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(as_text(results), encoding="utf-8")
    print(table(rows))
    return int(any("problem" in row for row in rows))


def _finds(folder: Path | None, names: str, *, small: bool) -> list[Find]:
    """A way to make each pair."""
    if folder is None:
        return [own]
    chosen = sorted(path.parent for path in folder.glob("*/truth.json"))
    if names:
        chosen = [path for path in chosen if path.name in names.split(",")]
    if small:
        chosen = sorted(chosen, key=lambda path: (path / "perf.mid").stat().st_size)[:SMALL]
    return [lambda _, path=path: human(path) for path in chosen]


if __name__ == "__main__":
    sys.exit(main())
