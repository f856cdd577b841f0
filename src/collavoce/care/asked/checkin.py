"""The check-in after the true end of the evening."""

from collavoce.care.asked.base import Command


class SetCheckIn(Command, frozen=True):
    """`person` chooses how long after the end they are asked. minutes: -1 for never."""

    person: str
    minutes: int


class HearEvening(Command, frozen=True):
    """The engine says how far the evening is. evening: a random id of the performance.

    begun : something was played. ended_ago : s since its end, None while it goes on.
    """

    evening: str
    begun: bool
    ended_ago: float | None = None


class AskWhoIsDue(Command, frozen=True):
    """Time has passed: whoever's own delay is over is asked."""


class AnswerCheckIn(Command, frozen=True):
    """`person` has answered, in whichever word; or, `later`, puts it off."""

    person: str
    later: bool = False


CheckInCommand = SetCheckIn | HearEvening | AskWhoIsDue | AnswerCheckIn
