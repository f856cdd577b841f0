"""The press, from the finger to "I am with them", on a clock moved by hand."""

import pytest
from tests.scenario.press_stage import Evening

from collavoce.care.commands import (
    AnswerRequest,
    CancelAlert,
    EndAlert,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.reached.standing import calls


@pytest.fixture(params=[False, True], ids=["one process", "killed after every step"])
def evening(request: pytest.FixtureRequest) -> Evening:
    evening = Evening(restarting=request.param)
    evening.circle("pianist", "friend", "second", "third")
    return evening


def test_the_first_is_called_at_once_and_nobody_else(evening: Evening) -> None:
    evening.press()
    evening.advance(19.9)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open"]
    )


def test_the_ladder_climbs_at_20_60_and_120_seconds_and_never_before(evening: Evening) -> None:
    evening.press()
    for seconds, called in ((19.99, 1), (0.01, 2), (39.99, 2), (0.01, 3), (59.99, 3)):
        evening.advance(seconds)
        assert sum(bool(rings) for rings in evening.rings.values()) == called
    evening.advance(0.01)
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: shown friend second third",
            "press: not_reached friend second third",
        ],
        friend=["pianist open"],
        second=["pianist open"],
        third=["pianist open"],
    )


def test_coming_stops_the_ladder_and_the_others_stand_down(evening: Evening) -> None:
    evening.press()
    evening.advance(25.0)
    evening.does(SayComing("second", "p1"))
    evening.advance(200.0)
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: coming second",
        ],
        friend=["pianist open", "pianist covered"],
        second=["pianist open", "pianist coming"],
    )


def test_i_am_with_them_resolves_it_for_everybody(evening: Evening) -> None:
    evening.press()
    evening.advance(25.0)
    evening.does(SayWith("friend", "p1"))
    evening.advance(200.0)
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: arrived friend",
        ],
        friend=["pianist open", "pianist over"],
        second=["pianist open", "pianist over"],
    )
    evening.does(EndAlert("pianist", "p1"))
    assert evening.told["pianist"][-1] == "press: none"
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: arrived friend",
            "press: none",
        ],
        friend=["pianist open", "pianist over"],
        second=["pianist open", "pianist over"],
    )


def test_a_press_sent_again_is_the_same_press(evening: Evening) -> None:
    for _ in range(5):
        evening.press()
        evening.advance(1.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open"]
    )
    assert len(evening.rings["friend"]) == 1


def test_a_cancel_within_ten_seconds_leaves_nothing_where_nothing_was_shown(
    evening: Evening,
) -> None:
    evening.shows = False
    evening.press()
    evening.does(CancelAlert("pianist", "p1"))
    evening.shows = True
    evening.advance(200.0)
    evening.exactly(pianist=["press: calling friend", "press: none"])
    assert evening.rings["friend"] == []
    assert not evening.state.alerts.by_press


def test_a_cancel_tells_whoever_has_seen_it(evening: Evening) -> None:
    evening.press()
    evening.advance(9.0)
    evening.does(CancelAlert("pianist", "p1"))
    evening.advance(200.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open", "pianist cancelled"],
    )


def test_after_ten_seconds_a_cancel_is_refused_and_over_is_taken(evening: Evening) -> None:
    evening.press()
    evening.advance(10.5)
    assert isinstance(evening.ask(CancelAlert("pianist", "p1")), Refused)
    evening.does(EndAlert("pianist", "p1"))
    evening.advance(200.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open", "pianist over"],
    )


def test_a_cancel_that_overtakes_its_press_takes_it_back(evening: Evening) -> None:
    evening.does(CancelAlert("pianist", "p1"))
    evening.press()
    evening.advance(200.0)
    evening.exactly()


def test_without_a_circle_the_performer_is_told_at_once() -> None:
    evening = Evening()
    evening.press("singer")
    evening.exactly(singer=["press: alone"])
    evening.advance(500.0)
    evening.exactly(singer=["press: alone"])


def test_whoever_has_not_agreed_is_never_called() -> None:
    evening = Evening()
    evening.does(SetCircle("pianist", ("friend", "second"), 20.0))
    evening.does(AnswerRequest("friend", "pianist", agrees=False))
    evening.press()
    evening.advance(500.0)
    evening.exactly(pianist=["press: alone"])


def test_a_circle_without_an_open_page_is_said_at_once_and_called_when_one_opens(
    evening: Evening,
) -> None:
    evening.open_pages -= {"friend", "second", "third"}
    evening.press()
    evening.advance(5.0)
    evening.exactly(pianist=["press: unreached friend"])
    evening.open_pages.add("friend")
    evening.advance(1.0)
    evening.exactly(
        pianist=["press: unreached friend", "press: calling friend", "press: shown friend"],
        friend=["pianist open"],
    )


def test_a_phone_that_shows_nothing_is_said_within_ten_seconds(evening: Evening) -> None:
    evening.shows = False
    evening.press()
    evening.advance(10.0)
    assert evening.told["pianist"] == ["press: calling friend", "press: quiet friend"]
    evening.exactly(pianist=["press: calling friend", "press: quiet friend"])


def test_whoever_is_dropped_in_mid_call_is_let_go_like_at_any_end(evening: Evening) -> None:
    evening.press()
    evening.does(SetCircle("pianist", ("second", "third"), 20.0))
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: calling second",
            "press: shown second",
        ],
        friend=["pianist open", "pianist over"],
        second=["pianist open"],
    )
    assert isinstance(evening.ask(SayComing("friend", "p1")), Refused)


def test_if_whoever_was_coming_is_dropped_the_ladder_goes_on(evening: Evening) -> None:
    evening.press()
    evening.does(SayComing("friend", "p1"))
    evening.advance(30.0)
    evening.does(SetCircle("pianist", ("second", "third"), 20.0))
    evening.advance(1.0)
    assert evening.told["second"] == ["pianist open"]
    assert evening.told["third"] == ["pianist open"]
    assert evening.told["pianist"][-1] == "press: shown second third"
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: coming friend",
            "press: quiet second",
            "press: shown second",
            "press: shown second third",
        ],
        friend=["pianist open", "pianist coming", "pianist over"],
        second=["pianist open"],
        third=["pianist open"],
    )


def test_pressing_again_calls_again_and_never_sets_the_climb_back(evening: Evening) -> None:
    evening.press(press="p1")
    evening.advance(25.0)
    evening.press(press="p2")
    assert evening.rings["friend"] == ["p1:friend:0", "p2:friend:1"]
    assert evening.rings["second"] == ["p1:second:1", "p2:second:1"]
    evening.advance(34.0)
    assert evening.rings["third"] == []
    evening.advance(1.0)
    assert evening.rings["third"] == ["p2:third:2"]
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: calling friend second",
            "press: shown friend",
            "press: shown friend second",
            "press: shown friend second third",
        ],
        friend=["pianist open", "pianist open"],
        second=["pianist open", "pianist open"],
        third=["pianist open"],
    )


def test_pressing_again_while_somebody_is_coming_calls_again(evening: Evening) -> None:
    evening.press(press="p1")
    evening.does(SayComing("friend", "p1"))
    evening.advance(100.0)
    evening.press(press="p2")
    assert evening.told["pianist"][-1] == "press: shown friend"
    evening.advance(20.0)
    assert evening.rings["second"] == ["p2:second:1"]
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: coming friend",
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
        ],
        friend=["pianist open", "pianist coming", "pianist open"],
        second=["pianist open"],
    )


def test_the_age_counts_from_the_finger_not_from_the_arrival(evening: Evening) -> None:
    evening.press(ago=40.0)
    evening.advance(2.0)
    [call] = calls(evening.state, "friend", Moment(evening.now))
    assert call.age == pytest.approx(42.0)
    assert evening.rings["second"] == []
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open"]
    )


def test_a_copy_that_lay_on_its_way_does_not_make_the_press_look_younger(
    evening: Evening,
) -> None:
    evening.press(ago=0.1)
    evening.press(ago=45.0)
    evening.press(ago=44.5)
    evening.advance(1.0)
    [call] = calls(evening.state, "friend", Moment(evening.now))
    assert call.age == pytest.approx(46.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open"]
    )


@pytest.mark.parametrize("away", [15.0, 25.0, 70.0, 500.0])
def test_after_a_time_away_the_ladder_stands_where_the_clock_is(away: float) -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second", "third")
    evening.shows = False
    evening.press()
    evening.shows = True
    evening.sleep(away)
    called = [person for person, rings in evening.rings.items() if rings]
    by_then = 1 if away < 20 else 2 if away < 60 else 3
    assert called == ["friend", "second", "third"][:by_then]
    assert (evening.told["pianist"][-1].startswith("press: not_reached")) is (away >= 120)
    evening.sleep(0.0)
    while_away = "quiet" if away < 120 else "not_reached"
    pianist = ["press: calling friend", f"press: {while_away} {' '.join(called)}"]
    if away < 120:
        # Then each page shows it, one after the other.
        pianist += [f"press: shown {' '.join(called[: n + 1])}" for n in range(by_then)]
    evening.exactly(pianist=pianist, **{person: ["pianist open"] for person in called})


@pytest.mark.parametrize("boot", ["boot-1", ""], ids=["boot known", "boot unknown"])
def test_a_restart_of_the_machine_makes_no_step_early_and_loses_none(boot: str) -> None:
    evening = Evening(boot=boot)
    evening.circle("pianist", "friend", "second", "third")
    evening.press()
    evening.advance(15.0)
    # The last record is the receipt at the press itself: what is known is an age of 0 s.
    evening.reboot(uptime=10.0)
    assert evening.rings["second"] == []
    evening.advance(9.9)
    assert evening.rings["second"] == []
    evening.advance(0.2)
    assert len(evening.rings["second"]) == 1
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: shown friend second"],
        friend=["pianist open"],
        second=["pianist open"],
    )


def test_only_one_is_coming_and_the_second_is_told_so(evening: Evening) -> None:
    evening.press()
    evening.advance(25.0)
    evening.does(SayComing("second", "p1"))
    refused = evening.ask(SayComing("friend", "p1"))
    assert refused == Refused("Somebody is already coming.")
    assert evening.told["pianist"][-1] == "press: coming second"
    evening.does(SayWith("friend", "p1"))
    assert evening.told["pianist"][-1] == "press: arrived friend"
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: coming second",
            "press: arrived friend",
        ],
        friend=["pianist open", "pianist covered", "pianist over"],
        second=["pianist open", "pianist coming", "pianist over"],
    )


def test_a_first_without_an_open_page_is_said_at_once_and_not_passed_over_early(
    evening: Evening,
) -> None:
    evening.open_pages.discard("friend")
    evening.press()
    evening.advance(19.0)
    evening.exactly(pianist=["press: quiet friend"])
    evening.advance(1.0)
    assert evening.told["second"] == ["pianist open"]
    evening.exactly(
        pianist=["press: quiet friend", "press: quiet friend second", "press: shown second"],
        second=["pianist open"],
    )


def test_two_presses_of_two_people_do_not_touch_each_other(evening: Evening) -> None:
    evening.circle("singer", "friend", "manager")
    evening.press("pianist", "p1")
    evening.advance(5.0)
    evening.press("singer", "p2")
    evening.does(SayComing("friend", "p1"))
    evening.advance(21.0)
    assert evening.told["friend"] == ["pianist open", "singer open", "pianist coming"]
    assert evening.told["manager"] == ["singer open"]
    assert evening.told["second"] == []
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: coming friend"],
        friend=["pianist open", "singer open", "pianist coming"],
        singer=["press: calling friend", "press: shown friend", "press: shown friend manager"],
        manager=["singer open"],
    )


def test_a_press_id_of_somebody_else_is_refused_and_changes_nothing(evening: Evening) -> None:
    evening.press("pianist", "p1")
    before = evening.state
    assert isinstance(evening.ask(RaiseAlert("singer", "p1")), Refused)
    assert evening.ask(CancelAlert("singer", "p1")) is None, "as of a press that nobody made"
    assert evening.ask(EndAlert("singer", "p1")) is None
    assert isinstance(evening.ask(SayComing("manager", "p1")), Refused)
    assert evening.state.alerts == before.alerts
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open"]
    )


def test_the_times_are_the_performers_own() -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second", second_after=7.0)
    evening.press()
    evening.advance(6.9)
    assert evening.rings["second"] == []
    evening.advance(0.2)
    assert len(evening.rings["second"]) == 1
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: shown friend second"],
        friend=["pianist open"],
        second=["pianist open"],
    )


def test_a_call_that_is_over_never_stands_before_one_that_needs_someone(evening: Evening) -> None:
    for number in range(5):
        evening.press(press=f"p{number}")
        evening.does(SayWith("friend", f"p{number}"))
        evening.advance(1.0)
    evening.press(press="now")
    first, *rest = calls(evening.state, "friend", Moment(evening.now))
    assert (first.press, first.state) == ("now", "open")
    assert {call.state for call in rest} == {"over"}
    evening.exactly(
        pianist=[
            *["press: calling friend", "press: shown friend", "press: arrived friend"] * 5,
            "press: calling friend",
            "press: shown friend",
        ],
        friend=[*["pianist open", "pianist over"] * 5, "pianist open"],
    )
