"""What the events of running make of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.clearing import met, nothing_waits, without
from collavoce.show.folds.following import bring_after_end, bring_at_once, counts_as_run
from collavoce.show.folds.music import now_for_waits
from collavoce.show.running.under_way import UnderWay
from collavoce.show.state import ShowState
from collavoce.show.states.running import Begun
from collavoce.show.told import running as e
from collavoce.show.told.event import Cause, Event


def cue_begun(_show: Show, state: ShowState, event: e.CueBegun) -> ShowState:
    """Its trigger is met and is not met again; what is left is a wait."""
    begun = Begun(event.cause, event.by, event.quarter, event.heard_at)
    by_hand = event.cause is Cause.HAND
    return replace(
        met(state, event.cue),
        begun={**state.begun, event.cue: begun},
        waiting={**state.waiting, event.cue: event.due},
        last_go_at=event.at if by_hand else state.last_go_at,
    )


def cue_passed(show: Show, state: ShowState, event: e.CuePassed) -> ShowState:
    """As if it had fired and taken no time: what follows it comes."""
    by_hand = event.cause is Cause.HAND
    after = counts_as_run(show, met(state, event.cue), event.cue, event.at)
    return replace(
        bring_at_once(show, after, event.cue, event.at, again=by_hand),
        overridden=state.overridden - {event.cue},
        last_go_at=event.at if by_hand else state.last_go_at,
    )


def cue_paused(_show: Show, state: ShowState, event: e.CuePaused) -> ShowState:
    """What it waits for is kept as what is left of it; what runs stands since now."""
    running, paused, waiting = dict(state.running), dict(state.paused), dict(state.waiting)
    run = running.get(event.cue)
    goes_on = run is not None and run.paused_at is None
    if run is not None and goes_on and (run.until is None or run.until > event.at or run.members):
        running[event.cue] = replace(run, paused_at=event.at)
    due = waiting.pop(event.cue, None)
    if due is not None:
        paused[event.cue] = due - now_for_waits(state, event.at)
    return replace(state, running=running, paused=paused, waiting=waiting)


def cue_resumed(_show: Show, state: ShowState, event: e.CueResumed) -> ShowState:
    """It has as long to go as when it was paused."""
    running, paused, waiting = dict(state.running), dict(state.paused), dict(state.waiting)
    run = running.get(event.cue)
    if run is not None and run.paused_at is not None:
        stood = event.at - run.paused_at
        until = None if run.until is None else run.until + stood
        running[event.cue] = replace(run, until=until, paused_at=None)
    left = paused.pop(event.cue, None)
    if left is not None:
        waiting[event.cue] = now_for_waits(state, event.at) + left
    return replace(state, running=running, paused=paused, waiting=waiting)


def cue_halted(_show: Show, state: ShowState, event: e.CueHalted) -> ShowState:
    """Whoever ends a cue does not mean what would have followed its end."""
    state = nothing_waits(state, {event.cue})
    running = without(state.running, event.cue)
    under_way = UnderWay(state)
    for group in under_way.groups_of(event.cue):
        others = (one for one in state.running[group].members if one != event.cue)
        if not any(under_way.holds(other, event.at) for other in others):
            running = without(running, group)
    if event.freeze:
        return replace(state, running=running)
    own = {channel for channel, cue in state.owners.items() if cue == event.cue}
    return replace(state, running=running, levels={**state.levels, **dict.fromkeys(own, 0.0)})


def cue_ended(show: Show, state: ShowState, event: e.CueEnded) -> ShowState:
    """What hangs on its end comes."""
    return bring_after_end(show, state, event.cue, event.at)


def person_said(_show: Show, state: ShowState, event: e.PersonSaid) -> ShowState:
    """Where the person is, until somebody says otherwise."""
    return replace(state, persons={**state.persons, event.person: event.state})


def unchanged(_show: Show, state: ShowState, _event: Event) -> ShowState:
    """What was shown, and what was answered, is for the record."""
    return state


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    e.CueBegun: cue_begun,
    e.CuePassed: cue_passed,
    e.CuePaused: cue_paused,
    e.CueResumed: cue_resumed,
    e.CueHalted: cue_halted,
    e.CueEnded: cue_ended,
    e.CueAuditioned: unchanged,
    e.CueAnswered: unchanged,
    e.PersonSaid: person_said,
}
