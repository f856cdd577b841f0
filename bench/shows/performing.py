"""Runs the real program on a show and listens to what it sends, without asking it."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from staging import Ports

PATIENCE_S = 60.0
"""Added to the length of a performance before a run is given up."""

BUFFER = 1 << 20
"""Bytes of packets the kernel keeps for a probe that is not scheduled for a moment."""

ADDRESS = b"/cue\0\0\0\0"
"""The OSC address pattern of a cue's message, padded to four bytes (OSC 1.0)."""

TYPES = b",s\0\0"


Take = Callable[[bytes, float], None]
"""What is done with a packet, given the instant it came."""


class RunError(Exception):
    """A run that gave no result; the sentence is the program's own."""


@dataclass(slots=True)
class Probe:
    """Two sockets of this machine. caught: (cue, seconds on the machine's monotonic clock)."""

    osc: socket.socket
    sacn: socket.socket
    caught: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    frames: int = 0

    @property
    def ports(self) -> Ports:
        """Where to send."""
        return Ports(self.osc.getsockname()[1], self.sacn.getsockname()[1])


@contextlib.contextmanager
def listening() -> Iterator[Probe]:
    """A probe that receives until the context is left."""
    probe = Probe(_socket(), _socket())
    done = threading.Event()
    threads = [
        threading.Thread(target=_receive, args=(probe.osc, done, _cue_of(probe)), daemon=True),
        threading.Thread(target=_receive, args=(probe.sacn, done, _frame_of(probe)), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield probe
    finally:
        done.set()
        for thread in threads:
            thread.join()
        probe.osc.close()
        probe.sacn.close()


def perform(show: Path, performance: Path, speed: str, seconds: float) -> dict[str, Any]:
    """`collavoce run` without anybody watching; what it prints. Raises RunError."""
    command = [sys.executable, "-m", "collavoce", "run", str(show)]
    command += ["--performer", str(performance), "--headless", "--speed", speed, "--json"]
    length = seconds if speed == "max" else seconds / float(speed)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=length + PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RunError(f"no end after {error.timeout:.0f} s") from error
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise RunError(done.stderr.strip()[-500:] or f"exit code {done.returncode}")
    return dict(json.loads(lines[-1]))


def on_the_wire(
    caught: list[tuple[str, float]], fired: list[tuple[str, float]], speed: float
) -> list[tuple[str, float]]:
    """The caught packets in the time of the performance.

    The probe's clock and the show's begin apart. The packet that lies earliest against the
    program's own account is taken to have travelled in no time; all others are measured by it.
    """
    told: dict[str, list[float]] = {}
    for cue, at in fired:
        told.setdefault(cue, []).append(at)
    offsets = [at - told[cue].pop(0) / speed for cue, at in caught if told.get(cue)]
    if not offsets:
        return []
    begin = min(offsets)
    return [(cue, (at - begin) * speed) for cue, at in caught]


def _socket() -> socket.socket:
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    probe.bind(("127.0.0.1", 0))
    probe.settimeout(0.2)
    return probe


def _receive(probe: socket.socket, done: threading.Event, take: Take) -> None:
    while not done.is_set():
        with contextlib.suppress(TimeoutError):
            take(probe.recv(2048), time.monotonic())


def _cue_of(probe: Probe) -> Take:
    def take(packet: bytes, at: float) -> None:
        if packet.startswith(ADDRESS + TYPES):
            probe.caught.append((packet[len(ADDRESS + TYPES) :].split(b"\0")[0].decode(), at))

    return take


def _frame_of(probe: Probe) -> Take:
    def take(_packet: bytes, _at: float) -> None:
        probe.frames += 1

    return take
