"""Who is with whom without a press, and who wants to be alone."""

from collavoce.care.asked.base import Command


class StartWith(Command, frozen=True):
    """`trusted` is with `owner`, without a press."""

    trusted: str
    owner: str


class EndWith(Command, frozen=True):
    """`trusted`, or `owner` themself, says that it is over."""

    by: str
    owner: str


class SayAlone(Command, frozen=True):
    """`person` wants to be alone for `minutes` from now; said again it counts anew.

    look_after: minutes after which the first of their circle is asked to look, 0 for never.
    """

    person: str
    minutes: float
    look_after: float = 0.0


class SayBack(Command, frozen=True):
    """`person` is there again."""

    person: str


CompanyCommand = StartWith | EndWith | SayAlone | SayBack
