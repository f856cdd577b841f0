"""The quiet simulation finds what it is there to find: each planted bug, within so many seeds.

A few of them at every run, all of them with `COLLAVOCE_PLANTED=all`.
"""

import os
import sys

import pytest
from tests.simulation.quiet.evening import play
from tests.simulation.quiet.planted import PLANTED, WITHIN

ALWAYS = (
    "the day of a letter is taken in utc",
    "a letter that is asked for comes by itself",
    "every letter stands on every page",
    "that a note was read is told although held back",
    "who is away is called",
    "a day is shown without leave",
)
BUGS = tuple(PLANTED) if os.environ.get("COLLAVOCE_PLANTED") == "all" else ALWAYS


@pytest.mark.timeout(900)
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    with PLANTED[bug]():
        for seed in range(1, WITHIN + 1):
            broken = play(seed).broken
            if broken is not None:
                sys.stdout.write(f"{bug}: seed {seed}: {broken}\n")
                return
    pytest.fail(f"not found in {WITHIN} seeds")
