"""What a person settles beforehand: taken as it is, or refused in words that say what is wrong."""

from dataclasses import replace

import pytest
from tests.scenario.press_stage import MAIL, OTHER, PUSH, SMS, VOICE, WITH_LEAD, Evening

from collavoce.care.channels import CONTACTS_MAX, Channel, Contact
from collavoce.care.commands import (
    AnyCommand,
    HandOver,
    RaiseAlert,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment, Times
from collavoce.care.near import NAMED_MAX, Kind, Near
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import kept_away, last_of, order_of, seen_circles
from collavoce.care.reached.standing import standing
from collavoce.care.states.circle import Answer
from collavoce.company.people import Person

NAN, INF = float("nan"), float("inf")


def refused(command: AnyCommand, evening: Evening | None = None) -> str:
    evening = evening or Evening(people=WITH_LEAD)
    before = evening.state
    why = evening.ask(command)
    assert isinstance(why, Refused), command
    assert evening.state == before
    return why.why


@pytest.mark.parametrize(
    ("receipt", "every", "voice"), [(2.0, 20.1, 20.2), (30.0, 300.0, 600.0), (5.0, 60.0, 120.0)]
)
def test_the_times_of_the_ladder_are_the_performers_own(
    receipt: float, every: float, voice: float
) -> None:
    evening = Evening(people=WITH_LEAD)
    evening.does(SetCircle("pianist", ("friend",), 20.0))
    evening.does(SetLadder("pianist", receipt, every, voice, ""))
    assert evening.state.circles.of("pianist").times == Times(20.0, every, voice, receipt)
    evening.does(SetCircle("pianist", ("friend",), 10.0))
    assert evening.state.circles.of("pianist").times == Times(10.0, every, voice, receipt)
    evening.press()
    assert evening.state.alerts.by_press["p1"].times == Times(10.0, every, voice, receipt)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (SetLadder("pianist", 1.9, 60.0, 120.0, ""), "2 to 30"),
        (SetLadder("pianist", 30.1, 60.0, 120.0, ""), "2 to 30"),
        (SetLadder("pianist", NAN, 60.0, 120.0, ""), "2 to 30"),
        (SetLadder("pianist", 5.0, 20.0, 120.0, ""), "after 20 seconds"),
        (SetLadder("pianist", 5.0, 300.1, 600.0, ""), "300 seconds at most"),
        (SetLadder("pianist", 5.0, INF, INF, ""), "300 seconds at most"),
        (SetLadder("pianist", 5.0, 60.0, 60.0, ""), "after 60 seconds"),
        (SetLadder("pianist", 5.0, 60.0, 600.1, ""), "600 seconds at most"),
        (SetLadder("pianist", 5.0, 60.0, 120.0, "stranger"), "Nobody of this name"),
        (SetLadder("pianist", 5.0, 60.0, 120.0, "pianist"), "never yourself"),
        (SetCircle("pianist", ("friend",), 60.0), "The whole circle is called later"),
        (SetNear("pianist", Near(Kind.NOT, ("stranger",))), "Nobody of this name"),
        (SetNear("pianist", Near(Kind.ONLY, ("pianist",))), "never yourself"),
        (SetNear("pianist", Near(Kind.ONLY, ("friend", "friend"))), "once"),
        (SetNear("pianist", Near(Kind.ONLY, ("friend",) * (NAMED_MAX + 1))), "At most 32"),
        (SetWords("pianist", "a", ""), "both words or none"),
        (SetWords("pianist", "", "b"), "both words or none"),
        (SetWords("pianist", "a", "a"), "not be the same"),
        (SetWords("pianist", "a" * 200, "b"), "both words or none"),
        (SetOpening("stranger", hand=True, breach=True), "Nobody of this name"),
        (SetContacts("stranger", ()), "Nobody of this name"),
        (SetContacts("friend", (SMS, SMS)), "twice"),
        (SetContacts("friend", (SMS,) * (CONTACTS_MAX + 1)), "At most 6"),
        (HandOver("stranger", "p", Opened.HAND), "Nobody of this name"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(command: AnyCommand, says: str) -> None:
    assert says in refused(command)


def address(channel: Channel, text: str) -> Contact:
    return Contact(channel, text)


@pytest.mark.parametrize(
    "contact",
    [
        address(Channel.PAGE, ""),
        address(Channel.SMS, "01701234567"),
        address(Channel.SMS, "+4917"),
        address(Channel.SMS, "+4917012345678901234"),
        address(Channel.SMS, "+49 170 1234567"),
        address(Channel.VOICE, "+49170123456٣"),
        address(Channel.VOICE, "+0123456789"),
        address(Channel.MAIL, "somebody"),
        address(Channel.MAIL, "a@b@c"),
        address(Channel.MAIL, "a b@c"),
        address(Channel.MAIL, "a@b\nBcc: c@d"),
        address(Channel.MAIL, "a@" + "b" * 300),
        address(Channel.OTHER, "gotify"),
        address(Channel.OTHER, "gotify://"),
        address(Channel.OTHER, "gotify://a b"),
        address(Channel.OTHER, "gotify://" + "b" * 600),
        address(Channel.PUSH, "https://push.test"),
        address(Channel.PUSH, '{"endpoint":"http://push.test","keys":{"p256dh":"k","auth":"a"}}'),
        address(Channel.PUSH, '{"endpoint":"https://push.test","keys":{"p256dh":"k"}}'),
        address(Channel.PUSH, '{"endpoint":"https://push.test","keys":{"p256dh":"","auth":"a"}}'),
        address(Channel.PUSH, '{"endpoint":"https://push.test"}'),
        address(Channel.PUSH, "\ud800"),
        address(Channel.PUSH, PUSH.address + " " * 3000),
    ],
)
def test_an_address_that_could_reach_nobody_is_refused_and_says_which(contact: Contact) -> None:
    assert refused(SetContacts("friend", (SMS, contact))).startswith("Number 2 ")


def test_every_way_is_kept_in_the_persons_own_order() -> None:
    evening = Evening()
    ways = (MAIL, VOICE, OTHER, PUSH, SMS)
    evening.contacts(friend=ways)
    evening.contacts(friend=ways)
    assert evening.state.terms.contacts_of("friend") == ways
    assert len(evening.events()) == 2
    evening.contacts(friend=())
    assert evening.state.terms.contacts == {}


def test_what_is_written_again_as_it_is_makes_no_event() -> None:
    evening = Evening(people=WITH_LEAD)
    near = Near(Kind.ONLY, ("friend",))
    for _ in range(2):
        evening.does(
            SetLadder("pianist", 4.0, 50.0, 100.0, "lead"),
            SetNear("pianist", near),
            SetOpening("pianist", hand=True, breach=False),
            SetWords("pianist", "a", "b"),
        )
    assert len(evening.events()) == 5
    wish = evening.state.terms.of("pianist")
    assert (wish.last_resort, wish.near, wish.hand, wish.breach) == ("lead", near, True, False)
    assert evening.state.circles.answer("pianist", "lead") is None, "it is their work"


def test_the_usual_last_resort_is_the_first_welfare_lead_but_never_oneself() -> None:
    people = {**WITH_LEAD, "lead2": Person("lead2", "Ana", ("steward", "welfare lead"))}
    state = Evening(people=people).state
    assert last_of(people, state, "pianist") == "lead"
    assert last_of(people, state, "lead") == "lead2"
    assert last_of({"a": Person("a", "A")}, state, "a") == ""


def test_the_owner_sees_whom_their_own_rule_keeps_away() -> None:
    evening = Evening(people=WITH_LEAD)
    evening.circle("pianist", "friend", "second")
    people, state = evening.people, evening.state
    assert kept_away(people, state, "pianist") == ()
    evening.does(SetNear("pianist", Near(Kind.ONLY, ("second",))))
    assert kept_away(people, evening.state, "pianist") == ("friend", "lead")
    assert order_of(people, evening.state, "pianist") == ("second",)
    assert last_of(people, evening.state, "pianist") == ""


# Under 18.

YOUNG = Person("pianist", "Yuna", under_18=True)
NAMED = replace(YOUNG, guardian="second", chaperone="third")


@pytest.mark.parametrize(
    "young",
    [
        YOUNG,
        replace(YOUNG, guardian="second"),
        replace(YOUNG, guardian="second", chaperone="stranger"),
        replace(YOUNG, guardian="second", chaperone="pianist"),
    ],
)
def test_under_18_without_guardian_and_chaperone_there_is_no_circle_and_a_press_is_kept(
    young: Person,
) -> None:
    evening = Evening(people={**WITH_LEAD, "pianist": young})
    for command in (
        SetCircle("pianist", ("friend",), 20.0),
        SetLadder("pianist", 5.0, 60.0, 120.0, ""),
        SetNear("pianist", Near()),
        SetOpening("pianist", hand=True, breach=True),
        SetWords("pianist", "a", "b"),
        HandOver("pianist", "p", Opened.HAND),
    ):
        assert "guardian and a chaperone" in refused(command, evening)
    evening.does(RaiseAlert("pianist", "p1"))
    now = Moment(evening.now)
    assert standing(evening.state, "pianist", frozenset(evening.people), now).feedback == "alone"
    evening.advance(300.0)
    evening.exactly(pianist=["press: alone"])


def test_a_circle_written_before_the_names_went_calls_nobody_any_more() -> None:
    evening = Evening(people={**WITH_LEAD, "pianist": NAMED})
    evening.circle("pianist", "friend")
    evening.people = {**WITH_LEAD, "pianist": YOUNG}
    evening.press()
    evening.advance(1.0)
    evening.exactly(pianist=["press: alone"])
    evening.does(SetCircle("pianist", (), 20.0))


def test_guardian_and_chaperone_see_the_circle_and_nobody_else_does() -> None:
    evening = Evening(people={**WITH_LEAD, "pianist": NAMED})
    evening.circle("pianist", "friend")
    evening.does(SetNear("pianist", Near(Kind.NOT, ("lead",))))
    for viewer in evening.people:
        seen = seen_circles(evening.people, evening.state, viewer)
        assert bool(seen) is (viewer in ("second", "third"))
        for circle in seen:
            assert (circle.owner, circle.order) == ("pianist", (("friend", Answer.AGREED),))
            assert (circle.last, circle.kept_away) == ("", ("lead",))
