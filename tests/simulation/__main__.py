"""`python -m tests.simulation SEED [SEED...]`: play evenings and show what happened."""

import argparse
import sys
import time

from tests.simulation.evening import play


def main() -> int:
    """Play what is asked for; 1 if something promised does not hold."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("seed", type=int, nargs="+")
    reading.add_argument("--until", type=int, help="play every seed from the first up to this")
    reading.add_argument("--quiet", action="store_true", help="only what does not hold")
    given = reading.parse_args()
    seeds = range(given.seed[0], given.until) if given.until else given.seed
    began, bad = time.perf_counter(), 0
    for seed in seeds:
        report = play(seed)
        if not given.quiet:
            say("\n".join(report.trace))
        if report.broken is not None:
            bad += 1
            say(f"seed {seed}: {report.broken}")
        elif not given.quiet:
            say(f"seed {seed}: all holds; {report.counts}")
    spent = time.perf_counter() - began
    say(f"{len(seeds)} seeds, {bad} in which something does not hold, {spent:.1f} s")
    return bad > 0


def say(words: str) -> None:
    """Write a line."""
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
