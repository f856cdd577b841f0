"""Cues 5 ms apart: how late each comes after the one that it follows, seen from outside.

A chain of cues by `after`, each 5 ms after the one before it has fired; the interval between two
datagrams less 5 ms is the lateness of the engine's timer and of the way to the wire. Beside it a
loop in Python that does nothing but sleep so long and send: what any program is late by here.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
from amounts import Amount
from house import CHAIN, TICK_S, build
from lanes import Probe
from regimes import allowed, under
from stage import no_garbage, stage
from ways import Caller

from collavoce.show.commands import Go

PROCESSES = ("writer", "web", "engine", "spare")
FIRST_WITHIN_S, STILL_S = 10.0, 1.0
"""A program may be slow to start; once it ticks it goes on."""

ENGINE, LOOP = "a chain of cues in the engine", "a loop that only sleeps, Python"


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """Lateness in ms, of each regime, of the engine and of the loop."""
    osc = Probe()
    house = build(work / "show", osc.port, Probe().port, amount.notes, chain=amount.ticks)
    rows: list[dict[str, Any]] = []
    with stage(house, work, PROCESSES) as performance:
        caller = Caller(performance.live.config)
        for regime in allowed():
            pids = [*performance.pids("engine", "spare"), os.getpid()]
            with no_garbage(), under(regime, pids):
                osc.drain()
                caller.start(CHAIN)
                caller.post(caller.letter(Go()))
                rows.append(_row(regime, ENGINE, amount.ticks, arrivals(osc, amount.ticks)))
            with _loop(osc.port, amount.ticks) as pid, no_garbage(), under(regime, [*pids, pid]):
                rows.append(_row(regime, LOOP, amount.ticks, arrivals(osc, amount.ticks)))
        caller.box.close()
    return {"rows": rows, "failed": any(row["lost"] for row in rows)}


def arrivals(osc: Probe, count: int) -> list[int]:
    """When each of `count` datagrams came, in ns; fewer when nothing came for a second."""
    osc.socket.settimeout(FIRST_WITHIN_S)
    came: list[int] = []
    with contextlib.suppress(TimeoutError):
        while len(came) < count:
            osc.socket.recv(2048)
            came.append(time.monotonic_ns())
            osc.socket.settimeout(STILL_S)
    return came


def _row(regime: str, who: str, ticks: int, came: list[int]) -> dict[str, Any]:
    late = np.diff(came) * 1e-6 - TICK_S * 1000 if len(came) > 1 else np.zeros(1)
    p50, p99, p999 = np.percentile(late, (50, 99, 99.9))
    return {
        "regime": regime,
        "who": who,
        "ticks": len(came),
        "lost": ticks - len(came),
        "p50": round(float(p50), 3),
        "p99": round(float(p99), 3),
        "p99.9": round(float(p999), 3),
        "max": round(float(late.max()), 3),
    }


@contextlib.contextmanager
def _loop(port: int, ticks: int) -> Generator[int]:
    argv = [sys.executable, __file__, str(port), str(ticks)]
    with subprocess.Popen(argv) as process:
        try:
            yield process.pid
        finally:
            process.kill()


def _wait_only(port: int, ticks: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
        for _ in range(ticks):
            time.sleep(TICK_S)
            mouth.sendto(b"tick", ("127.0.0.1", port))


if __name__ == "__main__":
    _wait_only(int(sys.argv[1]), int(sys.argv[2]))
