"""A desk served for a browser: a fake show, uvicorn on a free port, in a thread of this process."""

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import uvicorn
from tests.browser.fake_stagehand import FakeStagehand

from collavoce.desk import create_app
from collavoce.desk.listener import SEND_BUFFER
from collavoce.runtime.clock import sleep

T = TypeVar("T")

PATIENCE_S = 20.0


class DeskServer:
    """Serves the show of `make`, which outlives a `stop` as a show outlives its web process."""

    def __init__(self, make: Callable[[], FakeStagehand]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._running: set[Future[None]] = set()
        self.hand = self.do(make)
        self.port = 0
        self.start()

    def do(self, act: Callable[[], T]) -> T:
        """`act` on the server's own thread."""

        async def run() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(PATIENCE_S)

    def hold_breath(self, seconds: float) -> None:
        """Let the server's thread do nothing for a while, as a machine that swaps."""
        self._loop.call_soon_threadsafe(sleep, seconds)

    def play(self, start: float, stop: float) -> None:
        """Let the music play in the background."""
        work = self.hand.play(start, stop)
        self._running.add(asyncio.run_coroutine_threadsafe(work, self._loop))

    @property
    def url(self) -> str:
        """Where the desk is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, on the same port as before."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        door.bind(("127.0.0.1", self.port))
        self.port = door.getsockname()[1]
        config = uvicorn.Config(
            create_app(self.hand), log_level="critical", lifespan="off", timeout_graceful_shutdown=0
        )
        self._server = uvicorn.Server(config)
        self._serving = asyncio.run_coroutine_threadsafe(
            self._server.serve(sockets=[door]), self._loop
        )

    def stop(self) -> None:
        """Stop serving; open streams are cut."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._serving.result(PATIENCE_S)

    def close(self) -> None:
        """Stop everything."""
        for work in self._running:
            work.cancel()
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
