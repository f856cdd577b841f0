"""Who may be called for whom, and their answers."""

from collavoce.care.asked.base import Command


class SetCircle(Command, frozen=True):
    """Write the circle of `owner` anew. order: 0 to 5 ids; second_after: seconds, 5..60."""

    owner: str
    order: tuple[str, ...]
    second_after: float


class AnswerRequest(Command, frozen=True):
    """`trusted` agrees to be reached by `owner`, or does not, or leaves."""

    trusted: str
    owner: str
    agrees: bool


CircleCommand = SetCircle | AnswerRequest
