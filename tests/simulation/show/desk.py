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
from collavoce.show.cues import Number, Show
from collavoce.show.person import PersonIs
from collavoce.show.plan import Item, Plan

AGAIN_S = 0.4
TRIES_MAX = 25


@dataclass
class Asking:
    """One command under way."""

    command: c.AnyCommand
    key: str
    stage: str = ""
    by: str = "caller"
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
        self.asked: dict[str, Asking] = {}
        self.lossy = 0.0
        self.folded = FoldedShow(show, ring)
        self._count = 0
        world.after(world.chance.expovariate(1.0), self._act)
        world.after(0.25, self._look)

    def ask(self, command: c.AnyCommand, stage: str = "", by: str = "caller") -> None:
        """Ask until it is answered."""
        self._count += 1
        asking = Asking(command, f"k{self._count}", stage, by)
        self.asked[asking.key] = asking
        self._try(asking)

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
            asking.command,
            asking.by,
            asking.key,
            lambda said: self._answer(asking, said),
            asking.stage,
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
        """What a caller and their people do, rather more often than they do it."""
        chance = self.world.chance
        if self.world.calm:
            return
        self.world.after(chance.expovariate(1.0), self._act)
        stage = chance.choice(self.show.stage_ids)
        numbers = self.show.on_stage(stage).numbers
        cue = chance.choice([cue.number for number in numbers for cue in number.cues])
        what = chance.random()
        if what < 0.35:
            self.ask(c.Go(override=chance.random() < 0.2), stage)
        elif what < 0.58:
            self._lead(stage, cue, chance.choice([number.id for number in numbers]))
        elif what < 0.72:
            self._stand_by(stage, cue)
        elif what < 0.84:
            self._edit(stage, cue, numbers)
        else:
            self.ask(*chance.choice(self._running(stage, cue)))

    def _lead(self, stage: str, cue: str, number: str) -> None:
        """Hold, stop, go elsewhere."""
        chance = self.world.chance
        there = self.engine.alive.performances[stage].state if self.engine.alive else None
        near = there.pointer if there is not None else None
        match chance.randint(0, 6):
            case 0:
                self.ask(c.Hold(), stage)
                self._later(c.Resume(), stage, 3.0)
            case 1:
                self.ask(c.GoTo(near or cue), stage)
            case 2:
                self.ask(c.PointTo(near or cue), stage)
            case 3:
                self.ask(c.Follow(on=False), stage)
                self._later(c.Follow(on=True), stage, 3.0)
            case 4 | 5:
                self.ask(c.Stop(fade=chance.choice((0.0, 1.0))), stage)
                if chance.random() < 0.5:
                    self._later(c.Stop(fade=2.0), stage, 0.9)
                self._later(c.Resume(), stage, 3.0)
            case _:
                self.performer.start(number)
                self.ask(c.StartNumber(chance.choice((number, ""))), stage)

    def _later(self, command: c.AnyCommand, stage: str, within: float) -> None:
        self.world.after(self.world.chance.uniform(0.2, within), lambda: self.ask(command, stage))

    def _stand_by(self, stage: str, cue: str) -> None:
        """Standbys, and what people say to them; somebody's word of a person."""
        chance = self.world.chance
        who = chance.choice(("lena", "sam", "mina"))
        there = self.engine.alive.performances[stage].state if self.engine.alive else None
        called = sorted({*there.standbys, *there.exits} if there is not None else ())
        about = chance.choice(called) if called and chance.random() < 0.8 else cue
        match chance.randint(0, 6):
            case 0 | 1:
                self.ask(c.CallStandby(chance.choice((None, cue))), stage)
            case 2:
                self.ask(c.Acknowledge(about, who), stage, who)
            case 3:
                self.ask(c.NotClear(about, who, "the door"), stage, who)
            case 4:
                self.ask(c.ReleaseStandby(about), stage)
            case 5:
                hazards = [h for h in self.show.cues_by_number.values() if h.hazard]
                hazard = chance.choice(hazards).number
                for person in ("lena", "sam"):
                    self.ask(c.ConfirmHazard(hazard, person, done=chance.random() < 0.7))
            case _:
                states = (PersonIs.CLEAR, PersonIs.IN_POSITION, PersonIs.ON_STAGE)
                self.ask(c.SayPerson(chance.choice(("jun", "mina")), chance.choice(states)))

    def _edit(self, stage: str, cue: str, numbers: tuple[Number, ...]) -> None:
        """Arm, lock, change the set list, undo, redo."""
        chance = self.world.chance
        match chance.randint(0, 7):
            case 0 | 1 | 2:
                self.ask(c.Arm((cue,), on=chance.random() < 0.5), stage)
            case 3:
                self.ask(c.Undo(), stage)
            case 4:
                self.ask(c.Redo(), stage)
            case 5:
                self.ask(c.Lock(on=True), stage)
                self._later(c.Lock(on=False), stage, 4.0)
            case _:
                cut = chance.choice(numbers).id
                items = tuple(Item(n.id, cut=n.id == cut) for n in numbers)
                self.ask(c.ChangeSetList(Plan(items), "cut"), stage)

    def _running(self, stage: str, cue: str) -> tuple[tuple[c.AnyCommand, str], ...]:
        """What is done to cues under way, and to timers."""
        there = self.engine.alive.performances[stage].state if self.engine.alive else None
        under_way = sorted({*there.running, *there.waiting, *there.paused} if there else ())
        one = self.world.chance.choice(under_way) if under_way else cue
        return (
            (c.PauseCue(one), stage),
            (c.ResumeCue(one), stage),
            (c.HaltCue(one, fade=self.world.chance.choice((0.0, 0.5))), stage),
            (c.StartTimer("change"), stage),
            (c.PauseTimer("change"), stage),
            (c.ResetTimer("change"), stage),
            (c.SetTimer("change", self.world.chance.uniform(1.0, 90.0)), stage),
            (c.Audition(cue), stage),
            (c.MarkNote("a note"), stage),
        )

    def _look(self) -> None:
        self.folded.catch_up()
        self.world.after(0.25, self._look)
