"""One quiet evening from one seed: letters, leave, cards, rules and ticks, trouble, and a judge.

It is a world of its own kind: not one draw of it moves a draw of the evenings of presses.
What takes days there takes minutes here (`SHORT`); the machine, its disk, its store and the whole
care process are the same.
"""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from tests.simulation.cast import EXITS, HELPERS, PEOPLE, PERFORMERS
from tests.simulation.evening import Report, memory, same_chance
from tests.simulation.loop import ProcessLoop
from tests.simulation.machine import Machine
from tests.simulation.network import Link
from tests.simulation.quiet.judge import QuietJudge
from tests.simulation.quiet.known import Known
from tests.simulation.quiet.life import QuietLife, token_of
from tests.simulation.quiet.nemesis import ZONES, QuietNemesis
from tests.simulation.quiet.people import QuietCompany, contacts_of
from tests.simulation.quiet.phones import QuietPhone
from tests.simulation.quiet.settled import settled
from tests.simulation.quiet.stand import Stand
from tests.simulation.wires import SimulatedMailbox
from tests.simulation.world import Broken, World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    OfferCode,
    PairDevice,
    SetCircle,
    SetContacts,
)
from collavoce.care.outcome import Kept
from collavoce.care.states import found, leave
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.care import evening as care_evening
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.passing import Passing

TROUBLED_S = (240.0, 400.0)
SETTLES_S = 150.0
SHORT = ((leave, "LET_KNOW_AFTER_S", 60.0), (found, "STANDS_S", 30.0), (found, "QUARTER_S", 60.0))
BEGINS_S = (
    1_792_886_100.0,  # 2026-10-25 00:15 UTC: Berlin's clocks go back within the hour
    1_774_744_800.0,  # 2026-03-29 00:40 UTC: and forward
    1_835_481_300.0,  # 2028-02-29 23:15 UTC
    2_147_483_400.0,  # 2038-01-19, three minutes before 2^31 s
    1_799_236_800.0,  # an afternoon of no importance
)


def play(seed: int) -> Report:
    """The quiet evening of `seed`, always the same."""
    with memory() as root, contextlib.ExitStack() as stack:
        for module, name, seconds in SHORT:
            stack.enter_context(mock.patch.object(module, name, seconds))
        return _played(World(seed), root)


def _played(world: World, root: Path) -> Report:
    machine = Machine(world, root, with_line=True)
    broken = None
    with same_chance(machine), _boxes(machine):
        evening = QuietEvening(world, machine)
        try:
            evening.run()
        except Broken as finding:
            broken = finding
        finally:
            evening.close()
    return Report(world.seed, broken, evening.judge.counts, world.trace)


@contextlib.contextmanager
def _boxes(machine: Machine) -> Generator[None]:
    def mailbox(path: Path) -> SimulatedMailbox:
        return SimulatedMailbox(machine.wires, path)

    with mock.patch.object(care_evening, "Mailbox", mailbox):
        yield


class QuietEvening:
    """Everything of one quiet evening, put together."""

    def __init__(self, world: World, machine: Machine) -> None:
        self.world, self.machine = world, machine
        self.chance = world.chance("quiet evening")
        machine.begins_s = self.chance.choice(BEGINS_S)
        machine.living = QuietLife
        # The watchdog is of the evenings of presses: here it would only take time.
        machine.watch = lambda: None
        machine.opened_line = self._line_opened
        self._line: Passing | None = None
        config: dict[str, Any] = {"timezone": self.chance.choice(ZONES), "exits": EXITS}
        config["pieces"] = (("ballad", "A ballad"),)
        machine.config = msgspec.structs.replace(machine.config, **config)
        self.outside = ProcessLoop(world, lambda: world.seconds)
        self.known = Known(world)
        self.stand = Stand(world, machine)
        self.phones = [self._phone(person) for person in PEOPLE]
        self.judge = QuietJudge(world, machine, self.phones, self.known, self.stand)
        machine.listening = self.judge
        for phone in self.phones:
            phone.begin(machine.begins_s, self.judge.said)
        self.company = QuietCompany(world, machine, self.phones, self.known, self.stand)

    def run(self) -> None:
        """Pairing and circles in peace, then trouble, then calm."""
        world = self.world
        self.machine.start()
        self._settle_in()
        for phone in self.phones:
            phone.wake()
        world.run(3.0)
        nemesis = QuietNemesis(world, self.machine, self.phones)
        troubled_s = self.chance.uniform(*TROUBLED_S)
        self.company.play(troubled_s)
        world.run(troubled_s)
        nemesis.rest()
        self.company.rest()
        world.note("nemesis", "rests")
        world.run(SETTLES_S / 3)
        for phone in self.phones:
            phone.do({"type": "AskForLetters"})
        world.run(SETTLES_S * 2 / 3)
        settled(self.judge)
        if world.broken is not None:
            raise world.broken

    def close(self) -> None:
        """Give back what the machine holds."""
        self.machine.on = False
        self.machine.kill()
        self._line_opened(None)
        self.machine.vfs.unregister()

    def _line_opened(self, passing: Passing | None) -> None:
        """The file of a line whose process is dead is closed before it is opened again."""
        if self._line is not None:
            self._line.house.close()
        self._line = passing

    def _phone(self, person: str) -> QuietPhone:
        token = token_of(person)
        link = Link(self.world, self.machine, self.outside, token)
        return QuietPhone(self.world, self.outside, link, person, token, self._told)

    def _told(self, phone: Any, kind: str, details: dict[str, Any]) -> None:
        self.judge.felt(phone, kind, details)

    def _settle_in(self) -> None:
        life = self.machine.life
        assert life is not None

        def settle(command: AnyCommand, token: str = "") -> None:
            assert life.care.ask(command, Proof(token)) == Kept(), command

        for person in PEOPLE:
            code, token = secret_hash(f"code of {person}"), token_of(person)
            settle(OfferCode(person, code))
            settle(PairDevice(code, secret_hash(token)), token)
            life.care.unlock(token)
            channel, address = contacts_of(person)
            settle(SetContacts(person, (Contact(Channel(channel), address),)))
        for owner in PERFORMERS:
            order = tuple(self.chance.sample(HELPERS, self.chance.randint(1, 3)))
            settle(SetCircle(owner, order, 20.0))
            self.known.of("circle", owner).is_(order)
            for trusted in order:
                settle(AnswerRequest(trusted, owner, agrees=True))
                self.known.of("agrees", trusted, owner).is_(True)
