"""What a story showed: steps, each with its checks, each check with its figure."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

import msgspec

from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.door import DoorError
from collavoce.runtime.clock import monotonic_ns
from collavoce.words import say


class StoryError(Exception):
    """Something that the story waits for did not happen; in words."""


class Held(StrEnum):
    """What came of a check."""

    YES = "held"
    NO = "not_held"
    NOT_YET = "not_yet"  # nothing of the program carries it
    PEOPLE = "by_people"  # nothing for a program to carry
    NOT_SHOWN = "not_shown"  # this machine cannot show it


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """unit: "ms", "s", "bytes", "keys", or "" for a bare count. most: the limit, None for none.

    of : how many times it was measured; `value` is then the worst.
    """

    value: float
    unit: str = ""
    most: float | None = None
    of: int = 1


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """said: what was checked."""

    said: str
    held: Held
    figure: Figure | None = None


class Step(msgspec.Struct, frozen=True):
    """said: what was done, in the story's own words."""

    id: str
    said: str
    checks: tuple[Check, ...]
    seconds: float


class Listener(Protocol):
    """Who is told of a story while it is played."""

    def begins(self, step: str, said: str) -> None:
        """A step is being played."""
        ...

    def ended(self, step: Step) -> None:
        """A step is over."""
        ...


class Taking:
    """The checks of one step, as they are made. words: where the step's words stand."""

    def __init__(self, words: str) -> None:
        self._words = words
        self.checks: list[Check] = []

    def is_so(self, key: str, so: object, figure: Figure | None = None, **words: object) -> None:
        """`so` ought to hold."""
        self._add(key, Held.YES if so else Held.NO, figure, words)

    def within(
        self,
        key: str,
        found: Sequence[float | None],
        most: float,
        unit: str = "ms",
        **words: object,
    ) -> None:
        """None of `found` ought to be above `most`; None stands for what never came."""
        came = [value for value in found if value is not None]
        if not came or len(came) < len(found):
            self._add(key, Held.NO, None, words)
            return
        worst = max(came)
        figure = Figure(_rounded(worst), unit, most, len(found))
        self._add(key, Held.YES if worst <= most else Held.NO, figure, words)

    def not_yet(self, key: str, **words: object) -> None:
        """Nothing carries it yet."""
        self._add(key, Held.NOT_YET, None, words)

    def by_people(self, key: str, **words: object) -> None:
        """It is not a program's to carry."""
        self._add(key, Held.PEOPLE, None, words)

    def not_shown(self, key: str, **words: object) -> None:
        """It cannot be shown on this machine."""
        self._add(key, Held.NOT_SHOWN, None, words)

    def broke(self, why: object) -> None:
        """The step could not be played to its end."""
        self.checks.append(Check(say("story.broke", why=why), Held.NO))

    def _add(self, key: str, held: Held, figure: Figure | None, words: dict[str, object]) -> None:
        said = say(f"{self._words}.{key}", **words)
        self.checks.append(Check(said, held, figure))


class Account:
    """The steps of a story so far, told to `listener` as they come."""

    def __init__(self, story: str, listener: Listener) -> None:
        self.story = story
        self.steps: list[Step] = []
        self._listener = listener

    @contextmanager
    def step(self, id_: str, part: str = "", **words: object) -> Generator[Taking]:
        """Play a step: what cannot be played to its end is a check that did not hold.

        part : a step in two parts has words of its own for each.
        """
        key = f"story.{self.story}.{id_}{part}"
        said = say(f"{key}.said", **words)
        self._listener.begins(id_, said)
        began = monotonic_ns()
        taking = Taking(key)
        try:
            yield taking
        except (StoryError, DoorError, AskingError) as error:
            taking.broke(error)
        seconds = round((monotonic_ns() - began) * 1e-9, 2)
        step = Step(id_, said, tuple(taking.checks), seconds)
        self.steps.append(step)
        self._listener.ended(step)

    def not_yet(self, *ids: str) -> None:
        """Steps that nothing of the program carries."""
        for id_ in ids:
            with self.step(id_) as taking:
                taking.checks.append(Check(say("story.nothing"), Held.NOT_YET))

    def count(self, held: Held) -> int:
        """How many checks came out so."""
        return sum(check.held is held for step in self.steps for check in step.checks)


def _rounded(value: float) -> float:
    return round(value, 1) if value < 100 else round(value)  # noqa: PLR2004  three digits to read
