"""Somebody who plays, stops, jumps and gets lost; their follower's estimates, through the mail."""

from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.programme import LENGTH
from tests.simulation.show.world import World

from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.show.commands import Hear
from collavoce.units import Bpm, Instant, Quarters, Seconds

BEAT_S = 0.1
TEMPO = 120.0
LOST_MAIL = 0.01


class Performer:
    """Plays a number from top to end, with what happens on stages; then the next."""

    def __init__(self, world: World, engine: EngineProcess, stage: str = "") -> None:
        self.world = world
        self.engine = engine
        self.stage = stage
        self.quarter = 0.0
        self.number = "1"
        self.began = 0.0
        self.stops_until = 0.0
        self.jump: tuple[float, float] | None = None
        world.after(1.0, self._beat)

    def start(self, number: str) -> None:
        """Begin a number."""
        self.number, self.quarter, self.began = number, 0.0, self.world.now

    def _beat(self) -> None:
        chance = self.world.chance
        if self.world.calm:
            return
        self.world.after(BEAT_S, self._beat)
        state = Music.FOLLOWING
        if self.world.now < self.stops_until:
            state = Music.HELD
        elif self.quarter >= LENGTH:
            state = Music.ENDED
        else:
            self.quarter = min(
                self.quarter + BEAT_S * TEMPO / 60 * chance.uniform(0.8, 1.2), LENGTH
            )
            state = self._mishap(state)
        sure = 0.95 if chance.random() > 0.1 else 0.3
        self._say(state, sure)

    def _mishap(self, state: Music) -> Music:
        chance = self.world.chance
        if chance.random() < 0.01:
            self.stops_until = self.world.now + chance.uniform(0.5, 6.0)
        elif chance.random() < 0.01:
            origin, self.quarter = self.quarter, chance.uniform(0.0, LENGTH * 0.9)
            self.jump = (origin, self.quarter)
            self.world.counts["jumps"] += 1
        elif chance.random() < 0.01:
            return Music.LOST
        return state

    def _say(self, state: Music, sure: float) -> None:
        jump, self.jump = self.jump, None
        now = Instant(self.world.now)
        left = (LENGTH - self.quarter) * 60 / TEMPO
        estimate = Estimate(
            at=now,
            heard_at=now,
            quarter=Quarters(self.quarter),
            tempo=Bpm(TEMPO),
            confidence=sure,
            state=state,
            remaining=Seconds(left) if state is not Music.LOST else None,
            foreseen=(Ahead(Quarters(LENGTH), Seconds(left), Seconds(0.1)),),
            jump=None if jump is None else Jump(Quarters(jump[0]), Quarters(jump[1])),
        )
        if self.world.chance.random() >= LOST_MAIL:
            delay = self.world.chance.uniform(0.0, 0.002)
            self.world.after(delay, lambda: self._arrives(estimate))

    def _arrives(self, estimate: Estimate) -> None:
        self.engine.ask(Hear(estimate), "follower", "", lambda _: None, self.stage)
