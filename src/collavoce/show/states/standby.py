"""What is true of the standbys that were called."""

from collections.abc import Mapping

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """One person's answer. reason: "" while clear."""

    clear: bool
    at: float
    reason: str = ""


class Called(msgspec.Struct, frozen=True):
    """A standby under way. people: who is asked; answers: by person."""

    at: float
    by: str
    people: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = msgspec.field(default_factory=dict[str, Answer])
