"""How well the end of a piece is foretold: an exit's standby hangs on it.

    python bench/following/ends.py --set SET [--leads 40 20]

For every pair of the set (see run.py) the performance is followed and the instant noted at which
the follower first says that so many seconds remain. The error is how much later than that the last
onset came.
"""

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from collavoce.following import Follower, Music
from collavoce.listening import Silence, observe
from collavoce.score import read_score
from collavoce.units import Instant
from collavoce.wire.midi import read_performance

GRID_S = 0.05
GOOD_S = (3.0, 6.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", type=Path, required=True, help="folder of pairs")
    parser.add_argument("--leads", type=float, nargs="+", default=[40.0, 20.0], help="seconds")
    options = parser.parse_args()
    if not (options.set / "manifest.json").is_file():
        print("missing: --set, a folder of pairs that holds a manifest.json", file=sys.stderr)
        return 2
    manifest = json.loads((options.set / "manifest.json").read_text(encoding="utf-8"))
    foretold = [errors(options.set / pair["id"], options.leads) for pair in manifest["pairs"]]
    for k, lead in enumerate(options.leads):
        found = [abs(each[k]) for each in foretold]
        good = ", ".join(f"{sum(e <= s for e in found)} within {s:.0f} s" for s in GOOD_S)
        print(f"{lead:.0f} s before the end: median error {median(found):.1f} s; {good}", end="")
        print(f" (of {len(found)})")
    return 0


def errors(pair: Path, leads: list[float]) -> list[float]:
    """Seconds by which the last onset came later than foretold at each lead."""
    score = read_score((pair / "score.musicxml").read_bytes(), pair.name)
    follower = Follower(score)
    truth = json.loads((pair / "truth.json").read_text(encoding="utf-8"))
    end = max(note[5] for note in truth["notes"] if note[5] is not None)
    said: dict[float, float] = {}
    now = 0.0
    for at, message in read_performance((pair / "perf.mid").read_bytes()):
        while now < at:
            now = min(now + GRID_S, at)
            estimate = follower.step(Silence(Instant(now)))
            remaining = estimate.remaining
            if remaining is not None and estimate.state is not Music.WAITING:
                for lead in leads:
                    if remaining <= lead:
                        said.setdefault(lead, now)
        observation = observe(Instant(at), message)
        if observation is not None:
            follower.step(observation)
    return [end - said.get(lead, end) - lead for lead in leads]


if __name__ == "__main__":
    sys.exit(main())
