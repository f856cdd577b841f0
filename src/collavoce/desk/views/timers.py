"""Timers: what each counts and since when; the page counts on by the clocks it has."""

from collavoce.desk.views.signs import View
from collavoce.show.cues import Show
from collavoce.show.state import ShowState
from collavoce.show.states.timers import TimerState


def timers_view(show: Show, state: ShowState) -> View:
    """By timer: seconds it ran before it was started last, and when that was, on the show clock.

    seconds : its length as it is tonight; of one that counts to a time of day, that time, since
    the performance day's midnight. An unchanged state gives unchanged bytes, so nothing
    that grows is in it.
    """
    return {timer: _timer(show, state, timer) for timer in show.timers}


def _timer(show: Show, state: ShowState, timer: str) -> View:
    now, written = state.timers.get(timer, TimerState()), show.timers[timer]
    setting = state.edited.timers.get(timer)
    at_first = written.until if written.counts == "to" else written.seconds
    seconds = at_first if setting is None else setting.seconds
    return {"run": round(now.run, 3), "since": now.since, "seconds": seconds}


def timers_plan(show: Show) -> list[View]:
    """What does not change of them."""
    return [
        {
            "id": timer.id,
            "name": timer.name,
            "counts": timer.counts,
            "warn": timer.warn,
        }
        for timer in show.timers.values()
    ]
