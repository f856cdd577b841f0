"""Under which rule of the scheduler programs and probe run."""

import contextlib
import os
from collections.abc import Collection, Generator
from pathlib import Path

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
    _set(pids, os.SCHED_FIFO, PRIORITY)
    try:
        yield
    finally:
        _set(pids, os.SCHED_OTHER, 0)


def _set(pids: Collection[int], policy: int, priority: int) -> None:
    """For every thread: the system counts each as a process of its own."""
    for pid in pids:
        for thread in list(Path(f"/proc/{pid}/task").iterdir()):
            # A thread may end between being seen and being told.
            with contextlib.suppress(ProcessLookupError):
                os.sched_setscheduler(int(thread.name), policy, os.sched_param(priority))
