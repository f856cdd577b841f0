"""A care process over a store that was filled beforehand, and everybody's phone as a cookie."""

import contextlib
import select
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from collavoce.care.events import (
    AnyEvent,
    ButtonAdded,
    CircleSet,
    ConsentGiven,
    DevicePaired,
)
from collavoce.care.reached.calling import WELFARE_LEAD
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.desk.care.process import moment, open_house
from collavoce.runtime.care.config import CareConfig, write_config
from collavoce.runtime.line.config import LineConfig
from collavoce.wire.button import button_id

READY_S = 120.0
FRIEND = "friend"
LEAD = "lead"
"""The welfare lead, who stands at the end of every ladder."""

KEY = bytes(range(32))
BUTTON = button_id(bytes(range(16)))
BADGE_KEY = "a key of this bench"


def token(person: str) -> str:
    """The cookie of the phone of `person`: no secret here, only long."""
    return f"a-phone-of-{person:0>40}"


@dataclass
class CareHouse:
    """Persons who all have one friend. people: ids, the friend not among them."""

    root: Path
    people: list[str]
    config: CareConfig = field(init=False)
    port: int = 0
    button_port: int = 0

    def __post_init__(self) -> None:
        for name in ("run", "data/care", "keys"):
            (self.root / name).mkdir(parents=True)
        self.door = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.buttons = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.buttons.bind(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.button_port = self.buttons.getsockname()[1]
        self.config = CareConfig(
            show="Bench",
            people=tuple((person, person) for person in (LEAD, *self.people, FRIEND)),
            exits=(("left", "stage left"),),
            care_dir=str(self.root / "data" / "care"),
            key_file=str(self.root / "keys" / "care.key"),
            run_dir=str(self.root / "run"),
            badge_key=BADGE_KEY,
            fd=self.door.fileno(),
            button_fd=self.buttons.fileno(),
            line=LineConfig(people=(Person(LEAD, LEAD, (WELFARE_LEAD,)),)),
        )
        write_config(self.config, self.root / "run" / "care.json")

    def fill(self, further: Iterable[AnyEvent] = ()) -> None:
        """Everybody has a phone and the friend in their circle; the first has a button too."""
        house, store = open_house(self.config)
        # Nobody paired ten thousand phones by hand: what is written is what that would leave.
        house._records.append((*everybody(self.people), *further))  # noqa: SLF001
        store.close()

    @contextlib.contextmanager
    def running(self) -> Generator[float]:
        """The process; seconds from its start to its readiness."""
        began = time.perf_counter()
        log = (self.root / "care.log").open("ab")
        argv = (sys.executable, "-m", "collavoce.desk.care", str(self.root / "run" / "care.json"))
        with subprocess.Popen(
            argv,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=(self.door.fileno(), self.buttons.fileno()),
        ) as process:
            try:
                assert process.stdout is not None
                readable, _, _ = select.select([process.stdout], [], [], READY_S)
                assert readable, "the care process is not ready"
                assert process.stdout.readline() == b"ready care\n", self.root / "care.log"
                yield time.perf_counter() - began
            finally:
                process.terminate()
                process.wait()
                log.close()


def everybody(people: list[str]) -> tuple[AnyEvent, ...]:
    """The events that pair everybody and give them their circle."""
    now = moment()
    paired = [
        DevicePaired(now, person, "", secret_hash(token(person))) for person in (*people, FRIEND)
    ]
    circles: list[AnyEvent] = []
    for person in people:
        circles.append(CircleSet(now, person, (FRIEND,), 20.0))
        circles.append(ConsentGiven(now, person, FRIEND))
    return (*paired, *circles, ButtonAdded(now, people[0], BUTTON, KEY))
