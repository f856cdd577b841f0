"""The simulator of shows finds each planted bug within so many seeds.

A few at every run, all of them with `COLLAVOCE_PLANTED=all`.
"""

import os
import sys

import pytest
from tests.simulation.show.evening import play
from tests.simulation.show.plantings import PLANTED, WITHIN

from collavoce.ledger import LedgerError

ALWAYS = (
    "the wire comes before the record",
    "answers are forgotten at a restart",
    "a doubtful message is sent again",
    "the drain forgets where it was",
    "a fired cue stays armed",
    "a restart forgets the look",
    "a hazard fires by itself",
    "what hangs on a hazard waits for nobody",
    "a clock that was set forward fires",
    "a stop does not reach what waits to leave",
    "the stage is tracked backwards",
    "all stages keep one key",
)
BUGS = tuple(PLANTED) if os.environ.get("COLLAVOCE_PLANTED") == "all" else ALWAYS


@pytest.mark.timeout(600)
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    with PLANTED[bug]():
        for seed in range(1, WITHIN + 1):
            try:
                broken = play(seed).broken
            except (AssertionError, LedgerError) as error:
                broken = f"the program's own check: {error}"
            if broken is not None:
                sys.stdout.write(f"{bug}: seed {seed}: {broken}\n")
                return
    pytest.fail(f"not found in {WITHIN} seeds")
