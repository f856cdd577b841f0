"""The caller's desk: asks with a key until it is answered, through a network that loses, doubles,
delays and reorders; folds the ring like the web process does."""

from dataclasses import dataclass
from pathlib import Path

from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.performer import Performer
from tests.simulation.show.world import World

from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.mail import Declined, Kept
from collavoce.show import commands as c
from collavoce.show.cues import Show

AGAIN_S = 0.4
TRIES_MAX = 25


@dataclass
class Asking:
    """One command under way."""

    command: c.AnyCommand
    key: str
    tries: int = 0
    answered: bool = False


class Desk:
    """acked: key -> the sequence number that was promised. refused: keys that were declined."""

    def __init__(
        self, world: World, show: Show, engine: EngineProcess, ring: Path, performer: Performer
    ) -> None:
        self.world = world
        self.show = show
        self.engine = engine
        self.performer = performer
        self.acked: dict[str, int] = {}
        self.refused: set[str] = set()
        self.lossy = 0.0
        self.folded = FoldedShow(show, ring)
        self._count = 0
        world.after(world.chance.expovariate(1.0), self._act)
        world.after(0.25, self._look)

    def ask(self, command: c.AnyCommand) -> None:
        """Ask until it is answered."""
        self._count += 1
        self._try(Asking(command, f"k{self._count}"))

    def _try(self, asking: Asking) -> None:
        if asking.answered or asking.tries >= TRIES_MAX:
            return
        asking.tries += 1
        chance = self.world.chance
        copies = 2 if chance.random() < self.lossy else 1
        for _ in range(copies):
            if chance.random() >= self.lossy:
                delay = chance.expovariate(20.0) if self.lossy else 0.001
                self.world.after(delay, lambda: self._arrives(asking))
        self.world.after(AGAIN_S, lambda: self._try(asking))

    def _arrives(self, asking: Asking) -> None:
        self.engine.ask(
            asking.command, "caller", asking.key, lambda said: self._answer(asking, said)
        )

    def _answer(self, asking: Asking, said: Kept | Declined) -> None:
        if self.world.chance.random() < self.lossy:
            return
        asking.answered = True
        if isinstance(said, Declined):
            self.refused.add(said.key)
            return
        before = self.acked.setdefault(said.key, said.seq)
        if before != said.seq:
            self.world.breaks("the same key has the same answer", (said.key, before, said.seq))
        self.world.counts["commands kept"] += 1

    def _act(self) -> None:
        """What a caller does, rather more often than a caller does it."""
        chance = self.world.chance
        if self.world.calm:
            return
        self.world.after(chance.expovariate(0.7), self._act)
        cues = [cue.number for number in self.show.numbers for cue in number.cues]
        what = chance.random()
        if what < 0.45:
            self.ask(c.Go())
        elif what < 0.55:
            self.ask(c.Hold())
            self.world.after(chance.uniform(0.2, 3.0), lambda: self.ask(c.Resume()))
        elif what < 0.63:
            self.ask(c.GoTo(chance.choice(cues)))
        elif what < 0.70:
            self.ask(c.PointTo(chance.choice(cues)))
        elif what < 0.75:
            self.ask(c.Follow(on=False))
            self.world.after(chance.uniform(0.2, 3.0), lambda: self.ask(c.Follow(on=True)))
        elif what < 0.80:
            self.ask(c.Stop(fade=chance.choice((0.0, 1.0))))
            self.world.after(chance.uniform(0.2, 2.0), lambda: self.ask(c.Resume()))
        elif what < 0.84:
            number = chance.choice(("1", "2"))
            self.performer.start(number)
            self.ask(c.StartNumber(number))
        elif what < 0.92:
            self.ask(c.Acknowledge(chance.choice(("1.exit", "2.exit")), "mina"))
        else:
            self.ask(c.MarkNote("a note"))

    def _look(self) -> None:
        self.folded.catch_up()
        self.world.after(0.25, self._look)
