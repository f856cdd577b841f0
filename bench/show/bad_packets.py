"""Bad packets while GO is pressed and light moves.

Every UDP door that the performance has is flooded in turn, on loopback, for some seconds. Asked is:
does each GO reach the wire, and how late; are light frames late; do processes grow or die. The
flood runs beside the show on the same cores, so that part of what it costs is only the processor
it takes; the same flood on a port where nobody listens stands beside it.
"""

import contextlib
import os
import random
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from amounts import Amount
from house import FADES, HAND, build
from lanes import REST_S, CueLane, Probe
from memory import PROC, memory_mb
from regimes import allowed, under
from shots import figures
from stage import Stage, no_garbage, stage
from ways import Caller, MailboxWay

from collavoce.runtime.config import RunConfig
from collavoce.runtime.live import ALL
from collavoce.show.commands import Go

C_SOURCE = Path(__file__).resolve().with_name("flood.c")
FRAME_MS = 1000 / 44
SETTLED_S = 2.0
"""Of the fade: at its beginning some frames find nothing moved."""

SO_TIMESTAMPNS = 35
"""Of socket(7); Python does not name it."""

TIMESPEC = struct.Struct("@qq")
NOBODY = "nobody listens"


@dataclass(slots=True)
class Frames:
    """When light frames came."""

    probe: Probe
    came: list[int] = field(default_factory=list[int])
    over: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Until it is over. The system says when: this thread may be late to look."""
        door = self.probe.socket
        door.settimeout(0.2)
        door.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        while not self.over.is_set():
            with contextlib.suppress(TimeoutError):
                said = door.recvmsg(2048, socket.CMSG_SPACE(TIMESPEC.size))[1]
                seconds, ns = TIMESPEC.unpack(said[0][2])
                self.came.append(seconds * 1_000_000_000 + ns)

    def late_ms(self) -> dict[str, float]:
        """How much longer than a frame the intervals were."""
        if len(self.came) < 3:
            return {}
        late = np.diff(self.came) * 1e-6 - FRAME_MS
        return {
            "frames": len(self.came),
            "late_p99": round(float(np.percentile(late, 99)), 2),
            "late_max": round(float(late.max()), 2),
        }


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """A row without a flood, one for each door, one for a port where nobody is."""
    compiler = shutil.which("cc")
    if compiler is None:
        return {"rows": [], "missing": {"the flood": "There is no C compiler here"}}
    program = str(work / "flood")
    subprocess.run([compiler, "-O2", "-o", program, str(C_SOURCE)], check=True)
    osc, sacn = Probe(), Probe()
    house = build(work / "show", osc.port, sacn.port, amount.notes, fade_s=12 * amount.flood_s + 60)
    rows: list[dict[str, Any]] = []
    with stage(house, work, ALL) as performance, _silent_port() as nowhere:
        caller = Caller(performance.live.config)
        lane = CueLane("GO", MailboxWay(caller), HAND, caller, osc)
        floods: dict[str, int] = {"no flood": 0, NOBODY: nowhere}
        floods |= doors(performance.live.config)
        # The fade goes on whatever number is played meanwhile.
        caller.start(FADES)
        caller.post(caller.letter(Go()))
        caller.kept()
        time.sleep(SETTLED_S)
        for regime in allowed():
            pids = [*performance.pids("engine", "spare"), os.getpid()]
            with no_garbage(), under(regime, pids):
                rows += [
                    {"regime": regime} | _row(name, port, program, performance, lane, sacn, amount)
                    for name, port in floods.items()
                ]
        caller.box.close()
    return {
        "rows": rows,
        "failed": any(row["lost"] or row["restarts"] for row in rows),
    }


def doors(config: RunConfig) -> dict[str, int]:
    """Every UDP port of the performance: what it is, and its number."""
    known = {"buttons (care)": "button_port", "light data shown (web)": "tap_port"}
    known |= {"gateway": "osc_port"}
    found = {name: int(getattr(config, port, 0)) for name, port in known.items()}
    return {name: port for name, port in found.items() if port}


def _row(
    name: str,
    port: int,
    program: str,
    performance: Stage,
    lane: CueLane,
    sacn: Probe,
    amount: Amount,
) -> dict[str, Any]:
    running = performance.live.supervisor.pids()
    memory = {who: memory_mb(pid) for who, pid in running.items()} if PROC.exists() else {}
    restarts = sum(performance.restarts.values())
    frames = Frames(sacn)
    listener = threading.Thread(target=frames.listen)
    lane.begin()
    sacn.drain()
    listener.start()
    fired: list[float | None] = []
    with _flooded(program, port, amount) as flood:
        until = time.monotonic() + amount.flood_s
        while time.monotonic() < until:
            fired.append(lane.shoot())
            time.sleep(random.uniform(*REST_S))
        sent = flood()
    frames.over.set()
    listener.join()
    grown = {
        who: round(memory_mb(pid) - memory[who], 1)
        for who, pid in performance.live.supervisor.pids().items()
        if running.get(who) == pid and who in memory
    }
    most = max(grown, key=lambda who: grown[who], default="")
    return {
        "what": name,
        "packets_a_second": round(sent / amount.flood_s),
        **figures(fired),
        **frames.late_ms(),
        "grew_most": f"{most} {grown[most]:.1f} MB" if most else "",
        "restarts": sum(performance.restarts.values()) - restarts,
    }


@contextlib.contextmanager
def _flooded(program: str, port: int, amount: Amount) -> Generator[Callable[[], int]]:
    if not port:
        yield lambda: 0
        return
    argv = [program, str(port), str(amount.packets_a_second), str(amount.flood_s)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as flood:
        try:
            yield lambda: int(flood.communicate(timeout=30)[0])
        finally:
            flood.kill()


@contextlib.contextmanager
def _silent_port() -> Generator[int]:
    """A port that takes packets and that nobody reads: the system drops what has no room."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        yield made.getsockname()[1]
