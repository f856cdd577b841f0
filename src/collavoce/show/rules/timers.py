"""Who decides what is asked of timers. Running one is no edit; giving it another length is."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.actions.timer import RunTimer
from collavoce.show.asked import timers as c
from collavoce.show.asked.command import Command
from collavoce.show.events import Refused
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.edits import refused_by_lock
from collavoce.show.states.timers import TimerState
from collavoce.show.told import timers as e
from collavoce.words import say

LONGEST_S = 2 * 86400.0
"""Of a length, and the latest time of day: midnight after the day after."""

TO = "to"
"""What a timer `counts` that runs by the time of day alone."""


def start(draft: Draft, command: c.StartTimer) -> Refused | None:
    """It runs."""
    return _run(draft, command.timer, "start")


def pause(draft: Draft, command: c.PauseTimer) -> Refused | None:
    """It stands."""
    return _run(draft, command.timer, "pause")


def reset(draft: Draft, command: c.ResetTimer) -> Refused | None:
    """It is back at its beginning."""
    return _run(draft, command.timer, "reset")


def set_length(draft: Draft, command: c.SetTimer) -> Refused | None:
    """Another length, or another time of day."""
    timer = draft.show.timers.get(command.timer)
    if timer is None:
        return Refused(say("timers.refused.unknown", timer=command.timer))
    if draft.state.locked:
        return refused_by_lock(draft)
    seconds = command.seconds
    if not (math.isfinite(seconds) and 0 < seconds <= LONGEST_S):
        return Refused(say("timers.refused.length", hours=int(LONGEST_S // 3600)))
    setting = draft.state.edited.timers.get(timer.id)
    if setting is None or setting.seconds != seconds:
        draft.tell(e.TimerSet(at=draft.now, timer=timer.id, seconds=seconds, by=draft.by))
    return None


def set_going(draft: Draft, action: RunTimer, by: str) -> None:
    """What a cue does to a timer. One that is not there, or cannot, stops no cue."""
    timer = draft.show.timers.get(action.timer)
    if timer is not None and timer.counts != TO:
        _tell(draft, timer.id, action.what, by)


def _run(draft: Draft, timer_id: str, what: str) -> Refused | None:
    timer = draft.show.timers.get(timer_id)
    if timer is None:
        return Refused(say("timers.refused.unknown", timer=timer_id))
    if timer.counts == TO:
        return Refused(say("timers.refused.by_the_clock", timer=timer.name))
    _tell(draft, timer.id, what, draft.by)
    return None


def _tell(draft: Draft, timer: str, what: str, by: str) -> None:
    """Nothing is told that changes nothing."""
    now = draft.state.timers.get(timer, TimerState())
    runs = now.since is not None
    if what == "start" and not runs:
        draft.tell(e.TimerStarted(at=draft.now, timer=timer, by=by))
    elif what == "pause" and runs:
        draft.tell(e.TimerPaused(at=draft.now, timer=timer, by=by))
    elif what == "reset" and now != TimerState():
        draft.tell(e.TimerReset(at=draft.now, timer=timer, by=by))


RULES: Mapping[type[Command], Callable[..., Any]] = {
    c.StartTimer: start,
    c.PauseTimer: pause,
    c.ResetTimer: reset,
    c.SetTimer: set_length,
}
