"""Who decides what is asked of setlist."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.command import Command

RULES: Mapping[type[Command], Callable[..., Any]] = {}
