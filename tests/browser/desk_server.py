"""A desk served for a browser: a fake show, uvicorn on a free port, in a thread of this process."""

import asyncio
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

import uvicorn
from tests.browser.fake_stagehand import FakeStagehand

from collavoce.desk.app import create_app
from collavoce.desk.listener import SEND_BUFFER
from collavoce.desk.server import http_server, tls_of
from collavoce.runtime.tls.own import Made

T = TypeVar("T")

PATIENCE_S = 20.0


class DeskServer:
    """Serves the show of `make`, which outlives a `stop` as a show outlives its web process.

    made : the certificate it is served with; without one over plain HTTP.
    """

    def __init__(self, make: Callable[[], FakeStagehand], made: Made | None = None) -> None:
        self._made = made
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

    @contextmanager
    def breath_held(self) -> Generator[None]:
        """Let the server's thread do nothing meanwhile, as on a machine that swaps."""
        breathe = threading.Event()
        self._loop.call_soon_threadsafe(breathe.wait, PATIENCE_S)
        try:
            yield
        finally:
            breathe.set()

    def play(self, start: float, stop: float) -> None:
        """Let the music play in the background."""
        work = self.hand.play(start, stop)
        self._running.add(asyncio.run_coroutine_threadsafe(work, self._loop))

    @property
    def url(self) -> str:
        """Where the desk is."""
        return f"{'http' if self._made is None else 'https'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, on the same port as before."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        door.bind(("127.0.0.1", self.port))
        door.listen()  # whoever comes before the server has started waits, and is not refused
        self.port = door.getsockname()[1]
        self._server = self._serves()
        self._serving = asyncio.run_coroutine_threadsafe(
            self._server.serve(sockets=[door]), self._loop
        )

    def _serves(self) -> uvicorn.Server:
        app = create_app(self.hand)
        if self._made is None:
            return uvicorn.Server(
                uvicorn.Config(
                    app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0
                )
            )
        serving = tls_of(str(self._made.certificate), str(self._made.key), "127.0.0.1")
        return http_server(app, serving, self.url)

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
