"""How a bug is planted: a name, and what the program does instead while it is there."""

import contextlib
import importlib
from collections.abc import Callable, Generator
from typing import Any
from unittest import mock

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.state import ShowState

evolve = importlib.import_module("collavoce.show.evolve")
decide = importlib.import_module("collavoce.show.decide")
"""The modules; the room hands on their functions under the same names."""

WITHIN = 1000
"""Seeds in which each must be found."""

Patch = contextlib.AbstractContextManager[Any]
PLANTED: dict[str, Callable[[], Patch]] = {}


def planted(bug: Callable[[], Generator[None]]) -> Callable[[], Patch]:
    """Take `bug` into the table, under its name."""
    planting = contextlib.contextmanager(bug)
    PLANTED[bug.__name__.removeprefix("_").replace("_", " ")] = planting
    return planting


def instead(where: Any, name: str, what: Any) -> Patch:
    """`what` in place of `where.name`."""
    return mock.patch.object(where, name, what)


def folding(kind: type[e.Event], rule: Callable[[Show, ShowState, Any], ShowState]) -> Patch:
    """`rule` in place of what an event makes of the state, for everybody who folds."""
    return mock.patch.dict(evolve.EVENTS, {kind: rule})


def forgotten(kind: type[e.Event]) -> Patch:
    """An event makes nothing of the state, for anybody."""
    return folding(kind, lambda _show, state, _event: state)


def asking(kind: type[Any], rule: Callable[[Any, Any], Any]) -> Patch:
    """`rule` in place of what decides about a command."""
    return mock.patch.dict(decide.COMMANDS, {kind: rule})
