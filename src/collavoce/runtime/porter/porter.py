"""Whoever holds a porter's process: hands it tasks, never waits for it, replaces it.

Every task is answered once, in time, whatever that process does: one that has not answered in
time is `LATE` here, and a process that dies, stops reading or has too many hanging threads is
replaced. The old one is given time to finish what it has begun.
"""

import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from collavoce.rig.channels import Failed, Failure, Outcome
from collavoce.runtime.porter.frames import Answer, FrameError, Task, Unframing, framed

ATTEMPT_S = 3.5
"""How long a service may take. With the slack it is less than the 4 s after which care turns to
the person's next contact anyway."""

SLACK_S = 0.4
"""What the process itself may add before it counts as hanging."""

BUFFER_BYTES = 1 << 20
READ_BYTES = 65_536
OUT_MAX = 128
"""Tasks of one channel handed over and not answered: enough to keep its threads busy. The rest
waits with whoever has it and knows whom it puts first; one that hangs takes no other's room."""

STARTS_APART_S = 1.0
LEAVES_WITHIN_S = 6.0


@dataclass(slots=True)
class _Child:
    """out : number -> when it counts as late, and its channel."""

    link: socket.socket
    process: "subprocess.Popen[bytes]"
    unframing: Unframing = field(default_factory=Unframing)
    out: dict[int, tuple[float, str]] = field(default_factory=dict[int, tuple[float, str]])
    leave_at: float = float("inf")


class Porter:
    """channels : the operator's file, None for no services.

    now : seconds on the machine's monotonic clock.
    """

    def __init__(self, channels: Path | None, now: Callable[[], float]) -> None:
        self.replaced = 0
        """how many processes were given up"""
        self._channels = channels
        self._now = now
        self._number = 0
        self._unsent: list[tuple[int, Outcome]] = []
        self._started_at = float("-inf")
        self._leaving: list[_Child] = []
        self._child: _Child | None = None
        self._look()

    def room(self, channel: str) -> int:
        """How many more tasks of `channel` it takes now."""
        if self._child is None:
            return 0
        return OUT_MAX - sum(out == channel for _, out in self._child.out.values())

    def fileno(self) -> int:
        """For whoever waits for answers, -1 for none; changes when the process is replaced."""
        return -1 if self._child is None else self._child.link.fileno()

    def pids(self) -> tuple[int, ...]:
        """The processes held, the one in use last."""
        held = (*self._leaving, *(() if self._child is None else (self._child,)))
        return tuple(child.process.pid for child in held)

    def hand(self, channel: str, address: str, text: str, key: str, *, distress: bool) -> int:
        """Hand over one message; its number, which `collect` will answer once."""
        self._number += 1
        number, child = self._number, self._child
        if child is None:
            self._unsent.append((number, Failed(Failure.RESET)))
            return number
        until = self._now() + ATTEMPT_S
        data = framed(Task(number, channel, address, text, key, until, distress))
        child.out[number] = (until + SLACK_S, channel)
        if not _sent(child.link, data):
            # It does not read: nothing more is put into it.
            self._give_up(child)
        return number

    def collect(self) -> list[tuple[int, Outcome]]:
        """The number and outcome of every task answered since. To be called at least once a second.

        Late ones are answered here, and a process that is ill is replaced.
        """
        outcomes, self._unsent = self._unsent, []
        held = (*self._leaving, *(() if self._child is None else (self._child,)))
        for child in held:
            outcomes += self._heard(child)
        self._look()
        return outcomes

    def close(self) -> None:
        """Let go of every process: it finishes what it has begun and ends."""
        for child in (*self._leaving, *(() if self._child is None else (self._child,))):
            child.link.close()
            child.process.poll()
        self._child, self._leaving = None, []

    def _heard(self, child: _Child) -> list[tuple[int, Outcome]]:
        answers, there = _read(child)
        outcomes = [
            (a.number, a.outcome) for a in answers if child.out.pop(a.number, None) is not None
        ]
        now = self._now()
        late = [number for number, (at, _) in child.out.items() if at <= now or not there]
        for number in late:
            del child.out[number]
            outcomes.append((number, Failed(Failure.LATE if there else Failure.RESET)))
        if late or not there or any(answer.worn for answer in answers):
            self._give_up(child)
        return outcomes

    def _give_up(self, child: _Child) -> None:
        """Another takes its place; what it has begun it may finish."""
        if child is self._child:
            self.replaced += 1
            self._child = None
            self._leaving.append(child)
            child.leave_at = self._now() + LEAVES_WITHIN_S

    def _look(self) -> None:
        now = self._now()
        for child in tuple(self._leaving):
            ended = child.process.poll() is not None
            if ended or child.leave_at <= now:
                if not ended:
                    child.process.kill()
                    child.process.wait()
                child.link.close()
                self._leaving.remove(child)
        if self._child is None and now - self._started_at >= STARTS_APART_S:
            self._started_at = now
            self._child = _start(self._channels)


def _start(channels: Path | None) -> _Child:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
    ours.setblocking(False)
    number = theirs.fileno()
    file = () if channels is None else (str(channels),)
    command = (sys.executable, "-m", "collavoce.runtime.porter", str(number), *file)
    with theirs:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(number,))
    return _Child(ours, process)


def _sent(link: socket.socket, data: bytes) -> bool:
    """Whether all of `data` was taken; half a frame is none."""
    try:
        return link.send(data) == len(data)
    except OSError:
        return False


def _read(child: _Child) -> tuple[list[Answer], bool]:
    """What it has answered, and whether it is there."""
    answers: list[Answer] = []
    try:
        while data := child.link.recv(READ_BYTES):
            answers += child.unframing.answers(data)
    except BlockingIOError:
        return answers, True
    except (OSError, FrameError, msgspec.DecodeError):
        pass
    return answers, False
