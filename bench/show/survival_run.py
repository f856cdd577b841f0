"""The engine is killed and frozen in mid-show: how long until its spare goes on, and what is lost.

    python bench/show/survival_run.py [--kills N] [--freezes N] [--gos N] [--realtime] [--out FILE]

Three parts, each on a show of its own. *Killed*: SIGKILL of whoever leads, then GO at once; ms
until the cue that is next arrives. *Frozen*: the same with SIGSTOP. *Under fire*: GO after GO while
writer and leader are killed, frozen, woken again and starved at random; what was answered, what
arrived and what is on disk are compared.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from survival_house import Stage, judged, stage

KILLS, FREEZES, GOS = 100, 20, 2000
EVERY_S = (0.3, 1.2)
"""Under fire somebody dies this often; a spare needs some 0.5 s to stand by."""


def percentiles(samples: list[float]) -> dict[str, float]:
    """Of some milliseconds."""
    ordered = sorted(samples)
    last = len(ordered) - 1
    return {
        "p50": round(ordered[round(0.5 * last)], 2),
        "p99": round(ordered[round(0.99 * last)], 2),
        "max": round(ordered[-1], 2),
    }


def strikes(work: Path, count: int, how: signal.Signals, *, realtime: bool) -> dict[str, Any]:
    """`count` strikes at the leader."""
    with stage(work, realtime=realtime) as on:
        found = [on.strike(how) for _ in range(count)]
    return {
        "strikes": count,
        "cue_ms": percentiles([one["cue"] for one in found]),
        "light_ms": percentiles([one["light"] for one in found]),
        **judged(on),
    }


def under_fire(work: Path, gos: int, seed: int, *, realtime: bool) -> dict[str, Any]:
    """GO after GO while somebody is killed, frozen or starved every now and then."""
    over = threading.Event()
    with stage(work, realtime=realtime) as on:
        nemesis = Nemesis(on, random.Random(seed))
        firing = threading.Thread(target=nemesis.strike_until, args=(over,))
        firing.start()
        try:
            unanswered = sum(on.caller.go() is None for _ in range(gos))
        finally:
            over.set()
            firing.join()
        on.both_there()
    return {"gos": gos, "blows": dict(nemesis.blows), "unanswered": unanswered, **judged(on)}


class Nemesis:
    """Strikes at writer and leader. blows : how often it did what."""

    def __init__(self, on: Stage, chance: random.Random) -> None:
        self.on = on
        self.chance = chance
        self.blows = Counter[str]()

    def strike_until(self, over: threading.Event) -> None:
        """Now and then, until it is over."""
        blows = [self._kill_leader, self._kill_leader, self._freeze_leader, self._pause_leader]
        blows += [self._kill_writer, self._freeze_writer, self._starve]
        while not over.wait(self.chance.uniform(*EVERY_S)):
            blow = self.chance.choice(blows)
            if blow():
                self.blows[blow.__name__.strip("_").replace("_", " ")] += 1

    def _kill_leader(self) -> bool:
        return self._hit(self.on.leader(), signal.SIGKILL)

    def _freeze_leader(self) -> bool:
        return self._hit(self.on.leader(), signal.SIGSTOP)

    def _pause_leader(self) -> bool:
        """Frozen, and awake again about when its spare loses patience: who wakes may not send."""
        pid = self.on.leader()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(self.chance.uniform(0.1, 0.6))
            os.kill(pid, signal.SIGCONT)
        return True

    def _kill_writer(self) -> bool:
        return self._hit(self.on.writer(), signal.SIGKILL)

    def _freeze_writer(self) -> bool:
        return self._hit(self.on.writer(), signal.SIGSTOP)

    def _starve(self) -> bool:
        """For a second everybody wants every core."""
        command = [sys.executable, "-c", "while True: pass"]
        hogs = [subprocess.Popen(command) for _ in range(2 * (os.cpu_count() or 1))]
        time.sleep(1.0)
        for hog in hogs:
            hog.kill()
            hog.wait()
        return True

    def _hit(self, pid: int, how: signal.Signals) -> bool:
        if not pid or pid in self.on.struck:
            return False
        with contextlib.suppress(ProcessLookupError):
            self.on.hit(pid, how)
        return True


def main() -> int:
    """Strike, print what was found; 1 if anything was lost, doubled or missed."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--freezes", type=int, default=FREEZES)
    parser.add_argument("--gos", type=int, default=GOS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--realtime", action="store_true", help="engine and spare under SCHED_FIFO")
    parser.add_argument("--out", type=Path, help="keep the results in this file, as JSON")
    asked = parser.parse_args()
    began = time.monotonic()
    results: dict[str, Any] = {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": os.cpu_count(),
        "realtime": asked.realtime,
        "load_before": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory(prefix="collavoce-survival-") as temporary:
        work = Path(temporary)
        for name, count, how in (
            ("killed", asked.kills, signal.SIGKILL),
            ("frozen", asked.freezes, signal.SIGSTOP),
        ):
            if count:
                (work / name).mkdir()
                results[name] = strikes(work / name, count, how, realtime=asked.realtime)
                print(name, json.dumps(results[name]), flush=True)
        if asked.gos:
            (work / "fire").mkdir()
            results["under fire"] = under_fire(
                work / "fire", asked.gos, asked.seed, realtime=asked.realtime
            )
            print("under fire", json.dumps(results["under fire"]), flush=True)
    results["load_after"] = os.getloadavg()[0]
    results["seconds"] = round(time.monotonic() - began, 1)
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    parts = [results[part] for part in ("killed", "frozen", "under fire") if part in results]
    wrong = ("lost", "doubled", "missed", "light_after_farewell")
    return int(any(part[what] for part in parts for what in wrong))


if __name__ == "__main__":
    sys.exit(main())
