"""A thousand open desks while GO is pressed; then some that never read.

A process of its own holds the pages' connections, each from an address of 127.0.0.0/8 that has not
too many already, and notes when each of them was told of each GO: from just before the GO is handed
to the engine until a state that holds it has been read from the page's socket. All pages share this
process and this machine's cores with the show; its own reading is in the figures.

    python bench/show/screens.py REQUEST-FILE PORT SCREENS OUT      until its input ends
"""

import contextlib
import json
import random
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from amounts import Amount
from house import HAND, build
from lanes import CueLane, Probe
from memory import PROC, memory_mb
from shots import figures
from slow_pages import let_go, request
from stage import no_garbage, stage
from ways import Caller, MailboxWay

from collavoce.runtime.config import RunConfig

PROCESSES = ("writer", "web", "engine", "spare")
OF_ONE_ADDRESS = 250
READ = 1 << 16
BETWEEN_S = (0.35, 0.65)
"""Two presses a second, as in a busy minute of a show; each has arrived before the next."""

ENDS_WITHIN_S = 60.0
STATE = re.compile(rb'event: state\ndata: \{[^\n]*?"seq":(\d+)[,}][^\n]*\n')
"""A whole state; its own number stands before those of what happened lately."""

LONGEST_STATE = 1 << 18
CONNECT_PAUSE_S = 0.002


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """GO with no page and with all of them; when the pages had it; what became of the slow."""
    osc = Probe()
    house = build(work / "show", osc.port, Probe().port, amount.notes)
    rows: list[dict[str, Any]] = []
    with stage(house, work, PROCESSES) as performance:
        config = performance.live.config
        caller = Caller(config)
        lane = CueLane("GO", MailboxWay(caller), HAND, caller, osc)
        web = performance.pids("web")[0]
        alone, _ = _fire(lane, caller, amount.screens_s)
        rows.append({"what": "GO -> OSC, no page open", **figures(alone)})
        before = memory_mb(web) if PROC.exists() else 0.0
        with _opened(config, work, amount.screens) as pages, no_garbage():
            fired, pressed = _fire(lane, caller, amount.screens_s)
            rows.append({"what": f"GO -> OSC, {amount.screens} pages open", **figures(fired)})
            during = memory_mb(web) if PROC.exists() else 0.0
            found = _ended(pages, work)
        told = _told(pressed, found["told"])
        rows.append({"what": f"GO -> on the page, each of {amount.screens}", **figures(told)})
        slow = let_go(lane, config, web, amount.slow, amount.slow_s)
        caller.box.close()
    return {
        "rows": rows,
        "screens": found["open"],
        "frame_bytes": found["frame_bytes"],
        "web_mb_before": round(before, 1),
        "web_mb_during": round(during, 1),
        "web_restarts": performance.restarts.get("web", 0),
        **slow,
        "failed": any(row["lost"] for row in rows) or slow["slow_let_go"] < amount.slow,
    }


def _fire(
    lane: CueLane, caller: Caller, seconds: float
) -> tuple[list[float | None], list[tuple[int, int]]]:
    """Milliseconds of each GO to the wire; and when each was pressed, with its number."""
    fired: list[float | None] = []
    pressed: list[tuple[int, int]] = []
    until = time.monotonic() + seconds
    lane.begin()
    while time.monotonic() < until:
        begun = time.monotonic_ns()
        fired.append(lane.shoot())
        pressed.append((begun, caller.last_kept))
        time.sleep(random.uniform(*BETWEEN_S))
    return fired, pressed


@contextlib.contextmanager
def _opened(config: RunConfig, work: Path, screens: int) -> "Generator[subprocess.Popen[str]]":
    (work / "request").write_bytes(request(config))
    argv = [sys.executable, __file__, str(work / "request"), str(config.web_port)]
    argv += [str(screens), str(work / "told")]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as pages:
        try:
            assert pages.stdout is not None
            assert pages.stdout.readline() == "open\n", "the pages could not be opened"
            yield pages
        finally:
            pages.kill()


def _ended(pages: "subprocess.Popen[str]", work: Path) -> dict[str, Any]:
    assert pages.stdin is not None
    pages.stdin.close()
    pages.wait(ENDS_WITHIN_S)
    return json.loads((work / "told").read_text(encoding="utf-8"))


def _told(pressed: list[tuple[int, int]], told: list[list[list[int]]]) -> list[float | None]:
    """Milliseconds until each page had each GO; None for one that never had it.

    told : for each page the states it read, as [number, when].
    """
    waits: list[float | None] = []
    for states in told:
        at = 0
        for begun, number in pressed:
            while at < len(states) and states[at][0] < number:
                at += 1
            waits.append((states[at][1] - begun) * 1e-6 if at < len(states) else None)
    return waits


class _Pages:
    """The open pages of this process."""

    def __init__(self, request: bytes, port: int, screens: int) -> None:
        self.poll = select.epoll()
        self.pages: dict[int, socket.socket] = {}
        self.rest: dict[int, bytes] = {}
        self.told: dict[int, list[list[int]]] = {}
        self.frame_bytes = 0
        for number in range(screens):
            page = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            page.bind((f"127.0.1.{1 + number // OF_ONE_ADDRESS}", 0))
            page.connect(("127.0.0.1", port))
            page.sendall(request)
            page.setblocking(False)
            self.pages[page.fileno()] = page
            self.told[page.fileno()] = []
            self.rest[page.fileno()] = b""
            self.poll.register(page, select.EPOLLIN)
            self.turn(CONNECT_PAUSE_S)

    def turn(self, within_s: float) -> bool:
        """Read what has come; whether this process is told to end."""
        over = False
        for number, _ in self.poll.poll(within_s):
            if number in self.pages:
                self._read(number)
            else:
                over = True
        return over

    def _read(self, number: int) -> None:
        data = self.pages[number].recv(READ)
        at = time.monotonic_ns()
        if not data:
            self.poll.unregister(number)
            self.pages.pop(number).close()
            return
        text = self.rest[number] + data
        end = 0
        for found in STATE.finditer(text):
            self.told[number].append([int(found[1]), at])
            end = found.end()
            self.frame_bytes = max(self.frame_bytes, len(found[0]))
        self.rest[number] = text[max(end, len(text) - LONGEST_STATE) :]


def _hold(request: Path, port: int, screens: int, out: Path) -> None:
    pages = _Pages(request.read_bytes(), port, screens)
    print("open", flush=True)
    pages.poll.register(sys.stdin, select.EPOLLIN)
    while not pages.turn(1.0):
        pass
    said = {
        "open": len(pages.pages),
        "frame_bytes": pages.frame_bytes,
        "told": list(pages.told.values()),
    }
    out.write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    _hold(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
