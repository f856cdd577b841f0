"""The evening's end, and that somebody was asked after it: never what they answered."""

from collavoce.care.told.base import Event


class CheckInSet(Event, frozen=True):
    """`person` chose how long after the end they are asked. minutes: -1 for never."""

    person: str
    minutes: int


class EveningBegun(Event, frozen=True):
    """Another evening has begun; what was asked after the one before is asked no more."""

    evening: str


class EveningOver(Event, frozen=True):
    """The evening is over since `ended`, a moment as `at` is."""

    evening: str
    ended: float


class EveningWentOn(Event, frozen=True):
    """It is not over after all: an encore, or the music went back."""

    evening: str


class CheckInAsked(Event, frozen=True):
    """The question stands on the page of `person`."""

    person: str


class CheckInPutOff(Event, frozen=True):
    """`person` said "later": it stands again at `until`."""

    person: str
    until: float


class CheckInAnswered(Event, frozen=True):
    """`person` answered; in which word, only they can read."""

    person: str


CheckInEvent = (
    CheckInSet
    | EveningBegun
    | EveningOver
    | EveningWentOn
    | CheckInAsked
    | CheckInPutOff
    | CheckInAnswered
)

EveningEvent = EveningBegun | EveningOver | EveningWentOn
"""Those that are nobody's."""
