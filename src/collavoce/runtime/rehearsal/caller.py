"""The caller, as a rehearsal supposes one: calls standbys, says GO, takes what is offered.

| the standby is | the caller |
|---|---|
| a cue by hand | calls it, says GO when all who were asked are ready and its time has come |
| a cue that fires by itself | leaves it alone |
| one that nothing will fire any more | goes on to the next cue by hand |

What is offered is taken by GO when it has stayed so for two seconds. A GO that is refused is said
again, after half a minute with an override; that is written down.
"""

from collections import Counter
from dataclasses import dataclass, field

from collavoce.runtime.mail import Declined
from collavoce.runtime.performance import Performance
from collavoce.runtime.rehearsal.people import CALLER
from collavoce.show.asked.standby import CallStandby
from collavoce.show.commands import Go, PointTo
from collavoce.show.cues import Cue
from collavoce.show.order import find, next_standby, position
from collavoce.show.setlist.tonight import cues_tonight
from collavoce.show.triggers import ByHand

OFFERED_S = 2.0
BETWEEN_S = 5.0
"""Between two GOs where the plan gives no length to share out."""

AGAIN_S, OVERRIDE_S = 1.0, 30.0

ROUNDS = 2
"""A cue that goes back to an earlier one is a vamp: the caller goes round once more, and on."""


@dataclass(slots=True)
class Caller:
    """One number's caller. pace: seconds between GOs. overridden: cue -> why it was kept back.

    wakes : when the caller looks again, if nothing else happens before.
    """

    performance: Performance
    pace: float = BETWEEN_S
    overridden: dict[str, str] = field(default_factory=dict[str, str])
    wakes: float | None = None
    _standby: str | None = None
    _since: float = 0.0
    _offered: dict[str, float] = field(default_factory=dict[str, float])
    _refused: dict[str, float] = field(default_factory=dict[str, float])
    _retry: float = 0.0
    _left: set[str] = field(default_factory=set[str])
    _rounds: Counter[str] = field(default_factory=Counter[str])

    def look(self, now: float) -> None:
        """Do what is to be done at `now`."""
        self.wakes = None
        self._take_offered(now)
        state = self.performance.state
        if state.pointer != self._standby:
            self._standby, self._since = state.pointer, now
            self._call(state.pointer)
        cue = find(self.performance.show, state.pointer or "")
        if cue is None or not isinstance(cue.trigger, ByHand) or cue.number in self._left:
            return
        if cue.number in state.begun:
            return
        due = max(self._since + self.pace, self._retry)
        if now < due:
            self._wake(due)
        elif self._asked_and_silent(cue):
            self._wake(now + AGAIN_S)
        else:
            self._go(cue, now)

    def go_on(self) -> bool:
        """Nothing more comes by itself: point at the next cue by hand, if there is one."""
        show, state = self.performance.show, self.performance.state
        cues = cues_tonight(show, state, state.number)
        at = position(show, cues, state.pointer) + 1
        while (number := next_standby(cues, at, state.fired)) is not None:
            cue = find(show, number)
            if cue is not None and isinstance(cue.trigger, ByHand):
                return not isinstance(self.performance.ask(PointTo(number), CALLER), Declined)
            at = position(show, cues, number) + 1
        return False

    def _call(self, number: str | None) -> None:
        cue = find(self.performance.show, number or "")
        if cue is not None and (isinstance(cue.trigger, ByHand) or cue.hazard):
            self.performance.ask(CallStandby(cue.number), CALLER)

    def _asked_and_silent(self, cue: Cue) -> bool:
        called = self.performance.state.standbys.get(cue.number)
        return called is not None and any(one not in called.answers for one in called.people)

    def _take_offered(self, now: float) -> None:
        offered = self.performance.state.offered
        self._offered = {cue: self._offered.get(cue, now) for cue in sorted(offered)}
        for number, since in self._offered.items():
            due = max(since + OFFERED_S, self._retry)
            if now < due:
                self._wake(due)
                continue
            cue = find(self.performance.show, number)
            if cue is not None and number not in self._left and self._point(number):
                self._go(cue, now)

    def _point(self, number: str) -> bool:
        if self.performance.state.pointer == number:
            return True
        return not isinstance(self.performance.ask(PointTo(number), CALLER), Declined)

    def _go(self, cue: Cue, now: float) -> None:
        since = self._refused.setdefault(cue.number, now)
        override = now - since >= OVERRIDE_S
        answer = self.performance.ask(Go(cue.number, override=override), CALLER)
        self._retry = now + AGAIN_S
        if isinstance(answer, Declined):
            if override:
                # Not even an override helps: it is left, and found never to have fired.
                self._left.add(cue.number)
                return
            self.overridden[cue.number] = answer.why
            self._wake(self._retry)
            return
        if not override:
            self.overridden.pop(cue.number, None)
        self._refused.pop(cue.number, None)
        self._rounds[cue.number] += 1
        if self._rounds[cue.number] == ROUNDS:
            self._left.add(cue.number)
        self._wake(now)

    def _wake(self, at: float) -> None:
        self.wakes = at if self.wakes is None else min(self.wakes, at)
