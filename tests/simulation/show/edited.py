"""The judge's own book of edits: what is armed, locked, on tonight's list, and how timers run."""

from tests.simulation.show.world import World

from collavoce.runtime.entry import Entry
from collavoce.show import commands as c
from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.plan import Plan
from collavoce.show.state import ShowState

Change = tuple[frozenset[str], frozenset[str], Plan | None, Plan | None, float, float]
"""Newly disarmed, newly armed, plan before and after, timer before and after."""

EDITS = (e.CuesSwitched, e.SetListChanged, e.TimerSet, e.EditUndone, e.EditRedone)
SAME_S = 1e-6


class EditsBook:
    """Of one stage."""

    def __init__(self, world: World, show: Show) -> None:
        self.world = world
        self.show = show
        self.disarmed: frozenset[str] = frozenset()
        self.ever_disarmed: frozenset[str] = frozenset()
        self.plan: Plan | None = None
        self.length = 0.0
        self.locked = False
        self.number: str | None = None
        self.ran, self.since = 0.0, -1.0
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def read(self, entry: Entry, asked: c.AnyCommand | None) -> None:
        """One fact more."""
        event = entry.event
        if self.locked and isinstance(event, EDITS) and isinstance(asked, _ASKED):
            self.world.breaks("with the lock on nothing is edited", entry)
        match event:
            case e.CuesSwitched(cues=cues, on=on):
                all_ = frozenset(cues)
                off, back = (frozenset[str](), all_) if on else (all_, frozenset[str]())
                self._edit(off - self.disarmed, back & self.disarmed, self.plan, self.length)
            case e.SetListChanged(plan=plan):
                self._edit(frozenset(), frozenset(), plan, self.length)
            case e.TimerSet(seconds=seconds):
                self._edit(frozenset(), frozenset(), self.plan, seconds)
            case e.EditUndone():
                self._undo()
            case e.EditRedone():
                self._redo()
            case e.ShowLocked(on=on):
                self.locked = on
            case e.StageTracked(switched=switched):
                on_ = frozenset(cue for cue, on in switched.items() if on)
                self._set((self.disarmed - on_) | (switched.keys() - on_))
            case e.NumberStarted(number=number):
                self._next(number, asked)
            case _:
                self._timer(event)

    def _set(self, disarmed: frozenset[str]) -> None:
        self.disarmed = disarmed
        self.ever_disarmed |= disarmed

    def _edit(
        self, off: frozenset[str], on: frozenset[str], plan: Plan | None, length: float
    ) -> None:
        change = off, on, self.plan, plan, self.length, length
        if not (off or on) and plan == self.plan and length == self.length:
            return
        self._set((self.disarmed | off) - on)
        self.plan, self.length = plan, length
        self._done.append(change)
        self._undone.clear()

    def _undo(self) -> None:
        if not self._done:
            self.world.breaks("only what was done is undone", "nothing was")
            return
        off, on, before, after, was, became = change = self._done.pop()
        self._set((self.disarmed - off) | on)
        self.plan = before if before != after else self.plan
        self.length = was if was != became else self.length
        self._undone.append(change)

    def _redo(self) -> None:
        if not self._undone:
            self.world.breaks("only what was undone is redone", "nothing was")
            return
        off, on, before, after, was, became = change = self._undone.pop()
        self._set((self.disarmed | off) - on)
        self.plan = after if before != after else self.plan
        self.length = became if was != became else self.length
        self._done.append(change)

    def _next(self, number: str, asked: c.AnyCommand | None) -> None:
        """The next number is the next of tonight's list that is not cut."""
        if isinstance(asked, c.StartNumber) and not asked.number:
            items = [(n.id, False) for n in self.show.numbers]
            if self.plan is not None:
                items = [(item.number, item.cut) for item in self.plan.items]
            names = [name for name, _ in items]
            here = names.index(self.number) + 1 if self.number in names else 0
            after = next((name for name, cut in items[here:] if not cut), None)
            if after != number:
                self.world.breaks("the next number is the next of tonight's list", (number, after))
        self.number = number

    def _timer(self, event: e.AnyEvent) -> None:
        match event:
            case e.TimerStarted(at=at) if self.since < 0:
                self.since = at
            case e.TimerPaused(at=at) if self.since >= 0:
                self.ran, self.since = self.ran + at - self.since, -1.0
            case e.TimerReset():
                self.ran, self.since = 0.0, -1.0
            case _:
                pass

    def compare(self, state: ShowState) -> None:
        """The engine's state says the same."""
        edited = state.edited
        if edited.disarmed != self.disarmed:
            told = sorted(edited.disarmed), sorted(self.disarmed)
            self.world.breaks("what is disarmed is what was edited", told)
        if edited.plan != self.plan:
            self.world.breaks("tonight's list is what was edited", (edited.plan, self.plan))
        setting = edited.timers.get("change")
        if (0.0 if setting is None else setting.seconds) != self.length:
            self.world.breaks("a timer is as long as was said", (setting, self.length))
        if state.locked is not self.locked:
            self.world.breaks("the lock is what was said", state.locked)
        timer = state.timers.get("change")
        ran, since = (0.0, None) if timer is None else (timer.run, timer.since)
        mine = None if self.since < 0 else self.since
        if abs(ran - self.ran) > SAME_S or since != mine:
            self.world.breaks("a timer runs as it was told", (timer, self.ran, self.since))


_ASKED = (c.Arm, c.Undo, c.Redo, c.ChangeSetList, c.SetTimer)
