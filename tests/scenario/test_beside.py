"""Being with somebody without their press, and being alone: who sees it, what it stops."""

import pytest
from tests.scenario.press_stage import FAILS, MAIL, PUSH, SMS, VOICE, Evening

from collavoce.care.channels import Channel
from collavoce.care.commands import (
    AnswerRequest,
    EndWith,
    RaiseAlert,
    RecordTry,
    SayAlone,
    SayBack,
    SayWith,
    SetCircle,
    SetNear,
    StartWith,
)
from collavoce.care.events import BackSaid, Refused
from collavoce.care.ladder import Moment
from collavoce.care.near import Kind, Near
from collavoce.care.reached.outbox import wanted
from collavoce.care.reached.standing import was_met


@pytest.fixture(params=[False, True], ids=["one process", "killed after every step"])
def evening(request: pytest.FixtureRequest) -> Evening:
    evening = Evening(restarting=request.param)
    evening.circle("pianist", "friend", "second")
    return evening


def test_i_am_with_them_is_seen_by_them_and_their_circle_and_nobody_else(evening: Evening) -> None:
    evening.does(StartWith("friend", "pianist"), StartWith("friend", "pianist"))
    evening.does(EndWith("friend", "pianist"), EndWith("friend", "pianist"))
    line = ["with pianist: friend", "no more with pianist: friend"]
    evening.exactly(
        pianist=["with me: friend", "no more with me: friend"], friend=line, second=line
    )


def test_the_person_themself_ends_it(evening: Evening) -> None:
    evening.does(StartWith("friend", "pianist"), StartWith("second", "pianist"))
    evening.does(EndWith("manager", "pianist"), EndWith("pianist", "pianist"))
    assert evening.state.beside.withs == {}
    lines = [
        "with pianist: friend",
        "with pianist: second",
        "no more with pianist: friend",
        "no more with pianist: second",
    ]
    evening.exactly(
        pianist=[
            "with me: friend",
            "with me: second",
            "no more with me: friend",
            "no more with me: second",
        ],
        friend=lines,
        second=lines,
    )


def test_whoever_never_agreed_cannot_say_it(evening: Evening) -> None:
    assert isinstance(evening.ask(StartWith("manager", "pianist")), Refused)
    evening.does(AnswerRequest("second", "pianist", agrees=False))
    assert isinstance(evening.ask(StartWith("second", "pianist")), Refused)


@pytest.mark.parametrize("how", ["dropped", "kept away"])
def test_whoever_was_dropped_sees_their_own_word_and_it_counts_for_nobody(
    evening: Evening, how: str
) -> None:
    evening.does(
        SetCircle("pianist", ("friend",), 20.0)
        if how == "dropped"
        else SetNear("pianist", Near(Kind.NOT, ("second",)))
    )
    evening.press()
    evening.does(StartWith("second", "pianist"))
    evening.advance(5.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"],
        friend=["pianist open"],
        second=["with pianist: second"],
    )


def test_said_while_a_press_is_open_it_ends_that_press(evening: Evening) -> None:
    evening.contacts(friend=(SMS,))
    evening.press()
    evening.does(StartWith("second", "pianist"))
    evening.advance(300.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: arrived second"],
        friend=["pianist open", "pianist over"],
    )


HEARD = ("press: calling friend", "press: shown friend", "press: arrived friend")


def test_whoever_was_met_after_a_press_says_back_once_and_only_then(evening: Evening) -> None:
    evening.press()
    evening.does(SayBack("pianist"), SayWith("friend", "p1"))
    evening.advance(600.0)
    assert was_met(evening.state, "pianist", Moment(evening.now))
    evening.does(SayBack("pianist"), SayBack("pianist"))
    backs = [event for event in evening.events() if isinstance(event, BackSaid)]
    assert len(backs) == 1
    assert not was_met(evening.state, "pianist", Moment(evening.now))
    evening.advance(1.0)
    evening.press(press="p2")
    evening.does(SayWith("friend", "p2"))
    assert was_met(evening.state, "pianist", Moment(evening.now)), "by another press, another time"
    evening.exactly(
        pianist=[*HEARD, "press: none", *HEARD],
        friend=["pianist open", "pianist over"] * 2,
    )


def test_a_press_while_somebody_is_with_them_works_as_ever(evening: Evening) -> None:
    evening.does(StartWith("friend", "pianist"))
    evening.press()
    evening.advance(1.0)
    evening.exactly(
        pianist=["with me: friend", "press: calling friend", "press: shown friend"],
        friend=["with pianist: friend", "pianist open"],
        second=["with pianist: friend"],
    )


def test_alone_is_seen_by_the_circle_and_ends_by_itself(evening: Evening) -> None:
    evening.does(SayAlone("pianist", 30.0))
    evening.advance(1799.0)
    assert evening.told["friend"] == ["pianist alone"]
    evening.advance(1.0)
    line = ["pianist alone", "no more pianist alone"]
    evening.exactly(pianist=["alone", "no more alone"], friend=line, second=line)


def test_said_again_it_counts_anew_and_back_is_back(evening: Evening) -> None:
    evening.does(SayAlone("pianist", 30.0))
    evening.advance(1700.0)
    evening.does(SayAlone("pianist", 30.0))
    evening.advance(1700.0)
    assert evening.told["friend"] == ["pianist alone"]
    evening.does(SayBack("pianist"), SayBack("pianist"))
    line = ["pianist alone", "no more pianist alone"]
    evening.exactly(pianist=["alone", "no more alone"], friend=line, second=line)


def test_past_their_own_floor_the_first_is_asked_to_look_and_only_the_first(
    evening: Evening,
) -> None:
    evening.contacts(friend=(PUSH, VOICE, SMS, MAIL), second=(PUSH,))
    evening.does(SayAlone("pianist", 30.0, look_after=20.0))
    evening.advance(1199.9)
    assert evening.sent == []
    evening.advance(1.0)
    [message] = [message for _, message in evening.sent]
    assert not message.distress
    evening.advance(100.0)
    evening.does(SayBack("pianist"))
    over = ["pianist alone", "no more pianist alone"]
    evening.exactly(
        pianist=["alone", "no more alone"],
        friend=[
            "pianist alone",
            "push: look",
            "look after pianist",
            "sms: look",
            "no more pianist alone",
            "no more look after pianist",
        ],
        second=over,
    )


def test_nobody_is_asked_to_look_while_somebody_is_with_them(evening: Evening) -> None:
    evening.contacts(friend=(SMS,))
    evening.does(SayAlone("pianist", 30.0, look_after=5.0), StartWith("second", "pianist"))
    evening.advance(400.0)
    lines = ["pianist alone", "with pianist: second"]
    evening.exactly(pianist=["alone", "with me: second"], friend=lines, second=lines)


def test_whoever_is_kept_away_is_not_asked_to_look_and_the_next_is(evening: Evening) -> None:
    evening.contacts(friend=(SMS,), second=(SMS, MAIL))
    evening.services[Channel.SMS] = FAILS
    evening.does(SayAlone("pianist", 30.0, look_after=5.0))
    evening.does(SetNear("pianist", Near(Kind.NOT, ("friend",))))
    evening.advance(400.0)
    evening.exactly(
        pianist=["alone"],
        friend=["pianist alone", "no more pianist alone"],
        second=["pianist alone", "look after pianist", "sms: look", "mail: look"],
    )


def test_a_press_while_alone_works_as_ever(evening: Evening) -> None:
    evening.does(SayAlone("pianist", 30.0))
    evening.does(RaiseAlert("pianist", "p1"))
    evening.advance(1.0)
    evening.exactly(
        pianist=["alone", "press: calling friend", "press: shown friend"],
        friend=["pianist alone", "pianist open"],
        second=["pianist alone"],
    )


def test_a_restart_of_the_machine_ends_no_alone_early() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    evening.contacts(friend=(SMS,))
    evening.does(SayAlone("pianist", 30.0, look_after=10.0))
    evening.courier = False
    evening.advance(700.0)
    [before] = wanted(evening.state, Moment(evening.now))
    evening.does(RecordTry(before.press, before.key))
    evening.reboot(uptime=30.0)
    assert wanted(evening.state, Moment(evening.now)) == ()
    evening.advance(1000.0)
    assert evening.state.beside.alone("pianist", Moment(evening.now)) is not None
    evening.advance(200.0)
    assert evening.state.beside.alone("pianist", Moment(evening.now)) is None
    evening.lawful()


@pytest.mark.parametrize(
    "command",
    [
        SayAlone("pianist", 0.5),
        SayAlone("pianist", 1441.0),
        SayAlone("pianist", float("nan")),
        SayAlone("pianist", float("inf")),
        SayAlone("pianist", 30.0, 30.0),
        SayAlone("pianist", 30.0, -1.0),
        SayAlone("pianist", 30.0, float("nan")),
        SayAlone("stranger", 30.0),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(command: SayAlone) -> None:
    refused = Evening().ask(command)
    assert isinstance(refused, Refused)
    assert refused.why


def test_two_alones_at_the_same_moment_of_two_starts_of_the_machine_are_two() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    evening.contacts(friend=(SMS,))
    for _ in range(2):
        evening.reboot(uptime=20.0)
        evening.does(SayAlone("pianist", 3.0, look_after=1.0))
        evening.advance(150.0)
    evening.exactly(
        pianist=["alone"],
        friend=[
            "pianist alone",
            "look after pianist",
            "sms: look",
            "no more look after pianist",
            "look after pianist",
            "sms: look",
        ],
    )
