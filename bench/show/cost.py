"""Where the microseconds of a GO go: how long each process runs for it, and in which part of it.

The time on the processor is taken from the system, without a profiler. Then the same GO are pressed
once more while Python counts calls; that slows everything down, so only the shares are taken from
it. Last, how long the page's way takes without a GO: the same POST refused for its body, and an
application that says yes to anything, behind the same HTTP server.
"""

import contextlib
import os
import pstats
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from amounts import Amount
from house import HAND, build
from lanes import REST_S, CueLane, Probe
from memory import PROC, on_processor_ns
from shots import figures, way_in
from stage import Stage, no_garbage, stage
from ways import Caller, PageWay

import collavoce

PROCESSES = ("writer", "web", "gateway", "engine", "spare")
WAYS = ("mailbox", "page", "keyed")
PROFILED = Path(__file__).resolve().parent / "profiled"
FOLDER = "COLLAVOCE_BENCH_PROFILES"
WRITTEN_WITHIN_S = 10.0
LARGEST = 14
WAITING = ("select.select", "select.epoll", "select.poll", "time.sleep", "'poll' of 'select")
HERE = Path(collavoce.__file__).parent


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """Microseconds of each process for a GO by each way, the parts of engine and web, layers."""
    if not PROC.exists():
        return {"missing": {"what a process ran": "Only Linux tells"}}
    osc = Probe()
    house = build(work / "show", osc.port, Probe().port, amount.notes)
    profiles = work / "profiles"
    profiles.mkdir()
    with _profiled(profiles), stage(house, work, PROCESSES) as performance, no_garbage():
        caller = Caller(performance.live.config)
        lanes = {name: CueLane(name, way_in(name, caller), HAND, caller, osc) for name in WAYS}
        each = {name: _on_processor(performance, lane, amount) for name, lane in lanes.items()}
        layers = _layers(caller, amount)
        parts = {
            "engine": _parts(performance, profiles, lanes["mailbox"], amount, "engine"),
            "web": _parts(performance, profiles, lanes["page"], amount, "web"),
            "gateway": _parts(performance, profiles, lanes["keyed"], amount, "gateway"),
        }
        caller.box.close()
    return {"microseconds_a_go": each, "layers": layers, "parts": parts}


def _shoot(lane: CueLane, amount: Amount) -> None:
    lane.begin()
    for _ in range(amount.shots // 2):
        lane.shoot()
        time.sleep(random.uniform(*REST_S))


def _on_processor(performance: Stage, lane: CueLane, amount: Amount) -> dict[str, float]:
    """What each process ran for a GO, less what it runs in the same time without one."""
    pids = performance.live.supervisor.pids()

    def ran(work: Callable[[], None]) -> tuple[dict[str, int], float]:
        before = {name: on_processor_ns(pid) for name, pid in pids.items()}
        begun = time.monotonic()
        work()
        took = time.monotonic() - begun
        return {name: on_processor_ns(pid) - before[name] for name, pid in pids.items()}, took

    fired, took = ran(lambda: _shoot(lane, amount))
    idle, rested = ran(lambda: time.sleep(max(1.0, took / 4)))
    shots = amount.shots // 2
    return {
        name: round((fired[name] - idle[name] * took / rested) / shots * 1e-3, 1) for name in pids
    }


def _layers(caller: Caller, amount: Amount) -> list[dict[str, Any]]:
    """Milliseconds from a POST to its answer, ever less behind it."""
    page = PageWay(caller.config)
    rows: list[dict[str, Any]] = []

    def ask(what: str, once: Callable[[], object]) -> None:
        waits: list[float | None] = []
        for _ in range(amount.shots // 2):
            begun = time.monotonic_ns()
            once()
            waits.append((time.monotonic_ns() - begun) * 1e-6)
            time.sleep(random.uniform(*REST_S))
        rows.append({"what": what, **figures(waits)})

    page.begin()
    ask("POST that is refused for its body, the desk", lambda: page.ask("{}"))
    with _nothing_behind() as port:
        bare = PageWay(caller.config, to=port)
        bare.begin()
        ask("POST that is answered with nothing, the same HTTP server", lambda: bare.ask("{}"))
    return rows


def _parts(
    performance: Stage, profiles: Path, lane: CueLane, amount: Amount, name: str
) -> list[list[str | float]]:
    """Part of the program and its share in per cent, the largest first."""
    pids = performance.pids("engine", "spare") if name == "engine" else performance.pids(name)
    for pid in pids:
        os.kill(pid, signal.SIGUSR1)
    time.sleep(0.1)
    _shoot(lane, amount)
    busy: dict[str, float] = defaultdict(float)
    for pid in pids:
        os.kill(pid, signal.SIGUSR1)
        for part, spent in _counted(profiles / str(pid)).items():
            busy[part] += spent
    whole = sum(busy.values())
    largest = sorted(busy.items(), key=lambda one: one[1], reverse=True)[:LARGEST]
    return [[part, round(100 * spent / whole, 1)] for part, spent in largest]


def _counted(path: Path) -> dict[str, float]:
    until = time.monotonic() + WRITTEN_WITHIN_S
    while not path.exists():
        assert time.monotonic() < until, "the process does not say what it called"
        time.sleep(0.05)
    spent: dict[str, float] = defaultdict(float)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = vars(pstats.Stats(str(path)))["stats"]
    for (file, _, function), (_, _, own, _, _) in stats.items():
        if not any(word in function for word in WAITING):
            spent[_part(file, function)] += own
    return spent


def _part(file: str, function: str) -> str:
    """Our own module, somebody's library, or the call into the system or a library in C."""
    if file == "~":
        return function.strip("<>{}").replace("built-in method ", "").replace("method ", "")
    path = Path(file)
    if path.is_relative_to(HERE):
        return str(path.relative_to(HERE))
    library = path.parts[path.parts.index("site-packages") + 1 :] if "site-packages" in file else ()
    return f"library {library[0] if library else path.parent.name + '/' + path.stem}"


@contextlib.contextmanager
def _profiled(folder: Path) -> Generator[None]:
    """Processes that are started meanwhile can be told to count."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(PROFILED), before)))
    os.environ[FOLDER] = str(folder)
    try:
        yield
    finally:
        del os.environ[FOLDER]
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


@contextlib.contextmanager
def _nothing_behind() -> Generator[int]:
    """The desk's HTTP server before an application that does nothing; its port."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _serve_nothing() -> None:
    import asyncio
    import socket

    from starlette.types import Receive, Scope, Send

    from collavoce.desk.server import http_server

    async def nothing(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    door = socket.create_server(("127.0.0.1", 0))
    print(door.getsockname()[1], flush=True)
    asyncio.run(http_server(nothing, None, "http://127.0.0.1").serve(sockets=[door]))


if __name__ == "__main__":
    _serve_nothing()
