"""Everything the filters read of a score, laid out once so that a note costs only slices."""

from dataclasses import dataclass

import numpy as np

from collavoce.following import emission, motion
from collavoce.following.arrays import Flags, Floats
from collavoce.following.model import Events

WINDOW = 40
"""Events a track looks at; every table has room for a window past the last event."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows for M = N + WINDOW events, of which the last WINDOW are none.

    count : N. seconds, onset, size, written : as in `Events`.
    enter, slips, again, running : float64 [shape=(128, M)]  See `emission`.
    stray : float64 [shape=(M,)]  See `emission`.
    late_share : float64 [shape=(M,)]  Share of a chord's notes that come spread.
    skip, freely : float64 [shape=(SKIP, M)]  See `motion`.
    """

    count: int
    seconds: Floats
    onset: Flags
    size: Floats
    written: Flags
    enter: Floats
    slips: Floats
    again: Floats
    running: Floats
    stray: Floats
    late_share: Floats
    skip: Floats
    freely: Floats


def tables_of(events: Events) -> Tables:
    """The tables of `events`."""
    beyond = events.seconds[-1] + 1.0 + np.arange(WINDOW)
    return Tables(
        count=len(events),
        seconds=np.concatenate((events.seconds, beyond)),
        onset=np.pad(events.onset, (0, WINDOW)),
        size=np.pad(events.size, (0, WINDOW), constant_values=1.0),
        written=np.pad(events.written, ((0, 0), (0, WINDOW))),
        enter=_padded(emission.entering(events)),
        slips=_padded(emission.slips(events)),
        again=_padded(emission.again(events)),
        running=_padded(emission.running(events)),
        stray=_padded(emission.stray(events)),
        late_share=_padded(emission.late_share(events)),
        skip=_padded(motion.skips(events)),
        freely=_padded(motion.freely(events)),
    )


def _padded(table: Floats) -> Floats:
    return np.pad(table, [(0, 0)] * (table.ndim - 1) + [(0, WINDOW)])
