"""What the events of standby make of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.clearing import without
from collavoce.show.state import ShowState
from collavoce.show.states.standby import Answer, Called
from collavoce.show.told import standby as e
from collavoce.show.told.event import Event


def standby_called(_show: Show, state: ShowState, event: e.StandbyCalled) -> ShowState:
    """Everybody is asked anew."""
    called = Called(event.at, event.by, event.people)
    return replace(state, standbys={**state.standbys, event.cue: called})


def standby_answered(_show: Show, state: ShowState, event: e.StandbyAnswered) -> ShowState:
    """The last word of each person counts; "not clear" asks anew what was overridden before."""
    called = state.standbys.get(event.cue)
    if called is None:
        return state
    answer = Answer(event.clear, event.at, event.reason)
    called = replace(called, answers={**called.answers, event.person: answer})
    kept = state.overridden if event.clear else state.overridden - {event.cue}
    return replace(state, standbys={**state.standbys, event.cue: called}, overridden=kept)


def standby_overridden(_show: Show, state: ShowState, event: e.StandbyOverridden) -> ShowState:
    """Nothing that is known now keeps the cue back any more."""
    return replace(state, overridden=state.overridden | {event.cue})


def standby_released(_show: Show, state: ShowState, event: e.StandbyReleased) -> ShowState:
    """Nobody is asked any more."""
    return replace(state, standbys=without(state.standbys, event.cue))


def hazard_confirmed(_show: Show, state: ShowState, event: e.HazardConfirmed) -> ShowState:
    """A hazardous cue is over when its operator has confirmed it; one not fired is over for good.

    What hangs on its end comes only if it was fired.
    """
    run = state.running.get(event.cue)
    running = without(state.running, event.cue)
    if run is not None and event.done:
        running = {**running, event.cue: replace(run, until=event.at)}
    confirmed = {**state.confirmed, event.cue: event.done}
    return replace(state, confirmed=confirmed, running=running)


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    e.StandbyCalled: standby_called,
    e.StandbyAnswered: standby_answered,
    e.StandbyOverridden: standby_overridden,
    e.StandbyReleased: standby_released,
    e.HazardConfirmed: hazard_confirmed,
}
