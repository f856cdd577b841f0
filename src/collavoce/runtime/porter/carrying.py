"""The porter's own process: tasks in, adapters in threads, answers out.

It is a process because what it runs is other people's synchronous code: a thread of theirs that
hangs cannot be stopped, one that computes would hold the loop that answers presses, and a fault
in it must not end care. It ends when whoever holds it is gone and its last attempt is over, so
that what was handed to it before a death is still carried.
"""

import contextlib
import os
import select
import socket
import threading
from pathlib import Path

import msgspec

from collavoce.rig.channels import (
    ChannelsError,
    Failed,
    Failure,
    Outcome,
    Services,
    adapters,
    load_services,
)
from collavoce.rig.channels.pool import Parcel, Pool
from collavoce.runtime.clock import monotonic_ns, wall_ns
from collavoce.runtime.porter.frames import Answer, FrameError, Task, Unframing, framed

LOOK_S = 0.1
READ_BYTES = 65_536
LINGER_S = 5.0
"""After its holder's death it lives for the longest an attempt may take, and a little."""


class Carrying:
    """One pool a channel behind one socket."""

    def __init__(self, link: socket.socket, channels: Path | None) -> None:
        self._link = link
        self._sending = threading.Lock()
        try:
            services = Services() if channels is None else load_services(channels)
        except ChannelsError:
            # Whoever started the show was told in words; what is not set up says so to each task.
            services = Services()
        self._pools = {
            name: Pool(adapter, self._answer, _now)
            for name, adapter in adapters(services, _now, lambda: wall_ns() * 1e-9).items()
        }
        self._unframing = Unframing()

    def run(self) -> None:
        """Carry until the other end is gone and a while longer."""
        link: list[socket.socket] = [self._link]
        until = float("inf")
        while _now() < until:
            readable, _, _ = select.select(link, [], [], LOOK_S)
            if readable and not self._read():
                link, until = [], _now() + LINGER_S
            for pool in self._pools.values():
                pool.look()

    def _read(self) -> bool:
        """Take what has come; whether the other end is there."""
        try:
            data = self._link.recv(READ_BYTES)
            for task in self._unframing.tasks(data):
                self._take(task)
        except (OSError, FrameError, msgspec.DecodeError):
            return False
        return bool(data)

    def _take(self, task: Task) -> None:
        pool = self._pools.get(task.channel)
        if pool is None:
            self._answer(task.number, Failed(Failure.NOT_SET_UP))
            return
        pool.put(Parcel(task.number, task.address, task.text, task.key, task.until, task.distress))

    def _answer(self, number: int, outcome: Outcome) -> None:
        worn = any(pool.worn for pool in self._pools.values())
        with self._sending, contextlib.suppress(OSError):
            self._link.sendall(framed(Answer(number, outcome, worn)))


def main(descriptor: int, channels: Path | None = None) -> None:
    """The porter's process. It says nothing on any terminal: its libraries know addresses."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    with socket.socket(fileno=descriptor) as link:
        Carrying(link, channels).run()
    # A thread that hangs in a library is not waited for.
    os._exit(0)


def _now() -> float:
    return monotonic_ns() * 1e-9
