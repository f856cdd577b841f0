"""The other ways to a person: what leaves when their page is silent, and what never does."""

import pytest
from tests.scenario.press_stage import (
    DELIVERS,
    FAILS,
    MAIL,
    OTHER,
    PUSH,
    SILENT,
    SMS,
    TAKES,
    VOICE,
    Evening,
)

from collavoce.care.channels import Channel, Fate
from collavoce.care.commands import (
    CancelAlert,
    ConfirmShown,
    EndAlert,
    RecordFate,
    RecordTry,
    SayComing,
    SayWith,
    SetCircle,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.reached.outbox import foreseen, instead, next_wanted, wanted
from collavoce.care.reached.standing import standing

CALLING = ["press: calling friend"]


@pytest.fixture(params=[False, True], ids=["one process", "killed after every step"])
def evening(request: pytest.FixtureRequest) -> Evening:
    """A first with every way, whose page is open and shows nothing."""
    evening = Evening(restarting=request.param)
    evening.circle("pianist", "friend", "second")
    evening.contacts(friend=(PUSH, SMS, VOICE, MAIL, OTHER))
    evening.shows = False
    return evening


def test_a_page_that_shows_it_is_enough_but_for_the_push(evening: Evening) -> None:
    evening.shows = True
    evening.press()
    evening.advance(19.0)
    evening.exactly(
        pianist=[*CALLING, "press: shown friend"], friend=["push: call", "pianist open"]
    )


def test_a_page_that_shows_it_before_the_courier_looks_needs_no_push(evening: Evening) -> None:
    evening.courier = False
    evening.press()
    evening.does(ConfirmShown("friend", "p1"))
    evening.courier = True
    evening.advance(19.0)
    evening.exactly(pianist=[*CALLING, "press: shown friend"])


def test_five_seconds_without_a_receipt_are_followed_by_text_and_voice_and_no_sooner(
    evening: Evening,
) -> None:
    evening.press()
    evening.advance(4.99)
    assert evening.told["friend"] == ["push: call"]
    evening.advance(0.01)
    evening.exactly(pianist=CALLING, friend=["push: call", "sms: call", "voice: call"])


def test_the_second_has_their_own_five_seconds(evening: Evening) -> None:
    evening.contacts(second=(SMS,))
    evening.press()
    evening.advance(24.99)
    assert evening.told["second"] == []
    evening.advance(0.01)
    evening.exactly(
        pianist=[*CALLING, "press: quiet friend", "press: quiet friend second"],
        friend=["push: call", "sms: call", "voice: call"],
        second=["sms: call"],
    )


def test_a_failed_push_is_followed_by_a_text_at_once(evening: Evening) -> None:
    evening.services[Channel.PUSH] = FAILS
    evening.press()
    evening.advance(0.5)
    evening.exactly(pianist=CALLING, friend=["push: call", "sms: call"])


@pytest.mark.parametrize(
    ("answer", "after", "told"),
    # After nine seconds without a receipt the performer is told that nobody has shown it.
    [(FAILS, 5.0, CALLING), (SILENT, 9.0, [*CALLING, "press: quiet friend"])],
)
def test_a_number_that_fails_or_is_silent_for_four_seconds_is_followed_by_the_next_way(
    evening: Evening, answer: tuple[Fate, ...], after: float, told: list[str]
) -> None:
    evening.services[Channel.SMS] = answer
    evening.press()
    evening.advance(after - 0.01)
    assert "mail: call" not in evening.told["friend"]
    evening.advance(0.02)
    evening.exactly(
        pianist=told,
        friend=["push: call", "sms: call", "voice: call", "mail: call"],
    )


def test_when_every_service_fails_each_way_is_tried_once_and_the_performer_is_told(
    evening: Evening,
) -> None:
    evening.services = dict.fromkeys(Channel, FAILS)
    evening.press()
    evening.advance(200.0)
    evening.exactly(
        pianist=[
            *CALLING,
            "press: quiet friend",
            "press: quiet friend second",
            "press: not_reached friend second",
        ],
        friend=["push: call", "sms: call", "mail: call", "other: call", "voice: call"],
    )


def test_accepted_is_never_shown(evening: Evening) -> None:
    evening.services = {Channel.SMS: TAKES, Channel.VOICE: DELIVERS}
    evening.press()
    evening.advance(11.0)
    mine = standing(evening.state, "pianist", frozenset(evening.open_pages), Moment(evening.now))
    assert mine.feedback == "quiet"
    assert [(way.channel, way.fate) for way in mine.ways] == [
        ("push", Fate.ACCEPTED),
        ("sms", Fate.ACCEPTED),
        ("voice", Fate.DELIVERED),
    ]
    assert [round(way.age) for way in mine.ways] == [11, 6, 6]
    evening.exactly(
        pianist=[*CALLING, "press: quiet friend"],
        friend=["push: call", "sms: call", "voice: call"],
    )


@pytest.mark.parametrize("end", ["coming", "with", "over"])
def test_whoever_was_reached_by_text_hears_once_that_they_may_stand_down(
    evening: Evening, end: str
) -> None:
    evening.press()
    evening.advance(21.0)
    said = {
        "coming": SayComing("second", "p1"),
        "with": SayWith("second", "p1"),
        "over": EndAlert("pianist", "p1"),
    }[end]
    evening.does(said)
    evening.advance(1.0)
    evening.does(EndAlert("pianist", "p1"))
    evening.advance(300.0)
    between = {"coming": ["press: coming second"], "with": ["press: arrived second"], "over": []}
    second = {"coming": ["pianist coming", "pianist over"], "with": ["pianist over"], "over": []}
    evening.exactly(
        pianist=[
            *CALLING,
            "press: quiet friend",
            "press: quiet friend second",
            *between[end],
            "press: none",
        ],
        friend=[
            "push: call",
            "sms: call",
            "voice: call",
            "sms: stand_down",
        ],
        second=second[end],
    )


def test_a_stand_down_that_fails_goes_by_the_next_way_that_had_reached_them(
    evening: Evening,
) -> None:
    evening.press()
    evening.advance(6.0)
    evening.services[Channel.SMS] = FAILS
    evening.does(EndAlert("pianist", "p1"))
    evening.advance(300.0)
    evening.exactly(
        pianist=[*CALLING, "press: none"],
        friend=[
            "push: call",
            "sms: call",
            "voice: call",
            "sms: stand_down",
            "push: stand_down",
        ],
    )


def test_whoever_no_service_took_a_message_for_hears_nothing_of_its_end(evening: Evening) -> None:
    evening.services = dict.fromkeys(Channel, FAILS)
    evening.press()
    evening.advance(1.0)
    evening.does(EndAlert("pianist", "p1"))
    evening.advance(300.0)
    evening.exactly(
        pianist=[*CALLING, "press: none"],
        friend=["push: call", "sms: call", "mail: call", "other: call"],
    )


def test_a_press_taken_back_is_said_to_be_so_by_the_way_that_was_used(evening: Evening) -> None:
    evening.press()
    evening.advance(3.0)
    evening.does(CancelAlert("pianist", "p1"))
    evening.advance(300.0)
    evening.exactly(
        pianist=[*CALLING, "press: none"],
        friend=["push: call", "push: taken_back"],
    )


def test_whoever_is_dropped_hears_a_stand_down_and_nothing_else_ever(evening: Evening) -> None:
    evening.press()
    evening.advance(6.0)
    evening.does(SetCircle("pianist", ("second",), 20.0))
    evening.advance(300.0)
    evening.exactly(
        pianist=[
            *CALLING,
            "press: calling second",
            "press: quiet second",
            "press: not_reached second",
        ],
        friend=["push: call", "sms: call", "voice: call", "sms: stand_down"],
    )


def test_whoever_stood_down_is_called_anew_when_the_one_who_came_is_let_go(
    evening: Evening,
) -> None:
    evening.press()
    evening.advance(21.0)
    evening.does(SayComing("second", "p1"))
    evening.advance(10.0)
    evening.does(SetCircle("pianist", ("friend",), 20.0))
    evening.advance(6.0)
    evening.does(SayWith("friend", "p1"))
    evening.exactly(
        pianist=[
            *CALLING,
            "press: quiet friend",
            "press: quiet friend second",
            "press: coming second",
            "press: quiet friend",
            "press: arrived friend",
        ],
        friend=[
            "push: call",
            "sms: call",
            "voice: call",
            "sms: stand_down",
            "push: call",
            "sms: call",
            "voice: call",
            "pianist over",
        ],
        second=["pianist coming", "pianist over"],
    )


def test_at_the_end_of_the_ladder_the_performers_own_ways_say_so_in_writing(
    evening: Evening,
) -> None:
    evening.contacts(friend=(), pianist=(PUSH, VOICE, SMS))
    evening.press()
    evening.advance(119.99)
    assert not evening.sent
    evening.advance(200.0)
    evening.exactly(
        pianist=[
            *CALLING,
            "press: quiet friend",
            "press: quiet friend second",
            "push: unreached",
            "sms: unreached",
            "press: not_reached friend second",
        ],
    )


def test_pressing_again_tells_whoever_the_first_press_had_reached_when_it_is_over(
    evening: Evening,
) -> None:
    evening.press(press="p1")
    evening.advance(6.0)
    evening.services = dict.fromkeys(Channel, FAILS)
    evening.press(press="p2")
    evening.services = {}
    evening.does(SayWith("friend", "p2"))
    evening.does(EndAlert("pianist", "p2"))
    evening.exactly(
        pianist=[*CALLING, "press: arrived friend", "press: none"],
        friend=[
            "push: call",
            "sms: call",
            "voice: call",
            "push: call",
            "sms: call",
            "mail: call",
            "other: call",
            "pianist over",
        ],
    )


def test_after_a_time_away_only_what_is_needed_now_leaves_and_all_of_it_at_once() -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    evening.contacts(friend=(PUSH, SMS), second=(PUSH, SMS), pianist=(SMS,))
    evening.shows = False
    evening.press()
    evening.sleep(500.0)
    evening.exactly(
        pianist=["press: calling friend", "sms: unreached", "press: not_reached friend second"],
        friend=["push: call", "sms: call"],
        second=["push: call"],
    )
    evening.advance(5.0)
    evening.exactly(
        pianist=["press: calling friend", "sms: unreached", "press: not_reached friend second"],
        friend=["push: call", "sms: call"],
        second=["push: call", "sms: call"],
    )


def test_a_message_is_tried_once_and_only_while_it_is_wanted(evening: Evening) -> None:
    evening.courier = False
    evening.press()
    [push] = wanted(evening.state, Moment(evening.now))
    assert isinstance(evening.ask(RecordTry("p1", "no such key")), Refused)
    assert isinstance(evening.ask(RecordTry("p2", push.key)), Refused)
    assert isinstance(evening.ask(RecordFate("p1", push.key, Fate.ACCEPTED)), Refused)
    evening.does(RecordTry("p1", push.key))
    assert isinstance(evening.ask(RecordTry("p1", push.key)), Refused)
    evening.does(RecordTry("p1", push.key, carried=True))
    assert wanted(evening.state, Moment(evening.now)) == ()
    evening.does(EndAlert("pianist", "p1"))
    sms = instead(evening.state, push)[0]
    assert isinstance(evening.ask(RecordTry("p1", sms.key)), Refused)
    evening.exactly(pianist=[*CALLING, "press: none"])


@pytest.mark.parametrize("order", ["ad", "da", "fd", "fad", "aaf", "dfa"])
def test_what_a_service_says_counts_once_in_whatever_order_it_says_it(
    evening: Evening, order: str
) -> None:
    fates = {"a": Fate.ACCEPTED, "d": Fate.DELIVERED, "f": Fate.FAILED}
    evening.courier = False
    evening.press()
    [push] = wanted(evening.state, Moment(evening.now))
    evening.does(RecordTry("p1", push.key))
    for letter in order * 2:
        evening.does(RecordFate("p1", push.key, fates[letter]))
    sent = evening.state.alerts.by_press["p1"].messages[push.key]
    assert sent.fate is (Fate.DELIVERED if "d" in order else Fate.FAILED)
    kept = [event for event in evening.events() if type(event).__name__ == "MessageEnded"]
    assert len(kept) == len(set(order[: order.find("d") + 1] or order))
    evening.exactly(pianist=CALLING)


def test_what_was_carried_while_care_was_away_is_a_fact_even_if_it_is_pointless_now() -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    evening.contacts(friend=(SMS, MAIL), second=(SMS,))
    evening.shows = False
    evening.courier = False
    evening.press()
    ahead = foreseen(evening.state, Moment(evening.now), 30.0)
    evening.sleep(28.0)
    evening.does(EndAlert("pianist", "p1"))
    for message in ahead:
        assert isinstance(evening.ask(RecordTry("p1", message.key)), Refused)
        evening.does(RecordTry("p1", message.key, carried=True))
        evening.does(RecordFate("p1", message.key, Fate.ACCEPTED))
    evening.courier = True
    evening.advance(1.0)
    evening.exactly(
        pianist=["press: calling friend", "press: quiet friend second", "press: none"],
        friend=["sms: stand_down"],
        second=["sms: stand_down"],
    )


def test_what_is_foreseen_is_what_leaves_if_nobody_does_anything(evening: Evening) -> None:
    evening.contacts(second=(PUSH, VOICE), pianist=(SMS,))
    evening.press()
    ahead = foreseen(evening.state, Moment(evening.now), 130.0)
    evening.advance(130.0)
    left = [(message.key, at) for at, message in evening.sent if at > 1000.0]
    assert left == [(message.key, pytest.approx(message.due_at)) for message in ahead]
    assert [round(message.due_at - 1000.0) for message in ahead] == [5, 5, 20, 25, 120]
    assert next_wanted(evening.state) is None
    evening.exactly(
        pianist=[
            *CALLING,
            "press: quiet friend",
            "press: quiet friend second",
            "sms: unreached",
            "press: not_reached friend second",
        ],
        friend=["push: call", "sms: call", "voice: call"],
        second=["push: call", "voice: call"],
    )


def test_no_name_stands_in_a_key_and_a_changed_address_is_not_taken_for_the_old(
    evening: Evening,
) -> None:
    evening.courier = False
    evening.press()
    [push] = wanted(evening.state, Moment(evening.now))
    assert not any(name in push.key for name in (*evening.people, "p1", "push"))
    evening.contacts(friend=(MAIL, SMS))
    evening.advance(5.0)
    assert [m.channel for m in wanted(evening.state, Moment(evening.now))] == ["sms"]
    evening.exactly(pianist=CALLING)
