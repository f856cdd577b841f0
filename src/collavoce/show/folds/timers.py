"""What the events of timers make of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from collavoce.show.cues import Show
from collavoce.show.folds.keeping import keep
from collavoce.show.state import ShowState
from collavoce.show.states.timers import Setting, TimerState
from collavoce.show.told import timers as e
from collavoce.show.told.event import Event
from collavoce.words import say


def timer_started(_show: Show, state: ShowState, event: e.TimerStarted) -> ShowState:
    """A second start of one that runs changes nothing."""
    timer = state.timers.get(event.timer, TimerState())
    since = event.at if timer.since is None else timer.since
    return _put(state, event.timer, TimerState(timer.run, since))


def timer_paused(_show: Show, state: ShowState, event: e.TimerPaused) -> ShowState:
    """It keeps what it has run."""
    timer = state.timers.get(event.timer, TimerState())
    ran = 0.0 if timer.since is None else event.at - timer.since
    return _put(state, event.timer, TimerState(timer.run + ran))


def timer_reset(_show: Show, state: ShowState, event: e.TimerReset) -> ShowState:
    """Nothing is left of its run; a length that somebody gave it stays."""
    return _put(state, event.timer, TimerState())


def timer_set(show: Show, state: ShowState, event: e.TimerSet) -> ShowState:
    """An edit: it can be taken back. What it has run stays."""
    timer = show.timers.get(event.timer)
    words = say("timers.done.set", timer=event.timer if timer is None else timer.name)
    settings = {**state.edited.timers, event.timer: Setting(event.seconds)}
    return keep(state, words, replace(state.edited, timers=settings))


def _put(state: ShowState, timer: str, to: TimerState) -> ShowState:
    return replace(state, timers={**state.timers, timer: to})


FOLDS: Mapping[type[Event], Callable[..., Any]] = {
    e.TimerStarted: timer_started,
    e.TimerPaused: timer_paused,
    e.TimerReset: timer_reset,
    e.TimerSet: timer_set,
}
