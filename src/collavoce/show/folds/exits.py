"""What calls into position and the lights going out make of the state."""

from collections.abc import Callable

from msgspec.structs import replace

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.person import PersonIs
from collavoce.show.state import ExitState, ShowState


def exit_standby(_show: Show, state: ShowState, event: e.ExitStandby) -> ShowState:
    """Somebody is called."""
    way = ExitState(
        seat=event.seat,
        person=event.person,
        exit=event.exit,
        standby_at=event.at,
        off_at=event.off_at,
    )
    return replace(state, exits={**state.exits, event.cue: way})


def exit_corrected(_show: Show, state: ShowState, event: e.ExitCorrected) -> ShowState:
    """They are told another time, or none."""
    return _exit(
        state, event.cue, lambda way: replace(way, off_at=event.off_at, corrected_at=event.at)
    )


def exit_acknowledged(_show: Show, state: ShowState, event: e.ExitAcknowledged) -> ShowState:
    """The person is in position."""
    return _exit(
        _is(state, event.person, PersonIs.IN_POSITION),
        event.cue,
        lambda way: replace(way, acknowledged_by=event.person, not_clear=None),
    )


def exit_not_clear(_show: Show, state: ShowState, event: e.ExitNotClear) -> ShowState:
    """The person is not; what was overridden before is asked anew."""
    state = replace(state, overridden=state.overridden - {event.cue})
    return _exit(
        _is(state, event.person, PersonIs.NOT_CLEAR),
        event.cue,
        lambda way: replace(way, acknowledged_by=None, not_clear=event.reason),
    )


def _is(state: ShowState, person: str, where: PersonIs) -> ShowState:
    return replace(state, persons={**state.persons, person: where})


def _exit(state: ShowState, cue: str, change: Callable[[ExitState], ExitState]) -> ShowState:
    way = state.exits.get(cue)
    if way is None:
        return state
    return replace(state, exits={**state.exits, cue: change(way)})


def lights_out(_show: Show, state: ShowState, event: e.LightsOut) -> ShowState:
    """It was seen on the wire."""
    return replace(state, lights_out_at=event.at)
