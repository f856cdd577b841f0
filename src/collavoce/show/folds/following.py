"""What a cue brings with it: cues after it, cues after its end, the members of its group."""

from collections.abc import Mapping

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.clearing import without, without_all
from collavoce.show.folds.music import now_for_waits
from collavoce.show.running.lasting import (
    brings_after,
    brings_at_once,
    comes_after,
    group_of,
    running,
)
from collavoce.show.running.under_way import UnderWay
from collavoce.show.state import ShowState
from collavoce.show.states.running import Running

NO_GROUP: Mapping[str, str] = {}


def bring_at_once(show: Show, state: ShowState, cue: str, at: float, *, again: bool) -> ShowState:
    """What comes after `cue`, and what its time line holds, is under way.

    An after-cue follows each firing of its cue once: one that a hand fired ahead of its cue does
    not come a second time. again : a hand fires the cue anew, and it comes anew.
    """
    base = now_for_waits(state, at)
    before = state.fired.get(cue)
    times = before.times + 1 if before else 1
    waiting: dict[str, float] = {}
    for other, wait in brings_at_once(show, cue):
        done = state.fired.get(other.number)
        if again or done is None or done.times < times:
            waiting[other.number] = base + wait
    return _under_way(state, waiting)


def bring_members(show: Show, state: ShowState, cue: str, at: float) -> ShowState:
    """The members of a time line that come later are under way; the others the rule fires."""
    known = show.cues_by_number.get(cue)
    group = None if known is None else group_of(known)
    if group is None:
        return state
    base = now_for_waits(state, at)
    later = {member: base + wait for member, wait in comes_after(group).items() if wait > 0}
    return _under_way(state, later, dict.fromkeys(later, cue))


def _under_way(
    state: ShowState, waiting: Mapping[str, float], groups: Mapping[str, str] = NO_GROUP
) -> ShowState:
    """A new wait takes the place of whatever wait there was. groups: who of `waiting` is theirs."""
    if not waiting:
        return state
    return replace(
        state,
        waiting={**state.waiting, **waiting},
        begun=without_all(state.begun, waiting),
        paused=without_all(state.paused, waiting),
        of_group={**without_all(state.of_group, waiting), **groups},
        offered=state.offered - waiting.keys(),
    )


def run(show: Show, state: ShowState, cue: str, at: float) -> Mapping[str, Running]:
    """What is running once `cue` has fired; what ran out and nobody asks for is let go."""
    under_way = UnderWay(state)
    kept = {
        number: one
        for number, one in state.running.items()
        if number != cue and (cue in one.members or under_way.holds(number, at))
    }
    known = show.cues_by_number.get(cue)
    now = None if known is None else running(show, state, known, at)
    return kept if now is None else {**kept, cue: now}


def bring_after_end(show: Show, state: ShowState, cue: str, at: float) -> ShowState:
    """`cue` is over: what hangs on its end is under way, and what is next in its sequence."""
    base = now_for_waits(state, at)
    ended = state.running.get(cue)
    began = at if ended is None else ended.began
    state = replace(state, running=without(state.running, cue))
    waiting: dict[str, float] = {}
    for other, wait in brings_after(show, cue):
        came = state.fired.get(other.number)
        if came is None or came.at <= began:
            waiting[other.number] = base + wait
    next_of: dict[str, str] = {}
    under_way = UnderWay(state)
    for group in under_way.groups_of(cue):
        run_ = state.running[group]
        still = any(under_way.holds(member, at) for member in run_.members)
        if run_.left and not still:
            waiting[run_.left[0]] = base
            next_of[run_.left[0]] = group
    return _under_way(state, waiting, next_of)


def counts_as_run(show: Show, state: ShowState, cue: str, at: float) -> ShowState:
    """A cue that was passed over is over at once, for those who ask."""
    then = bool(brings_after(show, cue))
    if not then and not UnderWay(state).awaited(cue):
        return state
    return replace(state, running={**state.running, cue: Running(at, at, then=then)})
