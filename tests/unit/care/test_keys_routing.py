"""Who keeps their circle to themselves: sealed to their phones, unlocked by their press."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    EndAlert,
    ForgetOthers,
    RaiseAlert,
    SetCircle,
    SetContacts,
    SetNear,
    SetWords,
)
from collavoce.care.near import Kind, Near
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.care.kept.proof import Proof

PRESS = "a press of the pianist"
NUMBER = "+4917155501234"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def with_a_circle(world: World) -> str:
    mine = world.phone("pianist")
    for person in ("friend", "second"):
        world.phone(person)
    world.circle("pianist", "friend", "second")
    world.does(SetNear("pianist", Near(Kind.NOT, ("manager",))))
    world.does(SetContacts("pianist", (Contact(Channel.SMS, NUMBER),)))
    return mine


def circle(world: World) -> tuple[str, ...]:
    return world.house.state.circles.agreed("pianist")


def test_declined_it_is_opened_by_nothing_but_a_phone_of_theirs(world: World) -> None:
    mine = with_a_circle(world)
    assert NUMBER in world.readable()
    assert isinstance(world.own.set_routing(mine, on=False), Kept)
    assert circle(world) == ("friend", "second")
    told = world.readable()
    assert NUMBER not in told
    for word in ("CircleSet", "NearSet", "ConsentGiven", world.shelf.name("second")):
        assert not any(word in row for row in rows_of(world, "pianist")), word
    world.again()
    assert circle(world) == ()
    assert world.house.state.terms.of("pianist").near == Near()
    world.own.unlock(mine)
    assert circle(world) == ("friend", "second")
    assert world.house.state.terms.of("pianist").near == Near(Kind.NOT, ("manager",))


def rows_of(world: World, person: str) -> list[str]:
    """What the server reads in the stream of `person`."""
    name = world.shelf.name(person)
    bodies = [body for body in world.opened() if isinstance(body, list)]
    return [repr(body[3]) for body in bodies if body[1][:2] == ["person", name]]


def test_the_press_unlocks_it_and_an_open_call_goes_on_after_a_restart(world: World) -> None:
    mine = with_a_circle(world)
    world.own.set_routing(mine, on=False)
    world.again()
    world.own.unlock(mine)  # the request of the press carries the token
    world.does(RaiseAlert("pianist", PRESS), Proof(mine))
    world.again()
    alert = world.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.order == ("friend", "second")
    world.now += 21.0
    world.house.turn()
    alert = world.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert set(alert.calls) == {"friend", "second"}
    world.own.unlock(mine)
    again = world.house.state.alerts.open_of("pianist")
    assert again is not None
    assert again.calls.keys() == alert.calls.keys()
    world.does(EndAlert("pianist", PRESS))


def test_what_is_changed_meanwhile_is_kept_in_boxes_and_comes_back_when_allowed(
    world: World,
) -> None:
    mine = with_a_circle(world)
    world.own.set_routing(mine, on=False)
    world.does(AnswerRequest("second", "pianist", agrees=False))
    world.phone("third")
    world.does(SetCircle("pianist", ("third", "friend"), 10.0))
    world.does(AnswerRequest("third", "pianist", agrees=True))
    assert not any("CircleSet" in row or "Consent" in row for row in rows_of(world, "pianist"))
    world.again()
    world.own.unlock(mine)
    assert circle(world) == ("third", "friend")
    assert isinstance(world.own.set_routing(mine, on=True), Kept)
    assert any("CircleSet" in row for row in rows_of(world, "pianist"))
    world.again()
    assert circle(world) == ("third", "friend")
    assert world.house.state.circles.of("pianist").times.second_after == 10.0
    assert world.house.state.circles.answer("pianist", "second") is not None


def test_a_renewed_key_opens_it_too(world: World) -> None:
    mine = with_a_circle(world)
    world.own.set_routing(mine, on=False)
    world.does(ForgetOthers("pianist", secret_hash(mine)), Proof(mine))
    world.again()
    world.own.unlock(mine)
    assert circle(world) == ("friend", "second")


def test_death_between_the_yes_and_the_moving_is_made_good_at_the_next_opening(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = with_a_circle(world)
    from collavoce.runtime.care.kept import kept_circle

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kept_circle, "withdraw", die)
    with pytest.raises(KeyboardInterrupt):
        world.own.set_routing(mine, on=False)
    monkeypatch.undo()
    world.again()
    assert not any("CircleSet" in row for row in rows_of(world, "pianist"))
    world.own.unlock(mine)
    assert circle(world) == ("friend", "second")


def test_the_words_that_take_a_press_back_are_never_for_the_server(world: World) -> None:
    mine = with_a_circle(world)
    words = SetWords("pianist", secret_hash("umbrella"), secret_hash("raincoat"))
    world.does(words)
    assert secret_hash("raincoat") not in world.readable()
    world.again()
    assert world.house.state.terms.of("pianist").duress_word == ""
    world.own.unlock(mine)
    assert world.house.state.terms.of("pianist").duress_word == secret_hash("raincoat")
