"""What a person wrote of being away and of their way back: sealed, by name, withdrawn at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from tests.unit.care import key_world
from tests.unit.care.key_world import World

from collavoce.care.commands import (
    ForgetOthers,
    KeepBack,
    LetKnow,
    ReadKnown,
    SayAway,
    SayBack,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.leave import LET_KNOW_AFTER_S, NO_DATE, Shown
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.leave import STEP_MAX, STEPS_MAX, WORDS_MAX, Leaving
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.retention import COMPANY_KEPT, purge
from collavoce.words import say

DAY_S = 86_400.0
CANARY = "the canary sings"
STEPS = ("no one", "a friend behind the door", CANARY)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    people = {**key_world.PEOPLE, "manager": Person("manager", "Karl Weber", ("company manager",))}
    monkeypatch.setattr(key_world, "PEOPLE", people)
    made = timed(World(tmp_path))
    yield made
    made.close()


def timed(world: World) -> World:
    """Its papers go by the world's own clock, and the part is one of its parts."""
    world.own.keep.wall = lambda: world.wall
    world.own.parts = (Leaving(world.own.keep),)
    return world


def part(world: World) -> Leaving:
    return cast("Leaving", world.own.parts[0])


def again(world: World) -> None:
    world.again()
    timed(world)


def seen(world: World, token: str) -> Any:
    """What the stream carries of it for the phone of `token`."""
    world.own.unlock(token)
    return msgspec.json.decode(msgspec.json.encode(world.own.seen(token)))


def today(world: World) -> int:
    return world.own.keep.today()


def steps_away(world: World, until: int = 0, *, shown: bool = False) -> None:
    world.does(SayAway("pianist", today(world), until, shown))


def purged(world: World) -> None:
    purge(world.shelf, world.wall, world.house.state.keys.declined)
    world.own.read_anew()


def refused(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused)
    return outcome.why


# Words while they are away.


def test_those_chosen_see_since_when_and_the_words_and_nobody_else_anything(world: World) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))
    nothing = seen(world, second)
    steps_away(world)
    assert part(world).write_away(mine, CANARY, ("friend",), dated=False) == Kept()
    since = date.fromordinal(today(world)).isoformat()
    assert seen(world, friend)["gone"] == [{"who": "pianist", "since": since}]
    assert part(world).of(friend, "pianist")["words"] == CANARY
    assert seen(world, second) == nothing
    assert part(world).of(second, "pianist") == part(world).of(second, "third")
    assert CANARY not in world.readable()
    assert CANARY.encode() not in world.bytes_on_disk()


def test_every_look_of_another_leaves_its_row(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    for _ in range(3):
        seen(world, friend)
    part(world).of(friend, "pianist")
    rows = [(row.who, row.what, row.why) for row in world.own.own_log(mine)]
    assert rows == [("friend", "away", "page"), ("friend", "away", "asked")]


def test_withdrawn_it_is_gone_at_the_next_look(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    assert seen(world, friend)["gone"]
    changes = world.own.changes
    part(world).write_away(mine, CANARY, (), dated=False)
    assert world.own.changes > changes, "a stream that is open looks again"
    assert seen(world, friend)["gone"] == []
    assert part(world).of(friend, "pianist")["words"] == ""


def test_the_last_day_is_seen_only_if_they_say_so(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    until = today(world) + 21
    steps_away(world, until)
    part(world).write_away(mine, "", ("friend",), dated=False)
    assert part(world).of(friend, "pianist")["until"] == ""
    part(world).write_away(mine, "", ("friend",), dated=True)
    assert part(world).of(friend, "pianist")["until"] == date.fromordinal(until).isoformat()


def test_words_are_for_while_they_are_away_and_go_when_they_are_back(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    assert refused(part(world).write_away(mine, CANARY, ("friend",), dated=False))
    world.does(SayDone("pianist"))
    assert refused(part(world).write_away(mine, CANARY, ("friend",), dated=False))
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    world.does(SayBack("pianist"))
    assert seen(world, friend)["gone"] == []
    assert part(world).of(friend, "pianist")["words"] == ""
    world.own.unlock(mine)
    assert part(world).mine(mine)["words"] == ""
    steps_away(world)
    assert seen(world, friend)["gone"] == [], "another time is another word"


def test_back_in_part_they_are_not_away_to_anybody_and_their_words_wait(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    world.does(SayReturn("pianist", True, False))
    assert seen(world, friend)["gone"] == []
    assert part(world).of(friend, "pianist")["words"] == ""
    assert not world.house.state.leaves.rests("pianist")
    world.does(SayReturn("pianist", False, False))
    assert seen(world, friend)["gone"]
    assert part(world).of(friend, "pianist")["words"] == CANARY


def test_who_has_no_phone_here_yet_sees_it_once_both_were_here(world: World) -> None:
    mine = world.phone("pianist")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    friend = world.phone("friend")
    world.own.unlock(mine)
    assert part(world).of(friend, "pianist")["words"] == CANARY


def test_strangers_and_oneself_are_not_among_the_readers(world: World) -> None:
    mine = world.phone("pianist")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend", "nobody", "pianist"), dated=False)
    assert part(world).mine(mine)["readers"] == ["friend"]


@pytest.mark.parametrize("token", ["", "a token of nobody"])
def test_a_phone_of_nobody_writes_and_reads_nothing(world: World, token: str) -> None:
    mine = world.phone("pianist")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    assert refused(part(world).write_away(token, "x", (), dated=False))
    assert refused(part(world).write_way(token, ("x",), 0, ()))
    assert part(world).mine(token)["words"] == ""
    assert part(world).of(token, "pianist")["words"] == ""
    assert part(world).known(token) == []
    assert CANARY not in str(part(world).mine(token))


def test_limits_are_said(world: World) -> None:
    mine = world.phone("pianist")
    steps_away(world)
    long = "x" * (WORDS_MAX + 1)
    assert str(WORDS_MAX) in refused(part(world).write_away(mine, long, (), dated=False))
    many = ("x",) * (STEPS_MAX + 1)
    assert str(STEPS_MAX) in refused(part(world).write_way(mine, many, 0, ()))
    assert str(STEP_MAX) in refused(part(world).write_way(mine, ("x" * (STEP_MAX + 1),), 0, ()))
    assert refused(part(world).write_way(mine, ("x",), 1, ())) == say("away.refused.where")


# The way back.


def test_their_own_steps_either_way_and_seen_by_those_named(world: World) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))
    nothing = seen(world, second)
    for where in (0, 2, 1, -1, 1):
        assert part(world).write_way(mine, STEPS, where, ("friend",)) == Kept()
        assert part(world).mine(mine)["way"] == {"steps": list(STEPS), "where": where}
        assert part(world).of(friend, "pianist")["way"] == {"steps": list(STEPS), "where": where}
    assert seen(world, friend)["ways"] == ["pianist"]
    assert seen(world, second) == nothing
    assert part(world).of(second, "pianist")["way"] is None
    assert CANARY not in world.readable()
    again(world)
    assert part(world).mine(mine)["way"] == {"steps": list(STEPS), "where": 1}
    assert seen(world, friend)["ways"] == ["pianist"], "also after a start"
    part(world).write_way(mine, (), -1, ("friend",))
    assert seen(world, friend)["ways"] == []
    assert part(world).of(friend, "pianist")["way"] is None


def test_a_way_back_tells_the_show_and_the_server_nothing(world: World) -> None:
    mine = world.phone("pianist")
    before, state = world.readable(), world.house.state
    part(world).write_way(mine, STEPS, 1, ())
    told = world.readable()
    assert world.house.state == state, "no fact of care"
    assert not [word for word in ("no one", "behind the door", CANARY) if word in told]
    assert len(told) >= len(before)


def test_nothing_of_it_counts(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    part(world).write_way(mine, STEPS, 1, ("friend",))
    theirs = part(world).of(friend, "pianist")["way"]
    assert isinstance(theirs, dict)
    assert theirs.keys() == {"steps", "where"}


# The day that was named.


def test_their_own_page_asks_once_when_the_day_is_past_and_nothing_else_happens(
    world: World,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    steps_away(world, today(world) + 2, shown=True)
    part(world).write_away(mine, "", ("friend",), dated=True)
    for asks in (False, False, False, True, True):
        assert seen(world, mine)["leave"]["asks"] is asks
        assert "asks" not in str(seen(world, friend))
        world.wall += DAY_S
    shown = world.house.state.leaves.shown("pianist")
    assert shown is not None
    assert shown.until != NO_DATE, "what was said stands until they say something else"
    world.does(SayStill("pianist"))
    for _ in range(400):
        world.wall += DAY_S
    assert seen(world, mine)["leave"]["asks"] is False, "once"
    assert world.house.state.leaves.shown("pianist") == Shown(performs=False, until=NO_DATE)


def test_an_open_page_is_asked_to_look_when_the_day_changes(world: World) -> None:
    world.phone("pianist")
    steps_away(world, today(world))
    part(world).purge()
    changes = world.own.changes
    part(world).purge()
    assert world.own.changes == changes
    world.wall += DAY_S
    part(world).purge()
    assert world.own.changes > changes


# Letting an office know.


def test_it_is_refused_with_the_day_from_which_it_is_not(world: World) -> None:
    mine = world.phone("pianist")
    world.does(SayDone("pianist"))
    why = refused(part(world).say(LetKnow("pianist", "press")))
    assert why == say("away.refused.too_early_from", day="24 September 2026", time="14:14")
    assert seen(world, mine)["leave"]["from"] == "2026-09-24 14:14"


@pytest.mark.parametrize("jump", [1.0, 3600.0, DAY_S, 400 * DAY_S, 3652 * DAY_S])
@pytest.mark.parametrize("sign", [1, -1])
def test_no_jump_of_the_clock_makes_it_earlier(world: World, jump: float, sign: int) -> None:
    world.phone("pianist")
    world.does(SayDone("pianist"))
    world.wall += sign * jump
    for _ in range(72):
        assert isinstance(part(world).say(LetKnow("pianist", "press")), Refused)
        world.now += 3600.0 - 0.01
        world.wall += 3600.0
    assert isinstance(part(world).say(LetKnow("pianist", "press")), Refused)
    world.now += 1.0
    assert part(world).say(LetKnow("pianist", "press")) == Kept()


@pytest.mark.parametrize("wall", [-1e18, 1e18, float("inf"), float("nan")])
def test_a_clock_that_says_nothing_leaves_the_rule(world: World, wall: float) -> None:
    world.phone("pianist")
    world.does(SayDone("pianist"))
    world.wall = wall
    assert isinstance(part(world).say(LetKnow("pianist", "press")), Refused)


def test_the_company_manager_reads_it_by_their_own_act_and_hands_on_no_more_than_is_shown(
    world: World,
) -> None:
    mine, manager, friend = (world.phone(p) for p in ("pianist", "manager", "friend"))
    others = seen(world, friend)
    steps_away(world, today(world) + 9)
    part(world).write_away(mine, CANARY, (), dated=False)
    world.now += LET_KNOW_AFTER_S
    assert seen(world, manager)["known"] is False
    world.does(LetKnow("pianist", "box office"))
    assert seen(world, manager)["known"] is True
    assert seen(world, mine)["leave"]["offices"] == {"box office": "let"}
    world.does(KeepBack("pianist", "box office"))
    assert part(world).known(manager) == []
    world.does(LetKnow("pianist", "box office"))
    words = "not available, no date"
    assert part(world).known(manager) == [
        {"who": "pianist", "office": "box office", "words": words}
    ]
    assert seen(world, mine)["leave"]["offices"] == {"box office": "read"}
    assert isinstance(part(world).say(KeepBack("pianist", "box office")), Refused)
    rows = [(row.who, row.what) for row in world.own.own_log(mine)]
    assert rows == [("manager", "word to box office")]
    assert part(world).known(friend) == []
    assert seen(world, friend) == others
    assert isinstance(world.own.ask(ReadKnown("friend", "pianist", "box office")), Refused)


# As long as it stands, and with its person.


def test_a_year_of_looks_at_the_shelf_leaves_it_standing_and_its_count_whole(world: World) -> None:
    mine = world.phone("pianist")
    steps_away(world, today(world) + 3, shown=True)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    for day in range(365):
        world.wall += DAY_S
        world.now += DAY_S
        if day % 30 == 0:
            purged(world)
            again(world)
    assert world.house.state.leaves.shown("pianist") is not None
    assert part(world).mine(mine)["words"] == CANARY
    assert world.house.state.leaves.by_person["pianist"].offices == {}
    world.does(LetKnow("pianist", "press"))


def test_once_they_are_back_nothing_of_it_is_kept_and_nothing_returns(world: World) -> None:
    world.phone("pianist")
    for word in (
        SayDone("pianist"),
        SayAway("pianist", today(world), today(world) + 2),
        SayStill("pianist"),
        SayReturn("pianist", True, False),
    ):
        world.does(word)
    steps_away(world)
    world.now += LET_KNOW_AFTER_S
    world.does(LetKnow("pianist", "press"))
    world.does(KeepBack("pianist", "press"))
    world.does(LetKnow("pianist", "press"))
    world.wall += 2 * COMPANY_KEPT
    purged(world)
    kinds = ("DoneSaid", "AwaySaid", "StillAway", "ReturnSaid", "OfficeTold", "OfficeUntold")
    assert [kind for kind in kinds if kind not in world.readable()] == []
    world.does(SayBack("pianist"))
    purged(world)
    told = world.readable()
    assert [kind for kind in (*kinds, "OfficeRead") if kind in told] == []
    assert "BackSaid" in told
    world.wall += 2 * COMPANY_KEPT
    purged(world)
    again(world)
    assert "BackSaid" not in world.readable()
    assert not world.house.state.leaves.stands("pianist")


def test_a_start_of_the_machine_that_its_count_needs_stays_with_it(world: World) -> None:
    world.phone("pianist")
    world.does(SayDone("pianist"))
    for _ in range(3):
        world.wall += 40 * DAY_S
        purged(world)
        again(world)
    assert world.house.state.leaves.by_person["pianist"].since == 1000.0
    assert isinstance(world.own.ask(LetKnow("pianist", "press")), Refused)


def test_it_is_exported_whole_and_erased_whole(world: World) -> None:
    mine = world.phone("pianist")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    part(world).write_way(mine, STEPS, 1, ())
    told = msgspec.json.decode(world.own.export(mine))
    assert told["away_words"][1] == CANARY
    assert told["away_shared_with"] == ["friend"]
    assert told["way_back"] == ["1", *STEPS]
    assert told["leave"]["away"] is True
    assert world.own.erase(mine) == Kept()
    assert "AwaySaid" not in world.readable()
    assert not world.house.state.leaves.stands("pianist")


def test_with_a_new_key_the_papers_are_still_open(world: World) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    steps_away(world)
    part(world).write_away(mine, CANARY, ("friend",), dated=False)
    part(world).write_way(mine, STEPS, 1, ("friend",))
    world.recovery("pianist", mine)
    world.does(ForgetOthers("pianist", secret_hash(mine)), Proof(mine))
    assert part(world).mine(mine)["words"] == CANARY
    assert part(world).of(friend, "pianist")["words"] == CANARY
    reader = world.own.keep.reader(mine)
    assert isinstance(reader, Reader)
