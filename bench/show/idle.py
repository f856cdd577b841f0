"""What the whole program takes while nothing happens: `collavoce run`, its processes together.

Linux only: elsewhere there is no `/proc` that says it, and nothing is measured.
"""

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from amounts import Amount
from house import MUSIC, House, build
from lanes import Probe
from memory import PROC, cpu_s, memory_mb
from ways import Caller, cookie

from collavoce.runtime.config import RunConfig, read_config

STARTS_S = 60.0


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """Per cent of a core and megabytes, in three kinds of idleness."""
    if not PROC.exists():
        return {"rows": {}}
    probe = Probe()
    house = build(work / "show", probe.port, probe.port, amount.notes)
    return {"rows": _rows(house, work, amount.idle_s)}


def _rows(house: House, home: Path, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "collavoce", "run", str(house.folder)]
    env = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home)}
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            pids = _all_up(running.pid)
            config = read_config(Path(_words(pids["web"])[-1]))
            caller = Caller(config)
            found = {"nobody plays, cues by hand": _idle(pids, seconds)}
            caller.start(MUSIC)
            found["the player is awaited"] = _idle(pids, seconds)
            with _opened_desk(config):
                found["the player is awaited, a desk is open"] = _idle(pids, seconds)
            caller.box.close()
            return found
        finally:
            running.terminate()
            running.wait(20)


def _idle(pids: dict[str, int], seconds: float) -> dict[str, Any]:
    time.sleep(1.0)
    before = {name: cpu_s(pid) for name, pid in pids.items()}
    begun = time.monotonic()
    time.sleep(seconds)
    over = time.monotonic() - begun
    share = {name: 100 * (cpu_s(pid) - before[name]) / over for name, pid in pids.items()}
    memory = {name: memory_mb(pid) for name, pid in pids.items()}
    return {
        "cpu_percent": round(sum(share.values()), 2),
        "memory_mb": round(sum(memory.values()), 1),
        "each": {name: [round(share[name], 2), round(memory[name], 1)] for name in pids},
    }


def _all_up(parent: int) -> dict[str, int]:
    """Process name -> pid once the last, the engine, is up."""
    until = time.monotonic() + STARTS_S
    while time.monotonic() < until:
        time.sleep(0.2)
        found = {"supervisor": parent}
        children = PROC / str(parent) / "task" / str(parent) / "children"
        for pid in map(int, children.read_text(encoding="ascii").split()):
            words = _words(pid)
            if "-m" in words:
                module, rest = words[words.index("-m") + 1], words[words.index("-m") + 2 :]
                found[rest[0] if module == "collavoce.runtime" else module.split(".")[-1]] = pid
        if "engine" in found and "desk" in found:
            found["web"] = found.pop("desk")
            words = _words(found["web"])
            if words and (Path(words[-1]) / "engine").exists():
                time.sleep(2.0)
                return found
    raise TimeoutError("the show did not open")


def _words(pid: int) -> list[str]:
    """The command of a process; none of one that has ended since it was listed."""
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes()
    except FileNotFoundError:
        return []
    return command.decode().strip("\0").split("\0")


class _opened_desk:  # noqa: N801  used as a with statement reads
    """A page that listens to the desk's stream, in a process that only reads."""

    def __init__(self, config: RunConfig) -> None:
        self.config = config

    def __enter__(self) -> None:
        config = self.config
        self.line = http.client.HTTPConnection("127.0.0.1", config.web_port)
        name, _, value = cookie(config).partition(": ")
        self.line.request("GET", "/events", headers={name: value})
        assert self.line.getresponse().status == http.client.OK

    def __exit__(self, *_: object) -> None:
        self.line.close()
