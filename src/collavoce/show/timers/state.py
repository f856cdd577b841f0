"""What is true of timers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A timer's length where somebody changed it tonight, seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class TimerState:
    """A timer that was touched. run: seconds it has run so far; since: running since then."""

    run: float = 0.0
    since: float | None = None
