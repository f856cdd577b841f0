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


NEAR = 4.1
"""Quarters: two seconds at the performer's tempo."""

Heard = Mapping[float, float]
"""When the engine took an estimate -> the quarter in it."""


class _Lamps:
    """Where each channel goes. by: the cue that sends it; unsure: stopped midway, perhaps."""

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
    world: World, show: Show, entries: Sequence[Entry], stage: Stage, heard: Heard, now: float
) -> None:
    """The stage looks as the record says it must, and after a jump as it would have been walked."""
    lamps = _Lamps(show)
    base: dict[str, float] = {}
    walking, reach = False, 0.0
    for entry in entries:
        lamps.read(entry)
        match entry.event:
            case e.NumberStarted(number=number) if entry.stage in {"", "main"}:
                base, walking, reach = dict(lamps.levels), number == TRACKED, 0.0
            case e.MusicJumped(origin=origin, target=target) if entry.stage in {"", "main"}:
                # A performer who began anew, and whose number did not: nobody told a jump.
                walking, reach = walking and origin >= reach - NEAR, target
            case e.CueFired(cause=cause, quarter=quarter) if entry.stage in {"", "main"}:
                reach = max(reach, quarter or 0.0)
                # By a hand they come in another order: whose the look is then is the caller's.
                walking = walking and cause is not e.Cause.HAND
            case (
                e.CuesArmed() | e.CuesSwitched() | e.ShowStopped() | e.EditUndone() | e.EditRedone()
            ):
                walking = walking and entry.stage not in {"", "main"}
            case e.CueHalted() | e.CuePaused() | e.CueResumed():
                walking = walking and entry.stage not in {"", "main"}
            case e.StageTracked() as tracked if walking and entry.stage in {"", "main"}:
                _walked(world, show, heard.get(tracked.at), lamps, base)
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
    world: World, show: Show, quarter: float | None, lamps: _Lamps, base: Mapping[str, float]
) -> None:
    """A stage put right in the tracked number looks as somebody finds it who walks there.

    What lies near behind fires by itself and may be put there too: any place between will do.
    """
    cues = show.number(TRACKED).cues
    look = dict(base)
    looks = [] if quarter is None or quarter <= 0 else [dict(look)]
    for cue in cues:
        if not isinstance(cue.trigger, AtPlace):
            continue
        for action in cue.actions:
            if isinstance(action, SetLevels):
                look |= action.levels
        if quarter is None or cue.trigger.quarter <= quarter:
            looks.append(dict(look))
        if quarter is not None and cue.trigger.quarter < quarter - NEAR:
            looks = [dict(look)]
    spoken = {n for c in cues for a in c.actions if isinstance(a, SetLevels) for n in a.levels}
    told = lamps.levels
    if not any(all(_same(one.get(n, 0.0), told.get(n, 0.0)) for n in spoken) for one in looks):
        world.breaks("after a jump the stage looks as if it had been walked", (quarter, told))
    world.counts["looks walked"] += 1


def _same(one: float, other: float) -> bool:
    return abs(one - other) < SAME_LEVEL
