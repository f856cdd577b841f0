"""What a change of the set list makes of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.keeping import keep
from collavoce.show.state import ShowState
from collavoce.show.told.event import Event
from collavoce.show.told.setlist import NumberProposed, ProposalWithdrawn, SetListChanged
from collavoce.words import say


def set_list_changed(_show: Show, state: ShowState, event: SetListChanged) -> ShowState:
    """An edit: it can be taken back."""
    words = event.words or say("setlist.done", option=event.option)
    return keep(state, words, replace(state.edited, plan=event.plan))


def number_proposed(_show: Show, state: ShowState, event: NumberProposed) -> ShowState:
    """No edit: it changes nothing of the evening."""
    return replace(state, proposals={**state.proposals, event.number: event.song})


def proposal_withdrawn(_show: Show, state: ShowState, event: ProposalWithdrawn) -> ShowState:
    """It is as if it had not been proposed."""
    left = {number: song for number, song in state.proposals.items() if number != event.number}
    return replace(state, proposals=left)


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    SetListChanged: set_list_changed,
    NumberProposed: number_proposed,
    ProposalWithdrawn: proposal_withdrawn,
}
