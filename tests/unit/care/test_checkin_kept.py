"""What a check-in leaves on the disk: unreadable, alike with a rule and without, for two weeks."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from tests.unit.care.checkin_world import CANARY, AfterShow, trusting

from collavoce.care.commands import SetCheckIn
from collavoce.care.outcome import Kept
from collavoce.care.states.checkin import OFF, STANDS_S, Said
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.kept.checkin.own_rules import Rule
from collavoce.runtime.care.kept.retention import COMPANY_KEPT, purge
from collavoce.runtime.care.kept.vault import BOXES, CHECKINS, LOG, TOLD

TIRED = (Said.TIRED,)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[AfterShow]:
    world = AfterShow(tmp_path)
    yield world
    world.close()


def test_neither_rule_answer_nor_told_word_can_be_read_with_the_servers_key(
    world: AfterShow,
) -> None:
    mine, friend = trusting(world)
    world.checkin.add_rule(mine, Rule(CANARY, TIRED, ("friend",)))
    world.after_show()
    world.says("pianist", mine, Said.TIRED, CANARY + "key")
    assert world.told(friend) == [("pianist", "tired")]
    readable = world.readable()
    assert CANARY not in readable
    assert "tired" not in readable
    assert "pianist" not in readable
    assert CANARY.encode() not in world.bytes_on_disk()


def test_the_store_grows_alike_whether_a_rule_tells_two_friends_or_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown: list[dict[str, object]] = []
    for rule, said in ((True, Said.TIRED), (True, Said.FINE), (False, Said.TIRED)):
        world = AfterShow(tmp_path / f"{rule} {said}")
        mine, _ = trusting(world, "second")
        world.phone("second")
        if rule:
            world.rule(mine, TIRED, "friend", "second")
        world.after_show()
        before = boxes(world)
        commits: list[int] = []
        with monkeypatch.context() as patched:
            count(patched, commits)
            world.says("pianist", mine, said)
        new = [size for size in boxes(world) if size not in before]
        grown.append(
            {"boxes": len(boxes(world)) - len(before), "commits": commits, "sizes": set(new)}
        )
        world.close()
    assert grown[0] == grown[1] == grown[2]


def boxes(world: AfterShow) -> list[int]:
    """The size of every box that is kept, of whatever kind and whoever's."""
    people = ("pianist", "friend", "second")
    return sorted(len(b) for k in BOXES for p in people for b in world.shelf.boxes(k, p))


def count(monkeypatch: pytest.MonkeyPatch, commits: list[int]) -> None:
    """Note the rows of every commit that a store makes from here on."""
    kept = SealedStore.append_all

    def counted(
        store: SealedStore, entries: list[tuple[str, bytes]], keys: Mapping[str, bytes]
    ) -> list[int]:
        commits.append(len(entries))
        return kept(store, entries, keys)

    monkeypatch.setattr(SealedStore, "append_all", counted)


def test_after_two_weeks_nothing_of_it_is_left_though_no_phone_was_there(world: AfterShow) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    world.wall += STANDS_S - 1.0
    world.checkin.purge()
    assert world.shelf.boxes(TOLD, "friend")
    assert world.told(friend) == [("pianist", "tired")]
    world.wall += 2.0
    assert world.told(friend) == [], "not even if nothing was purged"
    world.checkin.purge()
    for kind, person in ((CHECKINS, "pianist"), (TOLD, "friend")):
        assert world.shelf.boxes(kind, person) == []
    assert world.shelf.boxes(LOG, "pianist"), "the log is not of the check-in"
    world.again()
    assert world.checkin.view("pianist", mine)["rules"], "a rule stays until its owner takes it"


def test_facts_of_it_go_after_two_weeks_and_nobody_is_asked_anew(world: AfterShow) -> None:
    world.phone("pianist")
    world.does(SetCheckIn("pianist", 5))
    world.after_show()
    readable = world.readable()
    assert "CheckInAsked" in readable
    assert "EveningOver" in readable
    world.wall += COMPANY_KEPT + 21 * 60.0
    purge(world.shelf, world.wall)
    world.own.read_anew()
    left = world.readable()
    assert not [fact for fact in ("CheckInAsked", "Evening") if fact in left]
    assert world.house.state.checkins.delay("pianist") == 5
    world.passes(1.0)
    assert not world.is_asked("pianist")


@pytest.mark.parametrize("days", [-400, -20, 1, 13, 14, 20, 400])
def test_however_the_wall_clock_is_set_nobody_is_asked_twice(world: AfterShow, days: int) -> None:
    mine = world.phone("pianist")
    world.after_show()
    assert world.says("pianist", mine, Said.FINE) == Kept()
    for _ in range(3):
        world.wall += days * 86_400.0
        purge(world.shelf, world.wall)
        world.own.read_anew()
        world.passes(60.0)
        assert not world.is_asked("pianist")


def test_it_stands_after_a_restart_and_what_was_answered_does_not(world: AfterShow) -> None:
    mine = world.phone("pianist")
    world.after_show()
    world.again()
    assert world.is_asked("pianist")
    world.says("pianist", mine, Said.FINE)
    world.again()
    world.passes(3600.0)
    assert not world.is_asked("pianist")
    assert world.is_asked("friend")


def test_who_dies_between_the_end_and_the_question_asks_when_they_are_back(
    world: AfterShow,
) -> None:
    world.hears(0.0)
    world.again()
    world.passes(20 * 60.0 - 1.0)
    assert not world.is_asked("pianist")
    world.again()
    world.passes(1.0)
    assert world.is_asked("pianist")


def test_everything_of_it_is_in_its_persons_file_and_goes_with_them(world: AfterShow) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.does(SetCheckIn("pianist", 7))
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    file = msgspec.json.decode(world.own.export(mine))
    assert file["checkin_minutes"] == 7
    assert file["checkin_rules"] == [{"answers": ["tired"], "persons": ["friend"]}]
    assert [one["said"] for one in file["checkin_answers"]] == ["tired"]
    assert file["checkin_told_me"] == []
    theirs = msgspec.json.decode(world.own.export(friend))
    assert [(t["who"], t["said"]) for t in theirs["checkin_told_me"]] == [("pianist", "tired")]
    assert world.own.erase(mine) == Kept()
    for kind in BOXES:
        assert world.shelf.boxes(kind, "pianist") == []
    assert world.told(friend) == []
    assert world.house.state.checkins.delay("pianist") == 20


def test_off_is_off_after_a_restart_and_after_a_purge(world: AfterShow) -> None:
    world.phone("pianist")
    world.does(SetCheckIn("pianist", 30))
    world.does(SetCheckIn("pianist", OFF))
    world.wall += COMPANY_KEPT * 3
    purge(world.shelf, world.wall)
    world.again()
    world.after_show(minutes=200)
    assert not world.is_asked("pianist")
    assert world.is_asked("friend")
