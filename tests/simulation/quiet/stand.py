"""The engine, as care knows it: it answers what it is asked, and says how the evening is."""

from collections.abc import Callable
from typing import Any

from tests.simulation.machine import Machine
from tests.simulation.wires import SimulatedMailbox
from tests.simulation.world import World

from collavoce.runtime import mail
from collavoce.runtime.evening_told import BOX, EveningTold, pack_evening
from collavoce.runtime.line.asking import ENGINE
from collavoce.show.commands import SetAvailable

TELLS_EVERY_S = 5.0
LOOKS_EVERY_S = 0.5


class Stand:
    """asked : every command that care let pass, in order. ends : true s of each end of an evening.

    shown : person -> what the show was told last of whether they are available.
    """

    def __init__(self, world: World, machine: Machine) -> None:
        self.world = world
        self.machine = machine
        self.asked: list[Any] = []
        self.shown: dict[str, SetAvailable] = {}
        self.evening = "evening-1"
        self.ended_s: float | None = None
        self.first_end_s = float("inf")
        self.on_asked: Callable[[Any], None] = lambda _: None
        self._keys: set[str] = set()
        self._box: SimulatedMailbox | None = None
        world.after(LOOKS_EVERY_S, self._look)
        world.after(TELLS_EVERY_S, self._tell)

    def ends(self) -> None:
        """The last number of this evening is over."""
        self.ended_s = self.world.seconds
        self.first_end_s = min(self.first_end_s, self.ended_s)

    def begins(self, evening: str) -> None:
        """Another performance."""
        self.evening, self.ended_s = evening, None

    def _look(self) -> None:
        self.world.after(LOOKS_EVERY_S, self._look)
        box = self._bound()
        while (received := box.receive()) is not None:
            said = mail.unpack(received[0])
            assert isinstance(said, mail.Asked)
            assert received[1] is not None
            box.send(received[1], mail.pack(mail.Kept(said.key, 1)))
            if said.key not in self._keys:
                self._keys.add(said.key)
                self.asked.append(said.command)
                if isinstance(said.command, SetAvailable):
                    self.shown[said.command.person] = said.command
                self.on_asked(said.command)

    def _tell(self) -> None:
        self.world.after(TELLS_EVERY_S, self._tell)
        ago = None if self.ended_s is None else self.world.seconds - self.ended_s
        told = EveningTold(self.evening, begun=True, ended_ago=ago)
        self._bound().send(self.machine.run_dir / BOX, pack_evening(told))

    def _bound(self) -> SimulatedMailbox:
        """A power cut takes its mailbox away, and it comes back."""
        path = self.machine.run_dir / ENGINE
        if self.machine.wires.names.get(path) is None or self._box is None:
            self._box = SimulatedMailbox(self.machine.wires, path)
        return self._box
