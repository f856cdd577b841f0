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
from zoneinfo import ZoneInfo

import uvicorn

from collavoce.care.events import AnyEvent
from collavoce.care.ladder import Moment
from collavoce.care.state import CareState
from collavoce.desk.care.access import PATH
from collavoce.desk.care.app import create_care_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.desk.server import http_server, tls_of
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care import faults
from collavoce.runtime.care.afterwards import Afterwards, keep_afterwards
from collavoce.runtime.care.buttons.carrying import soon
from collavoce.runtime.care.buttons.hand import LiveButtons
from collavoce.runtime.care.canary import ECHO_BOX, seated
from collavoce.runtime.care.climbing import climb
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.doorway import Doorway
from collavoce.runtime.care.evening import AskedInTime, EveningBox, keep_asking
from collavoce.runtime.care.home import STORE, Home, server_key
from collavoce.runtime.care.house import House, Told
from collavoce.runtime.care.kept.keeping import keep_tidy, keep_traceless
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.passing_opened import keep_passing, open_passing
from collavoce.runtime.care.postman import Postman, keep_post
from collavoce.runtime.care.pulse import PulseBox
from collavoce.runtime.care.quarters import keep_quarters
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.care.ways.carriage import Carriage, keep_carrying
from collavoce.runtime.clock import monotonic_ns, utc_now, wall_ns
from collavoce.runtime.ending import LOOK_S, Ending
from collavoce.runtime.line_writer import line_writer
from collavoce.runtime.readiness import ready
from collavoce.runtime.tls.cookies import PHONE, cookie_name

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
BACKLOG = 128
REFUSED = "refused.log"
"""In the care store's folder: lines of what was refused."""

GUESSED = frozenset({f"{PATH}/pair"})
"""Where a refusal is noted; what a phone may do with a press is noted nowhere."""


def moment() -> Moment:
    """The machine's monotonic clock: no show speed, no wall clock."""
    return Moment(monotonic_ns() * 1e-9)


def boot_id() -> str:
    """Which start of the machine this is; "" where the system does not say.

    Without it a start is still noticed when the clock stands before the last record.
    """
    return BOOT_ID.read_text(encoding="ascii").strip() if BOOT_ID.exists() else ""


def open_house(config: CareConfig, told: Told | None = None) -> tuple[House, Shelf]:
    """The house over its store; raises LedgerError or HomeError. told: hears every event."""
    folder = Path(config.care_dir)
    key = server_key(Home(folder, Path(config.key_file)))
    people = config.company
    shelf = Shelf(SealedStore.open(folder / STORE), key, people, lambda: wall_ns() * 1e-9)
    house = House(people, shelf, moment)
    if told is not None:
        house.told.append(told)
    echo = str(Path(config.run_dir) / ECHO_BOX)
    house.open(boot_id(), seated(config.canary, moment(), echo))
    return house, shelf


async def serve(config: CareConfig) -> None:
    """Keep care until the process is asked to end."""
    loop = asyncio.get_running_loop()
    passing = open_passing(config, moment=moment, later=loop.call_soon)
    house, shelf = open_house(config, passing.care_told)
    passing.open(lambda: house.state, house.ask)
    care = LiveCare(config, house, passing, shelf)
    buttons = LiveButtons(config, house, care.reachable, soon(care.press, care.ask))
    door = _door(config)
    serving = tls_of(config.tls_cert, config.tls_key, config.tls_name)
    denials = Denials("care", utc_now, line_writer(Path(config.care_dir) / REFUSED), GUESSED)
    cookies = frozenset({cookie_name(PHONE, secure=config.secure)})
    app = guarded(create_care_app(care, buttons), config.names, cookies, denials, hsts=config.hsts)
    server = http_server(app, serving, config.url, date_header=False)
    scheme = "https" if config.secure else "http"
    host, port = door.getsockname()[:2]
    url = config.url or f"{scheme}://{host}:{port}"
    doorway = Doorway(Path(config.run_dir), url, house.ask)
    carriage = Carriage(config, house, url)
    pulse = PulseBox(Path(config.run_dir), lambda: min(house.turned_at, carriage.turned_at))
    for box in (doorway, pulse):
        asyncio.get_running_loop().add_reader(box.fileno(), box.answer_all)
    evening = EveningBox(Path(config.run_dir), house)
    asyncio.get_running_loop().add_reader(evening.fileno(), evening.hear_all)
    watched = _watched(climb(house), server, "the ladder stopped")
    carried = _watched(keep_carrying(carriage), server, "the courier stopped")
    passed = _watched(keep_passing(passing), server, "the line stopped")

    # Whoever is forgotten is out of the show's strip at once; whoever was, at this start.
    def phones_changed(_: AnyEvent, __: CareState) -> None:
        loop.call_soon(care.keep_phones)

    house.told.append(phones_changed)
    care.keep_phones()
    beside = [
        asyncio.create_task(_leave_when_alone(config, house, server)),
        asyncio.create_task(denials.follow()),
        _watched(keep_afterwards(_afterwards(config, house)), server, "aftercare stopped"),
        _watched(keep_asking(AskedInTime(house)), server, "the check-in stopped"),
        _watched(keep_post(Postman(care.post, care.daytime)), server, "the letters stopped"),
        _watched(keep_quarters(care.found, care.knocks), server, "the quarter hours stopped"),
        _watched(keep_tidy(care, lambda: house.calling), server, "the tidying stopped"),
        _watched(keep_traceless(shelf, lambda: house.calling), server, "the tidying stopped"),
    ]
    if serving is not None:
        beside.append(asyncio.create_task(serving.follow()))
    ready("care")
    try:
        await server.serve(sockets=[door])
    finally:
        for task in (watched, carried, passed, *beside):
            task.cancel()
        buttons.close()
        carriage.close()
        doorway.close()
        pulse.close()
        evening.close()
        passing.close()
        shelf.close()


def _afterwards(config: CareConfig, house: House) -> Afterwards:
    return Afterwards(house, ZoneInfo(config.timezone), lambda: wall_ns() * 1e-9)


async def _leave_when_alone(config: CareConfig, house: House, server: uvicorn.Server) -> None:
    """End with the show when nobody is left to end this process, but never under an open call."""
    await Ending(Path(config.run_dir)).left_alone()
    while house.calling:  # noqa: ASYNC110
        # A call is ended by people, at their own time; once a second is soon enough.
        await asyncio.sleep(LOOK_S)
    server.should_exit = True


def _watched(
    work: Coroutine[None, None, None], server: uvicorn.Server, what: str
) -> "asyncio.Task[None]":
    """Run `work`, whose end before the server was asked to end ends the process."""
    task = asyncio.create_task(work)

    def ended(task: "asyncio.Task[None]") -> None:
        if server.should_exit:
            return
        error = None if task.cancelled() else task.exception()
        faults.end(f"{what}: {faults.describe(error) if error else 'cancelled'}")

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
