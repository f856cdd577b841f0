"""Not available without an end, stepped away, back in part, and who may be told: their own word."""

from collavoce.care.asked.base import Command


class SayDone(Command, frozen=True):
    """`person` is done, for now: not available, and no date."""

    person: str


class SayAway(Command, frozen=True):
    """`person` steps away, on `day`. Days as `date.toordinal` counts.

    until : the last day, 0 for none. shown : that day may be shown. called : they are called all
    the same when somebody of theirs presses.
    """

    person: str
    day: int
    until: int = 0
    shown: bool = False
    called: bool = False


class SayStill(Command, frozen=True):
    """The day that `person` named is past, and they are not back: there is no date any more."""

    person: str


class SayReturn(Command, frozen=True):
    """What of it `person` does again; both is being back, neither is being done."""

    person: str
    rehearses: bool
    performs: bool


class LetKnow(Command, frozen=True):
    """`person` lets `office` know that they are not available; one of `leave.OFFICES`."""

    person: str
    office: str


class KeepBack(Command, frozen=True):
    """`person` takes that back, before anybody has read it."""

    person: str
    office: str


class ReadKnown(Command, frozen=True):
    """`by` reads what `person` lets `office` know."""

    by: str
    person: str
    office: str


LeaveCommand = SayDone | SayAway | SayStill | SayReturn | LetKnow | KeepBack | ReadKnown
