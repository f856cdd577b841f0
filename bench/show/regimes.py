"""Under which rule of the scheduler programs and probe run."""

import contextlib
import os
from collections.abc import Collection, Generator

ORDINARY, FIFO = "ordinary", "SCHED_FIFO"
PRIORITY = 50


def allowed() -> list[str]:
    """The regimes this user may measure under."""
    if not hasattr(os, "sched_setscheduler"):
        return [ORDINARY]
    try:
        with under(FIFO, [os.getpid()]):
            return [ORDINARY, FIFO]
    except PermissionError:
        return [ORDINARY]


@contextlib.contextmanager
def under(regime: str, pids: Collection[int]) -> Generator[None]:
    """Have the processes `pids` run under `regime` for a while. Raises PermissionError."""
    if regime == ORDINARY:
        yield
        return
    for pid in pids:
        os.sched_setscheduler(pid, os.SCHED_FIFO, os.sched_param(PRIORITY))
    try:
        yield
    finally:
        for pid in pids:
            os.sched_setscheduler(pid, os.SCHED_OTHER, os.sched_param(0))
