"""One server's errands: in their order while it answers, and not all behind one that hangs."""

import asyncio
from collections.abc import Callable

from collavoce.rig.http import HttpAnswer, HttpServer
from collavoce.runtime.wires.posts import Errand
from collavoce.words import say

WITHIN_S = 5.0
"""A server that answers later did not answer."""

PATIENCE_S = 0.3
"""So long the next errand waits for the answer of the one before it; then it may overtake."""

WAITING_MOST = 256
"""Errands that wait for one server; the next is answered as not done."""

AT_ONCE_MOST = 8
"""Requests under way to one server. Each ends within `WITHIN_S`, so the lane never stands still."""

Answered = Callable[[Errand, HttpAnswer], None]


class Lane:
    """The errands to one server. `answered` is told of each, once."""

    def __init__(self, server: HttpServer, answered: Answered) -> None:
        self._server = server
        self._answered = answered
        self._waiting: asyncio.Queue[Errand] = asyncio.Queue(WAITING_MOST)
        self._room = asyncio.Semaphore(AT_ONCE_MOST)
        self._out: set[asyncio.Task[None]] = set()
        self._walking = asyncio.create_task(self._walk())

    def put(self, errand: Errand) -> None:
        """Do `errand` after those that were put before."""
        try:
            self._waiting.put_nowait(errand)
        except asyncio.QueueFull:
            full = say("rig.http.full", count=WAITING_MOST)
            self._answered(errand, HttpAnswer(full, ok=False, ms=0.0))

    async def close(self) -> None:
        """Let what is under way come to its end, at most `PATIENCE_S`; then let go."""
        self._walking.cancel()
        if self._out:
            await asyncio.wait(self._out, timeout=PATIENCE_S)
        for task in self._out:
            task.cancel()
        self._server.close()

    async def _walk(self) -> None:
        while True:
            errand = await self._waiting.get()
            await self._room.acquire()
            task = asyncio.create_task(self._do(errand))
            self._out.add(task)
            task.add_done_callback(self._out.discard)
            await asyncio.wait({task}, timeout=PATIENCE_S)

    async def _do(self, errand: Errand) -> None:
        try:
            body = errand.body.encode()
            answer = await self._server.request(
                errand.method, errand.path, body, errand.kind, WITHIN_S
            )
        finally:
            self._room.release()
        self._answered(errand, answer)
