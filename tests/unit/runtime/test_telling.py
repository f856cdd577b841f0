"""Every event has its sentence: a desk that met one without words would show nothing at all."""

from typing import Any, get_args

import msgspec
import pytest

from collavoce.following.estimate import Music
from collavoce.runtime.telling import tell, worth_telling
from collavoce.show import events as e
from collavoce.show.person import PersonIs
from collavoce.show.plan import Plan, Song

from .small_show import SHOW

KINDS: tuple[type[e.AnyEvent], ...] = get_args(e.AnyEvent)

ONE_OF: dict[str, list[Any]] = {
    "bool": [True, False],
    "str": ["mina"],
    "float": [62.5],
    "int": [3],
    "NoneType": [None],
    "tuple": [(), ("1", "mina")],
    "dict": [{}],
    "Music": list(Music),
    "PersonIs": list(PersonIs),
    "Cause": [e.Cause.HAND],
    "Plan": [Plan()],
    "Song": [Song("Ballad", "references/ballad.wav", 3.5, ("mina",))],
}


def of(kind: type[e.AnyEvent]) -> list[e.AnyEvent]:
    """Events of a kind: each field with each of its values, the others with their first."""
    fields = {f.name: _values(f.type) for f in msgspec.structs.fields(kind)}
    first = {name: values[0] for name, values in fields.items()}
    others = [{**first, name: v} for name, values in fields.items() for v in values]
    return [kind(**values) for values in others]


def _values(annotation: Any) -> list[Any]:
    kinds = get_args(annotation) if "|" in str(annotation) else (annotation,)
    names = [getattr(kind, "__origin__", kind).__name__ for kind in kinds]
    return [value for name in names for value in ONE_OF[name]]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_event_is_told_in_a_sentence(kind: type[e.AnyEvent]) -> None:
    for event in of(kind):
        words = tell(event, SHOW, str)
        assert words[-1] in ".:a3" or words.endswith("mina"), words
        assert "{" not in words
        worth_telling(event)


def test_people_are_called_by_their_names() -> None:
    called = e.StandbyCalled(0.0, "1", "caller", ("mina", "jun"))
    assert "Jun" in tell(called, SHOW, str)
    assert "Mina" in tell(e.StandbyAnswered(0.0, "1", "mina", True, "mina"), SHOW, str)
