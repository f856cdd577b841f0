"""The simulator finds what it is there to find: each planted bug, within so many seeds.

A few of them at every run, all of them with `COLLAVOCE_PLANTED=all`.
"""

import os
import sys

import pytest
from tests.simulation.evening import play
from tests.simulation.planted import PLANTED, WITHIN

ALWAYS = (
    "kept is said before the sync",
    "nearness is forgotten",
    "a step comes one second early",
    "an open press is lost at a restart",
    "the courier task is dropped",
    "the other word shows",
)
BUGS = tuple(PLANTED) if os.environ.get("COLLAVOCE_PLANTED") == "all" else ALWAYS


@pytest.mark.timeout(600)
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    with PLANTED[bug]():
        for seed in range(1, WITHIN + 1):
            broken = play(seed).broken
            if broken is not None:
                sys.stdout.write(f"{bug}: seed {seed}: {broken}\n")
                return
    pytest.fail(f"not found in {WITHIN} seeds")
