"""What a change of the set list makes of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.keeping import keep
from collavoce.show.state import ShowState
from collavoce.show.told.event import Event
from collavoce.show.told.setlist import SetListChanged
from collavoce.words import say


def set_list_changed(_show: Show, state: ShowState, event: SetListChanged) -> ShowState:
    """An edit: it can be taken back."""
    words = event.words or say("setlist.done", option=event.option)
    return keep(state, words, replace(state.edited, plan=event.plan))


FOLDS: Mapping[type[Event], Callable[..., Any]] = {SetListChanged: set_list_changed}
