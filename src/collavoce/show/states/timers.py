"""What is true of timers."""

import msgspec


class Setting(msgspec.Struct, frozen=True):
    """A timer's length where somebody changed it tonight, seconds; of one "to", its time of day."""

    seconds: float


class TimerState(msgspec.Struct, frozen=True):
    """A timer that was touched. run: seconds it has run so far; since: running since then."""

    run: float = 0.0
    since: float | None = None
