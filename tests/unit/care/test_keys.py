"""A person's key: made by the first phone, handed on, taken away, renewed, lost and begun anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.process.opened_dump import leaves
from tests.unit.care.key_world import PEOPLE, World

from collavoce.care.commands import (
    ConfirmDevice,
    ForgetDevice,
    ForgetOthers,
    RaiseAlert,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.care.states.keys import Sight, Unlocked
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.care.kept.proof import Proof

LINES = ("I want no water, I want quiet.", "Do not touch my hands.")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def sight(world: World, token: str) -> Sight | None:
    unlocked = world.own.unlock(token)
    return None if unlocked is None else unlocked.sight


def test_the_first_phone_makes_the_key_and_opens_it_after_a_restart(world: World) -> None:
    token = world.phone("pianist")
    assert world.own.unlock(token) == Unlocked("pianist", Sight.OPEN)
    assert isinstance(world.own.write_lines(token, LINES, ()), Kept)
    world.again()
    assert world.own.lines(token) == (LINES, ())


def test_a_stranger_and_a_phone_that_waits_open_nothing(world: World) -> None:
    token = world.phone("pianist")
    world.own.write_lines(token, LINES, ())
    waiting = world.claims("pianist")
    for nobody in ("", "no token of ours", waiting):
        assert world.own.unlock(nobody) is None
        assert world.own.lines(nobody) == ((), ())
        assert world.own.lines_for(nobody, "pianist") == ()
        assert world.own.own_log(nobody) == ()
        assert world.own.export(nobody) == b"{}"
        assert isinstance(world.own.erase(nobody), Refused)
        assert isinstance(world.own.write_lines(nobody, LINES, ()), Refused)
        assert isinstance(world.own.begin_anew(nobody), Refused)
        assert isinstance(world.own.set_routing(nobody, on=False), Refused)
    assert world.own.lines(token) == (LINES, ())


def test_a_further_phone_opens_the_same_as_soon_as_it_was_said_yes_to(world: World) -> None:
    first = world.phone("pianist")
    world.own.write_lines(first, LINES, ())
    second = world.phone("pianist")
    assert world.own.lines(second) == (LINES, ())
    world.again()
    assert world.own.lines(second) == (LINES, ())


def test_a_phone_paired_before_there_were_keys_gets_one_when_it_is_next_here(
    world: World,
) -> None:
    first, second = world.phone("pianist"), world.phone("pianist")
    world.shelf.change({("chest", "pianist"): None})  # as an older release left it
    world.again()
    assert sight(world, second) is Sight.OPEN
    assert sight(world, first) is Sight.ELSEWHERE
    assert sight(world, second) is Sight.OPEN
    assert sight(world, first) is Sight.OPEN


def test_a_browser_that_changes_its_token_takes_its_key_along(world: World) -> None:
    first = world.phone("pianist")
    world.own.write_lines(first, LINES, ())
    fresh = world.claims("pianist", before=first)
    assert world.own.lines(fresh) == (LINES, ())
    assert world.own.unlock(first) is None
    chest = world.own._keyring.chest("pianist")
    assert chest is not None
    assert set(chest.boxes) == {secret_hash(fresh)}


def test_a_forgotten_phone_loses_its_box_from_the_disk(world: World) -> None:
    first, second = world.phone("pianist"), world.phone("pianist")
    chest = world.own._keyring.chest("pianist")
    assert chest is not None
    box = chest.boxes[secret_hash(first)]
    assert box.hex() in hexed(world)
    world.does(ForgetDevice("pianist", secret_hash(first)), Proof(second))
    assert box.hex() not in hexed(world)
    assert sight(world, second) is Sight.OPEN


def hexed(world: World) -> str:
    """What the server's key opens, every byte string in it as hexadecimal."""
    found = (leaf.hex() for leaf in leaves(world.opened()) if isinstance(leaf, bytes))
    return " ".join(found)


def test_to_forget_my_others_renews_my_key_and_seals_anew_what_was_sealed_to_the_old(
    world: World,
) -> None:
    mine, lost = world.phone("pianist"), world.phone("pianist")
    friend, second = world.phone("friend"), world.phone("second")
    world.circle("pianist", "friend", "second")
    world.circle("friend", "pianist")
    code = world.recovery("pianist", mine)
    assert isinstance(world.own.give_shares(mine, ("friend", "second")), Kept)
    assert isinstance(world.own.write_lines(mine, LINES, ("friend",)), Kept)
    assert isinstance(world.own.write_aftercare(mine, "walk home alone"), Kept)
    assert isinstance(world.own.write_lines(friend, ("mine to you",), ("pianist",)), Kept)
    assert world.own.lines_for(friend, "pianist") == LINES
    before = world.own._keyring.private_of(mine)
    world.does(ForgetOthers("pianist", secret_hash(mine)), Proof(mine))
    after = world.own._keyring.private_of(mine)
    assert before is not None
    assert after is not None
    assert before != after
    assert world.own.unlock(lost) is None
    world.again()
    assert world.own.lines(mine) == (LINES, ("friend",))
    assert world.own.aftercare(mine) == "walk home alone"
    assert [row.who for row in world.own.own_log(mine)] == ["friend"]
    assert world.own.lines_for(friend, "pianist") == LINES
    assert world.own.lines_for(mine, "friend") == ("mine to you",)
    from collavoce.runtime.care.kept import papers

    for kind in ("lines", "aftercare"):
        assert papers.opened(world.own._keyring, kind, "pianist", "pianist", before[1]) == ()
    assert papers.log_of(world.own._keyring, "pianist", before[1]) == ()
    # Code and shares open the new key.
    again = world.claims("pianist")
    assert isinstance(world.recovers(again, code), Kept)
    assert world.own.lines(again) == (LINES, ("friend",))
    assert second


def test_the_recovery_code_restores_what_was_sealed_and_only_once(world: World) -> None:
    first = world.phone("pianist")
    world.own.write_lines(first, LINES, ())
    code = world.recovery("pianist", first)
    new = world.claims("pianist")
    assert world.own.unlock(new) is None
    assert isinstance(world.recovers(new, "K7QX-0M4D-0000-0000-0000-0000-0000"), Refused)
    assert isinstance(world.recovers(new, code), Kept)
    assert sight(world, new) is Sight.OPEN
    assert world.own.lines(new) == (LINES, ())
    third = world.claims("pianist")
    assert isinstance(world.recovers(third, code), Refused)
    chest = world.own._keyring.chest("pianist")
    assert chest is not None
    assert chest.recovery == b""


def test_a_code_before_the_last_one_opens_nothing(world: World) -> None:
    first = world.phone("pianist")
    old = world.recovery("pianist", first, seed=1)
    new = world.recovery("pianist", first, seed=2)
    waiting = world.claims("pianist")
    assert isinstance(world.recovers(waiting, old), Refused)
    assert isinstance(world.recovers(waiting, new), Kept)


def test_whoever_has_lost_every_key_is_told_and_can_begin_anew_and_press_all_the_while(
    world: World,
) -> None:
    first = world.phone("pianist")
    friend = world.phone("friend")
    world.circle("pianist", "friend")
    world.own.write_lines(first, LINES, ("friend",))
    second = world.claims("pianist")
    # Said yes to on a phone whose own box is gone: as after a code from before there were keys.
    chest = world.own._keyring.chest("pianist")
    assert chest is not None
    world.own._keyring.keep("pianist", type(chest)(chest.public))
    command = ConfirmDevice("pianist", secret_hash(first), secret_hash(second))
    world.does(command, Proof(first))
    assert sight(world, second) is Sight.GONE
    assert world.own.lines(second) == ((), ())
    assert isinstance(world.own.write_lines(second, LINES, ()), Refused)
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    alert = world.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.order == ("friend",)
    assert isinstance(world.own.begin_anew(second), Kept)
    assert sight(world, second) is Sight.OPEN
    assert world.own.lines(second) == ((), ())
    assert world.own.lines_for(friend, "pianist") == ()
    assert isinstance(world.own.write_lines(second, LINES, ("friend",)), Kept)
    assert world.own.lines_for(friend, "pianist") == LINES
    assert isinstance(world.own.begin_anew(second), Refused)


def test_what_lies_on_the_disk_opens_without_a_phone_to_no_word(world: World) -> None:
    first = world.phone("pianist")
    world.phone("friend")
    world.circle("pianist", "friend")
    world.recovery("pianist", first)
    world.own.write_lines(first, LINES, ("friend",))
    world.own.write_aftercare(first, "walk home alone")
    told = world.readable()
    ids = tuple(f"'{person}'" for person in PEOPLE)
    for word in (*ids, *(p.name for p in PEOPLE.values()), *LINES, "walk home alone"):
        assert word not in told
        assert word.encode() not in world.bytes_on_disk()
    assert "~" in told
