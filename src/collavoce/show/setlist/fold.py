"""What the events of setlist make of the state."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.event import Event

FOLDS: Mapping[type[Event], Callable[..., Any]] = {}
