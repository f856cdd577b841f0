"""Desks that are open and never read: whether they are let go, and what they hold until then.

GO is pressed fast, so that what they do not read adds up soon; then each is read to its end. One
that was let go ends; one that was not goes on for ever. Until somebody reads, nothing of this is
seen from outside: what the desk had already given to the system stands before the end.
"""

import contextlib
import socket
import time
from typing import Any

from lanes import CueLane
from memory import PROC, memory_mb
from ways import cookie

from collavoce.runtime.config import RunConfig

ADDRESS = "127.0.2.1"
SMALL_BUFFER = 4096
BETWEEN_S = 0.02
"""More often than a desk sends a state."""

ENDS_WITHIN_S = 3.0
READ = 1 << 16


def let_go(
    lane: CueLane, config: RunConfig, web: int, count: int, seconds: float
) -> dict[str, Any]:
    """How many of `count` were let go, what the fullest held, what `web` took for all of them."""
    before = memory_mb(web) if PROC.exists() else 0.0
    pages = [_open(config) for _ in range(count)]
    until = time.monotonic() + seconds
    lane.begin()
    lost = 0
    while time.monotonic() < until:
        lost += lane.shoot() is None
        time.sleep(BETWEEN_S)
    after = memory_mb(web) if PROC.exists() else 0.0
    ends = [_read_out(page) for page in pages]
    return {
        "slow": count,
        "slow_let_go": sum(ended for _, ended in ends),
        "slow_bytes_most": max(held for held, _ in ends),
        "slow_web_mb": round(after - before, 1),
        "slow_shots_lost": lost,
    }


def request(config: RunConfig) -> bytes:
    """What a desk asks first: its stream."""
    head = ("GET /events HTTP/1.1", f"Host: 127.0.0.1:{config.web_port}", cookie(config), "", "")
    return "\r\n".join(head).encode()


def _open(config: RunConfig) -> socket.socket:
    page = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    page.bind((ADDRESS, 0))
    page.connect(("127.0.0.1", config.web_port))
    page.sendall(request(config))
    return page


def _read_out(page: socket.socket) -> tuple[int, bool]:
    """How many bytes were on their way to it, and whether it has an end."""
    page.settimeout(0.2)
    held, until = 0, time.monotonic() + ENDS_WITHIN_S
    with page, contextlib.suppress(ConnectionResetError):
        while time.monotonic() < until:
            try:
                data = page.recv(READ)
            except TimeoutError:
                continue
            if not data:
                return held, True
            held += len(data)
        return held, False
    return held, True
