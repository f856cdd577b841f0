"""Who may be called for whom, in what order, and who has agreed to it.

The list belongs to its owner, the answer to whoever gave it. So a person who is dropped keeps
seeing what they themselves said, nothing in their view moves, and nobody has told them anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.events import (
    CircleEvent,
    CircleSet,
    ConsentGiven,
    ConsentRefused,
    LadderSet,
)
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

    def evolve(self, event: CircleEvent | LadderSet) -> "Circles":
        """What is true after `event`."""
        match event:
            case CircleSet():
                times = replace(self.of(event.owner).times, second_after=event.second_after)
                return self._having(event.owner, Circle(event.order, times), event.order)
            case LadderSet():
                before = self.of(event.owner)
                times = Times(
                    before.times.second_after,
                    event.all_after,
                    event.voice_after,
                    event.receipt_after,
                )
                asked = (event.last_resort,) if event.asks else ()
                return self._having(event.owner, Circle(before.order, times), asked)
            case ConsentGiven():
                return self.answered(event.owner, event.trusted, Answer.AGREED)
            case ConsentRefused():
                return self.answered(event.owner, event.trusted, Answer.DECLINED)

    def _having(self, owner: str, circle: Circle, asked: tuple[str, ...]) -> "Circles":
        """The circles with `circle` as it is now; whoever of `asked` never was, is."""
        after = replace(self, circles={**self.circles, owner: circle})
        for trusted in asked:
            if after.answer(owner, trusted) is None:
                after = after.answered(owner, trusted, Answer.ASKED)
        return after

    def answered(self, owner: str, trusted: str, answer: Answer) -> "Circles":
        """The circles once `trusted` stands to `owner` as `answer` says."""
        theirs = {**self.answers.get(trusted, {}), owner: answer}
        return replace(self, answers={**self.answers, trusted: theirs})
