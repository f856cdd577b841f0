"""Opening a performance: the private folder, the doors, the number of the night."""

import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from collavoce.ledger.disk import sync_folder
from collavoce.ledger.ring import reserve
from collavoce.ledger.segment import SEGMENT_BYTES
from collavoce.runtime.clock import LiveClock, fresh_id
from collavoce.runtime.config import RunConfig, ring_dir, state_dir, write_config
from collavoce.runtime.links import Mailbox
from collavoce.runtime.prepared import Prepared, pack_up
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.tls.chosen import Tls, known_names
from collavoce.words import say

EPOCH_FILE = "epoch"
LOCK_FILE = "lock"
FOLDER_LIMIT = 60
"""Bytes of the folder for temporary things; a Unix socket's whole path has some 100."""

FREE_PORT_TRIES = 16
"""Free ports tried: one that is free for datagrams may be somebody's for connections."""

OSC_BACKLOG = 16

EVERY_INTERFACE = ("0.0.0.0", "")


class OpeningError(Exception):
    """A performance that cannot be opened; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who opens the show chose.

    host : the interface phones and desks reach; ports 0 take a free one.
    performer : a recorded performance played as if live. midi_port : a live MIDI input. Of several
    stages both are the first one's; performers : stage -> a recorded performance for others.
    care_root : keep the care store and takes here instead of in the user's own folders.
    tls : the certificate of the pages; None serves them over plain HTTP.
    osc_port, gateway_interface : where controllers speak to; "" for the interface of the pages.
    realtime : the engine asks for real-time priority and locked memory (`runtime/realtime.py`).
    """

    folder: Path
    host: str = "127.0.0.1"
    web_port: int = 0
    care_port: int = 0
    speed: float = 1.0
    performer: Path | None = None
    midi_port: str = ""
    headless: bool = False
    care_root: Path | None = None
    tls: Tls | None = None
    realtime: bool = False
    osc_port: int = 0
    gateway_interface: str = ""
    performers: Mapping[str, Path] = field(default_factory=dict[str, Path])


@dataclass(slots=True)
class Opening:
    """An opened performance: its facts, and the sockets that must stay open for its processes."""

    config: RunConfig
    sockets: list[socket.socket] = field(default_factory=list[socket.socket])

    def close(self) -> None:
        """Give the doors and the private folder back."""
        for door in self.sockets:
            door.close()
        shutil.rmtree(self.config.run_dir, ignore_errors=True)


def prepare_state_dir(folder: Path) -> Path:
    """The show's state folder, made if need be, readable by its user only, ignored by git."""
    state = state_dir(folder)
    try:
        state.mkdir(mode=0o700, exist_ok=True)
        (state / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise OpeningError(f"{state}: {error.strerror}; the show keeps its ledger there") from error
    return state


def next_epoch(state: Path) -> int:
    """The number of the performance that is being opened; kept on disk before it is used."""
    path = state / EPOCH_FILE
    # A power cut may have taken the last number back; a ring of that number is then still there.
    rings = (int(ring.name) for ring in (state / "ring").glob("[0-9]*"))
    last = int(path.read_text(encoding="ascii")) if path.exists() else 0
    epoch = 1 + max(last, *rings, 0)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="ascii") as file:
        file.write(f"{epoch}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(state)
    return epoch


@contextmanager
def sole_engine(state: Path) -> Generator[None]:
    """Hold the lock that keeps a second engine away from the same show, for as long as one runs.

    Raises OpeningError while another one holds it. The kernel gives it back when a process dies.
    """
    descriptor = os.open(state / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OpeningError(_already_running(state)) from error
        # Who led last leads no more: its number may be another process's by now.
        os.ftruncate(descriptor, 0)
        yield
    finally:
        os.close(descriptor)


def _already_running(state: Path) -> str:
    """The refusal of a second engine, with the process to end where no supervisor is left to."""
    words = say("run.already_running", folder=state.parent)
    noted = (state / LOCK_FILE).read_text(encoding="ascii").split()
    return " ".join((words, say("run.close_orphan", pid=noted[-1]))) if noted else words


def open_performance(options: Options, prepared: Prepared, plan: str) -> Opening:
    """Bind the doors, number the night, put what the processes need into the private folder."""
    state = prepare_state_dir(options.folder)
    with sole_engine(state):
        try:
            epoch = next_epoch(state)
        except OSError as error:
            raise OpeningError(f"{state}: {error.strerror}; make room") from error
    if not reserve(ring_dir(state, epoch)):
        raise OpeningError(say("run.no_room", folder=state, megabytes=SEGMENT_BYTES >> 20))
    run_dir = tempfile.mkdtemp(prefix="collavoce-", dir=_short_folder())
    web = _door(options.host, options.web_port)
    care = _door(options.host, options.care_port)
    buttons = _button_door(options.host, care.getsockname()[1], options.care_port)
    osc_host = options.gateway_interface or options.host
    osc, osc_tcp = osc_doors(osc_host, options.osc_port)
    tap = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    tap.bind(("127.0.0.1", 0))
    engine = Mailbox(Path(run_dir) / "engine").socket
    tls = options.tls
    public_host = reachable(options.host) if tls is None else tls.name
    config = RunConfig(
        folder=str(options.folder.resolve()),
        plan=plan,
        run_dir=run_dir,
        boot=fresh_id(),
        epoch=epoch,
        origin_ns=LiveClock.start().origin_ns,
        speed=options.speed,
        performer=str(options.performer.resolve()) if options.performer else "",
        midi_port=options.midi_port,
        performers={stage: str(file.resolve()) for stage, file in options.performers.items()},
        host=options.host,
        public_host=public_host,
        web_port=web.getsockname()[1],
        care_port=care.getsockname()[1],
        web_fd=web.fileno(),
        care_fd=care.fileno(),
        tap_fd=tap.fileno(),
        tap_port=tap.getsockname()[1],
        desk_key=fresh_id(),
        badge_key=fresh_id(256),
        headless=options.headless,
        names=known_names(public_host, () if tls is None else tls.names),
        tls_cert="" if tls is None else str(tls.certificate),
        tls_key="" if tls is None else str(tls.key),
        hsts=tls is not None and tls.hsts,
        button_fd=buttons.fileno(),
        button_port=buttons.getsockname()[1],
        takes=takes_place(options.folder, options.care_root),
        osc_fd=osc.fileno(),
        osc_tcp_fd=osc_tcp.fileno(),
        osc_port=osc.getsockname()[1],
        osc_host=osc_host,
        engine_fd=engine.fileno(),
        realtime=options.realtime,
    )
    write_config(config)
    pack_up(prepared, Path(run_dir))
    return Opening(config, [web, care, buttons, osc, osc_tcp, tap, engine])


def _short_folder() -> str | None:
    """Where private folders go: the system's choice, unless mailboxes in it had too long a name."""
    chosen = tempfile.gettempdir()
    return None if len(os.fsencode(chosen)) <= FOLDER_LIMIT else "/tmp"  # noqa: S108  0700 in there


def reachable(host: str) -> str:
    """The address under which other machines reach what is bound to `host`.

    Bound to every interface, that is the one the system would use for the outside; nothing is
    sent to find it. Without any network it is this machine alone.
    """
    if host not in EVERY_INTERFACE:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # 192.0.2.1 is reserved for documentation (RFC 5737): connecting a datagram socket
            # only looks up the route.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _button_door(host: str, port: int, asked: int) -> socket.socket:
    """Where buttons speak to: the phones' port, so that whoever knows that one knows this one.

    Where the phones' own was not `asked` for, and this number is somebody else's, any will do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_DGRAM)
    try:
        try:
            door.bind((host, port))
        except OSError:
            if asked:
                raise
            door.bind((host, 0))
    except OSError as error:
        door.close()
        raise OpeningError(f"{host}:{port}/udp: {error.strerror}; choose another port") from error
    return door


def osc_doors(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Where controllers speak to: one port for datagrams and for connections."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    fault: str | None = ""
    for chosen in (port,) if port else (0,) * FREE_PORT_TRIES:
        osc, tcp = socket.socket(family, socket.SOCK_DGRAM), socket.socket(family)
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            osc.bind((host, chosen))
            tcp.bind((host, osc.getsockname()[1]))
            tcp.listen(OSC_BACKLOG)
        except OSError as error:
            osc.close()
            tcp.close()
            fault = error.strerror
        else:
            return osc, tcp
    raise OpeningError(f"{host}:{port} (OSC): {fault}; choose another --osc-port")


def _door(host: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise OpeningError(f"{host}:{port}: {error.strerror}; choose another port") from error
    door.listen(128)
    return door
