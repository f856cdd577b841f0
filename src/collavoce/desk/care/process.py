"""The care process: store, ladder, pages, on its own port and nobody else's loop.

If the ladder's clock or the pages end for any reason but an orderly close, the process ends with
a loud word and an exit code: presses that are kept while nobody is called would be the one
failure nobody notices.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Coroutine
from pathlib import Path

import uvicorn

from collavoce.care.ladder import Moment
from collavoce.desk.care.app import create_care_app
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care import faults
from collavoce.runtime.care.canary import seated
from collavoce.runtime.care.climbing import climb
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.doorway import Doorway
from collavoce.runtime.care.home import STORE, Home, server_key
from collavoce.runtime.care.house import House
from collavoce.runtime.care.pulse import PulseBox
from collavoce.runtime.care.shelf import Shelf
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.ending import LOOK_S, Ending
from collavoce.runtime.readiness import ready

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
BACKLOG = 128


def moment() -> Moment:
    """The machine's monotonic clock: no show speed, no wall clock."""
    return Moment(monotonic_ns() * 1e-9)


def boot_id() -> str:
    """Which start of the machine this is; "" where the system does not say.

    Without it a start is still noticed when the clock stands before the last record.
    """
    return BOOT_ID.read_text(encoding="ascii").strip() if BOOT_ID.exists() else ""


def open_house(config: CareConfig) -> tuple[House, SealedStore]:
    """The house over its store; raises LedgerError or HomeError."""
    folder = Path(config.care_dir)
    key = server_key(Home(folder, Path(config.key_file)))
    store = SealedStore.open(folder / STORE)
    house = House(config.company, Shelf(store, key), moment)
    house.open(boot_id(), seated(config.canary, moment()))
    return house, store


async def serve(config: CareConfig) -> None:
    """Keep care until the process is asked to end."""
    house, store = open_house(config)
    care = LiveCare(config, house)
    door = _door(config)
    server = uvicorn.Server(
        uvicorn.Config(
            create_care_app(care),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=1,
            ssl_certfile=config.tls_cert or None,
            ssl_keyfile=config.tls_key or None,
        )
    )
    scheme = "https" if config.secure else "http"
    host, port = door.getsockname()[:2]
    doorway = Doorway(Path(config.run_dir), config.url or f"{scheme}://{host}:{port}", house.ask)
    pulse = PulseBox(Path(config.run_dir), lambda: house.turned_at)
    for box in (doorway, pulse):
        asyncio.get_running_loop().add_reader(box.fileno(), box.answer_all)
    watched = _watched(climb(house), server)
    leaving = asyncio.create_task(_leave_when_alone(config, house, server))
    ready("care")
    try:
        await server.serve(sockets=[door])
    finally:
        watched.cancel()
        leaving.cancel()
        doorway.close()
        pulse.close()
        store.close()


async def _leave_when_alone(config: CareConfig, house: House, server: uvicorn.Server) -> None:
    """End with the show when nobody is left to end this process, but never under an open call."""
    await Ending(Path(config.run_dir)).left_alone()
    while house.calling:  # noqa: ASYNC110
        # A call is ended by people, at their own time; once a second is soon enough.
        await asyncio.sleep(LOOK_S)
    server.should_exit = True


def _watched(work: Coroutine[None, None, None], server: uvicorn.Server) -> "asyncio.Task[None]":
    """Run `work`, whose end before the server was asked to end ends the process."""
    task = asyncio.create_task(work)

    def ended(task: "asyncio.Task[None]") -> None:
        if server.should_exit:
            return
        error = None if task.cancelled() else task.exception()
        faults.end("the ladder stopped: " + (faults.describe(error) if error else "cancelled"))

    task.add_done_callback(ended)
    return task


def _door(config: CareConfig) -> socket.socket:
    if config.fd is not None:
        return socket.socket(fileno=config.fd)
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((config.host, config.port))
    door.listen(BACKLOG)
    return door


def main(config: CareConfig) -> None:
    """The care process."""
    faults.keep_silent()
    # The server hands a signal back once it has closed its pages; what is ours closes after that.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    asyncio.run(serve(config))
