"""Real time, when it was asked for and the system allows it: first-come priority, locked memory.

Three things make a loop late that has nothing else to do: another process has the core, a page of
ours is not in memory, Python collects garbage. Under `--realtime` the engine asks the system for
SCHED_FIFO and for locked memory, and keeps garbage for quiet moments. What was not allowed is said;
the show runs all the same.
"""

import ctypes
import gc
import os
import resource
import select
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.links import Mailbox
from collavoce.words import say

PRIORITY = 50
"""In the middle: above every ordinary process, below the kernel's own threads for hardware."""

SPIN_S = 0.0005
"""The last part of a wait is not slept: a sleeper is woken late by some 0.1 ms."""

NOTE = "regime"
"""In the performance's private folder: the words of the regime that holds."""

_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Regime:
    """Under which rule this process runs. missing: what was asked for and not allowed."""

    realtime: bool = False
    missing: Sequence[str] = ()

    @property
    def words(self) -> str:
        """For people."""
        if not self.realtime and not self.missing:
            return say("run.regime.ordinary")
        if self.missing:
            return say("run.regime.missing", what="; ".join(self.missing))
        return say("run.regime.realtime")

    def note(self, run_dir: str) -> None:
        """Leave the words for whoever started the performance."""
        (Path(run_dir) / NOTE).write_text(self.words, encoding="utf-8")


def noted(run_dir: str) -> str:
    """The words of the regime that holds; "" before anybody led."""
    try:
        return (Path(run_dir) / NOTE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def enter(*, asked: bool) -> Regime:
    """Put this process under the regime that was asked for, as far as the system lets it."""
    gc.collect()
    gc.freeze()
    if not asked:
        # Asking is harmless: a user without the right keeps the ordinary priority.
        _be_nice()
        return Regime()
    missing = [why for why in (_first_come(), _lock_memory()) if why]
    if missing:
        _be_nice()
    gc.disable()
    return Regime(realtime=not missing, missing=missing)


def wait(box: Mailbox, seconds: float, *, spin: bool, besides: Sequence[int] = ()) -> bool:
    """Wait for mail, no longer than `seconds`; whether there is some.

    spin : something is due when the time is up, and it is worth a core for `SPIN_S` to be there.
    besides : descriptors that end the waiting too.
    """
    ears = [box, *besides]
    if not spin:
        return bool(select.select(ears, [], [], max(seconds, 0.0))[0])
    until = monotonic_ns() + int(seconds * 1e9)
    if select.select(ears, [], [], max(seconds - SPIN_S, 0.0))[0]:
        return True
    while monotonic_ns() < until:
        if select.select(ears, [], [], 0.0)[0]:
            return True
    return False


def tidy(regime: Regime) -> None:
    """Collect garbage now, in a quiet moment, if it is not collected by itself."""
    if regime.realtime or regime.missing:
        gc.collect()


def _be_nice() -> None:
    try:
        os.nice(-5)
    except PermissionError:
        return


def _first_come() -> str:
    """Ask for SCHED_FIFO; why it was not given, "" when it was."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    except AttributeError:
        return say("run.regime.no_scheduler")
    except OSError as error:
        return say("run.regime.no_priority", why=error.strerror)
    return ""


def _lock_memory() -> str:
    """Ask for every page to stay in memory; why it was not given, "" when it was."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        # Under a limit, memory asked for later would not be locked but refused, in mid-show.
        limited = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] != resource.RLIM_INFINITY
        future = 0 if limited and os.geteuid() else _MCL_FUTURE
        # What was used once stays. Locking all that is only mapped (100 MB of libraries) would make
        # a killed leader die slower, and its spare waits for that.
        if library.mlockall(_MCL_CURRENT | future | _MCL_ONFAULT) == 0:
            return ""
        why = os.strerror(ctypes.get_errno())
    except (OSError, AttributeError) as error:
        why = str(error)
    return say("run.regime.no_memory", why=why)
