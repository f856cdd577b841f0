"""The fold itself."""

import typing
from typing import TYPE_CHECKING

from collavoce.following.estimate import Music
from collavoce.show.commands import AnyCommand
from collavoce.show.decide import COMMANDS
from collavoce.show.events import (
    AnyEvent,
    CueFired,
    CueSent,
    ExitAcknowledged,
    ShowHeld,
    ShowOpened,
)
from collavoce.show.evolve import EVENTS, evolve
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause

if TYPE_CHECKING:
    from conftest import Begin


def test_every_event_has_its_line_and_every_command_its_rule() -> None:
    assert set(EVENTS) == set(typing.get_args(AnyEvent))
    assert set(COMMANDS) == set(typing.get_args(AnyCommand))


def test_what_was_sent_is_noted_with_the_firing(begin: "Begin") -> None:
    stage = begin("1 at 4")
    stage.hear(4.0)
    state = evolve(stage.show, stage.state, CueSent(at=0.1, cue="1", datagrams=2, ms=0.4))
    assert state.fired["1"].ms == 0.4


def test_a_ledger_read_beside_an_edited_folder_folds_without_complaint(begin: "Begin") -> None:
    stage = begin("1 hand")
    state = stage.state
    for event in (
        CueFired(at=1.0, cue="gone", cause=Cause.HAND, by="caller"),
        CueSent(at=1.0, cue="never", datagrams=0, ms=0.0),
        ExitAcknowledged(at=1.0, cue="gone", person="nobody"),
    ):
        state = evolve(stage.show, state, event)
    assert state.last_fired == "gone"


def test_a_cue_that_left_the_folder_while_it_waited_is_dropped(begin: "Begin") -> None:
    stage = begin("1 hand")
    stage.state = ShowState(number="1", waiting={"gone": 1.0})
    stage.after(1.0)
    assert stage.kinds() == ["CueDropped"]
    assert next_due(stage.state) is None


def test_an_opened_show_is_a_new_one(begin: "Begin") -> None:
    stage = begin("1 at 4")
    opened = evolve(stage.show, stage.state, ShowOpened(at=0.0, title="x", plan="y"))
    assert opened == ShowState(opened=True)
    assert opened.music is Music.WAITING


def test_a_hold_told_twice_began_with_the_first(begin: "Begin") -> None:
    stage = begin("1 hand")
    state = stage.state
    for at in (3.0, 8.0):
        state = evolve(stage.show, state, ShowHeld(at=at, by="caller"))
    assert state.held_at == 3.0


def test_the_next_due_instant_is_the_earliest_wait_and_none_in_a_hold() -> None:
    waiting = {"2": 9.0, "3": 7.0}
    assert next_due(ShowState(waiting=waiting)) == 7.0
    assert next_due(ShowState(waiting=waiting, held=True)) is None
    assert next_due(ShowState(waiting=waiting, closed=True)) is None
    assert next_due(ShowState()) is None
