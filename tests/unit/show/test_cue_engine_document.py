"""`docs/cue-engine.md` says what the tables of the code say."""

import typing
from collections.abc import Iterable
from pathlib import Path

import pytest

from collavoce.show.actions.group import Order
from collavoce.show.actions.others import What
from collavoce.show.commands import AnyCommand
from collavoce.show.decide import COMMANDS
from collavoce.show.events import AnyEvent
from collavoce.show.evolve import EVENTS
from collavoce.show.rules.inward import INWARD
from collavoce.show.rules.turn import SOURCES, TURNS, Asker, Obstacle
from collavoce.show.told.event import Cause

PAGE = (Path(__file__).parents[3] / "docs/cue-engine.md").read_text(encoding="utf-8")


def drawn(*rows: Iterable[str]) -> str:
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((head, "|" + "---|" * (head.count("|") - 1), *others))


def firsts(head: str) -> list[str]:
    """The first cells of the table whose head begins with `head`."""
    lines = PAGE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {head} |")) + 2
    cells: list[str] = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        cells.append(line.split("|")[1].strip())
    return cells


def test_the_table_of_sources_is_the_one_that_decides() -> None:
    assert set(SOURCES) == set(Cause)
    rows = [
        (cause, "once while armed" if source.once else "each time", source.held, source.leads)
        for cause, source in SOURCES.items()
    ]
    assert drawn(("what fires it", "how often", "in a hold", "the standby goes"), *rows) in PAGE


def test_the_table_of_obstacles_is_the_one_that_decides() -> None:
    rows = [(what, *(TURNS[what, asker] for asker in Asker)) for what in Obstacle]
    assert drawn(("in its way", *Asker), *rows) in PAGE


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("order", list(Order)),
        ("done to a cue", list(What)),
        ("action", [kind.__name__ for kind in INWARD]),
    ],
)
def test_every_order_every_way_of_ending_and_every_inward_action_has_its_row(
    head: str, names: list[str]
) -> None:
    assert firsts(head) == names


def test_every_command_has_its_row_and_its_rule() -> None:
    commands = [kind.__name__ for kind in typing.get_args(AnyCommand)]
    assert firsts("command") == commands
    assert {kind.__name__ for kind in COMMANDS} == set(commands)


def test_every_event_has_its_row_and_its_fold() -> None:
    events = {kind.__name__ for kind in typing.get_args(AnyEvent)}
    listed = firsts("event")
    assert set(listed) == events
    assert len(listed) == len(events)
    assert {kind.__name__ for kind in EVENTS} == events
