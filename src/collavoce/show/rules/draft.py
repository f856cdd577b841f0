"""The events one decision has come to so far, and the state they make.

Every trigger and every hand takes the one way through `fire`: a disarmed cue is passed over, one
with a pre-wait is begun, any other fires, and what it does to the show itself is done at once.
"""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.following.estimate import Estimate
from collavoce.show.actions.action import Action
from collavoce.show.cues import Cue, Show
from collavoce.show.events import (
    AnyEvent,
    CueBegun,
    CueFired,
    CueOffered,
    CuePassed,
    PointerMoved,
)
from collavoce.show.evolve import evolve
from collavoce.show.folds.music import now_for_waits
from collavoce.show.order import next_standby, position
from collavoce.show.rules.kept_back import obstacle
from collavoce.show.rules.turn import SOURCES, TURNS, Asker, Leads, Obstacle, Turn
from collavoce.show.setlist.tonight import cues_tonight
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.units import Instant

Inward = Mapping[type[Action], Callable[["Draft", Cue, Any], None]]
"""What actions do to the show itself, by their type."""


class Draft:
    """One decision under way: lives inside one call of `decide` and is seen by nobody else.

    A rule reads `state`, which already contains what the rule itself has told.
    """

    __slots__ = ("_inward", "brought", "by", "events", "now", "show", "state")

    def __init__(self, show: Show, state: ShowState, now: Instant, by: str, inward: Inward) -> None:
        self.show = show
        self.state = state
        self.now = now
        self.by = by
        self.events: list[AnyEvent] = []
        self.brought: set[str] = set()
        """cues that groups have fired in this decision: groups in a circle end"""
        self._inward = inward

    def tell(self, event: AnyEvent) -> None:
        """Add `event`; the state moves on with it."""
        self.events.append(event)
        self.state = evolve(self.show, self.state, event)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the current number, as far as it is played tonight."""
        return cues_tonight(self.show, self.state, self.state.number)

    @property
    def waits_from(self) -> float:
        """Where a wait that begins now counts from."""
        return now_for_waits(self.state, self.now)

    def come(self, cue: Cue, cause: Cause, by: str) -> None:
        """The trigger of `cue` is met: it fires, or is offered with why not.

        The hand that began a pre-wait is gone when that ends: what it would be refused is offered.
        """
        what, why = self.obstacle(cue)
        turn = TURNS[what, Asker.HAND if cause is Cause.HAND else Asker.ITSELF]
        if turn in {Turn.FIRES, Turn.PASSED}:
            self.fire(cue, cause, by)
        elif self._is_met(cue, cause):
            self.offer(cue, why)

    def _is_met(self, cue: Cue, cause: Cause) -> bool:
        """Whether it is met still: what its group has brought in this decision is met no more."""
        armed = cue.number in self.state.armed or cue.number in self.state.begun
        return armed or not SOURCES[cause].once

    def fire(
        self,
        cue: Cue,
        cause: Cause,
        by: str,
        estimate: Estimate | None = None,
        quarter: float | None = None,
    ) -> None:
        """Fire `cue`, and move the standby behind it; nothing is asked any more.

        A hand does not wait twice: GO on a cue in its pre-wait fires it at once.
        """
        heard_at = None
        if estimate is not None:
            quarter, heard_at = estimate.quarter, estimate.heard_at
        number, at = cue.number, self.now
        if not self._is_met(cue, cause):
            return
        if number in self.state.edited.disarmed:
            self.tell(CuePassed(at=at, cue=number, cause=cause, by=by))
            self._pass(cue, cause, by)
            return
        begun = self.state.begun.get(number)
        if begun is not None:
            quarter = begun.quarter if quarter is None else quarter
        elif cue.pre > 0:
            due = self.waits_from + cue.pre
            self.tell(
                CueBegun(
                    at=at,
                    cue=number,
                    cause=cause,
                    by=by,
                    due=due,
                    quarter=quarter,
                    heard_at=heard_at,
                )
            )
            return
        self.tell(
            CueFired(at=at, cue=number, cause=cause, by=by, quarter=quarter, heard_at=heard_at)
        )
        self._pass(cue, cause, by)
        for action in cue.actions:
            does = self._inward.get(type(action))
            if does is not None:
                does(self, cue, action)

    def _pass(self, cue: Cue, cause: Cause, by: str) -> None:
        """Move the standby: never back, and by what comes beside the order only where it stands."""
        cues = self.cues
        fired = position(self.show, cues, cue.number)
        standby = position(self.show, cues, self.state.pointer)
        beside = SOURCES[cause].leads is Leads.BESIDE
        if fired == len(cues) or fired < standby or (beside and fired != standby):
            return
        self.point(next_standby(cues, fired + 1, self.state.fired), by)

    def point(self, cue: str | None, by: str) -> None:
        """Tell that the standby pointer stands at `cue`, unless it does already."""
        if cue != self.state.pointer:
            self.tell(PointerMoved(at=self.now, cue=cue, by=by))

    def offer(self, cue: Cue, why: str, *, stays: bool = False) -> None:
        """Offer `cue` to the caller instead of firing it; said once. stays: to the hand alone."""
        known = cue.number in self.state.left_to_hand or not stays
        if cue.number not in self.state.offered or not known:
            self.tell(CueOffered(at=self.now, cue=cue.number, why=why, stays=stays))

    def obstacle(self, cue: Cue) -> tuple[Obstacle, str]:
        """What stands in the way of `cue`, in words."""
        return obstacle(self.show, self.state, cue)

    def not_by_itself(self, cue: Cue) -> str | None:
        """Why `cue` may not fire by itself now; None where it may, or is passed over."""
        what, why = self.obstacle(cue)
        return why if TURNS[what, Asker.ITSELF] is Turn.OFFERED else None
