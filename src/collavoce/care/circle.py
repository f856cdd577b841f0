"""Who may be called for whom, in what order, and who has agreed to it.

The list belongs to its owner, the answer to whoever gave it. So a person who is dropped keeps
seeing what they themselves said, nothing in their view moves, and nobody has told them anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.events import CircleEvent, CircleSet, ConsentGiven, ConsentRefused
from collavoce.care.ladder import Times

CIRCLE_MAX = 5


class Answer(StrEnum):
    """What a person said to "may they reach you when they need someone"."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of one owner, first to be called first."""

    order: tuple[str, ...] = ()
    times: Times = field(default_factory=Times)


@dataclass(frozen=True, slots=True)
class Circles:
    """circles: owner -> Circle; answers: trusted -> owner -> Answer, in the order asked."""

    circles: Mapping[str, Circle] = field(default_factory=dict[str, Circle])
    answers: Mapping[str, Mapping[str, Answer]] = field(
        default_factory=dict[str, Mapping[str, Answer]]
    )

    def of(self, owner: str) -> Circle:
        """The circle of `owner`; empty if they never wrote one."""
        return self.circles.get(owner, Circle())

    def answer(self, owner: str, trusted: str) -> Answer | None:
        """What `trusted` said to `owner`; None if they were never asked."""
        return self.answers.get(trusted, {}).get(owner)

    def agreed(self, owner: str) -> tuple[str, ...]:
        """Those of the circle of `owner` who agreed, in order."""
        return tuple(
            trusted
            for trusted in self.of(owner).order
            if self.answer(owner, trusted) is Answer.AGREED
        )

    def evolve(self, event: CircleEvent) -> "Circles":
        """What is true after `event`."""
        match event:
            case CircleSet():
                circle = Circle(event.order, Times(second_after=event.second_after))
                after = replace(self, circles={**self.circles, event.owner: circle})
                for trusted in event.order:
                    if after.answer(event.owner, trusted) is None:
                        after = after.answered(event.owner, trusted, Answer.ASKED)
                return after
            case ConsentGiven():
                return self.answered(event.owner, event.trusted, Answer.AGREED)
            case ConsentRefused():
                return self.answered(event.owner, event.trusted, Answer.DECLINED)

    def answered(self, owner: str, trusted: str, answer: Answer) -> "Circles":
        """The circles once `trusted` stands to `owner` as `answer` says."""
        theirs = {**self.answers.get(trusted, {}), owner: answer}
        return replace(self, answers={**self.answers, trusted: theirs})
