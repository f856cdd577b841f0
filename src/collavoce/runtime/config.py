"""What every process of one performance is told at its start.

The supervisor writes it once into the performance's private folder (mode 0700); processes are
given the folder's path and nothing else, so no secret stands in a process list.
"""

import os
from pathlib import Path

import msgspec

from collavoce.runtime.clock import LiveClock
from collavoce.runtime.takes.place import TakesPlace

FILE = "performance.json"


class RunConfig(msgspec.Struct, frozen=True):
    """The facts of one running performance.

    folder : the show folder. plan : hash of what was read from it.
    boot : random id of this performance's opening.
    epoch : which performance of this show's ledger this is, from 1.
    origin_ns, speed : the show clock. performer : a MIDI file played as if live, or "".
    midi_port : a live MIDI input by name, or "". Of several stages both are the first one's;
    performers : stage -> such a file for others.
    host : the interface bound; public_host : the name under which others reach it.
    web_fd, care_fd, tap_fd : sockets bound by the supervisor and inherited, so that a process
    that was killed comes back on the same door. tap_port : where the engine copies datagrams to.
    desk_key : opens the caller's desk. badge_key : signs who a paired phone is for (hex).
    headless : nobody watches; close by itself when the evening is over.
    names : the host names under which the pages answer, besides every address.
    tls_cert, tls_key : paths, both or neither. hsts : browsers are told to stay with TLS.
    button_fd, button_port : the datagram socket that hardware buttons speak to.
    takes : where takes are kept of whoever said yes.
    osc_fd, osc_tcp_fd : the gateway's datagram socket and its listening one, both on osc_port of
    the interface osc_host.
    engine_fd : the engine's mailbox, bound by the supervisor so that unread mail outlives an
    engine; -1 for one that binds its own. realtime : the engine is to ask for real time.
    """

    folder: str
    plan: str
    run_dir: str
    boot: str
    epoch: int
    origin_ns: int
    speed: float
    performer: str
    midi_port: str
    host: str
    public_host: str
    web_port: int
    care_port: int
    web_fd: int
    care_fd: int
    tap_fd: int
    tap_port: int
    desk_key: str
    badge_key: str
    headless: bool
    names: tuple[str, ...] = ()
    tls_cert: str = ""
    tls_key: str = ""
    hsts: bool = False
    button_fd: int = -1
    button_port: int = 0
    takes: TakesPlace = TakesPlace()
    osc_fd: int = -1
    osc_tcp_fd: int = -1
    osc_port: int = 0
    osc_host: str = ""
    engine_fd: int = -1
    realtime: bool = False
    performers: dict[str, str] = {}

    @property
    def secure(self) -> bool:
        """Whether the pages are served over TLS."""
        return bool(self.tls_cert)

    @property
    def web_origin(self) -> str:
        """The desk's pages, as others reach them ("https://show.example.org:8443")."""
        return self._origin(self.web_port)

    @property
    def care_origin(self) -> str:
        """The phones' pages, as others reach them."""
        return self._origin(self.care_port)

    def _origin(self, port: int) -> str:
        host = f"[{self.public_host}]" if ":" in self.public_host else self.public_host
        return f"{'https' if self.secure else 'http'}://{host}:{port}"

    @property
    def clock(self) -> LiveClock:
        """The performance's clock."""
        return LiveClock(self.origin_ns, self.speed)

    @property
    def state_dir(self) -> Path:
        """Where the show's ledger lives: inside the show folder, ignored by git."""
        return state_dir(Path(self.folder))

    @property
    def ring_dir(self) -> Path:
        """The ring of this performance."""
        return ring_dir(self.state_dir, self.epoch)

    def box(self, name: str) -> Path:
        """The mailbox of a process."""
        return Path(self.run_dir) / name


def state_dir(folder: Path) -> Path:
    """Where a show folder keeps what happened in it."""
    return folder / ".collavoce"


def ring_dir(state: Path, epoch: int) -> Path:
    """The ring of performance `epoch`."""
    return state / "ring" / f"{epoch:06d}"


def write_config(config: RunConfig) -> None:
    """Put the configuration where the processes look for it, readable by their user only."""
    path = Path(config.run_dir) / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(config))


def read_config(run_dir: Path) -> RunConfig:
    """What `write_config` wrote."""
    return msgspec.json.decode((run_dir / FILE).read_bytes(), type=RunConfig)
