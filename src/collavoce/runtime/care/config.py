"""What the care process is told at its start.

It comes in a file of the runtime folder (mode 0600) whose path is the only argument, so that
neither a name nor a key stands in a process list.
"""

import os
from pathlib import Path

import msgspec

from collavoce.company.people import Person
from collavoce.runtime.care.sheet import CueSheet
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.takes.place import TakesPlace


class CareConfig(msgspec.Struct, frozen=True):
    """The facts the care process needs.

    people, exits : (id, name) as in the show; usual_exits : person -> the exit the running order
    gives them. care_dir, key_file : the store's folder and the server's own key (`home.py`).
    run_dir : the performance's private folder, for the pairing mailbox.
    fd : a bound socket inherited from the supervisor; None binds host and port.
    url : what phones are sent to ("http://192.168.1.5:8081"); "" takes host and port.
    web_port : the web desk on the same host, for the strip; 0 for none.
    badge_key : shared with the web desk. canary : secret shared with the watchdog, "" for none.
    names : the host names under which the pages answer, besides every address.
    tls_cert, tls_key : paths, both or neither; tls_name : the host they are for; hsts : browsers
    are told to stay with TLS. line : what the line is told.
    button_fd : a bound datagram socket for hardware buttons; None binds host and button_port.
    timezone : of the venue, for hours of the day.
    channels : the operator's `channels.toml`, "" or a file that is not there for open pages only.
    push : the public key by which push services know this house, "" for none.
    takes : where the takes of those are who said yes (`runtime/takes`).
    sheet : the cues of the show, what they bring and whom that meets.
    pieces : (id, title) of the numbers of the show, in its order.
    folder : the show's, for recordings that their authors release; "" where none can be.
    midi_port : the input of the instrument that is followed, which is nobody's button; "" for none.
    """

    show: str
    people: tuple[tuple[str, str], ...]
    exits: tuple[tuple[str, str], ...]
    care_dir: str
    key_file: str
    run_dir: str
    badge_key: str
    usual_exits: dict[str, str] = {}
    emergency: str = "112"
    timezone: str = "UTC"
    host: str = "127.0.0.1"
    port: int = 0
    fd: int | None = None
    url: str = ""
    web_port: int = 0
    canary: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    names: tuple[str, ...] = ()
    tls_name: str = ""
    hsts: bool = False
    line: LineConfig = LineConfig()
    button_fd: int | None = None
    button_port: int = 0
    midi_port: str = ""
    takes: TakesPlace = TakesPlace()
    channels: str = ""
    push: str = ""
    folder: str = ""
    pieces: tuple[tuple[str, str], ...] = ()
    sheet: CueSheet = CueSheet()

    @property
    def company(self) -> dict[str, Person]:
        """The people by id, as far as care knows them."""
        said = {person.id: person for person in self.line.people}
        return {person: said.get(person, Person(person, name)) for person, name in self.people}

    @property
    def secure(self) -> bool:
        """Whether the pages are served over TLS."""
        return bool(self.tls_cert)


def write_config(config: CareConfig, path: Path) -> None:
    """Put `config` at `path`, readable by its user only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(config))


def read_config(path: Path) -> CareConfig:
    """What `write_config` wrote; raises OSError or msgspec.DecodeError."""
    return msgspec.json.decode(path.read_bytes(), type=CareConfig)
