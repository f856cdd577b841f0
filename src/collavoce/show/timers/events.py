"""What happened to timers."""

from collavoce.show.event import Event


class TimerStarted(Event, frozen=True):
    """It runs, from where it stood. by: a person, or "cue 12"."""

    timer: str
    by: str


class TimerPaused(Event, frozen=True):
    """It stands."""

    timer: str
    by: str


class TimerReset(Event, frozen=True):
    """It is back at its beginning."""

    timer: str
    by: str


class TimerSet(Event, frozen=True):
    """It has another length."""

    timer: str
    seconds: float
    by: str
