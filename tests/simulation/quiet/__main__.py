"""`python -m tests.simulation.quiet SEED [SEED...]`: play quiet evenings and show what happened."""

import argparse
import sys
import time
from collections import Counter

from tests.simulation.quiet.evening import play


def main() -> int:
    """Play what is asked for; 1 if something promised does not hold."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("seed", type=int, nargs="+")
    reading.add_argument("--until", type=int, help="play every seed from the first up to this")
    given = reading.parse_args()
    seeds = range(given.seed[0], given.until) if given.until else given.seed
    began, bad = time.perf_counter(), 0
    counts: Counter[str] = Counter()
    for seed in seeds:
        report = play(seed)
        counts += report.counts
        if given.until is None:
            sys.stdout.write("\n".join(report.trace) + "\n")
        if report.broken is not None:
            bad += 1
            sys.stdout.write(f"seed {seed}: {report.broken}\n")
            sys.stdout.flush()
    spent = time.perf_counter() - began
    sys.stdout.write(f"{dict(counts)}\n{len(seeds)} seeds, {bad} bad, {spent:.1f} s\n")
    return bad > 0


if __name__ == "__main__":
    raise SystemExit(main())
