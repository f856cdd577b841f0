"""What must come by itself: after-cues, pre-waits, members of a time line. Told from the show file.

Whatever may have put it off or taken it back, strikes it out: the agenda knows too little rather
than too much.
"""

from collections import Counter

from collavoce.show import events as e
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.cues import Show
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AfterCue

LATE_S = 1.0


class Agenda:
    """due : cue -> when. gone_to: somebody went to a cue in this pass."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.due: dict[str, float] = {}
        self.gone_to = False
        self._times: Counter[str] = Counter()
        self._held_at: float | None = None

    def read(self, event: e.AnyEvent) -> None:
        """One fact more."""
        match event:
            case e.CueBegun(cue=cue, due=due):
                self.due[cue] = due
            case e.CueFired(cue=cue, cause=cause, at=at):
                self.due.pop(cue, None)
                self._times[cue] += 1
                anew = cause in {Cause.HAND, Cause.INPUT}
                self._follows(cue, at, anew=anew)
            case e.CuePassed(cue=cue) | e.CueOffered(cue=cue) | e.CueHalted(cue=cue):
                self.due.pop(cue, None)
            case e.CuePaused(cue=cue) | e.CueDropped(cue=cue):
                self.due.pop(cue, None)
            case _:
                self._elsewhere(event)

    def _elsewhere(self, event: e.AnyEvent) -> None:
        match event:
            case e.NumberStarted(number=number):
                own = {cue.number for cue in self.show.number(number).cues}
                self.due = {cue: at for cue, at in self.due.items() if cue not in own}
                for cue in own:
                    self._times[cue] = 0
                self.gone_to = False
            case e.CuesArmed():
                self.due.clear()
                self.gone_to = True
            case e.ShowStopped(at=at):
                self.due.clear()
                self._held_at = at
            case e.ShowHeld(at=at):
                self._held_at = at if self._held_at is None else self._held_at
            case e.ShowResumed(at=at):
                stood = at - (self._held_at or at)
                self.due = {cue: due + stood for cue, due in self.due.items()}
                self._held_at = None
            case _:
                pass

    def _follows(self, number: str, at: float, *, anew: bool) -> None:
        start = at if self._held_at is None else self._held_at
        for cue in self.show.cues_after.get(number, ()):
            trigger = cue.trigger
            if not isinstance(trigger, AfterCue) or trigger.done:
                continue
            if anew or self._times[cue.number] < self._times[number]:
                self.due[cue.number] = start + trigger.wait
        for action in self.show.cue(number).actions:
            if isinstance(action, FireGroup) and action.order is Order.TIMELINE:
                for member, wait in zip(action.cues, action.times, strict=True):
                    self.due[member] = start + wait

    def late(self, now: float) -> dict[str, float]:
        """What was due long ago and has not come."""
        if self._held_at is not None:
            return {}
        return {cue: at for cue, at in self.due.items() if at < now - LATE_S}
