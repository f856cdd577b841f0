"""One seed, one evening: everything that is promised of a press, under everything that goes wrong.

`COLLAVOCE_SEEDS` sets how many evenings are played (100 unless set), from `COLLAVOCE_SEED` on (1).
A seed that ever failed stands in `kept_seeds.txt` and is played always. To see what happened in
one of them: `python -m tests.simulation SEED`.
"""

import os
from pathlib import Path

import pytest
from tests.simulation.evening import play

SEEDS = int(os.environ.get("COLLAVOCE_SEEDS", "100"))
FIRST = int(os.environ.get("COLLAVOCE_SEED", "1"))
AT_ONCE = 25
TRACE_LINES = 60
KEPT = [
    int(line.split()[0])
    for line in Path(__file__).with_name("kept_seeds.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("first", range(FIRST, FIRST + SEEDS, AT_ONCE))
def test_everything_promised_of_a_press_holds(first: int) -> None:
    for seed in range(first, min(first + AT_ONCE, FIRST + SEEDS)):
        holds(seed)


@pytest.mark.parametrize("seed", KEPT)
def test_what_failed_once_holds_for_ever(seed: int) -> None:
    holds(seed)


def test_one_seed_is_one_evening() -> None:
    once, again = play(7), play(7)
    assert once.trace == again.trace
    assert once.counts == again.counts
    assert once.counts["presses confirmed"] > 0


def holds(seed: int) -> None:
    """Play the evening of `seed`; what went before a finding is shown with it."""
    report = play(seed)
    if report.broken is not None:
        happened = "\n".join(report.trace[-TRACE_LINES:])
        pytest.fail(f"{happened}\n{report.broken}\nagain: python -m tests.simulation {seed}")
