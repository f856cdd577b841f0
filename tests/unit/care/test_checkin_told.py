"""Answers and own rules: who is told, and who is not any more, asked at the moment of use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.checkin_world import AfterShow, trusting

from collavoce.care.commands import AnswerRequest, SetCircle, SetNear
from collavoce.care.events import Refused
from collavoce.care.near import Kind, Near
from collavoce.care.outcome import Kept, NotRecorded
from collavoce.care.states.checkin import Said
from collavoce.ledger.errors import StoreFullError
from collavoce.runtime.care.kept.checkin.own_rules import RULES_MAX, Rule

TIRED = (Said.TIRED,)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[AfterShow]:
    world = AfterShow(tmp_path)
    yield world
    world.close()


def test_tired_is_told_to_the_friend_whom_the_rule_names_and_to_nobody_else(
    world: AfterShow,
) -> None:
    mine, friend = trusting(world, "second")
    second = world.phone("second")
    world.rule(mine, TIRED, "friend")
    world.after_show()
    assert world.says("pianist", mine, Said.TIRED) == Kept()
    assert world.told(friend) == [("pianist", "tired")]
    assert world.told(second) == world.told(mine) == []
    assert not world.is_asked("pianist")


@pytest.mark.parametrize("said", [s for s in Said if s is not Said.TIRED])
def test_an_answer_that_no_rule_names_is_told_to_nobody(world: AfterShow, said: Said) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    assert world.says("pianist", mine, said) == Kept()
    assert world.told(friend) == []
    assert [row for row in world.own.own_log(mine) if row.what == "checkin"] == []


def test_who_told_finds_a_row_in_their_own_log(world: AfterShow) -> None:
    mine, _ = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    [row] = world.own.own_log(mine)
    assert (row.who, row.what, row.why) == ("friend", "checkin", "rule")


def test_a_rule_that_was_taken_away_tells_nothing_and_does_not_untell(world: AfterShow) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    assert world.checkin.drop_rule(mine, "rule for friend") == Kept()
    assert world.told(friend) == [("pianist", "tired")]
    world.after_show(evening="tomorrow")
    world.says("pianist", mine, Said.TIRED)
    assert world.told(friend) == [("pianist", "tired")]


def test_who_is_withdrawn_from_the_circle_is_not_told_and_finds_nothing_any_more(
    world: AfterShow,
) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    before = world.own.changes
    world.does(SetCircle("pianist", (), 20.0))
    assert world.own.changes > before, "an open stream looks again"
    assert world.told(friend) == []
    world.own.unlock(friend)
    world.circle("pianist", "friend")
    assert world.told(friend) == [], "it does not come back with them"
    world.does(SetCircle("pianist", (), 20.0))
    world.after_show(evening="tomorrow")
    world.says("pianist", mine, Said.TIRED)
    world.circle("pianist", "friend")
    assert world.told(friend) == []


def test_who_is_kept_away_or_said_no_is_not_told(world: AfterShow) -> None:
    mine, friend = trusting(world, "second")
    second = world.phone("second")
    world.rule(mine, TIRED, "friend", "second")
    world.does(SetNear("pianist", Near(Kind.NOT, ("friend",))))
    world.does(AnswerRequest("second", "pianist", agrees=False))
    world.after_show()
    assert world.says("pianist", mine, Said.TIRED) == Kept()
    world.does(SetNear("pianist", Near()))
    world.does(AnswerRequest("second", "pianist", agrees=True))
    assert world.told(friend) == world.told(second) == []


def test_who_is_not_here_finds_it_when_they_come(world: AfterShow) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED)
    world.again()
    assert world.told(friend) == [("pianist", "tired")]


def test_while_a_circle_cannot_be_read_its_owners_words_are_not_shown_and_not_lost(
    world: AfterShow,
) -> None:
    mine, friend = trusting(world)
    assert world.own.set_routing(mine, on=False) == Kept()
    world.rule(mine, TIRED, "friend")
    world.after_show()
    assert world.says("pianist", mine, Said.TIRED) == Kept()
    world.again()
    world.own.unlock(friend)
    assert world.told(friend) == [], "whether she is still of the circle nobody can say"
    world.own.unlock(mine)
    world.own.unlock(friend)
    assert world.told(friend) == [("pianist", "tired")]


def test_what_was_told_is_put_away_in_one_act_and_only_by_whom_it_is_for(world: AfterShow) -> None:
    mine, friend = trusting(world)
    second = world.phone("second")
    world.rule(mine, (Said.TIRED, Said.FINE), "friend")
    world.after_show()
    world.says("pianist", mine, Said.TIRED, "the first answer")
    world.after_show(evening="tomorrow")
    world.says("pianist", mine, Said.FINE, "the second answer")
    for token in (mine, second):
        assert world.checkin.put_away(token, "the first answer") == Kept()
    assert world.told(friend) == [("pianist", "tired"), ("pianist", "fine")]
    assert world.checkin.put_away(friend, "the first answer") == Kept()
    assert world.told(friend) == [("pianist", "fine")]


def test_an_answer_sent_twice_is_told_once(
    world: AfterShow, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    with monkeypatch.context() as patched:
        patched.setattr(world.shelf, "append", _full)
        assert world.says("pianist", mine, Said.TIRED, "one and the same") == NotRecorded(
            done=False
        )
        assert world.is_asked("pianist")
    assert world.says("pianist", mine, Said.TIRED, "one and the same") == Kept()
    assert world.told(friend) == [("pianist", "tired")]
    answers = world.checkin.view("pianist", mine)["answers"]
    assert isinstance(answers, list)
    assert len(answers) == 1


def _full(*_: object) -> None:
    raise StoreFullError("no room")


def test_an_answer_that_cannot_be_written_is_not_said_to_be_kept_and_stands(
    world: AfterShow, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    monkeypatch.setattr(world.shelf, "add_boxes", _full)
    assert world.says("pianist", mine, Said.TIRED) == NotRecorded(done=False)
    assert world.is_asked("pianist")
    assert world.told(friend) == []


def test_alone_is_alone_for_half_an_hour_and_come_is_nothing_but_said(world: AfterShow) -> None:
    mine, _ = trusting(world)
    world.after_show()
    world.says("pianist", mine, Said.ALONE)
    alone = world.house.state.beside.alone("pianist", world.house.moment())
    assert alone is not None
    assert alone.until == world.now + 1800.0
    assert world.house.state.alerts.by_press == {}
    second = world.phone("second")
    world.says("second", second, Said.COME)
    assert world.house.state.alerts.by_press == {}, "the press goes its own way, with its own id"


@pytest.mark.parametrize("persons", [("second",), ("manager", "friend"), ()])
def test_a_rule_names_those_of_the_circle_who_agreed_and_nobody_else(
    world: AfterShow, persons: tuple[str, ...]
) -> None:
    mine, _ = trusting(world)
    world.does(SetCircle("pianist", ("friend", "second"), 20.0))
    assert isinstance(world.checkin.add_rule(mine, Rule("r" * 16, TIRED, persons)), Refused)
    assert world.checkin.view("pianist", mine)["rules"] == []


def test_no_rule_is_there_from_the_beginning_and_later_is_no_rule(world: AfterShow) -> None:
    mine, _ = trusting(world)
    assert world.checkin.view("pianist", mine)["rules"] == []
    later = Rule("r" * 16, (Said.LATER,), ("friend",))
    assert isinstance(world.checkin.add_rule(mine, later), Refused)


def test_there_is_a_limit_to_rules(world: AfterShow) -> None:
    mine, _ = trusting(world)
    for index in range(RULES_MAX):
        assert world.checkin.add_rule(mine, Rule(f"rule {index}", TIRED, ("friend",))) == Kept()
    assert isinstance(world.checkin.add_rule(mine, Rule("more", TIRED, ("friend",))), Refused)


@pytest.mark.parametrize("who", ["friend", "second", "nobody"])
def test_nobody_elses_phone_reads_or_changes_anybodys_rules(world: AfterShow, who: str) -> None:
    mine, friend = trusting(world)
    token = {"friend": friend, "second": world.phone("second"), "nobody": "no token"}[who]
    world.rule(mine, TIRED, "friend")
    world.checkin.drop_rule(token, "rule for friend")
    view = world.checkin.view(who, token)
    assert (view["rules"], view["answers"]) == ([], [])
    rules = world.checkin.view("pianist", mine)["rules"]
    assert isinstance(rules, list)
    assert len(rules) == 1


def test_a_phone_that_opens_nothing_puts_it_away_and_says_that_nobody_was_told(
    world: AfterShow,
) -> None:
    mine, friend = trusting(world)
    world.rule(mine, TIRED, "friend")
    world.after_show()
    answer = world.says("pianist", "a token that opens nothing", Said.TIRED)
    assert isinstance(answer, Refused)
    assert "nobody was told" in answer.why
    assert not world.is_asked("pianist")
    assert world.told(friend) == []
