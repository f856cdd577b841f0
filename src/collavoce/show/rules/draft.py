"""The events one decision has come to so far, and the state they make."""

from collavoce.following.estimate import Estimate
from collavoce.show.cues import Cue, Show
from collavoce.show.event import Cause
from collavoce.show.events import AnyEvent, CueFired, CueOffered, PointerMoved
from collavoce.show.evolve import evolve
from collavoce.show.order import cues_of, position, standing_at
from collavoce.show.state import ShowState
from collavoce.units import Instant
from collavoce.words import say


class Draft:
    """One decision under way: lives inside one call of `decide` and is seen by nobody else.

    A rule reads `state`, which already contains what the rule itself has told.
    """

    __slots__ = ("by", "events", "now", "show", "state")

    def __init__(self, show: Show, state: ShowState, now: Instant, by: str) -> None:
        self.show = show
        self.state = state
        self.now = now
        self.by = by
        self.events: list[AnyEvent] = []

    def tell(self, event: AnyEvent) -> None:
        """Add `event`; the state moves on with it."""
        self.events.append(event)
        self.state = evolve(self.show, self.state, event)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the current number."""
        return cues_of(self.show, self.state.number)

    def fire(self, cue: Cue, cause: Cause, by: str, estimate: Estimate | None = None) -> None:
        """Tell that `cue` fired, and move the pointer behind it."""
        self.tell(
            CueFired(
                at=self.now,
                cue=cue.number,
                cause=cause,
                by=by,
                quarter=estimate.quarter if estimate else None,
                heard_at=estimate.heard_at if estimate else None,
            )
        )
        self._pass(cue, cause, by)

    def _pass(self, cue: Cue, cause: Cause, by: str) -> None:
        """Never back, and a late after-cue does not carry the pointer away from the music."""
        cues = self.cues
        fired = position(cues, cue.number)
        standby = position(cues, self.state.pointer)
        if fired == len(cues) or fired < standby or (cause is Cause.AFTER and fired != standby):
            return
        self.point(standing_at(cues, fired + 1), by)

    def point(self, cue: str | None, by: str) -> None:
        """Tell that the standby pointer stands at `cue`, unless it does already."""
        if cue != self.state.pointer:
            self.tell(PointerMoved(at=self.now, cue=cue, by=by))

    def offer(self, cue: Cue, why: str, *, stays: bool = False) -> None:
        """Offer `cue` to the caller instead of firing it; said once. stays: to the hand alone."""
        known = cue.number in self.state.left_to_hand or not stays
        if cue.number not in self.state.offered or not known:
            self.tell(CueOffered(at=self.now, cue=cue.number, why=why, stays=stays))

    def not_clear(self, cue: Cue) -> str | None:
        """Why a person cue may not fire by itself: its person said so and has not taken it back."""
        way = self.state.exits.get(cue.number)
        if way is None or way.not_clear is None:
            return None
        return say("show.offered.not_clear", reason=way.not_clear)
