"""A story as it is read: on a terminal while it is played, or as one JSON value at its end."""

import os
from collections.abc import Mapping
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.status import Status
from rich.table import Table
from rich.text import Text

from collavoce.cli.stories.account import Account, Check, Figure, Held, Step
from collavoce.words import say

WIDTH_PIPED = 100
ID_WIDTH, HELD_WIDTH = 5, 13
TONES: Mapping[Held, str] = {
    Held.YES: "green",
    Held.NO: "bold red",
    Held.NOT_YET: "yellow",
    Held.PEOPLE: "cyan",
    Held.NOT_SHOWN: "cyan",
}
"""Beside the word, never instead of it."""


class Silent:
    """Nobody looks on."""

    def begins(self, step: str, said: str) -> None:
        """Nothing is said."""

    def ended(self, step: Step) -> None:
        """Nothing is said."""


class Told:
    """Each step on `console` as soon as it is over; on a terminal also while it is played."""

    def __init__(self, console: Console | None = None) -> None:
        plain = Console(highlight=False, markup=False)
        usual = plain if plain.is_terminal else Console(width=WIDTH_PIPED, highlight=False)
        self._console = console or usual
        self._status: Status | None = None

    def begins(self, step: str, said: str) -> None:
        """Say on a terminal what is being done."""
        if self._console.is_terminal:
            self._status = self._console.status(Text(f"{step}  {said}", no_wrap=True))
            self._status.start()

    def ended(self, step: Step) -> None:
        """The step, then what was checked, a line each."""
        if self._status is not None:
            self._status.stop()
            self._status = None
        head = Table.grid(padding=(0, 1, 0, 0))
        head.add_column(width=ID_WIDTH)
        head.add_column()
        head.add_row(Text(step.id, style="bold"), Text(step.said, style="bold"))
        checks = Table.grid(padding=(0, 1, 0, 0))
        checks.add_column(width=HELD_WIDTH)
        checks.add_column()
        for check in step.checks:
            word = Text(say(f"story.{check.held}"), style=TONES[check.held])
            checks.add_row(word, Text(check_words(check)))
        self._console.print(head)
        self._console.print(Padding(checks, (0, 0, 1, ID_WIDTH + 1)))

    def says(self, *lines: str) -> None:
        """Lines before the first step or after the last."""
        for line in lines:
            self._console.print(Text(line))


def check_words(check: Check) -> str:
    """What was checked, with its figure."""
    if check.figure is None:
        return check.said
    return f"{check.said}: {figure_words(check.figure)}"


def figure_words(figure: Figure) -> str:
    """The figure with its unit, its limit, and how often it was measured."""
    value = f"{figure.value:g} {say(f'story.unit.{figure.unit}')}" if figure.unit else ""
    said = value or f"{figure.value:g}"
    if figure.most is not None:
        said = say("story.at_most", value=said, most=f"{figure.most:g}")
    return said if figure.of == 1 else say("story.worst_of", value=said, of=figure.of)


def as_json(account: Account, seconds: float) -> dict[str, Any]:
    """The same for machines. held: whether nothing failed that ought to hold."""
    return {
        "story": account.story,
        "held": account.count(Held.NO) == 0,
        "seconds": round(seconds, 1),
        "checks": {str(held): account.count(held) for held in Held},
        "steps": msgspec.to_builtins(account.steps),
    }


def busy() -> str:
    """What is to be known of the machine before its figures are believed, "" for nothing."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return say("story.busy", load=f"{load:.1f}", cores=cores) if load > cores else ""


def summary(account: Account, seconds: float) -> str:
    """The last line: how much held, how much did not, what is not there yet."""
    counts = {str(held): account.count(held) for held in Held}
    return say("story.summary", seconds=f"{seconds:.0f}", **counts)
