"""What firings, offers, droppings and the pointer make of the state."""

from collections.abc import Mapping

from msgspec.structs import replace

from collavoce.show import events as e
from collavoce.show.actions.levels import SetLevels
from collavoce.show.cues import Show
from collavoce.show.folds.clearing import met, nothing_waits, without
from collavoce.show.folds.following import bring_at_once, bring_members, run
from collavoce.show.folds.music import now_for_waits
from collavoce.show.order import cues_of
from collavoce.show.state import Fired, ShowState
from collavoce.show.told.event import Cause

ANEW = frozenset({Cause.HAND, Cause.INPUT})
"""A cue that is fired so comes with all that follows it, however often it has come before."""


def cue_fired(show: Show, state: ShowState, event: e.CueFired) -> ShowState:
    """Disarmed, counted, and whatever follows it by itself is under way."""
    cue, at = event.cue, event.at
    before = state.fired.get(cue)
    pressed = event.cause is Cause.HAND and not _was_due(state, cue, at)
    after = bring_at_once(show, met(state, cue), cue, at, again=event.cause in ANEW)
    after = bring_members(show, after, cue, at)
    levels, owners = _lit(show, state, cue)
    return replace(
        after,
        ahead=_ahead(state, event),
        fired={**state.fired, cue: Fired(before.times + 1 if before else 1, at, event.by)},
        last_fired=cue,
        last_go_at=at if pressed else state.last_go_at,
        quarter=state.quarter if event.quarter is None else event.quarter,
        running=run(show, after, cue, at),
        overridden=state.overridden - {cue},
        standbys=without(state.standbys, cue),
        confirmed=_asked_to_confirm(show, state, cue),
        levels=levels,
        owners=owners,
    )


def _was_due(state: ShowState, cue: str, at: float) -> bool:
    """Whether a pre-wait has ended: the hand that began it is no second GO."""
    return cue in state.begun and state.waiting.get(cue, 0.0) <= now_for_waits(state, at)


def _ahead(state: ShowState, event: e.CueFired) -> Mapping[str, bool]:
    others = without(state.ahead, event.cue)
    return {**others, event.cue: False} if event.cause is Cause.AHEAD else others


def _asked_to_confirm(show: Show, state: ShowState, number: str) -> Mapping[str, bool]:
    cue = show.cues_by_number.get(number)
    return {**state.confirmed, number: False} if cue is not None and cue.hazard else state.confirmed


def _lit(
    show: Show, state: ShowState, number: str
) -> tuple[Mapping[str, float], Mapping[str, str]]:
    cue = show.cues_by_number.get(number)
    lights = [a for a in cue.actions if isinstance(a, SetLevels)] if cue is not None else []
    if not lights:
        return state.levels, state.owners
    levels, owners = dict(state.levels), dict(state.owners)
    for action in lights:
        levels |= action.levels
        owners |= dict.fromkeys(action.levels, number)
    return levels, owners


def cue_sent(_show: Show, state: ShowState, event: e.CueSent) -> ShowState:
    """How long the firing took to the wire."""
    fired = state.fired.get(event.cue)
    if fired is None:
        return state
    return replace(state, fired={**state.fired, event.cue: replace(fired, ms=event.late_ms)})


def cue_offered(_show: Show, state: ShowState, event: e.CueOffered) -> ShowState:
    """An offered cue waits for nothing but a hand, or for the music to be sure of its place."""
    one = {event.cue}
    return replace(
        nothing_waits(state, one),
        offered=state.offered | one,
        left_to_hand=state.left_to_hand | one if event.stays else state.left_to_hand,
    )


def cue_dropped(_show: Show, state: ShowState, event: e.CueDropped) -> ShowState:
    """Nobody's to fire in this pass, unless a jump back meets it again."""
    return replace(met(state, event.cue), dropped=state.dropped | {event.cue})


def pointer_moved(_show: Show, state: ShowState, event: e.PointerMoved) -> ShowState:
    """The standby."""
    return replace(state, pointer=event.cue)


def cues_armed(show: Show, state: ShowState, event: e.CuesArmed) -> ShowState:
    """No wait of the number is left; the follower joins in where the music is."""
    own = {cue.number for cue in cues_of(show, state.number)}
    return replace(
        nothing_waits(state, own),
        armed=frozenset(event.cues),
        offered=frozenset[str](),
        dropped=frozenset[str](),
        left_to_hand=frozenset[str](),
        ahead={cue: said for cue, said in state.ahead.items() if cue not in event.cues},
        rejoin=True,
        astray=None,
    )
