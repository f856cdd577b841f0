"""Who decides what may be edited, and taken back. With the lock on nothing may."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.asked import edits as c
from collavoce.show.asked.command import Command
from collavoce.show.events import Refused
from collavoce.show.order import find
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.pointing import point_within
from collavoce.show.setlist.checking import why_not
from collavoce.show.setlist.tonight import written
from collavoce.show.states.edits import Done, Edited, moved
from collavoce.show.told import edits as e
from collavoce.words import say


def refused_by_lock(draft: Draft) -> Refused | None:
    """Why nothing can be edited now; None while it can."""
    return Refused(say("edits.refused.locked")) if draft.state.locked else None


def arm(draft: Draft, command: c.Arm) -> Refused | None:
    """Arm cues, or disarm them, whatever number they belong to."""
    if draft.state.locked:
        return refused_by_lock(draft)
    unknown = next((cue for cue in command.cues if find(draft.show, cue) is None), None)
    if unknown is not None:
        return Refused(say("show.refused.unknown_cue", cue=unknown))
    switch(draft, command.cues, on=command.on, by=draft.by)
    return None


def switch(draft: Draft, cues: tuple[str, ...], *, on: bool, by: str) -> None:
    """Tell that `cues` are armed or disarmed, as far as they were not. A cue asks no lock."""
    disarmed = draft.state.edited.disarmed
    others = tuple(cue for cue in dict.fromkeys(cues) if (cue in disarmed) is on)
    if others:
        draft.tell(e.CuesSwitched(at=draft.now, cues=others, on=on, by=by))


def lock(draft: Draft, command: c.Lock) -> None:
    """Forbid editing, or allow it."""
    if command.on is not draft.state.locked:
        draft.tell(e.ShowLocked(at=draft.now, on=command.on, by=draft.by))


def undo(draft: Draft, _command: c.Undo) -> Refused | None:
    """Take the last edit back."""
    state = draft.state
    if not state.done:
        return Refused(say("edits.refused.nothing_done"))
    last = state.done[-1]
    refused = _may_become(draft, last, moved(state.edited, last.after, last.before))
    if refused is None:
        draft.tell(e.EditUndone(at=draft.now, by=draft.by, what=last.words))
        point_within(draft)
    return refused


def redo(draft: Draft, _command: c.Redo) -> Refused | None:
    """Make the edit again that was taken back last."""
    state = draft.state
    if not state.undone:
        return Refused(say("edits.refused.nothing_undone"))
    last = state.undone[-1]
    refused = _may_become(draft, last, moved(state.edited, last.before, last.after))
    if refused is None:
        draft.tell(e.EditRedone(at=draft.now, by=draft.by, what=last.words))
        point_within(draft)
    return refused


def _may_become(draft: Draft, edit: Done, target: Edited) -> Refused | None:
    """A set list that would leave out what is being played now cannot come back."""
    if draft.state.locked:
        return refused_by_lock(draft)
    if target.plan == draft.state.edited.plan:
        return None
    why = why_not(draft.show, draft.state, target.plan or written(draft.show))
    return None if why is None else Refused(say("edits.refused.late", edit=edit.words, why=why))


RULES: Mapping[type[Command], Callable[..., Any]] = {
    c.Arm: arm,
    c.Lock: lock,
    c.Undo: undo,
    c.Redo: redo,
}
