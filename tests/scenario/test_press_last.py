"""The last resort, who may come near, and who opens a ladder for somebody else."""

from itertools import permutations

import pytest
from tests.scenario.press_stage import MAIL, PUSH, SMS, WITH_LEAD, Evening

from collavoce.care.commands import (
    AnswerRequest,
    CancelAlert,
    EndAlert,
    HandOver,
    SayComing,
    SayWith,
    SetCircle,
    SetLadder,
    SetNear,
    SetOpening,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.near import Kind, Near
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import kept_away
from collavoce.care.reached.standing import calls

KEPT_FROM_LEAD = Near(Kind.NOT, ("lead",))


@pytest.fixture(params=[False, True], ids=["one process", "killed after every step"])
def evening(request: pytest.FixtureRequest) -> Evening:
    evening = Evening(restarting=request.param, people=WITH_LEAD)
    evening.circle("pianist", "friend", "second")
    return evening


CLIMB = ["press: calling friend", "press: shown friend", "press: shown friend second"]


def test_at_the_end_the_welfare_lead_is_asked_to_go_there_and_stand_back(evening: Evening) -> None:
    evening.contacts(lead=(PUSH, SMS))
    evening.press()
    evening.advance(119.99)
    assert evening.told["lead"] == []
    evening.shows = False
    evening.advance(5.01)
    [call] = calls(evening.state, "lead", Moment(evening.now))
    assert call.stand_back
    evening.exactly(
        pianist=[*CLIMB, "press: not_reached friend second lead"],
        friend=["pianist open"],
        second=["pianist open"],
        lead=["push: stand_back", "sms: stand_back"],
    )


def test_the_last_resort_may_come_like_everybody(evening: Evening) -> None:
    evening.press()
    evening.advance(121.0)
    evening.does(SayComing("lead", "p1"))
    evening.does(SayWith("lead", "p1"))
    evening.exactly(
        pianist=[
            *CLIMB,
            "press: not_reached friend second lead",
            "press: coming lead",
            "press: arrived lead",
        ],
        friend=["pianist open", "pianist covered", "pianist over"],
        second=["pianist open", "pianist covered", "pianist over"],
        lead=[
            "pianist open (stand back)",
            "pianist coming (stand back)",
            "pianist over (stand back)",
        ],
    )


def test_a_performer_who_wants_nobody_at_the_end_gets_nobody(evening: Evening) -> None:
    evening.does(SetLadder("pianist", 5.0, 60.0, 120.0, ""))
    evening.press()
    evening.advance(300.0)
    evening.exactly(
        pianist=[*CLIMB, "press: not_reached friend second"],
        friend=["pianist open"],
        second=["pianist open"],
    )


def test_somebody_chosen_whose_work_it_is_not_is_asked_first(evening: Evening) -> None:
    evening.does(SetLadder("pianist", 2.0, 30.0, 40.0, "manager"))
    evening.press(press="p1")
    evening.advance(50.0)
    assert evening.told["manager"] == []
    evening.does(EndAlert("pianist", "p1"), AnswerRequest("manager", "pianist", agrees=True))
    evening.press(press="p2")
    evening.advance(39.9)
    assert evening.told["manager"] == []
    evening.advance(0.2)
    evening.exactly(
        pianist=[
            *CLIMB,
            "press: not_reached friend second",
            "press: none",
            *CLIMB,
            "press: not_reached friend second manager",
        ],
        friend=["pianist open", "pianist over", "pianist open"],
        second=["pianist open", "pianist over", "pianist open"],
        manager=["pianist open (stand back)"],
    )


def test_without_anybody_of_the_circle_the_last_resort_is_called_at_once(evening: Evening) -> None:
    evening.press("singer", "p9")
    evening.advance(300.0)
    evening.exactly(
        singer=["press: calling lead", "press: shown lead", "press: not_reached lead"],
        lead=["singer open (stand back)"],
    )


@pytest.mark.parametrize("when", [-1.0, 0.0, 25.0, 125.0])
def test_whoever_may_not_come_near_is_not_called_whenever_that_is_said(
    evening: Evening, when: float
) -> None:
    evening.contacts(friend=(SMS,), lead=(SMS,))
    evening.does(SetLadder("pianist", 2.0, 60.0, 120.0, "lead"))
    away = SetNear("pianist", Near(Kind.ONLY, ("second",)))
    if when < 0:
        evening.does(away)
    evening.press()
    if when >= 0:
        evening.advance(when)
        evening.does(away)
    assert kept_away(evening.people, evening.state, "pianist") == ("friend", "lead")
    before = {person: len(evening.told[person]) for person in ("friend", "lead")}
    evening.advance(300.0)
    for person, count in before.items():
        later = evening.told[person][count:]
        assert not [word for word in later if word.endswith(("call", "open", "stand_back"))]
    assert evening.told["second"] == ["pianist open"]
    evening.lawful()


def test_a_last_resort_who_is_kept_away_in_mid_call_hears_only_that_it_is_over(
    evening: Evening,
) -> None:
    evening.contacts(lead=(SMS,))
    evening.press()
    evening.advance(119.0)
    evening.shows = False
    evening.advance(7.0)
    evening.does(SetNear("pianist", KEPT_FROM_LEAD))
    evening.advance(300.0)
    evening.exactly(
        pianist=[
            *CLIMB,
            "press: not_reached friend second lead",
            "press: not_reached friend second",
        ],
        friend=["pianist open"],
        second=["pianist open"],
        lead=["sms: stand_back", "sms: stand_down"],
    )


def test_a_press_after_the_end_of_the_ladder_calls_the_last_resort_again_at_once(
    evening: Evening,
) -> None:
    evening.press(press="p1")
    evening.advance(121.0)
    evening.press(press="p2")
    assert evening.rings["lead"] == ["p1:lead:3", "p2:lead:2"]
    evening.exactly(
        pianist=[
            *CLIMB,
            "press: not_reached friend second lead",
            "press: calling friend second lead",
            "press: shown friend",
            "press: shown friend lead",
            "press: shown friend second lead",
        ],
        friend=["pianist open", "pianist open"],
        second=["pianist open", "pianist open"],
        lead=["pianist open (stand back)", "pianist open (stand back)"],
    )


# Handed over.


def test_a_hand_beside_them_opens_the_ladder_only_if_they_wrote_so(evening: Evening) -> None:
    for how in (Opened.HAND, Opened.BREACH):
        evening.does(HandOver("pianist", f"not allowed {how}", how))
    assert evening.told["friend"] == []
    evening.does(SetOpening("pianist", hand=True, breach=False))
    evening.does(HandOver("pianist", "b", Opened.BREACH))
    assert evening.told["friend"] == []
    evening.does(HandOver("pianist", "h", Opened.HAND), HandOver("pianist", "h", Opened.HAND))
    evening.does(HandOver("pianist", "h2", Opened.HAND))
    evening.advance(1.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend"], friend=["pianist open (hand)"]
    )


def test_the_person_sees_what_was_opened_for_them_and_ends_it(evening: Evening) -> None:
    evening.does(SetOpening("pianist", hand=False, breach=True))
    evening.does(HandOver("pianist", "b1", Opened.BREACH))
    evening.advance(3.0)
    evening.does(CancelAlert("pianist", "b1"))
    evening.does(HandOver("pianist", "b1", Opened.BREACH))
    evening.does(HandOver("pianist", "b2", Opened.BREACH))
    evening.advance(30.0)
    evening.does(EndAlert("pianist", "b2"))
    evening.advance(300.0)
    evening.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: none",
            *CLIMB,
            "press: none",
        ],
        friend=[
            "pianist open (breach)",
            "pianist cancelled (breach)",
            "pianist open (breach)",
            "pianist over (breach)",
        ],
        second=["pianist open (breach)", "pianist over (breach)"],
    )


def test_a_breach_while_their_own_press_is_open_calls_nobody_twice(evening: Evening) -> None:
    evening.does(SetOpening("pianist", hand=True, breach=True))
    evening.press()
    evening.advance(25.0)
    evening.does(HandOver("pianist", "b", Opened.BREACH))
    evening.advance(1.0)
    assert [len(keys) for keys in evening.rings.values()] == [0, 1, 1, 0, 0, 0, 0]
    evening.exactly(pianist=CLIMB, friend=["pianist open"], second=["pianist open"])


def test_whoever_asks_gets_the_same_answer_whatever_was_written() -> None:
    answers: set[Refused | None] = set()
    evening = Evening(people=WITH_LEAD)
    for allowed, circle, pressed in permutations([True, False, True, False], 3):
        evening = Evening(people=WITH_LEAD)
        evening.lawful()
        if circle:
            evening.circle("pianist", "friend")
        evening.does(SetOpening("pianist", hand=allowed, breach=allowed))
        if pressed:
            evening.press()
        answers.add(evening.ask(HandOver("pianist", "h", Opened.HAND)))
        answers.add(evening.ask(HandOver("pianist", "h", Opened.BREACH)))
    assert answers == {None}
    assert isinstance(evening.ask(HandOver("stranger", "h", Opened.HAND)), Refused)


def test_a_circle_of_people_who_call_each_other_works_both_ways(evening: Evening) -> None:
    evening.circle("friend", "pianist")
    evening.press("pianist", "p1")
    evening.press("friend", "p2")
    evening.advance(1.0)
    evening.exactly(
        pianist=["press: calling friend", "press: shown friend", "friend open"],
        friend=["pianist open", "press: calling pianist", "press: shown pianist"],
    )


def test_whoever_left_the_show_is_called_no_more() -> None:
    evening = Evening(people=WITH_LEAD)
    evening.circle("pianist", "friend", "second")
    evening.contacts(friend=(MAIL,))
    evening.people = {id_: person for id_, person in WITH_LEAD.items() if id_ != "friend"}
    evening.open_pages.discard("friend")
    evening.press()
    evening.advance(19.0)
    del evening.told["friend"]
    evening.exactly(
        pianist=["press: calling second", "press: shown second"], second=["pianist open"]
    )
    # They may stand on in the circle, which is the owner's own, until the owner takes them off.
    evening.does(SetCircle("pianist", ("second", "friend"), 20.0))
    assert isinstance(evening.ask(SetCircle("singer", ("friend",), 20.0)), Refused)
