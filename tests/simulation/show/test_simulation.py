"""One seed, one show: engine, ring, ledger, desk and stage under everything that goes wrong.

`COLLAVOCE_SEEDS` sets how many are played (100 unless set), from `COLLAVOCE_SEED` on (1). To see
what happened in one of them: `python -m tests.simulation.show SEED`.
"""

import os

import pytest
from tests.simulation.show.evening import play

SEEDS = int(os.environ.get("COLLAVOCE_SEEDS", "100"))
FIRST = int(os.environ.get("COLLAVOCE_SEED", "1"))
AT_ONCE = 25
TRACE_LINES = 60


@pytest.mark.timeout(300)
@pytest.mark.parametrize("first", range(FIRST, FIRST + SEEDS, AT_ONCE))
def test_everything_promised_of_a_show_holds(first: int) -> None:
    for seed in range(first, min(first + AT_ONCE, FIRST + SEEDS)):
        report = play(seed)
        if report.broken is not None:
            happened = "\n".join(report.trace[-TRACE_LINES:])
            again = f"python -m tests.simulation.show {seed}"
            pytest.fail(f"{happened}\n{report.broken}\nagain: {again}")


def test_one_seed_is_one_show() -> None:
    once, again = play(7), play(7)
    assert once.trace == again.trace
    assert once.counts == again.counts
    assert once.counts["engine kills"] > 0
