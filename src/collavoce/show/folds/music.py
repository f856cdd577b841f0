"""What jumps, placings, the follower's states and the end of the music make of the state."""

from collections.abc import Mapping

from msgspec.structs import replace

from collavoce.following.estimate import Music
from collavoce.show import events as e
from collavoce.show.cues import AfterJump, Cue, Show
from collavoce.show.folds.clearing import nothing_waits
from collavoce.show.order import cues_of, end_cues, places
from collavoce.show.state import Arrival, Came, ShowState


def now_for_waits(state: ShowState, at: float) -> float:
    """Where waits count from: in a hold their clock stands still."""
    return state.held_at if state.held and state.held_at is not None else at


def music_jumped(show: Show, state: ShowState, event: e.MusicJumped) -> ShowState:
    """The player went elsewhere."""
    arrival = Arrival(event.at, Came.JUMPED, event.origin, event.target)
    return replace(_gone(show, state, event.origin, event.target), arrival=arrival)


def music_placed(show: Show, state: ShowState, event: e.MusicPlaced) -> ShowState:
    """Somebody said where the player is: the same to the cues as if the player had gone there."""
    arrival = Arrival(event.at, Came.PLACED, event.origin, event.target, event.by)
    return replace(_gone(show, state, event.origin, event.target), arrival=arrival)


def _gone(show: Show, state: ShowState, origin: float, target: float) -> ShowState:
    """A jump back makes the music meet again what lies between; this is the only re-arming.

    What was jumped over and never fired is met for the first time; what fired comes again only
    if its policy says so, and what fired ahead of its place counts as met. Had the music ended, it
    has not ended any more.
    """
    cues = cues_of(show, state.number)
    beyond = [cue for quarter, cue in places(cues) if quarter >= target]
    still_ahead = {cue.number for cue in beyond}
    if target >= origin:
        ahead = {cue: said for cue, said in state.ahead.items() if cue in still_ahead}
        astray = state.astray if target == origin else target
        return replace(state, quarter=target, ahead=ahead, astray=astray)
    ends = [cue for _, cue in end_cues(cues)] if state.ended_at is not None else []
    between = {cue.number for quarter, cue in places(beyond) if quarter <= origin}
    met = [c for c in beyond if c.number in between or c.number in state.ahead]
    again = {p: _fired_before(state, (*met, *ends), p) for p in AfterJump}
    come_again = set[str]().union(*(again[p] for p in AfterJump if p is not AfterJump.DROP))
    first = {cue.number for cue in (*met, *ends) if cue.number in state.dropped}
    under_way = state.waiting.keys() | state.offered
    called_back = {cue.number for cue in ends if cue.number in under_way}
    open_again = {cue.number for cue in (*beyond, *ends)}
    return replace(
        nothing_waits(state, called_back),
        quarter=target,
        astray=target,
        armed=state.armed | first | come_again | called_back,
        left_to_hand=(state.left_to_hand - open_again) | again[AfterJump.OFFER],
        offered=state.offered - open_again,
        dropped=state.dropped - first,
        ahead={},
        ended_at=None,
        lights_out_at=None,
    )


def behind_all(state: ShowState) -> float:
    """Nothing is known to have been met: whatever lies far behind is tracked."""
    return 0.0 if state.astray is None else state.astray


def _fired_before(state: ShowState, cues: tuple[Cue, ...], policy: AfterJump) -> set[str]:
    return {cue.number for cue in cues if cue.number in state.fired and cue.again is policy}


def music_changed(_show: Show, state: ShowState, event: e.MusicChanged) -> ShowState:
    """The follower's state is another, or it took over anew."""
    how = CAME.get((state.music, event.state))
    arrival = state.arrival
    if how is not None:
        arrival = Arrival(event.at, how, event.quarter, event.quarter)
    return replace(
        state,
        music=event.state,
        music_at=state.music_at if event.state is state.music else event.at,
        quarter=event.quarter,
        rejoin=False,
        arrival=arrival,
        astray=behind_all(state) if how is Came.FOUND else state.astray,
    )


CAME: Mapping[tuple[Music, Music], Came] = {
    (Music.WAITING, Music.FOLLOWING): Came.BEGAN,
    (Music.WAITING, Music.ENDED): Came.BEGAN,
    (Music.LOST, Music.FOLLOWING): Came.FOUND,
    (Music.LOST, Music.ENDED): Came.FOUND,
}
"""Changes of state that are news of the place. A jump and a placing are told by themselves."""


def music_ended(show: Show, state: ShowState, event: e.MusicEnded) -> ShowState:
    """End cues are under way, unless they were offered to the caller instead."""
    start = now_for_waits(state, event.at) + event.held
    due = {
        cue.number: start + wait
        for wait, cue in end_cues(cues_of(show, state.number))
        if cue.number in state.armed and cue.number not in state.offered
    }
    return replace(
        state,
        ended_at=event.at,
        quarter=event.quarter,
        armed=state.armed - due.keys(),
        waiting={**state.waiting, **due},
    )


def lead_unmet(_show: Show, state: ShowState, event: e.LeadUnmet) -> ShowState:
    """Said once for each firing."""
    return replace(state, ahead={**state.ahead, event.cue: True})
