"""What a foreign program reads on the wire: Wireshark's `tshark`, listening to loopback.

It has its own clock (the system's, at the network) and its own reading of OSC and E1.31. Asked is:
does it see a cue for each GO, can it read every packet, and how long after the GO does it see the
cue: a second opinion on the bench's own probe, without a process that has to wake up first.
"""

import contextlib
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

from amounts import Amount
from gateway_ways import KeyedWay
from house import HAND, LIGHT, build
from lanes import CueLane, Probe
from regimes import ORDINARY
from shots import figures
from stage import no_garbage, stage
from ways import Caller, MailboxWay

PROCESSES = ("writer", "web", "gateway", "engine", "spare")
LISTENS_WITHIN_S = 20.0
SETTLED_S = 1.0
READERS = ("osc_udp", "acn")
"""Off unless asked for; they look at the bytes, whatever the port."""

FIELDS = ("frame.time_epoch", "frame.protocols", "udp.dstport", "_ws.malformed")


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """What it counted and what it could not read, and the times that it saw."""
    program = shutil.which("tshark")
    if program is None:
        return {"missing": {"what others read": "`tshark` is not installed here"}}
    osc, sacn = Probe(), Probe()
    house = build(work / "show", osc.port, sacn.port, amount.notes)
    shots = max(20, amount.shots // 4)
    capture = work / "capture"
    with stage(house, work, PROCESSES) as performance:
        config = performance.live.config
        ports = (config.osc_port, osc.port, sacn.port)
        caller = Caller(config)
        keyed = CueLane("keyed", KeyedWay(config), HAND, caller, osc)
        light = CueLane("light", MailboxWay(caller), LIGHT, caller, sacn, watch_level=True)
        keyed.begin()
        keyed.shoot()
        try:
            with _listening(program, capture, ports), no_garbage():
                for lane in (keyed, light):
                    lane.begin()
                    for _ in range(shots):
                        lane.shoot()
                        time.sleep(random.uniform(*lane.rest_s))
                time.sleep(SETTLED_S)
        except NotListeningError as error:
            return {"missing": {"what others read": str(error)}}
        finally:
            caller.box.close()
    return _said(_packets(program, capture), ports, shots)


class NotListeningError(Exception):
    """Why it does not listen, in its own words."""


@contextlib.contextmanager
def _listening(program: str, capture: Path, ports: tuple[int, ...]) -> Generator[None]:
    only = " or ".join(f"udp dst port {port}" for port in ports)
    argv = [program, "-i", "lo", "-f", only, "-w", str(capture), "-q"]
    log = capture.with_suffix(".log")
    with log.open("wb") as said, subprocess.Popen(argv, stdout=said, stderr=said) as listener:
        try:
            until = time.monotonic() + LISTENS_WITHIN_S
            while not capture.exists() or "Capturing" not in log.read_text(errors="replace"):
                if listener.poll() is not None or time.monotonic() > until:
                    raise NotListeningError(log.read_text(errors="replace").strip()[-200:])
                time.sleep(0.1)
            time.sleep(SETTLED_S)
            yield
            listener.send_signal(signal.SIGINT)
            listener.wait(LISTENS_WITHIN_S)
        finally:
            listener.kill()


def _packets(program: str, capture: Path) -> list[list[str]]:
    """Time, protocols, port and what is malformed, of each packet as `tshark` reads it."""
    argv = [program, "-r", str(capture), "-T", "fields"]
    for reader in READERS:
        argv += ["--enable-heuristic", reader]
    for field in FIELDS:
        argv += ["-e", field]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def _said(packets: list[list[str]], ports: tuple[int, ...], shots: int) -> dict[str, Any]:
    entry, osc, sacn = map(str, ports)
    seen: Counter[str] = Counter()
    unread = 0
    waits: list[float | None] = []
    asked = 0.0
    for at, protocols, port, malformed in packets:
        seen[port] += 1
        reads = protocols.endswith(":acn") if port == sacn else protocols.endswith(":osc")
        unread += bool(malformed) or not reads
        if port == entry:
            asked = float(at)
        elif port == osc and asked:
            waits.append((float(at) - asked) * 1e3)
            asked = 0.0
    row = {"regime": ORDINARY, "what": "GO by keyed OSC -> OSC, as tshark saw them"}
    return {
        "rows": [row | figures(waits)],
        "shots": shots,
        "asked": seen[entry],
        "cues": seen[osc],
        "frames": seen[sacn],
        "unread": unread,
        "failed": unread > 0 or seen[osc] != shots,
    }
