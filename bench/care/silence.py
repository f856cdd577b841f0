"""Whether somebody who is not meant could tell by the clock that somebody is pressing, or writing.

    python bench/care/silence.py [--act press|card|letter] [--pairs N] [--out FILE] [--folder DIR]

Pairs on loopback, in drawn order, against the real care process at its real door: once an act
goes up at a drawn moment around a stranger's request, once nothing does. What is compared is how
long the stranger waits for the last byte: the page of a phone that is nobody's, a refused act of
it, and a refused act of a paired phone that is in nobody's circle. A press is taken back before
the next pair, so that every pair finds the same house. The bound is on the effect itself, the
median of the differences; no test of significance says how large it is.
"""

import argparse
import contextlib
import json
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from house import CareHouse, token

PAIRS = 10_000
BOUND_MS = 2.0
BEFORE_S, AFTER_S = 0.004, 0.012
"""The stranger asks so long before the press is sent, or after, at the most."""

RESTS_S = 0.002
PRESSER, STRANGER = "presser", "stranger"
LETTER_CHARACTERS = 20_000

Made = dict[str, object]
ACTS: dict[str, Callable[[str], Made]] = {
    "press": lambda id_: {"type": "Press", "press": id_},
    "card": lambda id_: {"type": "KeepField", "field": "helps", "words": id_},
    "letter": lambda id_: {
        "type": "WriteLetter",
        "letter": "a-letter-of-the-bench",
        "to": STRANGER,
        "way": "asked",
        "words": id_.ljust(LETTER_CHARACTERS, "."),
    },
}
"""What goes up, or does not. Each replaces what the one before it wrote."""


class Exchange:
    """One kept-alive connection over which whole requests are sent and answered."""

    def __init__(self, port: int, request: bytes) -> None:
        self._port = port
        self._request = request
        self._connect()

    def send(self, request: bytes = b"") -> None:
        """Send, and do not wait."""
        try:
            self._socket.sendall(request or self._request)
        except OSError:
            self._connect()
            self._socket.sendall(request or self._request)

    def answer(self) -> bytes:
        """Status line, headers and body, to the last byte."""
        held = b""
        while b"\r\n\r\n" not in held:
            held += self._more()
        head, _, body = held.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if b"content-length" in line]
        while len(body) < int(lengths[0].split(b":")[1]):
            body += self._more()
        return head + body

    def ask(self, request: bytes = b"") -> bytes:
        """Both; once more on a fresh connection if this one was closed for its silence."""
        self.send(request)
        try:
            return self.answer()
        except ConnectionError:
            self._connect()
            self.send(request)
            return self.answer()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _more(self) -> bytes:
        data = self._socket.recv(65_536)
        if not data:
            raise ConnectionError("the door was shut")
        return data


def post(port: int, act: dict[str, object], cookie: str = "") -> bytes:
    """The bytes of an act."""
    body = json.dumps(act).encode()
    head = (
        f"POST /care/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return (
        head + (f"Cookie: collavoce_phone={cookie}\r\n" if cookie else "") + "\r\n"
    ).encode() + body


def page(port: int) -> bytes:
    """The bytes of a request for the page."""
    return f"GET /care/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def measure(
    port: int, pairs: int, chance: random.Random, act: str = "press"
) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds (without, with an `act`) of each pair, by what the stranger asks."""
    asked = {
        "page": page(port),
        "act of nobody": post(port, {"type": "Coming", "press": "a-press-of-nobody"}),
        "act of a stranger": post(
            port, {"type": "Coming", "press": "a-press-of-nobody"}, token(STRANGER)
        ),
    }
    waits: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    presser = Exchange(port, b"")
    strangers = {name: Exchange(port, request) for name, request in asked.items()}
    for number in range(pairs):
        name = tuple(asked)[number % len(asked)]
        after_s = chance.uniform(-BEFORE_S, AFTER_S)
        took: dict[bool, float] = {}
        for pressed in chance.sample((False, True), 2):
            press = f"press-{number:016d}" if pressed else ""
            made = post(port, ACTS[act](press), token(PRESSER))
            took[pressed] = one(port, presser, strangers[name], press, after_s, made)
        waits[name].append((took[False], took[True]))
    for exchange in (presser, *strangers.values()):
        exchange.close()
    return waits


def one(
    port: int, presser: Exchange, stranger: Exchange, press: str, after_s: float, act: bytes
) -> float:
    """How long the stranger waited, ms; `act` goes up around it, nothing if `press` is ""."""
    began = time.perf_counter()
    if after_s < 0:
        stranger.send()
        _until(began - after_s)
        if press:
            presser.send(act)
        stranger.answer()
        ended = time.perf_counter()
        # What was waited for the press' own moment is in both of a pair.
    else:
        if press:
            presser.send(act)
        _until(began + after_s)
        began = time.perf_counter()
        stranger.ask()
        ended = time.perf_counter()
    if press:
        answer = presser.answer()
        assert b'"kept":true' in answer, answer
        presser.ask(post(port, {"type": "Cancel", "press": press}, token(PRESSER)))
    time.sleep(RESTS_S)
    return (ended - began) * 1e3


def _until(moment: float) -> None:
    while time.perf_counter() < moment:
        pass


def told(waits: dict[str, list[tuple[float, float]]]) -> dict[str, dict[str, float]]:
    """By what was asked: the medians of both, and of their difference; ms."""
    rows: dict[str, dict[str, float]] = {}
    everything = [pair for asked in waits.values() for pair in asked]
    for name, pairs in {**waits, "all": everything}.items():
        rows[name] = {
            "pairs": len(pairs),
            "without_p50_ms": _median([without for without, _ in pairs]),
            "with_p50_ms": _median([with_ for _, with_ in pairs]),
            "difference_p50_ms": _median([with_ - without for without, with_ in pairs]),
        }
    return rows


def _median(samples: list[float]) -> float:
    ordered = sorted(samples)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def main() -> int:
    """Measure and print; 1 if a median difference is not within the bound."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--pairs", type=int, default=PAIRS)
    reading.add_argument("--act", choices=ACTS, default="press")
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--out", type=Path)
    reading.add_argument("--folder", type=Path, help="on the disk to be measured")
    given = reading.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as root:
        house = CareHouse(Path(root), [PRESSER, STRANGER])
        house.fill()
        with house.running():
            drawn = random.Random(given.seed)
            rows = told(measure(house.port, given.pairs, drawn, given.act))
    commit = ""
    with contextlib.suppress(OSError):
        git = subprocess.run(
            ("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False
        )
        commit = git.stdout.strip()
    print(f"{datetime.now(UTC):%Y-%m-%d} {platform.machine()} {platform.system()} {commit}")
    for name, row in rows.items():
        print(
            f"{name:<18} {row['pairs']:>6} pairs  without p50 {row['without_p50_ms']:.3f} ms  "
            f"with p50 {row['with_p50_ms']:.3f} ms  "
            f"difference p50 {row['difference_p50_ms']:+.3f} ms"
        )
    if given.out is not None:
        given.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    worst = max(abs(row["difference_p50_ms"]) for row in rows.values())
    kept = "kept" if worst < BOUND_MS else "NOT kept"
    print(f"bound {BOUND_MS:g} ms: {kept}, worst {worst:.3f} ms")
    return worst >= BOUND_MS


if __name__ == "__main__":
    raise SystemExit(main())
