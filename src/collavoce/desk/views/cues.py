"""The cue list: what was fired, what is in standby, what comes."""

from collavoce.desk.views.signs import View
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of
from collavoce.show.state import ShowState
from collavoce.show.triggers import ByHand

NEXT = 3
"""Cues shown after the standby one."""


def cues_view(show: Show, state: ShowState) -> View:
    """Last fired, standby, next, and the state of every cue that is not simply to come."""
    return {
        "last": _last(state),
        "standby": state.pointer,
        "next": _next(show, state),
        "cues": {
            cue.number: _cue(state, cue, current=number.id == state.number)
            for number in show.numbers
            for cue in number.cues
            if number.id == state.number or cue.number in state.fired
        },
    }


def _next(show: Show, state: ShowState) -> list[str]:
    order = [cue.number for cue in cues_of(show, state.number)]
    if state.pointer not in order:
        return []
    after = order.index(state.pointer) + 1
    return order[after : after + NEXT]


def _last(state: ShowState) -> View | None:
    if state.last_fired is None:
        return None
    # A number that is begun again forgets its firings; that its cue was the last stays true.
    fired = state.fired.get(state.last_fired)
    if fired is None:
        return {"cue": state.last_fired, "by": None, "ms": None, "at": None}
    return {"cue": state.last_fired, "by": fired.by, "ms": fired.ms, "at": fired.at}


def _cue(state: ShowState, cue: Cue, *, current: bool) -> View:
    # The key of a sign, not the sign: a thousand cues are sent with every change.
    view: View = {"is": _is(state, cue, current=current)}
    fired = state.fired.get(cue.number)
    if fired is not None:
        view |= {"times": fired.times, "by": fired.by, "ms": fired.ms}
    due = state.waiting.get(cue.number)
    if due is not None:
        # In a hold the wait's clock stands still.
        stands = state.held and state.held_at is not None
        view |= {"due_in": due - (state.held_at or 0.0)} if stands else {"due_at": due}
    return view


def _is(state: ShowState, cue: Cue, *, current: bool) -> str:
    # An offer and a running wait are said before "standby": the card beside the list says that.
    if cue.number in state.waiting:
        return "cue.due"
    if current and cue.number in state.offered:
        return "cue.offered"
    if current and cue.number == state.pointer:
        return "cue.standby"
    if cue.number in state.fired:
        return "cue.fired"
    if current and cue.number in state.dropped:
        return "cue.dropped"
    if current and cue.number in state.armed:
        return "cue.armed"
    if current and isinstance(cue.trigger, ByHand):
        return "cue.by_hand"
    return "cue.to_come"
