"""Starts the processes of a performance, notices when one dies, starts it again.

Standard library only and no network, so that little can go wrong in the one process that must
outlive the others. It decides nothing about the show: a process that dies too often is given up
with a loud word, the others go on. One that was ready and has fallen silent (`readiness.py`) is
ended and started again like one that died.
"""

import os
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from collavoce.runtime.clock import monotonic_ns

INTENSITY = 5
"""Restarts allowed within `PERIOD_S` before a process is given up."""

PERIOD_S = 30.0
READY_S = 60.0
"""A process that says nothing this long after its start is started again: before the show, on
whatever machine, with nothing in the system's file cache yet."""

BACK_S = 10.0
"""The same for one that was ready before and comes back in mid-show, which takes a second or two.
Doubled with each time in a row that it was not enough, up to `READY_S`: a machine that is only slow
must not be kept from ever getting there."""

STILL_S = 4.0
"""A watched process that has not been heard for so long stands still: eight of its bytes."""

GRACE_S = 3.0
"""Between asking a process to end and ending it, unless its job says otherwise."""

TURN_S = 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """One process: its name, its command line, the inherited sockets it needs.

    watched : it is ended when it stands still; not for one that somebody else watches better.
    grace_s : between asking it to end and ending it.
    """

    name: str
    argv: tuple[str, ...]
    fds: tuple[int, ...] = ()
    watched: bool = False
    grace_s: float = GRACE_S


@dataclass(slots=True)
class Child:
    """A job with the process that does it now."""

    job: Job
    process: "subprocess.Popen[bytes] | None" = None
    ready: bool = False
    started_s: float = 0.0
    heard_s: float = 0.0
    deaths: deque[float] = field(default_factory=deque[float])
    restarts: int = 0
    given_up: bool = False
    hung_up: bool = False
    """its end of the pipe is closed: it died, or says no more"""
    patience_s: float = READY_S
    """how long after its start it may be mute"""


Report = Callable[[str, str, int], None]
"""(name, state, restarts): "starting", "up", "down", "given up"."""


class Supervisor:
    """Keeps `jobs` running until told to stop; started in order, each when the last is ready.

    intensity : deaths of one process within `PERIOD_S` that are made good.
    """

    def __init__(self, jobs: Sequence[Job], report: Report, intensity: int = INTENSITY) -> None:
        self.children = [Child(job) for job in jobs]
        self.report = report
        self.intensity = intensity
        self._turned_s = 0.0

    def start(self) -> None:
        """Start every job; returns when all have said they are ready or were given up."""
        for child in self.children:
            self._spawn(child)
            while not child.ready and not child.given_up:
                self.turn()

    def turn(self) -> None:
        """Look once at every child: hear it, start it again if it died or stands still."""
        pipes = {
            c.process.stdout: c
            for c in self.children
            if c.process is not None and c.process.stdout is not None and not c.hung_up
        }
        readable, _, _ = select.select(list(pipes), [], [], TURN_S)
        now = monotonic_ns() * 1e-9
        if now - self._turned_s > STILL_S / 2:
            # Whoever was not there itself can blame nobody: perhaps the whole machine stood still.
            for child in self.children:
                child.heard_s = child.started_s = now
        self._turned_s = now
        for pipe in readable:
            self._hear(pipes[pipe], os.read(pipe.fileno(), 4096))
        for child in self.children:
            self._look_after(child)

    def _hear(self, child: Child, said: bytes) -> None:
        if not said:
            child.hung_up = True
            return
        child.heard_s = monotonic_ns() * 1e-9
        if not child.ready:
            child.ready, child.patience_s = True, BACK_S
            self.report(child.job.name, "up", child.restarts)

    def pids(self) -> dict[str, int]:
        """The process ids of what runs now."""
        return {
            c.job.name: c.process.pid
            for c in self.children
            if c.process is not None and c.process.poll() is None
        }

    def stop(self) -> None:
        """End every child, the last started first."""
        for child in reversed(self.children):
            process = child.process
            if process is None or process.poll() is not None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(child.job.grace_s)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def _look_after(self, child: Child) -> None:
        if child.process is None or child.given_up:
            return
        now = monotonic_ns() * 1e-9
        mute = not child.ready and now - child.started_s > child.patience_s
        still = child.ready and child.job.watched and now - child.heard_s > STILL_S
        if mute:
            child.patience_s = min(2 * child.patience_s, READY_S)
        if mute or still:
            child.process.kill()
            child.process.wait()
        if child.process.poll() is None:
            return
        child.deaths.append(now)
        while now - child.deaths[0] >= PERIOD_S:
            child.deaths.popleft()
        if len(child.deaths) > self.intensity:
            child.given_up = True
            self.report(child.job.name, "given up", child.restarts)
            return
        self.report(child.job.name, "down", child.restarts)
        child.restarts += 1
        self._spawn(child)

    def _spawn(self, child: Child) -> None:
        if child.process is not None and child.process.stdout is not None:
            child.process.stdout.close()
        child.ready = child.hung_up = False
        child.started_s = monotonic_ns() * 1e-9
        self.report(child.job.name, "starting", child.restarts)
        child.process = subprocess.Popen(
            child.job.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            pass_fds=child.job.fds,
            # Ctrl-C is for the supervisor alone; it ends the others in its order.
            start_new_session=True,
        )


def python_job(
    name: str,
    module: str,
    *arguments: str,
    fds: tuple[int, ...] = (),
    watched: bool = False,
    grace_s: float = GRACE_S,
) -> Job:
    """The job that runs one of our own modules in a Python of its own."""
    return Job(name, (sys.executable, "-m", module, *arguments), fds, watched, grace_s)
