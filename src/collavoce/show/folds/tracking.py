"""What the stage being put right makes of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.state import ShowState
from collavoce.show.states.running import Running
from collavoce.show.told.event import Event
from collavoce.show.told.tracking import StageTracked


def stage_tracked(_show: Show, state: ShowState, event: StageTracked) -> ShowState:
    """What was tracked is met: it fires at its place no more, until a jump back before it.

    Only a cue that has never fired counts as dropped: it is met for the first time then. Channels
    that were put right are no cue's own any more: what ends that cue leaves them.
    """
    met = frozenset(event.cues)
    running = {cue: run for cue, run in state.running.items() if cue not in event.ended}
    running |= {cue: Running(event.at, None) for cue in event.sounds}
    off = {cue for cue, on in event.switched.items() if not on}
    on = event.switched.keys() - off
    owners = {channel: cue for channel, cue in state.owners.items() if channel not in event.levels}
    return replace(
        state,
        armed=state.armed - met,
        tracked=(state.tracked | met) - (state.armed - met),
        offered=state.offered - met,
        left_to_hand=state.left_to_hand - met,
        dropped=state.dropped | (met - state.fired.keys()),
        levels={**state.levels, **event.levels},
        owners=owners,
        running=running,
        edited=replace(state.edited, disarmed=(state.edited.disarmed - on) | off),
        astray=None,
    )


FOLDS: Mapping[type[Event], Callable[..., Any]] = {StageTracked: stage_tracked}
