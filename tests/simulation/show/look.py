"""How the stage looks, told from the show file and the ledger by the judge himself."""

from collections.abc import Mapping, Sequence

from tests.simulation.show.programme import TRACKED
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import World

from collavoce.runtime.entry import Entry
from collavoce.show import events as e
from collavoce.show.actions.levels import SetLevels
from collavoce.show.cues import Show
from collavoce.show.triggers import AtPlace

SAME_LEVEL = 1e-6
FADE_MOST_S = 2.0
"""The longest fade that a simulated show has, stops included."""


class _Lamps:
    """Where each channel goes. by: the cue that sends it; unsure: stopped in the middle, perhaps."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.levels: dict[str, float] = {}
        self.by: dict[str, str] = {}
        self.on: dict[str, str] = {}
        self.moved: dict[str, float] = {}
        self.unsure: set[str] = set()

    def read(self, entry: Entry) -> None:
        """One fact more."""
        event = entry.event
        match event:
            case e.CueFired(cue=cue):
                for action in self.show.cue(cue).actions:
                    if isinstance(action, SetLevels):
                        self._go(entry.stage, cue, action.levels, event.at)
            case e.StageTracked(levels=levels):
                self._go(entry.stage, "", levels, event.at)
            case e.ShowStopped():
                own = [name for name, on in self.on.items() if on == entry.stage]
                self._go(entry.stage, "", dict.fromkeys(own, 0.0), event.at)
            case e.CueHalted(cue=cue, freeze=freeze):
                own = [name for name, by in self.by.items() if by == cue]
                moving = [name for name in own if event.at < self.moved[name] + FADE_MOST_S]
                if freeze:
                    self.unsure |= set(moving)
                else:
                    self._go(entry.stage, cue, dict.fromkeys(own, 0.0), event.at)
            case e.CuePaused(cue=cue):
                own = (name for name, by in self.by.items() if by == cue)
                self.unsure |= {n for n in own if event.at < self.moved[n] + FADE_MOST_S}
            case _:
                pass

    def _go(self, stage: str, by: str, levels: Mapping[str, float], at: float) -> None:
        self.levels |= levels
        self.by |= dict.fromkeys(levels, by)
        self.on |= dict.fromkeys(levels, stage)
        self.moved |= dict.fromkeys(levels, at)
        self.unsure -= levels.keys()


def judge_looks(
    world: World, show: Show, entries: Sequence[Entry], stage: Stage, now: float
) -> None:
    """The stage looks as the record says it must, and after a jump as it would have been walked."""
    lamps = _Lamps(show)
    base: dict[str, float] = {}
    walking = False
    for i, entry in enumerate(entries):
        lamps.read(entry)
        match entry.event:
            case e.NumberStarted(number=number) if entry.stage in {"", "main"}:
                base, walking = dict(lamps.levels), number == TRACKED
            case e.CueFired(cause=cause) if entry.stage in {"", "main"}:
                # By a hand they come in another order: whose the look is then is the caller's.
                walking = walking and cause is not e.Cause.HAND
            case (
                e.CuesArmed() | e.CuesSwitched() | e.ShowStopped() | e.EditUndone() | e.EditRedone()
            ):
                walking = walking and entry.stage not in {"", "main"}
            case e.CueHalted() | e.CuePaused() | e.CueResumed():
                walking = walking and entry.stage not in {"", "main"}
            case e.StageTracked() as tracked if walking and entry.stage in {"", "main"}:
                _walked(world, show, entries[i:], lamps, base, tracked)
            case _:
                pass
    late = {name for name, at in lamps.moved.items() if now < at + FADE_MOST_S}
    wrong = {
        name: (level, stage.levels.get(name, 0.0))
        for name, level in lamps.levels.items()
        if name not in lamps.unsure | late and abs(level - stage.levels.get(name, 0.0)) > SAME_LEVEL
    }
    if wrong:
        world.breaks("the stage looks as the show says", wrong)


def _walked(
    world: World,
    show: Show,
    entries: Sequence[Entry],
    lamps: _Lamps,
    base: Mapping[str, float],
    tracked: e.StageTracked,
) -> None:
    """A stage put right in the tracked number: the last word before some place of it.

    Which place is the performer's; that there is one at which it looks so is the law.
    """
    del entries
    cues = show.number(TRACKED).cues
    look = dict(base)
    wanted = lamps.levels
    spoken = {
        name for c in cues for a in c.actions if isinstance(a, SetLevels) for name in a.levels
    }
    looks = [dict(look)]
    for cue in cues:
        for action in cue.actions:
            if isinstance(action, SetLevels) and isinstance(cue.trigger, AtPlace):
                look |= action.levels
        looks.append(dict(look))
    if not any(
        all(abs(one.get(n, 0.0) - wanted.get(n, 0.0)) < SAME_LEVEL for n in spoken) for one in looks
    ):
        world.breaks("after a jump the stage looks as if it had been walked", (tracked, wanted))
    world.counts["looks walked"] += 1
