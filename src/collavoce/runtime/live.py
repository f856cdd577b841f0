"""A live performance from opening to close: the house as the command line holds it."""

import contextlib
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass
from pathlib import Path

from collavoce.ledger.sqlite import SqliteReader
from collavoce.rig.channels import CHANNELS_FILE, ChannelsError, load_services
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.config import write_config as write_care_config
from collavoce.runtime.care.home import Home, care_home
from collavoce.runtime.care.sheet import cue_sheet
from collavoce.runtime.clock import fresh_id, utc_now
from collavoce.runtime.config import RunConfig, state_dir
from collavoce.runtime.ending import undisturbed
from collavoce.runtime.entry import Entry, decode_body
from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.lead import CHAIRS
from collavoce.runtime.line.config import line_config
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Process, pack
from collavoce.runtime.opening import Opening, OpeningError, Options, open_performance
from collavoce.runtime.policies import followers, may_close
from collavoce.runtime.prepared import Prepared
from collavoce.runtime.supervisor import Job, Supervisor, python_job
from collavoce.runtime.watchdog.config import FILE as WATCHDOG_CONFIG
from collavoce.runtime.watchdog.config import WatchdogConfig
from collavoce.runtime.watchdog.config import write_config as write_watchdog_config
from collavoce.runtime.wires.needed import carrying_processes
from collavoce.runtime.wires.posts import ERRANDS, SOUND
from collavoce.runtime.writer import STORE
from collavoce.show.actions.person import CallPerson
from collavoce.show.board import Board, board_after
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent

CARE_CONFIG = "care.json"
CARE_MODULE = "collavoce.desk.care"
CANARY_BITS = 256

ALL = ("writer", "care", "watchdog", "follower", "web", "gateway", "engine", "spare")
"""The processes in the order of their start.

The engine comes last but for its spare: when it starts the first number, everybody is there to see
it, and the one that starts first leads.
"""

DRAIN_S = 30.0
"""For the writer to bring the rest of the ring to disk at the close; what is left then is brought
there by the next opening."""

WHERE_NEEDED = (ERRANDS, SOUND)
"""Processes that a show has only if its cues use them; started before the engine."""

CARE_ONLY = ("care",)

Report = Callable[[str, str, int], None]


@dataclass(slots=True)
class LivePerformance:
    """An open performance. Call `turn` until `over`; leave the context to close in order."""

    config: RunConfig
    supervisor: Supervisor
    folded: FoldedShow
    board: Board
    channels: tuple[str, ...]
    channels_file: Path

    def __post_init__(self) -> None:
        self.folded.heard = self._light

    @property
    def desk_url(self) -> str:
        """What the caller's browser opens; the key is in the fragment, which no server logs."""
        return f"{self.config.web_origin}/open#{self.config.desk_key}"

    @property
    def phone_url(self) -> str:
        """Where paired phones live."""
        return f"{self.config.care_origin}/care"

    def turn(self) -> None:
        """Look after the processes, fold what happened."""
        self.supervisor.turn()
        self.folded.catch_up()

    def over(self) -> bool:
        """Whether an unattended performance has nothing left to do."""
        now, look = self.config.clock.now(), self.board.look
        return all(may_close(state, look, now) for state in self.folded.states.values())

    def _light(self, _seq: int, entry: Entry) -> None:
        self.board = board_after(self.folded.show, self.board, entry.stage, entry.event)


@contextlib.contextmanager
def live_performance(
    options: Options,
    prepared: Prepared,
    plan: str,
    report: Report,
    only: Collection[str] = (*ALL, *WHERE_NEEDED),
) -> Generator[LivePerformance]:
    """Open a show, run its processes (or `only` some), close it in order. Raises OpeningError."""
    show = prepared.show
    channels_file, channels = _channels(options)
    opening = open_performance(options, prepared, plan)
    config = opening.config
    box = Mailbox(config.box("supervisor"))
    told: dict[str, Process] = {}

    def tell(name: str, state: str, restarts: int) -> None:
        told[name] = Process(name, state, restarts)
        # The desk may be the one that just came back: it is told of everybody again.
        for process in told.values():
            box.send(config.box("web"), pack(process))
        report(name, state, restarts)

    supervisor = Supervisor(
        [job for job in _jobs(opening, options, show) if _kind(job.name) in only], tell
    )
    try:
        supervisor.start()
        folded = FoldedShow(show, config.ring_dir)
        yield LivePerformance(config, supervisor, folded, Board(), channels, channels_file)
    finally:
        with undisturbed():
            supervisor.stop()
            box.close()
            opening.close()


def kept_events(folder: Path, epoch: int) -> tuple[list[AnyEvent], str]:
    """The events of one performance as they stand on disk, and the ledger's head hash."""
    store = SqliteReader.open(state_dir(folder) / STORE)
    try:
        events: list[AnyEvent] = []
        after = 0
        while records := store.read(after):
            events += [decode_body(r.body) for r in records if r.epoch == epoch]
            after = records[-1].seq
        return events, store.head()[1].hex()
    finally:
        store.close()


def _channels(options: Options) -> tuple[Path, tuple[str, ...]]:
    """The operator's file and the channels set up in it; raises OpeningError."""
    file = _care_home(options).key_file.with_name(CHANNELS_FILE)
    try:
        return file, load_services(file).channels
    except ChannelsError as error:
        raise OpeningError(str(error)) from error


def _care_home(options: Options) -> Home:
    root = options.care_root
    return care_home(options.folder, root, None if root is None else root / "keys")


def _jobs(opening: Opening, options: Options, show: Show) -> list[Job]:
    config = opening.config
    care = Path(config.run_dir) / CARE_CONFIG
    canary = fresh_id(CANARY_BITS)
    write_care_config(_care_config(config, options, show, canary), care)
    watchdog = Path(config.run_dir) / WATCHDOG_CONFIG
    write_watchdog_config(
        WatchdogConfig(
            config.run_dir,
            config.care_port,
            canary,
            _reached_at(config.host),
            tls_ca=config.tls_cert,
            tls_name=config.public_host if config.secure else "",
            channels=str(_care_home(options).key_file.with_name(CHANNELS_FILE)),
        ),
        watchdog,
    )
    run_dir = config.run_dir
    # Pages stand a floor above: their modules are named here, never imported.
    return [
        python_job("writer", "collavoce.runtime", "writer", run_dir, watched=True, grace_s=DRAIN_S),
        python_job("care", CARE_MODULE, str(care), fds=(config.care_fd, config.button_fd)),
        python_job("watchdog", "collavoce.runtime.watchdog", str(watchdog)),
        *(
            python_job(name, "collavoce.runtime", "follower", run_dir, stage, watched=True)
            for stage, name in followers(show).items()
        ),
        python_job(
            "web", "collavoce.desk", run_dir, fds=(config.web_fd, config.tap_fd), watched=True
        ),
        python_job(
            "gateway",
            "collavoce.runtime.gateway",
            run_dir,
            fds=(config.osc_fd, config.osc_tcp_fd),
            watched=True,
        ),
        *(
            python_job(name, "collavoce.runtime", name, run_dir, watched=True)
            for name in carrying_processes(show)
        ),
        *(
            python_job(
                chair, "collavoce.runtime", chair, run_dir, fds=(config.engine_fd,), watched=True
            )
            for chair in CHAIRS
        ),
    ]


def _kind(process: str) -> str:
    """What a process is: a further follower is a follower too."""
    return process.rstrip("0123456789")


def _reached_at(host: str) -> str:
    """Where this machine reaches what is bound to `host`."""
    return "127.0.0.1" if host in ("", "0.0.0.0") else host


def _care_config(config: RunConfig, options: Options, show: Show, canary: str) -> CareConfig:
    home = _care_home(options)
    return CareConfig(
        show=show.title,
        people=tuple((person.id, person.name) for person in show.people.values()),
        exits=tuple((way.id, way.name) for way in show.exits.values()),
        pieces=tuple((number.id, number.title) for number in show.numbers),
        care_dir=str(home.folder),
        folder=config.folder,
        key_file=str(home.key_file),
        run_dir=config.run_dir,
        badge_key=config.badge_key,
        usual_exits=_usual_exits(show),
        emergency=show.emergency,
        timezone=show.timezone or "UTC",
        host=config.host,
        port=config.care_port,
        fd=config.care_fd,
        button_fd=config.button_fd,
        button_port=config.button_port,
        midi_port=config.midi_port,
        takes=config.takes,
        url=config.care_origin,
        web_port=config.web_port,
        canary=canary,
        names=config.names,
        tls_cert=config.tls_cert,
        tls_key=config.tls_key,
        tls_name=config.public_host,
        hsts=config.hsts,
        line=line_config(show, utc_now()),
        sheet=cue_sheet(show),
        channels=str(home.key_file.with_name(CHANNELS_FILE)),
        push=load_services(home.key_file.with_name(CHANNELS_FILE)).push_public,
    )


def _usual_exits(show: Show) -> dict[str, str]:
    """Where the running order has each performer come off; a cover, where they would instead."""
    calls = [
        (number, action.exit)
        for number in show.numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, CallPerson)
    ]
    covers = {cover: way for number, way in calls for cover in number.covers}
    own = {number.performer: way for number, way in calls if number.performer is not None}
    return covers | own
