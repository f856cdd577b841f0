"""What is true of the standbys that were called."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer. reason: "" while clear."""

    clear: bool
    at: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A standby under way. people: who is asked; answers: by person."""

    at: float
    by: str
    people: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
