"""The follower over small pieces written by chance: no harness, no human performance.

These figures say that nothing is broken, not how well people are followed.
"""

import sys

from circumstances import ROOT
from rows import Row

SEEDS = range(8)
SMALL = range(1)


def rows(*, small: bool) -> list[Row]:
    """One row a case of the recorded tests: the same pieces, the same measures."""
    sys.path.insert(0, str(ROOT))
    from tests.recorded.cases import CASES, measure

    return [measure(case, SMALL if small else SEEDS) for case in CASES]
