"""Whether so many universes hold 44 frames a second while fades run, in the engine of a show.

The processes are those of a performance: the engine also hands a copy of each packet to the desk. A
process of its own reads what arrives and notes when. Beside it, in turns: finished packets out of
one loop in Python, which says what the machine allows, and the PyPI library `sacn`
(`bench/wire/hold.py`, which measures this project's sender without a show around it as well).
"""

import argparse
import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
from amounts import Amount
from house import FADES, build_lights
from lanes import make_room
from memory import PROC, cpu_s
from regimes import FIFO, allowed, under
from stage import stage
from ways import Caller

from collavoce.show.commands import Go

HOLD = Path(__file__).resolve().parents[1] / "wire" / "hold.py"
PROCESSES = ("writer", "web", "engine", "spare")
UNIVERSE_AT = 113
SETTLED_S = 1.0
FADE_AND_MORE_S = 5.0
PRINTED = re.compile(
    r"^(\w+) +(\d+) universes +([\d.]+) frames/s +interval p50 ([\d.]+) +p99 ([\d.]+) +"
    r"max ([\d.]+) ms +cpu (\d+)%",
    re.MULTILINE,
)
SILENT = "Nothing of it arrived while it was measured"
NAMES = {
    "collavoce": "sender alone",
    "bare": "finished packets in a loop, Python",
    "sacn": "sacn (PyPI)",
}


def measure(work: Path, amount: Amount, *, with_peers: bool) -> dict[str, Any]:
    """Rows of frames a second and intervals, for each regime."""
    rows: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    for regime in allowed():
        rows.append(_in_a_show(work / regime, amount, regime))
        if with_peers:
            beside = _beside(amount, regime)
            rows += beside
            silent = set(NAMES.values()) - {row["who"] for row in beside}
            missing |= {f"{who}, {regime}": SILENT for who in silent}
    about = {"universes": amount.universes, "fades": amount.fades, "seconds": amount.grid_s}
    return {**about, "rows": rows, "missing": missing}


def _in_a_show(work: Path, amount: Amount, regime: str) -> dict[str, Any]:
    seconds = amount.grid_s
    argv = [sys.executable, __file__, "--seconds", str(seconds)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as ear, ended(ear):
        assert ear.stdout is not None
        port = int(ear.stdout.readline())
        fade_s = SETTLED_S + seconds + FADE_AND_MORE_S
        house = build_lights(work / "show", port, amount.universes, amount.fades, fade_s)
        with stage(house, work, PROCESSES) as performance:
            caller = Caller(performance.live.config)
            engines = performance.pids("engine", "spare")
            with under(regime, [*engines, ear.pid]):
                caller.start(FADES)
                before = sum(map(cpu_s, engines)) if PROC.exists() else 0.0
                begun = time.monotonic()
                caller.post(caller.letter(Go()))
                caller.kept()
                found = ear.stdout.readline()
                share = (sum(map(cpu_s, engines)) - before) / (time.monotonic() - begun)
            caller.box.close()
    universes, frames, p50, p99, longest = map(float, found.split())
    return {
        "regime": regime,
        "who": "the engine of a show",
        "universes": int(universes),
        "frames": frames,
        "p50": p50,
        "p99": p99,
        "max": longest,
        "cpu_percent": round(100 * share),
    }


@contextlib.contextmanager
def ended(process: "subprocess.Popen[str]") -> Generator[None]:
    """Whatever happens, `process` does not outlive this."""
    try:
        yield
    finally:
        process.kill()


def _beside(amount: Amount, regime: str) -> list[dict[str, Any]]:
    argv = [sys.executable, str(HOLD), "--universes", str(amount.universes)]
    argv += ["--fades", str(amount.fades), "--seconds", str(amount.grid_s)]
    argv += ["--beside", "bare", "sacn", *(["--realtime"] if regime == FIFO else [])]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    rows: list[dict[str, Any]] = []
    for who, universes, *numbers, cpu in PRINTED.findall(done.stdout):
        frames, p50, p99, longest = map(float, numbers)
        rows.append(
            {
                "regime": regime,
                "who": NAMES[who],
                "universes": int(universes),
                "frames": frames,
                "p50": p50,
                "p99": p99,
                "max": longest,
                "cpu_percent": int(cpu),
            }
        )
    return rows


def _listen(seconds: float) -> None:
    """Print the port; then, once light has moved for so long, what the intervals were."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        make_room(ear)
        ear.bind(("127.0.0.1", 0))
        print(ear.getsockname()[1], flush=True)
        packet = bytearray(1024)
        came: dict[int, list[int]] = {}
        begun = 0
        while not begun or time.monotonic_ns() - begun < (SETTLED_S + seconds) * 1e9:
            ear.recv_into(packet)
            at = time.monotonic_ns()
            # Before the GO there is one packet a second and universe; light moves as soon as the
            # first slot of a universe has left zero.
            begun = begun or (at if packet[UNIVERSE_AT + 13] else 0)
            if begun and at - begun > SETTLED_S * 1e9:
                came.setdefault(packet[UNIVERSE_AT] << 8 | packet[UNIVERSE_AT + 1], []).append(at)
    intervals = np.concatenate([np.diff(times) for times in came.values()]) * 1e-6
    frames = sum(map(len, came.values())) / len(came) / seconds
    p50, p99 = np.percentile(intervals, (50, 99))
    print(len(came), round(frames, 2), *(round(float(ms), 2) for ms in (p50, p99, intervals.max())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--seconds", type=float, required=True)
    _listen(parser.parse_args().seconds)
