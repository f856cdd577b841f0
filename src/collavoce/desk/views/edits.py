"""Edits of tonight: what undo would take back, what redo would do again, whether it is locked."""

from collavoce.desk.views.signs import View, sign
from collavoce.show.state import ShowState


def edits_view(state: ShowState) -> View:
    """undo, redo: what each would do in words, None when there is nothing."""
    return {
        "locked": state.locked,
        "sign": sign("edits.locked" if state.locked else "edits.open"),
        "undo": state.done[-1].words if state.done else None,
        "redo": state.undone[-1].words if state.undone else None,
    }
