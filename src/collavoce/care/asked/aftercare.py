"""The day after, at an hour of their own."""

from collavoce.care.asked.base import Command


class SetAftercare(Command, frozen=True):
    """`person` chooses the hour of their aftercare. minute: of the day, -1 for none.

    told : by their own contacts too.
    """

    person: str
    minute: int
    told: bool = False


class OweAftercare(Command, frozen=True):
    """`person` came to a breach. cause: names it, the same when it is said again."""

    person: str
    cause: str


class DateAftercare(Command, frozen=True):
    """What is owed because of `cause` is offered on `day`, as `date.toordinal` counts."""

    person: str
    cause: str
    day: int


class OfferAftercare(Command, frozen=True):
    """The hour of `person` has come on `day`."""

    person: str
    day: int


class AnswerAftercare(Command, frozen=True):
    """`person` puts it away; or, `later`, until another day."""

    person: str
    later: bool


AftercareCommand = SetAftercare | OweAftercare | DateAftercare | OfferAftercare | AnswerAftercare
