"""What happened to timers. by: a person, or "cue 12"."""

from collavoce.show.told.event import Event


class TimerStarted(Event, frozen=True):
    """It runs, from where it stood."""

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
    """It has another length, or counts to another time of day."""

    timer: str
    seconds: float
    by: str
