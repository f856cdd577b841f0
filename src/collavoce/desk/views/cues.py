"""The cue list: what was fired, what is in standby, what comes."""

from collections.abc import Collection

from collavoce.desk.history import History
from collavoce.desk.views.firings import sent_view
from collavoce.desk.views.signs import View
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of
from collavoce.show.setlist.tonight import cues_tonight
from collavoce.show.state import ShowState
from collavoce.show.triggers import ByHand

NEXT = 3
"""Cues shown after the standby one."""


def cues_view(show: Show, state: ShowState, history: History | None = None) -> View:
    """Last fired, standby, next, and the state of every cue that is not simply to come."""
    tonight = {cue.number for cue in cues_tonight(show, state, state.number)}
    lost = frozenset[str]() if history is None else history.astray()
    out = {cue.number for cue in cues_of(show, state.number)} - tonight
    return {
        "last": _last(state, history),
        "standby": state.pointer,
        "next": _next(show, state),
        "cues": {
            cue.number: _cue(state, cue, current=number.id == state.number, out=out, lost=lost)
            for number in show.numbers
            for cue in number.cues
            if number.id == state.number
            or cue.number in state.fired
            or cue.number in state.edited.disarmed
            or cue.number in state.restricted
        },
    }


def _next(show: Show, state: ShowState) -> list[str]:
    order = [cue.number for cue in cues_tonight(show, state, state.number)]
    if state.pointer not in order:
        return []
    after = order.index(state.pointer) + 1
    return order[after : after + NEXT]


def _last(state: ShowState, history: History | None) -> View | None:
    if state.last_fired is None:
        return None
    deed = None if history is None else history.last_firing(state.last_fired)
    sent = [] if deed is None else sent_view(deed)
    # A number that is begun again forgets its firings; that its cue was the last stays true.
    fired = state.fired.get(state.last_fired)
    if fired is None:
        return {"cue": state.last_fired, "by": None, "ms": None, "at": None, "sent": sent}
    return {
        "cue": state.last_fired,
        "by": fired.by,
        "ms": fired.ms,
        "at": fired.at,
        "sent": sent,
    }


def _cue(
    state: ShowState, cue: Cue, *, current: bool, out: Collection[str], lost: Collection[str]
) -> View:
    # The key of a sign, not the sign: a thousand cues are sent with every change.
    left_out = cue.number in out and cue.number not in state.fired
    view: View = {"is": "cue.left_out" if left_out else _is(state, cue, current=current)}
    fired = state.fired.get(cue.number)
    if fired is not None:
        view |= {"times": fired.times, "by": fired.by, "ms": fired.ms}
        if cue.number in lost:
            view["lost"] = True
    due = state.waiting.get(cue.number)
    if due is not None:
        # In a hold the wait's clock stands still.
        stands = state.held and state.held_at is not None
        view |= {"due_in": due - (state.held_at or 0.0)} if stands else {"due_at": due}
    if cue.number in state.edited.disarmed:
        view["off"] = True
    if cue.number in state.restricted:
        view["restricted"] = True
    running = state.running.get(cue.number)
    if running is not None:
        view |= {"until": running.until, "paused": running.paused_at is not None}
    return view


def _is(state: ShowState, cue: Cue, *, current: bool) -> str:
    # An offer and a running wait are said before "standby": the card beside the list says that.
    if cue.number in state.paused:
        return "cue.paused"
    if cue.number in state.waiting:
        return "cue.due"
    if current and cue.number in state.offered:
        return "cue.offered"
    if current and cue.number == state.pointer:
        return "cue.standby"
    if cue.number in state.edited.disarmed:
        return "cue.disarmed"
    running = state.running.get(cue.number)
    if running is not None and running.paused_at is not None:
        return "cue.paused"
    # What ends by itself has fired; the page counts down to its end. What does not is still on.
    if running is not None and running.until is None:
        return "cue.running"
    if cue.number in state.fired:
        return "cue.fired"
    if current and cue.number in state.dropped:
        return "cue.dropped"
    if current and cue.number in state.armed:
        return "cue.armed"
    if current and isinstance(cue.trigger, ByHand):
        return "cue.by_hand"
    return "cue.to_come"
