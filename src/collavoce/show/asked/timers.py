"""What may be asked of timers."""

from collavoce.show.asked.command import Command


class StartTimer(Command, frozen=True):
    """Start `timer`, or let it go on after a pause."""

    timer: str


class PauseTimer(Command, frozen=True):
    """Let `timer` stand where it is."""

    timer: str


class ResetTimer(Command, frozen=True):
    """Put `timer` back to its beginning, not running."""

    timer: str


class SetTimer(Command, frozen=True):
    """Give `timer` another length in seconds; running, it goes on with what is left of that.

    One that counts to a time of day is given that: seconds since the performance day's midnight.
    """

    timer: str
    seconds: float
