"""What edits, the lock, undo and redo make of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.keeping import keep
from collavoce.show.state import ShowState
from collavoce.show.states.edits import moved
from collavoce.show.told import edits as e
from collavoce.show.told.event import Event
from collavoce.words import say

NAMED_MOST = 3
"""Cues named on the undo button."""


def cues_switched(_show: Show, state: ShowState, event: e.CuesSwitched) -> ShowState:
    """Armed by itself nothing fires: a cue is only passed over no more."""
    cues = frozenset(event.cues)
    disarmed = state.edited.disarmed - cues if event.on else state.edited.disarmed | cues
    return keep(state, _words(event), replace(state.edited, disarmed=disarmed))


def _words(event: e.CuesSwitched) -> str:
    key = "edits.done.armed" if event.on else "edits.done.disarmed"
    named, more = ", ".join(event.cues[:NAMED_MOST]), len(event.cues) - NAMED_MOST
    return say(f"{key}_many", cues=named, more=more) if more > 0 else say(key, cues=named)


def show_locked(_show: Show, state: ShowState, event: e.ShowLocked) -> ShowState:
    """The lock is no edit: taking one back must not open it."""
    return replace(state, locked=event.on)


def edit_undone(_show: Show, state: ShowState, _event: e.EditUndone) -> ShowState:
    """What the last edit changed is as it was before; what came since stays."""
    if not state.done:
        return state
    *done, last = state.done
    return replace(
        state,
        edited=moved(state.edited, last.after, last.before),
        done=tuple(done),
        undone=(*state.undone, last),
    )


def edit_redone(_show: Show, state: ShowState, _event: e.EditRedone) -> ShowState:
    """What was taken back last is made again."""
    if not state.undone:
        return state
    *undone, last = state.undone
    return replace(
        state,
        edited=moved(state.edited, last.before, last.after),
        undone=tuple(undone),
        done=(*state.done, last),
    )


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    e.CuesSwitched: cues_switched,
    e.ShowLocked: show_locked,
    e.EditUndone: edit_undone,
    e.EditRedone: edit_redone,
}
