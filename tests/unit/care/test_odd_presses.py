"""Presses that make little sense: answered in words, nothing lost, distress never refused."""

import pytest
from tests.scenario.press_stage import PEOPLE, SMS, Evening

from collavoce.care.channels import Fate
from collavoce.care.commands import (
    CancelAlert,
    ConfirmShown,
    HandOver,
    RaiseAlert,
    RecordFate,
    RecordTry,
    SayComing,
)
from collavoce.care.events import MessageEnded, Refused
from collavoce.care.ladder import Moment
from collavoce.care.opened import Opened
from collavoce.care.reached.outbox import wanted
from collavoce.care.reached.standing import calls
from collavoce.care.states.alert import AGO_MAX
from collavoce.company.people import Person


@pytest.fixture
def evening() -> Evening:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    return evening


@pytest.mark.parametrize("ago", [float("nan"), float("-inf"), -5.0, 0.0, 1e-300])
def test_an_age_that_is_none_is_none(evening: Evening, ago: float) -> None:
    evening.press(ago=ago)
    [call] = calls(evening.state, "friend", Moment(evening.now))
    assert call.age == 0.0


@pytest.mark.parametrize("ago", [float("inf"), AGO_MAX + 1.0, 30 * 24 * 3600.0])
def test_a_press_of_weeks_ago_that_was_never_heard_of_calls_nobody_and_says_so(
    evening: Evening, ago: float
) -> None:
    refused = evening.ask(RaiseAlert("pianist", "old", ago))
    assert isinstance(refused, Refused)
    assert "Press again" in refused.why
    evening.press(press="now")
    assert evening.told["friend"] == ["pianist open"]


def test_a_press_that_was_answered_weeks_ago_asks_nobody_again(evening: Evening) -> None:
    evening.press()
    evening.advance(1.0)
    evening.does(CancelAlert("pianist", "p1"))
    evening.sleep(21 * 24 * 3600.0)
    for ago in (0.0, 21 * 24 * 3600.0, float("inf")):
        evening.press(ago=ago)
    assert evening.told["friend"] == ["pianist open", "pianist cancelled"]


@pytest.mark.parametrize("press", ["", "x" * 129, "🎹" * 200])
def test_a_name_that_no_page_gives_is_refused_in_words(evening: Evening, press: str) -> None:
    for command in (
        RaiseAlert("pianist", press),
        CancelAlert("pianist", press),
        HandOver("pianist", press, Opened.HAND),
        SayComing("friend", press),
        ConfirmShown("friend", press),
        RecordTry(press, "key"),
        RecordFate(press, "key", Fate.FAILED),
    ):
        before = evening.state
        refused = evening.ask(command)
        assert isinstance(refused, Refused)
        assert refused.why
        assert evening.state == before


@pytest.mark.parametrize("press", ["🎹", "a:b:c", "\x00", "look-1"])
def test_any_other_name_is_as_good_as_any(evening: Evening, press: str) -> None:
    evening.press(press=press)
    assert [call.press for call in calls(evening.state, "friend", Moment(evening.now))] == [press]


def test_a_clock_that_goes_back_makes_nothing_early_and_loses_nothing(evening: Evening) -> None:
    evening.press()
    evening.now -= 500.0
    evening.look()
    evening.does(RaiseAlert("pianist", "p1"), RaiseAlert("pianist", "p2"))
    evening.advance(19.0)
    assert evening.rings["second"] == []
    evening.restart()
    evening.now += 700.0
    evening.advance(1.0)
    assert evening.rings["second"]


def test_no_text_of_a_service_is_kept_as_the_reason_of_a_failure(evening: Evening) -> None:
    evening.contacts(friend=(SMS,))
    evening.courier = False
    evening.shows = False
    evening.press()
    evening.advance(6.0)
    [message] = wanted(evening.state, Moment(evening.now))
    evening.does(RecordTry("p1", message.key))
    evening.does(RecordFate("p1", message.key, Fate.FAILED, "no " + "+491701234567 " * 99))
    [ended] = [event for event in evening.events() if isinstance(event, MessageEnded)]
    assert ended.why == "other"


def test_two_people_of_one_name_are_two_people() -> None:
    evening = Evening(people={**PEOPLE, "second": Person("second", PEOPLE["friend"].name)})
    evening.circle("pianist", "second", "friend")
    evening.press()
    evening.advance(1.0)
    assert (evening.told["second"], evening.told["friend"]) == (["pianist open"], [])
