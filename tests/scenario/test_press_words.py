"""The other word: it looks like taking it back, and is not.

Each test of a look plays the evening twice, once with either word, and compares every answer and
every page of the presser from then on.
"""

from collections.abc import Callable
from itertools import permutations

import pytest
from tests.scenario.press_stage import PEOPLE, SMS, Evening

from collavoce.care.commands import (
    AnyCommand,
    CancelAlert,
    EndAlert,
    HandOver,
    RaiseAlert,
    SayComing,
    SayWith,
    SetNear,
    SetOpening,
    SetWords,
    StartWith,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.near import Kind, Near
from collavoce.care.opened import Opened
from collavoce.care.reached.seen import company_of
from collavoce.care.reached.standing import standing

TRUE, OTHER = "hash of the true word", "hash of the other word"


def evening(*, restarting: bool = False) -> Evening:
    it = Evening(restarting=restarting)
    it.circle("pianist", "friend", "second", "third")
    it.does(SetWords("pianist", TRUE, OTHER))
    return it


def back(word: str, press: str = "p1") -> CancelAlert:
    return CancelAlert("pianist", press, word)


@pytest.mark.parametrize("restarting", [False, True])
def test_the_other_word_hides_it_from_the_presser_and_the_ladder_goes_on(
    restarting: bool,  # noqa: FBT001
) -> None:
    it = evening(restarting=restarting)
    it.contacts(pianist=(SMS,))
    it.press()
    it.advance(3.0)
    it.does(back(OTHER))
    it.advance(200.0)
    marked = ["pianist open (other word)"]
    it.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open"],
        second=marked,
        third=marked,
    )
    assert it.calls_now["friend"] == {"p1:friend:0": "open"}
    it.does(SayWith("second", "p1"))
    it.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open", "pianist over (other word)"],
        second=[*marked, "pianist over (other word)"],
        third=[*marked, "pianist over (other word)"],
    )


def test_with_words_set_nothing_else_takes_a_press_back() -> None:
    it = evening()
    it.press()
    for word in ("", "wrong", OTHER + " ", TRUE.upper()):
        assert it.ask(back(word)) == Refused("This is not your word. The call stands.")
    it.does(back(TRUE))
    it.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open", "pianist cancelled"],
    )


def test_without_words_any_word_is_as_none() -> None:
    it = evening()
    it.does(SetWords("pianist", "", ""))
    it.press()
    it.does(back(OTHER))
    it.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none"],
        friend=["pianist open", "pianist cancelled"],
    )


Step = Callable[[Evening], object]


def ask(command: AnyCommand) -> Step:
    return lambda it: it.ask(command)


PRESSER: dict[str, Step] = {
    "wait a little": lambda it: it.advance(4.0),
    "wait long": lambda it: it.advance(70.0),
    "the word": lambda it: it.ask(back("THE WORD")),
    "it is over": ask(EndAlert("pianist", "p1")),
    "the same press again": ask(RaiseAlert("pianist", "p1", 3.0)),
    "take back what has not come": lambda it: it.ask(back("THE WORD", "p0")),
    "a new press": ask(RaiseAlert("pianist", "p2")),
    "a new press over": ask(EndAlert("pianist", "p2")),
    "a wrong word": ask(back("wrong")),
    "handed over": ask(HandOver("pianist", "h1", Opened.HAND)),
}
"""What comes from the presser's own phone, or from the clock: the word is said among it."""


def seen(it: Evening, word: str, steps: tuple[str, ...]) -> list[object]:
    """Everything the presser's phone is answered and shows."""
    looks: list[object] = []
    for name in steps:
        step = PRESSER[name]
        if name == "the word":
            answer: object = it.ask(back(word))
        elif name == "take back what has not come":
            answer = it.ask(back(word, "p0"))
        else:
            answer = step(it)
        now, reachable = Moment(it.now), frozenset(it.open_pages)
        looks += [
            answer,
            standing(it.state, "pianist", reachable, now),
            company_of(PEOPLE, it.state, "pianist", now),
        ]
    return looks


@pytest.mark.parametrize("first", ["the word", "take back what has not come", "wait a little"])
def test_whatever_the_presser_does_then_both_words_look_the_same(first: str) -> None:
    others = [name for name in PRESSER if name != first]
    for shows in (True, False):
        for rest in permutations(others, 2):
            looks: list[list[object]] = []
            for word in (TRUE, OTHER):
                it = evening()
                it.lawful()
                it.looks_every = 10.0
                it.does(SetOpening("pianist", hand=True, breach=False))
                it.shows = shows
                it.press()
                looks.append(seen(it, word, (first, *rest)))
            assert looks[0] == looks[1], (shows, first, rest)


def test_the_other_word_too_late_is_answered_like_the_true_one_and_told_to_the_called() -> None:
    it = evening()
    it.press()
    it.advance(11.0)
    too_late = it.ask(back(TRUE))
    assert isinstance(too_late, Refused)
    assert it.ask(back(OTHER)) == too_late
    assert it.ask(back(OTHER)) == too_late
    it.advance(10.0)
    it.does(EndAlert("pianist", "p1"))
    it.advance(40.0)
    it.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: none",
        ],
        friend=["pianist open"],
        second=["pianist open (other word)"],
        third=["pianist open (other word)"],
    )


def test_it_is_over_under_the_other_word_only_seems_so() -> None:
    it = evening()
    it.press()
    it.advance(21.0)
    assert isinstance(it.ask(EndAlert("pianist", "p1", "wrong")), Refused)
    it.does(EndAlert("pianist", "p1", OTHER))
    it.advance(40.0)
    it.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: shown friend second",
            "press: none",
        ],
        friend=["pianist open"],
        second=["pianist open"],
        third=["pianist open (other word)"],
    )


def test_the_other_word_that_overtakes_its_press_calls_at_once_and_stays_unseen() -> None:
    it = evening()
    it.does(back(OTHER))
    it.press()
    it.advance(21.0)
    marked = ["pianist open (other word)"]
    it.exactly(friend=marked, second=marked)


def test_a_new_press_works_as_ever_beside_the_hidden_one_and_with_ends_both() -> None:
    it = evening()
    it.press(press="p1")
    it.does(back(OTHER))
    it.advance(70.0)
    it.press(press="p2")
    assert it.told["pianist"][-2:] == ["press: calling friend", "press: shown friend"]
    it.does(SayComing("friend", "p2"))
    assert it.told["second"][-1] == "pianist covered (other word)"
    it.does(SayWith("friend", "p2"))
    assert all(alert.end is not None for alert in it.state.alerts.by_press.values())
    marked = [
        "pianist open (other word)",
        "pianist covered (other word)",
        "pianist over (other word)",
    ]
    it.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: none",
            "press: calling friend",
            "press: shown friend",
            "press: coming friend",
            "press: arrived friend",
        ],
        friend=[
            "pianist open",
            "pianist open",
            "pianist coming (other word)",
            "pianist coming",
            "pianist over",
            "pianist over (other word)",
        ],
        second=marked,
        third=marked,
    )


def test_a_breach_after_the_other_word_is_a_new_call_as_it_would_be_after_the_true_one() -> None:
    it = evening()
    it.does(SetOpening("pianist", hand=True, breach=True))
    it.press()
    it.does(back(OTHER))
    it.does(HandOver("pianist", "b", Opened.BREACH))
    it.advance(1.0)
    it.exactly(
        pianist=[
            "press: calling friend",
            "press: shown friend",
            "press: none",
            "press: calling friend",
            "press: shown friend",
        ],
        friend=["pianist open", "pianist open (breach)"],
    )


def test_i_am_with_them_ends_a_hidden_press_and_the_presser_sees_only_that_they_are_there() -> None:
    it = evening()
    it.press()
    it.does(back(OTHER))
    it.does(StartWith("third", "pianist"))
    assert all(alert.end is not None for alert in it.state.alerts.by_press.values())
    it.exactly(
        pianist=["press: calling friend", "press: shown friend", "press: none", "with me: third"],
        friend=["pianist open", "pianist over (other word)", "with pianist: third"],
        second=["with pianist: third"],
        third=["with pianist: third"],
    )


def test_every_order_of_word_coming_due_and_dropping_keeps_the_promises() -> None:
    steps: dict[str, Step] = {
        "word": ask(back(OTHER)),
        "coming": ask(SayComing("friend", "p1")),
        "second coming": ask(SayComing("second", "p1")),
        "due": lambda it: it.advance(25.0),
        "kept away": ask(SetNear("pianist", Near(Kind.NOT, ("friend",)))),
        "true word": ask(back(TRUE)),
    }
    for order in permutations(steps, 4):
        it = evening()
        it.lawful()
        it.looks_every = 10.0
        it.press()
        for name in order:
            steps[name](it)
        it.advance(200.0)
        alert = it.state.alerts.by_press.get("p1")
        word, true = order.index("word") if "word" in order else 9, 9
        if "true word" in order:
            true = order.index("true word")
        late = "due" in order and order.index("due") < min(word, true)
        if true < word and not late and alert is not None:
            assert alert.end is not None, order
        elif word < 9:
            assert alert is not None, order
            assert alert.duress, order
            assert alert.hidden is not late, order
        if "kept away" in order and alert is not None and alert.end is None:
            assert "friend" not in alert.order, order
