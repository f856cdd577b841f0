"""What comes in from controllers, through the gateway's own book of questions.

A controller's packet is doubled and overtaken; each press has one key, under which the gateway asks
until the engine answers. A bouncing contact is two presses.
"""

from dataclasses import dataclass, field

from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.world import World

from collavoce.runtime.gateway.asking import Questions
from collavoce.runtime.mail import Asked, Declined, Kept, unpack
from collavoce.show.commands import AnyCommand, FireByInput, Go
from collavoce.show.cues import Show

TURN_S = 0.1
BOUNCE_S = 0.03
BY = "osc"


@dataclass
class Gateway:
    """pressed: key -> what was asked under it."""

    world: World
    show: Show
    engine: EngineProcess
    pressed: dict[str, AnyCommand] = field(default_factory=dict[str, AnyCommand])

    def __post_init__(self) -> None:
        self._questions = Questions(self._send)
        self._listening = [c.number for c in self.show.cues_by_number.values() if c.inputs]
        self.world.after(self.world.chance.expovariate(0.4), self._press)
        self.world.after(TURN_S, self._turn)

    def _press(self) -> None:
        chance = self.world.chance
        if self.world.calm:
            return
        self.world.after(chance.expovariate(0.4), self._press)
        if chance.random() < 0.2 or not self._listening:
            stage = chance.choice(self.show.stage_ids)
            self._comes(Go(), stage)
            return
        cue = chance.choice(self._listening)
        times = chance.choice((1, 1, 2, 3))
        for i in range(times):
            command = FireByInput(cue, f"osc /go/{cue}")
            self.world.after(i * BOUNCE_S, lambda command=command: self._comes(command, ""))

    def _comes(self, command: AnyCommand, stage: str) -> None:
        key = f"g{len(self.pressed)}"
        self.pressed[key] = command
        self._questions.ask(Asked(command, BY, key, stage), lambda _: None, self.world.now)

    def _send(self, datagram: bytes) -> bool:
        """The mail: some is doubled, some is late and overtaken, some is lost."""
        chance = self.world.chance
        for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 2))):
            wait = chance.choice((0.0, 0.001, chance.uniform(0.0, 0.7)))
            self.world.after(wait, lambda: self._arrives(datagram))
        return True

    def _arrives(self, datagram: bytes) -> None:
        asked = unpack(datagram)
        assert isinstance(asked, Asked)
        self.engine.ask(asked.command, asked.by, asked.key, self._answered, asked.stage)

    def _answered(self, said: Kept | Declined) -> None:
        if self.world.chance.random() < 0.9:
            self._questions.answered(said)

    def _turn(self) -> None:
        self._questions.turn(self.world.now)
        self.world.after(TURN_S, self._turn)
