"""A person is erased: no byte of theirs is left on the disk, and everybody else has theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    ConfirmShown,
    EndAlert,
    RaiseAlert,
    SayComing,
    SayWith,
    SetContacts,
    SetLadder,
    SetNear,
)
from collavoce.care.events import (
    AlertEnded,
    AlertRaised,
    AnyEvent,
    CallShown,
    CircleSet,
    HelpArrived,
    LadderSet,
    NearSet,
)
from collavoce.care.leaving import without
from collavoce.care.near import Kind, Near
from collavoce.care.outcome import Kept
from collavoce.care.planes import FIELDS, Is
from collavoce.care.states.pairing import secret_hash

NUMBER = "+4917155501234"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def test_nothing_of_an_erased_person_is_left_on_the_disk(world: World) -> None:
    phones = {p: world.phone(p) for p in ("pianist", "friend", "second", "third")}
    world.circle("pianist", "friend", "second")
    world.circle("friend", "pianist", "second")
    world.circle("second", "pianist")
    world.own.write_lines(phones["friend"], ("mine",), ("pianist",))
    world.own.write_lines(phones["pianist"], ("theirs",), ("friend",))
    world.own.lines_for(phones["friend"], "pianist")
    world.own.give_shares(phones["friend"], ("pianist", "second"))
    world.does(SetContacts("pianist", (Contact(Channel.SMS, NUMBER),)))
    world.does(SetLadder("third", 5.0, 60.0, 120.0, ""))
    world.does(RaiseAlert("friend", "a press of the friend"))
    world.does(ConfirmShown("pianist", "a press of the friend"))
    world.does(SayComing("pianist", "a press of the friend"))
    world.does(SayWith("pianist", "a press of the friend"))
    world.does(RaiseAlert("second", "an open press of the second"))
    world.does(SayComing("pianist", "an open press of the second"))
    world.does(RaiseAlert("pianist", "an open press of the pianist"))
    name, token = world.shelf.name("pianist"), phones["pianist"]
    told = world.readable()
    own = (name, NUMBER, secret_hash(token), "an open press of the pianist")
    assert all(word in told for word in own)
    assert isinstance(world.own.erase(token), Kept)
    for again in (False, True):
        if again:
            world.again()
        told = world.readable()
        assert not [word for word in own if word in told]
        assert not [word for word in own if word.encode() in world.bytes_on_disk()]
        state = world.house.state
        assert world.own.unlock(token) is None
        assert state.circles.of("friend").order == ("second",)
        assert state.alerts.open_of("pianist") is None
        # The call they had said "coming" to is open again; the one they ended stays ended.
        assert state.alerts.open_of("friend") is None
        reopened = state.alerts.open_of("second")
        assert reopened is not None
        assert reopened.coming is None
        assert world.own.lines(phones["friend"]) == (("mine",), ())
    # They may come back, as somebody new.
    world.tokens.pop("pianist")
    fresh = world.phone("pianist")
    assert world.own.lines(fresh) == ((), ())
    assert world.house.state.circles.of("pianist").order == ()


def test_a_list_that_keeps_somebody_away_outlives_their_erasure(world: World) -> None:
    mine, theirs = world.phone("friend"), world.phone("manager")
    world.does(SetNear("friend", Near(Kind.NOT, ("manager",))))
    assert isinstance(world.own.erase(theirs), Kept)
    world.again()
    assert not world.house.state.terms.of("friend").near.admits("manager")
    assert world.own.unlock(mine) is not None


def test_an_erasure_the_disk_refuses_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collavoce.ledger.errors import StoreFullError

    token = world.phone("pianist")

    def full(*_: object, **__: object) -> None:
        raise StoreFullError("no room")

    monkeypatch.setattr(world.shelf, "write_anew", full)
    assert not isinstance(world.own.erase(token), Kept)
    assert world.own.unlock(token) is not None
    monkeypatch.undo()
    assert isinstance(world.own.erase(token), Kept)


RAISED = AlertRaised(1.0, "a", "p", 1.0, 1.0, 0, ("b", "gone"), 20.0, last="gone")


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (CircleSet(1.0, "a", ("gone", "b"), 20.0), CircleSet(1.0, "a", ("b",), 20.0)),
        (RAISED, AlertRaised(1.0, "a", "p", 1.0, 1.0, 0, ("b",), 20.0)),
        (CallShown(1.0, "a", "p", "gone"), None),
        (HelpArrived(1.0, "a", "p", "gone"), AlertEnded(1.0, "a", "p")),
        (HelpArrived(1.0, "a", "p", "b"), HelpArrived(1.0, "a", "p", "b")),
        (LadderSet(1.0, "a", 5.0, 60.0, 120.0, "gone"), LadderSet(1.0, "a", 5.0, 60.0, 120.0, "")),
        (
            NearSet(1.0, "a", Near(Kind.ONLY, ("gone", "b"))),
            NearSet(1.0, "a", Near(Kind.ONLY, ("b",))),
        ),
        (
            NearSet(1.0, "a", Near(Kind.NOT, ("gone",))),
            NearSet(1.0, "a", Near(Kind.NOT, ("gone",))),
        ),
    ],
)
def test_the_facts_of_others_without_them(event: AnyEvent, left: AnyEvent | None) -> None:
    assert without(event, "gone") == left


def test_every_field_that_can_hold_a_person_is_looked_at() -> None:
    kinds = {mark.kind for marks in FIELDS.values() for mark in marks.values()}
    assert {Is.PERSON, Is.PERSONS, Is.NEAR, Is.MESSAGE} < kinds


def test_who_leaves_a_circle_by_erasure_is_called_for_nobody(world: World) -> None:
    owner, theirs = world.phone("pianist"), world.phone("friend")
    world.phone("second")
    world.circle("pianist", "friend", "second")
    assert isinstance(world.own.erase(theirs), Kept)
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    alert = world.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.order == ("second",)
    world.does(EndAlert("pianist", "a press of the pianist"))
    assert owner
    assert not isinstance(world.own.ask(AnswerRequest("friend", "pianist", agrees=True)), Kept)
