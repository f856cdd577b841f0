"""How cues are taken out of the state: one whose trigger was met, those that are forgotten."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from msgspec.structs import replace

from collavoce.show.state import ShowState
from collavoce.show.states.running import Running

Value = TypeVar("Value")


def without(table: Mapping[str, Value], cue: str) -> Mapping[str, Value]:
    """`table` without `cue`; the same one where it is not in it."""
    if cue not in table:
        return table
    return {other: value for other, value in table.items() if other != cue}


def without_all(table: Mapping[str, Value], cues: Collection[str]) -> Mapping[str, Value]:
    """`table` without `cues`."""
    return {other: value for other, value in table.items() if other not in cues}


def met(state: ShowState, cue: str) -> ShowState:
    """The trigger of `cue` was met: it waits for it no more, and is nobody's to fire."""
    one = {cue}
    return replace(
        state,
        armed=state.armed - one,
        offered=state.offered - one,
        dropped=state.dropped - one,
        left_to_hand=state.left_to_hand - one,
        waiting=without(state.waiting, cue),
        begun=without(state.begun, cue),
        paused=without(state.paused, cue),
        of_group=without(state.of_group, cue),
        running=_come(state.running, cue),
    )


def _come(running: Mapping[str, Running], cue: str) -> Mapping[str, Running]:
    """`running` with `cue` no longer left of any sequence."""
    if not any(cue in run.left for run in running.values()):
        return running
    return {
        group: replace(run, left=tuple(one for one in run.left if one != cue))
        for group, run in running.items()
    }


def nothing_waits(state: ShowState, cues: Collection[str]) -> ShowState:
    """No wait of `cues` is left, whatever it was for, and no sequence of theirs goes on."""
    return replace(
        state,
        waiting=without_all(state.waiting, cues),
        begun=without_all(state.begun, cues),
        paused=without_all(state.paused, cues),
        of_group=without_all(state.of_group, cues),
        overridden=state.overridden - set(cues),
        running={
            cue: replace(run, left=()) if run.left and cue in cues else run
            for cue, run in state.running.items()
        },
    )
