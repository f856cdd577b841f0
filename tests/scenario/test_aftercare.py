"""The day after, at their own hour, on their own page: offered once, and to nobody else."""

import msgspec
import pytest
from tests.scenario.aftercare_stage import BERLIN, ELEVEN, Days
from tests.scenario.press_stage import MAIL, SMS, VOICE

from collavoce.care.aftertime import STANDS_S
from collavoce.care.channels import Channel, Wording
from collavoce.care.commands import (
    AnswerAftercare,
    CancelAlert,
    EndAlert,
    OweAftercare,
    RaiseAlert,
    SayComing,
    SayWith,
    SetAftercare,
    SetWords,
)
from collavoce.care.events import AftercareAnswered, AftercareEvent, AftercareSet, Refused
from collavoce.care.states.aftercare import OFF
from collavoce.line.events import LineAcknowledged, LineRaised
from collavoce.runtime.care.afterwards import LOOK_EVERY_S
from collavoce.runtime.care.policies import owed
from collavoce.runtime.care.ways.saying import text_of


def test_the_day_after_a_call_that_was_answered_it_stands_at_their_hour_and_not_before() -> None:
    days = Days()
    days.hour()
    days.is_answered()
    days.until("2026-11-21 10:59")
    assert not days.offered()
    days.until("2026-11-21 11:01")
    assert days.offered()
    days.does(AnswerAftercare("pianist", later=False))
    days.until("2026-11-25 12:00")
    assert not days.offered()
    assert days.offers() == 1
    assert not days.offered("friend")


def test_nobody_who_chose_no_hour_is_offered_anything_and_nothing_is_kept_of_it() -> None:
    days = Days()
    days.is_answered()
    days.until("2026-11-22 23:00")
    assert not days.offered()
    assert not [e for e in days.disk.events if isinstance(e, AftercareEvent)]


def test_later_is_the_next_day_at_their_hour_as_often_as_they_say_it() -> None:
    days = Days()
    days.hour()
    days.is_answered()
    for day in (21, 22, 23):
        days.until(f"2026-11-{day} 10:59")
        assert not days.offered()
        days.until(f"2026-11-{day} 11:05")
        assert days.offered()
        days.does(AnswerAftercare("pianist", later=True))
        assert not days.offered()
    days.until("2026-11-24 11:05")
    days.does(AnswerAftercare("pianist", later=False))
    days.until("2026-11-30 12:00")
    assert not days.offered()
    assert days.offers() == 4


def test_of_the_answer_nothing_is_kept_but_that_it_was_put_away() -> None:
    days = Days()
    days.hour()
    days.is_answered()
    days.until("2026-11-21 11:05")
    days.does(AnswerAftercare("pianist", later=False))
    (answered,) = [e for e in days.disk.events if isinstance(e, AftercareAnswered)]
    assert set(msgspec.structs.asdict(answered)) == {"at", "person", "later"}
    before = len(days.disk.events)
    days.does(AnswerAftercare("pianist", later=False))
    assert len(days.disk.events) == before, "a second tap says nothing more"


def test_a_call_that_was_taken_back_in_time_is_followed_by_nothing() -> None:
    days = Days()
    days.hour()
    days.does(RaiseAlert("pianist", "p1"))
    days.does(SayComing("friend", "p1"))
    days.passes(8.0)
    days.does(CancelAlert("pianist", "p1"))
    days.until("2026-11-22 12:00")
    assert not days.offered()
    assert [e for e in days.disk.events if isinstance(e, AftercareEvent)] == [
        e for e in days.disk.events if isinstance(e, AftercareSet)
    ]


@pytest.mark.parametrize("way", ["taken back", "over", "taken back late, then over", "again, over"])
@pytest.mark.parametrize("comes", [False, True])
def test_the_other_word_is_followed_by_just_what_the_true_one_would_be(
    way: str, *, comes: bool
) -> None:
    shown = {word: shows_after(way, word, comes=comes) for word in ("true", "other")}
    assert shown["true"] == shown["other"]
    assert any(shown["true"]) is (way != "taken back")


def shows_after(way: str, word: str, *, comes: bool) -> list[bool]:
    """Whether the page of the presser shows an offer, each half hour of the days after."""
    days = Days()
    days.hour()
    days.does(SetWords("pianist", "true", "other"))
    days.does(RaiseAlert("pianist", "p1"))
    if comes:
        days.does(SayComing("friend", "p1"))
    if way == "taken back":
        days.does(CancelAlert("pianist", "p1", word))
    elif way == "over":
        days.passes(40.0)
        days.does(EndAlert("pianist", "p1", word))
    else:
        days.passes(40.0)
        late = days.house.ask(CancelAlert("pianist", "p1", word))
        assert isinstance(late, Refused), "too late, in the same words"
        press = "p1"
        if way == "again, over":
            days.does(RaiseAlert("pianist", "p2"))
            press = "p2"
            days.passes(15.0)
        days.does(EndAlert("pianist", press))
    if comes and word == "other":
        # It only seemed over: they come all the same, and the page must not know.
        press = next(a.press for a in days.house.state.alerts.open_all("pianist"))
        days.passes(30.0)
        if days.house.state.alerts.by_press[press].calls_on("friend"):
            days.house.ask(SayWith("friend", press))
    shown: list[bool] = []
    for day in (21, 22):
        for half in range(48):
            days.until(f"2026-11-{day} {half // 2:02}:{half % 2 * 30:02}")
            shown.append(days.offered())
    return shown


@pytest.mark.parametrize("when", ["at once", "in the night", "at the hour", "after it stood"])
def test_a_process_that_dies_forgets_nothing_and_offers_nothing_twice(when: str) -> None:
    days = Days()
    days.hour()
    days.is_answered()
    at = {
        "at once": "2026-11-20 21:20",
        "in the night": "2026-11-21 03:00",
        "at the hour": "2026-11-21 11:00",
        "after it stood": "2026-11-21 12:00",
    }[when]
    days.until(at)
    for _ in range(3):
        days.start()
        days.passes(60.0)
    days.until("2026-11-21 12:30")
    assert days.offered()
    assert days.offers() == 1
    days.does(AnswerAftercare("pianist", later=False))
    days.start()
    days.until("2026-11-23 12:00")
    assert days.offers() == 1


def test_a_machine_that_was_off_for_days_offers_it_once_when_it_is_back() -> None:
    days = Days()
    days.hour()
    days.is_answered("p1")
    days.until("2026-11-21 21:00")
    days.does(AnswerAftercare("pianist", later=True))
    days.is_answered("p2")
    # Off for three days; its own count begins again.
    days.wall, days.moment, days.boot = days.utc("2026-11-25 19:00"), 20.0, "boot 2"
    days.start()
    assert not days.offered(), "a clock that was just started is not believed yet"
    days.until("2026-11-25 19:20")
    assert days.offered()
    assert days.offers() == 2


def test_without_an_hour_any_more_nothing_stands_and_nothing_comes() -> None:
    days = Days()
    days.hour()
    days.is_answered("p1")
    days.until("2026-11-21 11:10")
    days.is_answered("p2")
    days.hour(minute=OFF)
    assert not days.offered()
    days.until("2026-11-23 12:00")
    days.hour()
    days.until("2026-11-25 12:00")
    assert not days.offered(), "what was owed before is not brought up again"
    assert days.offers() == 1


def test_an_hour_chosen_in_the_night_after_the_call_counts_for_it() -> None:
    days = Days()
    days.is_answered()
    days.until("2026-11-21 01:30")
    days.hour()
    days.until("2026-11-21 11:10")
    assert days.offered()


def test_a_night_after_twelve_is_of_the_evening_before() -> None:
    days = Days(begins="2026-11-20 23:50")
    days.hour()
    days.passes(1800.0)
    days.is_answered()
    days.until("2026-11-21 11:10")
    assert days.offered()


@pytest.mark.parametrize("bad", [-2, 1440, 10**9])
def test_an_hour_that_is_none_is_refused(bad: int) -> None:
    days = Days()
    assert isinstance(days.house.ask(SetAftercare("pianist", bad)), Refused)
    assert isinstance(days.house.ask(SetAftercare("a stranger", ELEVEN)), Refused)


def test_their_own_ways_say_so_only_if_they_wished_it_and_no_phone_rings() -> None:
    for told in (False, True):
        days = Days()
        days.contacts("pianist", VOICE, SMS, MAIL)
        days.contacts("friend", SMS)
        days.hour(told=told)
        days.is_answered()
        days.carried()
        days.until("2026-11-21 11:05")
        (*messages,) = days.carried()
        assert [(m.to, m.channel, m.wording) for m in messages] == (
            [("pianist", Channel.SMS, Wording.AFTERCARE)] if told else []
        )
        for message in messages:
            words = text_of(message.wording, "http://10.0.0.1/care/", "112")
            assert words == text_of(Wording.CALL, "http://10.0.0.1/care/", "112")
        days.does(AnswerAftercare("pianist", later=False))
        days.until("2026-11-22 12:00")
        assert days.carried() == []


def test_whoever_of_security_came_to_a_breach_is_offered_theirs_and_nobody_else_is() -> None:
    days = Days()
    days.hour("third")
    raised = LineRaised(1.0, "breach-1", "SR", "second")
    came = LineAcknowledged(2.0, "breach-1", "third")
    other = LineAcknowledged(3.0, "breach-1", "second")
    assert owed(raised, b"secret") == ()
    for event in (came, other, came):
        for command in owed(event, b"secret"):
            assert isinstance(command, OweAftercare)
            assert "breach-1" not in command.cause
            days.does(command)
    days.passes(2 * LOOK_EVERY_S)
    # It is passed on once more after a restart.
    days.does(owed(came, b"secret")[0])
    days.until("2026-11-21 11:10")
    assert days.offered("third")
    assert not days.offered("second"), "they chose no hour"
    days.does(AnswerAftercare("third", later=False))
    days.until("2026-11-23 11:10")
    assert days.offers("third") == 1


def test_a_clock_set_forward_is_not_believed_before_it_has_stood() -> None:
    days = Days()
    days.hour()
    days.is_answered()
    days.wall += 10 * 365 * 86_400.0
    days.passes(STANDS_S - 60.0)
    assert not days.offered()
    days.wall -= 10 * 365 * 86_400.0
    days.passes(2 * STANDS_S)
    assert not days.offered()
    days.until("2026-11-21 10:59")
    assert not days.offered()
    days.until("2026-11-21 11:05")
    assert days.offered()


def test_a_clock_set_back_by_years_offers_nothing_twice() -> None:
    days = Days()
    days.hour()
    days.is_answered()
    days.until("2026-11-21 11:05")
    days.does(AnswerAftercare("pianist", later=False))
    days.wall = days.utc("2016-11-20 21:00")
    days.until("2016-11-23 12:00")
    days.wall = days.utc("2026-11-21 10:00")
    days.passes(2 * STANDS_S)
    days.until("2026-11-23 12:00")
    assert days.offers() == 1


@pytest.mark.parametrize(
    ("evening", "minute", "before", "after"),
    [
        # Summer time begins: 02:30 is left out, and has come when the clock shows 03:00.
        ("2026-03-28 18:00", 150, "2026-03-29 01:59", "2026-03-29 03:01"),
        ("2026-03-28 21:00", ELEVEN, "2026-03-29 10:59", "2026-03-29 11:05"),
        ("2026-10-24 21:00", ELEVEN, "2026-10-25 10:59", "2026-10-25 11:05"),
        ("2028-02-28 21:00", ELEVEN, "2028-02-29 10:59", "2028-02-29 11:05"),
        ("2026-12-31 21:00", ELEVEN, "2027-01-01 10:59", "2027-01-01 11:05"),
    ],
)
def test_the_hour_is_the_venues_own_on_odd_days_too(
    evening: str, minute: int, before: str, after: str
) -> None:
    days = Days(begins=evening)
    days.hour(minute=minute)
    days.is_answered()
    days.until(before)
    assert not days.offered()
    days.until(after)
    assert days.offered()
    assert days.offers() == 1


def test_an_hour_that_a_day_has_twice_is_offered_once() -> None:
    days = Days(begins="2026-10-24 18:00", zone=BERLIN)
    days.hour(minute=150)
    days.is_answered()
    days.until("2026-10-25 02:31")
    assert days.offered()
    days.does(AnswerAftercare("pianist", later=False))
    days.passes(2 * 3600.0)
    assert not days.offered()
    assert days.offers() == 1
