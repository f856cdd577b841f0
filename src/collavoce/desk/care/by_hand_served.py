"""Care on clocks moved by hand, its pages on a port of this machine: phones speak HTTP to it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from collavoce.desk.care.app import create_care_app
from collavoce.desk.care.by_hand import HandCare
from collavoce.desk.server import http_server
from collavoce.runtime.care.doorway import Doorway
from collavoce.runtime.clock import monotonic_ns, sleep

HOST = "127.0.0.1"
BACKLOG = 64
WITHIN_S = 15.0
LEAVE_NS = 5 * 10**9
LOOK_S = 0.05


class ServedByHand:
    """The pages of `care`, whose loop is a thread; it is touched there and nowhere else."""

    def __init__(self, care: HandCare, run_dir: Path) -> None:
        self._care = care
        self._run_dir = run_dir
        self._loop = asyncio.new_event_loop()
        self._server: uvicorn.Server | None = None
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        if not self._up.wait(WITHIN_S):
            raise TimeoutError("the pages did not come up")

    def passes(self, seconds: float, *, wall: float | None = None) -> None:
        """Time goes by; what is due is done when this returns."""
        self.does(lambda: self._care.passes(seconds, wall=wall))

    def does(self, work: Callable[[], None]) -> None:
        """Carry out `work` where the care is."""

        async def work_there() -> None:
            work()

        asyncio.run_coroutine_threadsafe(work_there(), self._loop).result(WITHIN_S)

    def close(self) -> None:
        """Take the pages down."""
        server = self._server
        assert server is not None
        began = monotonic_ns()
        # A page that was left notices with its next frame; then nothing is cut off.
        while server.server_state.connections and monotonic_ns() - began < LEAVE_NS:
            sleep(LOOK_S)
        server.should_exit = True
        self._thread.join(WITHIN_S)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
            door.bind((HOST, 0))
            door.listen(BACKLOG)
            url = f"http://{HOST}:{door.getsockname()[1]}"
            doorway = Doorway(self._run_dir, url, self._care.care.ask)
            self._loop.add_reader(doorway.fileno(), doorway.answer_all)
            app = create_care_app(self._care.care)
            self._server = http_server(app, None, url, date_header=False)
            self._loop.call_soon(self._up.set)
            try:
                await self._server.serve(sockets=[door])
            finally:
                self._loop.remove_reader(doorway.fileno())
                doorway.close()


@contextmanager
def served_by_hand(care: HandCare, run_dir: Path) -> Generator[ServedByHand]:
    """The pages of `care` until the context is left. run_dir: for the pairing mailbox."""
    served = ServedByHand(care, run_dir)
    try:
        yield served
    finally:
        served.close()
