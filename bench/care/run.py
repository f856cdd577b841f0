"""How long a press takes to be kept, shown and found again, beside the obvious way to build one.

    python bench/care/run.py [--small] [--out FILE] [--folder DIR]

Everything runs on this machine's loopback and disk, the desk and the baseline
(`baseline.py`, twice: SQLite as it comes, and write-ahead log with synchronous=FULL) in turns. The
persons, circles and open ladders are written into the store beforehand; the processes are the real
ones. `--folder` chooses the disk: a folder in memory measures nothing.
"""

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from clients import (
    Poster,
    Watcher,
    beside,
    busy_phone,
    busy_plain,
    open_pages,
    open_sockets,
    phone,
    plain,
)
from flood import flood, flood_plainly
from house import FRIEND, CareHouse, token
from pushing import pushes
from waking import waking, waking_plainly

HERE = Path(__file__).resolve().parent
PRESSES, PRESSES_SMALL = 1000, 12
PAGES, PAGES_SMALL = 100, 3
ALERTS, ALERTS_SMALL = 10_000, 40
LADDERS, LADDERS_SMALL = 1000, 10
BUSY = 4
ROUNDS, ROUNDS_SMALL = 4, 1

DESK = "collavoce"
SHOWN = "kept -> on the friend's page"
SETTINGS = {"default": "SQLite as it comes", "full": "SQLite, WAL, synchronous=FULL"}

Rows = dict[tuple[str, str], list[float]]
"""(what, who) -> milliseconds of each."""


def figures(samples: Sequence[float]) -> dict[str, float]:
    """The percentiles, in ms; p99.9 is the worst of what is fewer than 1,000."""
    ordered = sorted(samples)
    last = len(ordered) - 1
    shares = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}
    return {
        "n": len(ordered),
        **{
            name: round(ordered[min(last, round(share * last + 0.49))], 2)
            for name, share in shares.items()
        },
    }


@contextlib.contextmanager
def baseline(folder: Path, settings: str) -> Generator[int]:
    """A running baseline; its port."""
    folder.mkdir(exist_ok=True)
    argv = [sys.executable, str(HERE / "baseline.py"), str(folder / f"{settings}.db"), settings]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def keep(
    rows: Rows,
    what: str,
    who: str,
    poster: Poster,
    presses: int,
    watcher: Watcher | None = None,
) -> None:
    """Presses one after the other: until "kept", and from there until the friend's page has it."""
    # The first finds a connection that was closed meanwhile, and is not counted.
    assert poster.press(f"greeting-{time.monotonic_ns():020d}"), "a press was not kept"
    for _ in range(presses):
        press = f"press-{sum(map(len, rows.values())):012d}"
        began = time.perf_counter()
        assert poster.press(press), "a press was not kept"
        kept = time.perf_counter()
        rows.setdefault((what, who), []).append((kept - began) * 1e3)
        if watcher is not None:
            seen = watcher.wait(press)
            assert seen is not None, "a press was not shown"
            rows.setdefault((SHOWN, who), []).append(max(0.0, seen - kept) * 1e3)


def measure(work: Path, amount: argparse.Namespace) -> Rows:
    """Idle, with open pages, and beside busy clients; desk and baselines in turns."""
    rows: Rows = {}
    people = ["presser", *(f"busy-{n}" for n in range(BUSY)), *(f"there-{n}" for n in range(20))]
    house = CareHouse(work / "care", people)
    house.fill()
    there = [token(person) for person in people if person.startswith("there")]
    noise = [token(person) for person in people if person.startswith("busy")]
    each = amount.presses // amount.rounds
    pages: int = amount.pages
    with contextlib.ExitStack() as running:
        running.enter_context(house.running())
        ports = {s: running.enter_context(baseline(work / "plain", s)) for s in SETTINGS}
        watcher = Watcher()
        watcher.frames(house.port, token(FRIEND))
        watcher.wait_first()
        ours = phone(house.port, token("presser"))
        others: dict[str, tuple[Poster, Watcher]] = {}
        for settings, port in ports.items():
            others[settings] = plain(port, "presser"), Watcher()
            others[settings][1].messages(port)
        time.sleep(0.5)
        # While nobody else calls the friend: a page shows three calls, the longest waiting first.
        keep(rows, "press -> kept", DESK, ours, each, watcher)
        for settings, (theirs, told) in others.items():
            keep(rows, "press -> kept", SETTINGS[settings], theirs, each, told)
        for _ in range(amount.rounds):
            keep(rows, "press -> kept", DESK, ours, each)
            for settings, (theirs, _) in others.items():
                keep(rows, "press -> kept", SETTINGS[settings], theirs, each)
            what = f"press -> kept, {pages} pages open"
            with beside(open_pages, house.port, there, pages):
                keep(rows, what, DESK, ours, each)
            for settings, (theirs, _) in others.items():
                with beside(open_sockets, ports[settings], pages):
                    keep(rows, what, SETTINGS[settings], theirs, each)
            what = f"press -> kept, {pages} pages, {BUSY} who press all the time"
            with (
                beside(open_pages, house.port, there, pages),
                beside(busy_phone, house.port, noise, times=BUSY),
            ):
                keep(rows, what, DESK, ours, each)
            for settings, (theirs, _) in others.items():
                with (
                    beside(open_sockets, ports[settings], pages),
                    beside(busy_plain, ports[settings], times=BUSY),
                ):
                    keep(rows, what, SETTINGS[settings], theirs, each)
        for what, samples in pushes(house, max(4, each // 4)).items():
            rows[what, DESK] = samples
    return rows


def table(results: dict[str, Any]) -> str:
    """The results as they stand in docs/figures.md."""
    around = results["circumstances"]
    lines = [
        ", ".join(around[said] for said in ("machine", "system", "load", "date", "commit")),
        "",
        "| what | who | n | p50 / p99 / p99.9 / max ms |",
        "|---|---|---|---|",
    ]
    for row in results["rows"]:
        times = " / ".join(f"{row[name]:.1f}" for name in ("p50", "p99", "p99.9", "max"))
        lines.append(f"| {row['what']} | {row['who']} | {row['n']} | {times} |")
    lines += ["", "| once | who | |", "|---|---|---|"]
    lines += [f"| {one['what']} | {one['who']} | {one['said']} |" for one in results["once"]]
    return "\n".join(lines)


def circumstances() -> dict[str, str]:
    """Where, when and with which state of the source this was measured."""
    git = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False, cwd=HERE)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit.stdout.strip() or "no commit",
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load": f"load average {os.getloadavg()[0]:.1f} at the end",
    }


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main() -> int:
    """Measure, print the tables, keep the results."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="a few of each, to see that it runs")
    parser.add_argument("--out", type=Path, help="keep the results in this file, as JSON")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--presses", type=int, help=f"of each way, {PRESSES} if not said")
    parser.add_argument("--alerts", type=int, help=f"at once, {ALERTS} if not said")
    amount = parser.parse_args()
    small: bool = amount.small
    amount.presses = amount.presses or (PRESSES_SMALL if small else PRESSES)
    amount.rounds = ROUNDS_SMALL if small else ROUNDS
    amount.pages = PAGES_SMALL if small else PAGES
    alerts = amount.alerts or (ALERTS_SMALL if small else ALERTS)
    ladders = LADDERS_SMALL if small else LADDERS
    with tempfile.TemporaryDirectory(prefix="collavoce-bench-", dir=amount.folder) as name:
        work = Path(name)
        rows = measure(work, amount)
        once: list[dict[str, str]] = []
        handed, distress = flood(work / "flood", alerts)
        once.append(
            {
                "what": f"{alerts} alerts at once, all kept and handed",
                "who": DESK,
                "said": f"{handed:.1f} s",
            }
        )
        rows["a distress press among them", DESK] = distress
        for settings, who in SETTINGS.items():
            handed, distress = flood_plainly(work / "flood", settings, alerts)
            once.append(
                {
                    "what": f"{alerts} alerts at once, all kept and handed",
                    "who": who,
                    "said": f"{handed:.1f} s",
                }
            )
            rows["a distress press among them", who] = distress
        for what, seconds in waking(work / "waking", ladders).items():
            once.append({"what": what, "who": DESK, "said": f"{seconds:.2f} s"})
        with baseline(work / "waking", "full") as port:
            poster = plain(port, "somebody")
            for number in range(ladders):
                poster.press(f"open-{number:012d}")
        for what, seconds in waking_plainly(
            lambda: baseline(work / "waking", "full"), ladders
        ).items():
            once.append({"what": what, "who": SETTINGS["full"], "said": f"{seconds:.2f} s"})
    results = {
        "circumstances": circumstances(),
        "rows": [{"what": what, "who": who, **figures(ms)} for (what, who), ms in rows.items()],
        "once": once,
    }
    if amount.out:
        amount.out.parent.mkdir(parents=True, exist_ok=True)
        amount.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
