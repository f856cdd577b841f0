"""The check-in: a question that stands on a page, once an evening, until its person answers.

    evening over --> own delay --> asked --> answered
                                   ^   |
                                   +---+ later

Whoever is asked, is asked once an evening, however often it ends. What they answer is not here: the
house knows that somebody was asked and has answered, and nothing follows from either. No answer is
nothing at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.events import (
    CheckInAnswered,
    CheckInAsked,
    CheckInEvent,
    CheckInPutOff,
    CheckInSet,
    EveningBegun,
    EveningOver,
    EveningWentOn,
)
from collavoce.care.ladder import Moment

OFF = -1
"""The minutes of whoever is never asked."""

DELAY_MIN = 20
"""Minutes after the end, unless somebody chooses their own."""

DELAY_MAX_MIN = 120
LATER_LEAST_MIN = 30
"""Whoever says "later" is left in peace for so long at least."""

MINUTE_S = 60.0
STANDS_S = 14 * 86_400.0
"""Nothing stands for longer."""

OLD_S = STANDS_S / 2
"""An end that is older is asked after no more. Half as long as facts of it are kept, so that nobody
is asked anew because it was forgotten that they were."""

EVENINGS_MAX = 32
"""Evenings remembered as gone by."""


class Said(StrEnum):
    """What somebody answers; no event holds it."""

    FINE = "fine"
    TIRED = "tired"
    LATER = "later"
    ALONE = "alone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Question:
    """asked_at : since when it may stand. again_at : when it stands, after a "later"."""

    asked_at: float
    again_at: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class CheckIns:
    """delays : person -> minutes, as far as they chose. over_at : None while the evening goes on.

    questions : of whoever was asked this evening. past : evenings that another has followed.
    """

    delays: Mapping[str, int] = field(default_factory=dict[str, int])
    evening: str = ""
    over_at: float | None = None
    questions: Mapping[str, Question] = field(default_factory=dict[str, Question])
    past: tuple[str, ...] = ()

    def delay(self, person: str) -> int:
        """Minutes after the end at which `person` is asked, `OFF` for never."""
        return self.delays.get(person, DELAY_MIN)

    def due(self, people: Iterable[str], now: Moment) -> tuple[str, ...]:
        """Those of `people` whose delay is over and who were not asked this evening."""
        if self.over_at is None or now - self.over_at > OLD_S:
            return ()
        gone_by = now - self.over_at
        return tuple(
            person
            for person in people
            if person not in self.questions
            and self.delay(person) != OFF
            and gone_by >= self.delay(person) * MINUTE_S
        )

    def stands(self, person: str, now: Moment) -> bool:
        """Whether the question stands on the page of `person`."""
        question = self.questions.get(person)
        if question is None or question.answered:
            return False
        return question.again_at <= now and now - question.asked_at <= STANDS_S

    def evolve(self, event: CheckInEvent) -> "CheckIns":
        """What is true after `event`."""
        match event:
            case CheckInSet():
                return self._chosen(event)
            case EveningBegun():
                past = (*self.past, self.evening)[-EVENINGS_MAX:] if self.evening else self.past
                return CheckIns(self.delays, event.evening, past=past)
            case EveningOver():
                return replace(self, over_at=event.ended)
            case EveningWentOn():
                return replace(self, over_at=None)
            case CheckInAsked():
                return self._with(event.person, Question(event.at, event.at))
            case CheckInPutOff():
                question = self.questions.get(event.person, Question(event.at, event.at))
                return self._with(event.person, replace(question, again_at=event.until))
            case CheckInAnswered():
                return self._answered(event.person)

    def shifted(self, seconds: float) -> "CheckIns":
        """The same with every moment moved."""
        return replace(
            self,
            over_at=None if self.over_at is None else self.over_at + seconds,
            questions={
                person: replace(q, asked_at=q.asked_at + seconds, again_at=q.again_at + seconds)
                for person, q in self.questions.items()
            },
        )

    def _chosen(self, event: CheckInSet) -> "CheckIns":
        """Whoever wants none any more has answered what stands."""
        kept = self._answered(event.person) if event.minutes == OFF else self
        return replace(kept, delays={**self.delays, event.person: event.minutes})

    def _answered(self, person: str) -> "CheckIns":
        question = self.questions.get(person)
        if question is None:
            return self
        return self._with(person, replace(question, answered=True))

    def _with(self, person: str, question: Question) -> "CheckIns":
        return replace(self, questions={**self.questions, person: question})
