"""The day after, at an hour of their own."""

from collavoce.care.told.base import Event


class AftercareSet(Event, frozen=True):
    """`person` chose the hour of their aftercare. minute: of the day, -1 for none.

    told : by their own contacts too.
    """

    person: str
    minute: int
    told: bool = False


class AftercareOwed(Event, frozen=True):
    """`person` came to a breach. cause: names it, and tells nobody which."""

    person: str
    cause: str


class AftercareDue(Event, frozen=True):
    """What is owed to `person` because of `cause` has its day, as `date.toordinal` counts."""

    person: str
    cause: str
    day: int


class AftercareOffered(Event, frozen=True):
    """Their hour came on `day`: the offer stands on the page of `person`."""

    person: str
    day: int


class AftercareAnswered(Event, frozen=True):
    """`person` put it away; or, `later`, until another day."""

    person: str
    later: bool


AftercareEvent = AftercareSet | AftercareOwed | AftercareDue | AftercareOffered | AftercareAnswered
