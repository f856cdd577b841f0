"""Starts the processes of a performance, notices when one dies, starts it again.

Standard library only and no network, so that little can go wrong in the one process that must
outlive the others. It decides nothing about the show: a process that dies too often is given up
with a loud word, the others go on.
"""

import os
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from collavoce.runtime.clock import monotonic_ns, sleep

INTENSITY = 5
"""Restarts allowed within `PERIOD_S` before a process is given up."""

PERIOD_S = 30.0
READY_S = 60.0
"""A process that says nothing this long after its start is started again."""

GRACE_S = 3.0
"""Between asking a process to end and ending it."""

TURN_S = 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """One process: its name, its command line, the inherited sockets it needs."""

    name: str
    argv: tuple[str, ...]
    fds: tuple[int, ...] = ()


@dataclass(slots=True)
class Child:
    """A job with the process that does it now."""

    job: Job
    process: "subprocess.Popen[bytes] | None" = None
    ready: bool = False
    started_s: float = 0.0
    deaths: deque[float] = field(default_factory=lambda: deque[float](maxlen=INTENSITY + 1))
    restarts: int = 0
    given_up: bool = False


Report = Callable[[str, str, int], None]
"""(name, state, restarts): "starting", "up", "down", "given up"."""


class Supervisor:
    """Keeps `jobs` running until told to stop; started in order, each when the last is ready."""

    def __init__(self, jobs: Sequence[Job], report: Report) -> None:
        self.children = [Child(job) for job in jobs]
        self.report = report

    def start(self) -> None:
        """Start every job; returns when all have said they are ready or were given up."""
        for child in self.children:
            self._spawn(child)
            while not child.ready and not child.given_up:
                self.turn()

    def turn(self) -> None:
        """Look once at every child: read its readiness, start it again if it died."""
        pipes = {
            c.process.stdout: c
            for c in self.children
            if c.process is not None and c.process.stdout is not None and not c.ready
        }
        readable, _, _ = select.select(list(pipes), [], [], TURN_S)
        for pipe in readable:
            child = pipes[pipe]
            if os.read(pipe.fileno(), 4096):
                child.ready = True
                self.report(child.job.name, "up", child.restarts)
        if not pipes:
            sleep(0.0)
        for child in self.children:
            self._look_after(child)

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
                process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def _look_after(self, child: Child) -> None:
        if child.process is None or child.given_up:
            return
        now = monotonic_ns() * 1e-9
        mute = not child.ready and now - child.started_s > READY_S
        if mute:
            child.process.kill()
            child.process.wait()
        if child.process.poll() is None:
            return
        child.deaths.append(now)
        if len(child.deaths) > INTENSITY and now - child.deaths[0] < PERIOD_S:
            child.given_up = True
            self.report(child.job.name, "given up", child.restarts)
            return
        self.report(child.job.name, "down", child.restarts)
        child.restarts += 1
        self._spawn(child)

    def _spawn(self, child: Child) -> None:
        if child.process is not None and child.process.stdout is not None:
            child.process.stdout.close()
        child.ready = False
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


def python_job(name: str, module: str, *arguments: str, fds: tuple[int, ...] = ()) -> Job:
    """The job that runs one of our own modules in a Python of its own."""
    return Job(name, (sys.executable, "-m", module, *arguments), fds)
