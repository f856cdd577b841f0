"""What every action has in common."""

from enum import StrEnum
from typing import ClassVar

from collavoce.units import Seconds


class Replay(StrEnum):
    """What becomes of an action whose sending is in doubt after a restart."""

    ABSOLUTE = "absolute"  # says what shall be: is sent again
    ONCE = "once"  # starts something: is not sent again, shown as perhaps sent
    INWARD = "inward"  # changes the show only: its events say whether it happened


class Action:
    """The base of every action; each is a frozen dataclass in a file of its own."""

    __slots__ = ()

    replay: ClassVar[Replay]

    @property
    def seconds(self) -> Seconds:
        """How long it takes until what it does is over; 0 for at once."""
        return Seconds(0.0)
