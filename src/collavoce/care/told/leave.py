"""Not available without an end, stepped away, back in part, and who may be told: their own word."""

from collavoce.care.told.base import Event


class DoneSaid(Event, frozen=True):
    """`person` is done, for now: not available, and no date."""

    person: str


class AwaySaid(Event, frozen=True):
    """`person` stepped away on `day`. Days as `date.toordinal` counts.

    until : the last day, 0 for none. shown : that day may be shown. called : they are called all
    the same when somebody of theirs presses.
    """

    person: str
    day: int
    until: int = 0
    shown: bool = False
    called: bool = False


class StillAway(Event, frozen=True):
    """The day that `person` named is past, and they are not back: there is no date any more."""

    person: str


class ReturnSaid(Event, frozen=True):
    """What of it `person` does again; neither: nothing of it is said any more."""

    person: str
    rehearses: bool
    performs: bool


class OfficeTold(Event, frozen=True):
    """`person` lets `office` know that they are not available."""

    person: str
    office: str


class OfficeUntold(Event, frozen=True):
    """They took it back; nobody had read it."""

    person: str
    office: str


class OfficeRead(Event, frozen=True):
    """It was read. By whom stands in their own log alone."""

    person: str
    office: str


LeaveEvent = DoneSaid | AwaySaid | StillAway | ReturnSaid | OfficeTold | OfficeUntold | OfficeRead
