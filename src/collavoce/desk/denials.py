"""What was refused, as lines that name nobody (OWASP ASVS 5.0.0, 16.3.2).

    2026-11-21T20:14:03Z desk 401 x3

Time in UTC, which pages, the status, how many in that second. No address, path, person or key:
who reads it learns that somebody tried, and nothing of anybody. The care pages note only who
shows a pairing code that is none: an act of a phone that is not paired might be a press. A flood
is one line a second, and the file stops growing after `LINES_MAX` lines, the last of which says so.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

DENIED = frozenset({400, 401, 403, 405, 413, 421, 429})
LINES_MAX = 20_000
FLUSH_S = 1.0

Write = Callable[[str], None]


class Denials:
    """Counts refusals and writes a line for each second that had one.

    pages : "desk" or "care". paths : only refusals of these are noted; empty for all.
    """

    def __init__(
        self,
        pages: str,
        now: Callable[[], datetime],
        write: Write,
        paths: frozenset[str] = frozenset(),
    ) -> None:
        self._pages = pages
        self._now = now
        self._write = write
        self._paths = paths
        self._lines = 0
        self._second = ""
        self._counts: dict[int, int] = {}

    def of(self, app: ASGIApp) -> ASGIApp:
        """`app`, whose refusals are noted."""

        async def noting(scope: Scope, receive: Receive, send: Send) -> None:
            if self._paths and scope.get("path") not in self._paths:
                await app(scope, receive, send)
                return

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start" and message["status"] in DENIED:
                    self.note(message["status"])
                await send(message)

            await app(scope, receive, noted)

        return noting

    def note(self, status: int) -> None:
        """Something was refused now."""
        second = f"{self._now():%Y-%m-%dT%H:%M:%SZ}"
        if second != self._second:
            self.flush()
            self._second = second
        self._counts[status] = self._counts.get(status, 0) + 1

    def flush(self) -> None:
        """Write what was counted so far."""
        for status, count in sorted(self._counts.items()):
            if self._lines < LINES_MAX:
                self._write(f"{self._second} {self._pages} {status} x{count}\n")
            elif self._lines == LINES_MAX:
                self._write(f"{self._second} {self._pages} no more lines\n")
            self._lines += 1
        self._counts.clear()

    async def follow(self) -> None:
        """Write behind what is refused until the process ends."""
        try:
            while True:
                await asyncio.sleep(FLUSH_S)
                self.flush()
        finally:
            self.flush()
