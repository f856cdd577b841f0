"""What a restriction makes of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.state import ShowState
from collavoce.show.told import restrictions as e
from collavoce.show.told.event import Event


def noted(_show: Show, state: ShowState, event: e.RestrictionNoted) -> ShowState:
    """The cue carries one, whatever else becomes of it."""
    return replace(state, restricted=state.restricted | {event.cue})


def lifted(_show: Show, state: ShowState, event: e.RestrictionLifted) -> ShowState:
    """It carries none."""
    return replace(state, restricted=state.restricted - {event.cue})


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    e.RestrictionNoted: noted,
    e.RestrictionLifted: lifted,
}
