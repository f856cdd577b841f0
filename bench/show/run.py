"""How long it takes from a GO to the wire, beside what any program pays; and what idleness costs.

    python bench/show/run.py [--small] [--out FILE]

The processes are those of `collavoce run`. The ways take turns, so that a busy machine is busy for
all of them; the ratio to the bare echo is what carries to another machine. Where the user may,
everything is measured a second time with programs and probe under SCHED_FIFO.
"""

import argparse
import contextlib
import gc
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import idle
from floors import floors
from house import HAND, LIGHT, MUSIC, House, build
from lanes import LOST_S, Caller, EchoLane, HandLane, Lane, PageLane, Probe, cue_in
from regimes import allowed, under

from collavoce.cli.run import readable_show
from collavoce.runtime.live import LivePerformance, live_performance
from collavoce.runtime.opening import Options
from collavoce.runtime.players import LEAD_IN
from collavoce.show.events import NumberStarted
from collavoce.wire.midi import read_performance

SHOTS, SHOTS_SMALL = 600, 20
NOTES, NOTES_SMALL = 200, 24
IDLE_S, IDLE_SMALL_S = 20.0, 1.0
ROUNDS, ROUNDS_SMALL = 6, 2
REST_S = (0.012, 0.032)
"""Between two shots, at random, so that they are in step with nothing."""

LIGHT_REST_S = (0.048, 0.068)
"""The same where light is set: two frames and more. Of changes within one frame (22.7 ms) only the
first leaves at once; the next waits for its turn, as E1.31 wants it."""

BARE = "bare socket echo, Python"
FOLLOWED = "note played -> OSC"
FIRST_UNSURE = 8
"""Notes from which the follower finds out that it is the piece; their cues are offered, not
fired, and do not count."""

Shots = dict[str, dict[str, list[float | None]]]
"""regime -> way -> milliseconds of each shot."""


def figures(shots: Sequence[float | None]) -> dict[str, Any]:
    """The percentiles of one way."""
    arrived = sorted(ms for ms in shots if ms is not None)
    found: dict[str, Any] = {"shots": len(shots), "lost": len(shots) - len(arrived)}
    if arrived:
        last = len(arrived) - 1
        for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
            found[name] = round(arrived[round(share * last)], 3)
    return found


def measure(house: House, osc: Probe, sacn: Probe, work: Path, amount: argparse.Namespace) -> Shots:
    """Every way under every regime."""
    prepared, plan = readable_show(house.folder)
    options = Options(house.folder, performer=house.performance, care_root=work / "care")
    with (
        floors(work) as bare,
        live_performance(options, prepared, plan, _say_nothing) as live,
    ):
        pids = live.supervisor.pids()
        real_time = [pids[name] for name in ("engine", "follower", "web")]
        real_time += [os.getpid(), *(floor.pid for floor in bare)]
        caller = Caller(live.config)
        lanes: list[Lane] = [
            *(EchoLane(floor.name, floor.port) for floor in bare),
            HandLane("GO in the engine's mailbox -> OSC", HAND, caller, osc),
            PageLane("GO on the page -> OSC", HAND, caller, osc),
            HandLane(
                "GO in the engine's mailbox -> changed light frame", LIGHT, caller, sacn, True
            ),
        ]
        regimes = allowed()
        shots: Shots = {
            regime: {name: [] for name in [*(lane.name for lane in lanes), FOLLOWED]}
            for regime in regimes
        }
        with _no_garbage():
            for _ in range(amount.rounds):
                for regime in regimes:
                    live.turn()
                    with under(regime, real_time):
                        for lane in lanes:
                            lane.begin()
                            for _ in range(amount.shots // amount.rounds):
                                shots[regime][lane.name].append(lane.shoot())
                                time.sleep(random.uniform(*_rest_s(lane)))
            for regime in regimes:
                with under(regime, real_time):
                    shots[regime][FOLLOWED] = _follow(live, caller, house, osc)
        caller.box.close()
    return shots


def _rest_s(lane: Lane) -> tuple[float, float]:
    return LIGHT_REST_S if isinstance(lane, HandLane) and lane.watch_level else REST_S


def _say_nothing(_name: str, _state: str, _restarts: int) -> None:
    """Processes come up; that is no result."""


def _follow(
    live: LivePerformance, caller: Caller, house: House, probe: Probe
) -> list[float | None]:
    """From the instant a note is played until its cue arrives, for each note of the music."""
    performance = read_performance(house.performance.read_bytes())
    onsets = [seconds for seconds, message in performance if message[0] >> 4 == 9 and message[2]]
    probe.drain()
    caller.start(MUSIC)
    time.sleep(0.2)
    live.folded.catch_up()
    started = [e.event for _, e in live.folded.recent if isinstance(e.event, NumberStarted)]
    assert started, "the music did not start"
    assert started[-1].number == MUSIC
    begins = started[-1].at + LEAD_IN
    clock = live.config.clock
    arrived: dict[str, float] = {}
    probe.socket.settimeout(LOST_S)
    while clock.now() < begins + onsets[-1] + LOST_S:
        with contextlib.suppress(TimeoutError):
            data = probe.socket.recv(2048)
            arrived.setdefault(cue_in(data), clock.now())
    sure = list(enumerate(onsets))[FIRST_UNSURE:]
    late = [(arrived.get(f"m{n}"), begins + seconds) for n, seconds in sure]
    return [None if at is None else 1000 * (at - played) for at, played in late]


@contextlib.contextmanager
def _no_garbage() -> Generator[None]:
    """The probe's own garbage collector must not be measured."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def summary(shots: Shots) -> list[dict[str, Any]]:
    """A row for each way and regime, with its ratio to the bare echo of that regime."""
    rows: list[dict[str, Any]] = []
    for regime, ways in shots.items():
        bare = figures(ways[BARE])
        for name, each in ways.items():
            row = {"regime": regime, "way": name} | figures(each)
            if "p50" in row:
                row["ratio_p50"] = round(row["p50"] / bare["p50"], 2)
                row["ratio_p99"] = round(row["p99"] / bare["p99"], 2)
            rows.append(row)
    return rows


def table(results: dict[str, Any]) -> str:
    """The results as Markdown."""
    about = results["circumstances"]
    lines = [", ".join(str(value) for value in about.values()), ""]
    lines += ["| regime | way | shots | lost | p50 ms | p99 ms | max ms | p50, p99 to bare echo |"]
    lines += ["|" + " --- |" * 8]
    for row in results["trigger_to_wire"]:
        cells = [row["regime"], row["way"], row["shots"], row["lost"]]
        if "p50" in row:
            cells += [f"{row[key]:.2f}" for key in ("p50", "p99", "max")]
            cells.append(f"{row['ratio_p50']:.1f}, {row['ratio_p99']:.1f}")
        else:
            cells += ["-"] * 4
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    if results["idle"]:
        lines += ["", "| idle | % of a core | MB | the most of it: % of a core, MB |"]
        lines += ["|" + " --- |" * 4]
        lines += [_idle_line(name, found) for name, found in results["idle"].items()]
    return "\n".join(lines)


def _idle_line(name: str, found: dict[str, Any]) -> str:
    most = sorted(found["each"].items(), key=lambda one: one[1], reverse=True)
    each = ", ".join(f"{process} {cpu:.1f}, {mb:.0f}" for process, (cpu, mb) in most)
    return f"| {name} | {found['cpu_percent']:.1f} | {found['memory_mb']:.0f} | {each} |"


def circumstances(amount: argparse.Namespace, regimes: Collection[str]) -> dict[str, Any]:
    """Where, when and with which state of the source this was measured."""
    git = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(
        git, capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit.stdout.strip() or "no commit",
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load": f"load average {os.getloadavg()[0]:.1f} at the end",
        "regimes": " and ".join(regimes),
        "shots": f"{amount.shots} shots in {amount.rounds} rounds",
    }


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main() -> int:
    """Measure, print the table, keep the results; 1 if a shot was lost."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="half a minute, figures rough")
    parser.add_argument("--out", type=Path, help="keep the results in this file, as JSON")
    parser.add_argument("--shots", type=int, help=f"shots of each way, {SHOTS} if not said")
    parser.add_argument("--no-idle", action="store_true", help="leave idleness out")
    amount = parser.parse_args()
    amount.shots = amount.shots or (SHOTS_SMALL if amount.small else SHOTS)
    amount.rounds = ROUNDS_SMALL if amount.small else ROUNDS
    notes = NOTES_SMALL if amount.small else NOTES
    with tempfile.TemporaryDirectory(prefix="collavoce-bench-") as temporary:
        work = Path(temporary)
        osc, sacn = Probe(), Probe()
        house = build(work / "show", osc.port, sacn.port, notes)
        shots = measure(house, osc, sacn, work, amount)
        quiet = {}
        if not amount.no_idle:
            quiet = idle.measure(house, work, IDLE_SMALL_S if amount.small else IDLE_S)
    results: dict[str, Any] = {
        "circumstances": circumstances(amount, list(shots)),
        "trigger_to_wire": summary(shots),
        "idle": quiet,
    }
    if amount.out:
        amount.out.parent.mkdir(parents=True, exist_ok=True)
        amount.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(results))
    return int(any(row["lost"] for row in results["trigger_to_wire"]))


if __name__ == "__main__":
    sys.exit(main())
