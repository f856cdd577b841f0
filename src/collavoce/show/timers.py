"""What a timer shows at an instant."""

from enum import StrEnum

from collavoce.show.cues import Countdown
from collavoce.show.state import ShowState
from collavoce.show.states.timers import TimerState
from collavoce.units import Instant, Seconds


class Phase(StrEnum):
    """How a timer stands."""

    READY = "ready"  # not started, or put back
    RUNNING = "running"
    NEARLY = "nearly over"
    OVER = "over"
    PAUSED = "paused"


def shows(
    state: ShowState, countdown: Countdown, now: Instant, wall: Seconds
) -> tuple[Seconds, Phase]:
    """The seconds on a timer's face, and how it stands.

    now : the show clock. wall : seconds since the midnight with which the performance's day began.

    Counting down, or to a time of day, it is negative once it is over: by how much. Counting up it
    shows what it has run; a length that it was given is its end.
    """
    setting = state.edited.timers.get(countdown.id)
    if countdown.counts == "to":
        until = countdown.until or 0.0
        left = (until if setting is None else setting.seconds) - wall
        return Seconds(left), _running(left, countdown)
    timer = state.timers.get(countdown.id, TimerState())
    run = timer.run + (0.0 if timer.since is None else now - timer.since)
    length = countdown.seconds if setting is None else setting.seconds
    endless = countdown.counts == "up" and length == 0
    left = length - run
    face = run if countdown.counts == "up" else left
    if timer == TimerState():
        return Seconds(face), Phase.READY
    if timer.since is None:
        return Seconds(face), Phase.PAUSED
    return Seconds(face), Phase.RUNNING if endless else _running(left, countdown)


def _running(left: float, countdown: Countdown) -> Phase:
    if left <= 0:
        return Phase.OVER
    return Phase.NEARLY if left <= countdown.warn else Phase.RUNNING
