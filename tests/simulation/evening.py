"""One evening from one seed: people, presses, trouble, and a judge."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from tests.simulation.cast import PEOPLE
from tests.simulation.judge import Judge
from tests.simulation.loop import ProcessLoop
from tests.simulation.machine import Machine
from tests.simulation.nemesis import Nemesis
from tests.simulation.network import Link
from tests.simulation.outside import SimulatedPorter
from tests.simulation.people import Company
from tests.simulation.phones import Phone
from tests.simulation.settling import settle_in
from tests.simulation.wires import SimulatedMailbox
from tests.simulation.world import Broken, World

from collavoce.care.commands import OfferCode, PairDevice
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger import seal
from collavoce.runtime import clock
from collavoce.runtime.care.kept import shelf
from collavoce.runtime.care.ways import carriage, deadman
from collavoce.runtime.line import asking, counter
from collavoce.runtime.watchdog import deputy

TROUBLED_S = (120.0, 260.0)
SETTLES_S = 170.0
"""After the last blow: the longest ladder, a start, and the pages' way back."""


@dataclass
class Report:
    """How an evening went. broken: what did not hold, None if everything did."""

    seed: int
    broken: Broken | None
    counts: dict[str, int]
    trace: list[str] = field(default_factory=list[str])


def play(seed: int) -> Report:
    """The evening of `seed`, always the same."""
    with memory() as root:
        return _played(World(seed), root)


@contextlib.contextmanager
def memory() -> Generator[Path]:
    """A folder that no real disk slows down, where the system has one."""
    shared = Path("/dev/shm")
    place = shared if os.access(shared, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place, prefix="collavoce-") as root:
        yield Path(root)


def _played(world: World, root: Path) -> Report:
    machine = Machine(world, root)
    broken = None
    with same_chance(machine):
        evening = Evening(world, machine)
        try:
            evening.run()
        except Broken as finding:
            broken = finding
        finally:
            evening.close()
    return Report(world.seed, broken, evening.judge.counts, world.trace)


class Evening:
    """Everything of one evening, put together."""

    def __init__(self, world: World, machine: Machine) -> None:
        self.world = world
        self.machine = machine
        self.outside = ProcessLoop(world, lambda: world.seconds)
        self.phones = [self._phone(person) for person in PEOPLE]
        self.judge = Judge(world, self.machine, self.phones)
        self.company = Company(world, machine, self.phones)
        self.chance = world.chance("evening")

    def run(self) -> None:
        """Pairing and circles in peace, then trouble, then calm."""
        world = self.world
        self.machine.start()
        self._settle_in()
        for phone in self.phones:
            phone.wake()
        world.run(3.0)
        nemesis = Nemesis(world, self.machine, self.phones)
        troubled_s = self.chance.uniform(*TROUBLED_S)
        self.company.play(troubled_s)
        world.run(troubled_s)
        nemesis.rest()
        self.company.rest()
        world.note("nemesis", "rests")
        world.run(SETTLES_S)
        self.judge.settled()

    def close(self) -> None:
        """Give back what the machine holds."""
        self.machine.on = False
        self.machine.kill()
        self.machine.vfs.unregister()

    def _phone(self, person: str, number: int = 1) -> Phone:
        token = f"token-of-{person}-{number}"
        link = Link(self.world, self.machine, self.outside, token)
        return Phone(self.world, self.outside, link, person, token, self._told)

    def _told(self, phone: Phone, kind: str, details: dict[str, Any]) -> None:
        self.judge.told(phone, kind, details)

    def _settle_in(self) -> None:
        life = self.machine.life
        assert life is not None
        ask = life.house.ask
        for phone in self.phones:
            code = secret_hash(f"code of {phone.token}")
            device = secret_hash(phone.token)
            for command in (OfferCode(phone.person, code), PairDevice(code, device)):
                assert ask(command) == Kept(), command
        settle_in(self.world.chance("circles"), ask)


@contextlib.contextmanager
def same_chance(machine: Machine) -> Generator[None]:
    """Keys, nonces and ids are drawn from the seed: where a row falls in the file is the same.

    Nothing reads another clock than the machine's, should it try.
    """
    chance = machine.world.chance("keys")

    def token(count: int = 32) -> str:
        return f"{chance.getrandbits(8 * count):x}"

    def now(zone: tzinfo) -> datetime:
        return datetime.fromtimestamp(machine.wall_ns() // 10**9, zone)

    def mailbox(path: Path) -> SimulatedMailbox:
        return SimulatedMailbox(machine.wires, path)

    draws: dict[tuple[Any, str], Callable[..., Any] | SimpleNamespace] = {
        (os, "urandom"): chance.randbytes,
        (secrets, "token_urlsafe"): token,
        (seal, "new_key"): lambda: chance.randbytes(seal.KEY_BYTES),
        (shelf, "new_key"): lambda: chance.randbytes(seal.KEY_BYTES),
        (clock, "time"): SimpleNamespace(
            time_ns=machine.wall_ns, monotonic_ns=lambda: int(machine.monotonic() * 1e9)
        ),
        (clock, "datetime"): SimpleNamespace(now=now),
    }
    making: dict[tuple[Any, str], Callable[..., Any] | SimpleNamespace] = {
        (carriage, "Porter"): lambda *_: SimulatedPorter(machine.outside, machine.wires, "care"),
        (deputy, "Porter"): lambda *_: SimulatedPorter(machine.outside, machine.wires, "watchdog"),
        (deputy, "_is_set_up"): mock.Mock(return_value=True),
        (deputy, "now"): machine.monotonic,
        (deputy, "Mailbox"): mailbox,
        (deadman, "Mailbox"): mailbox,
        (asking, "Mailbox"): mailbox,
        (counter, "Mailbox"): mailbox,
    }
    draws |= making
    with contextlib.ExitStack() as stack:
        for (module, name), draw in draws.items():
            stack.enter_context(mock.patch.object(module, name, draw))
        yield
