"""The circle belongs to its owner, the answer to whoever gives it."""

import pytest
from tests.scenario.press_stage import Evening

from collavoce.care.commands import AnswerRequest, AnyCommand, SetCircle
from collavoce.care.events import Refused
from collavoce.care.states.circle import Answer


def test_everybody_entered_is_asked_once() -> None:
    evening = Evening()
    evening.does(SetCircle("pianist", ("friend", "second"), 20.0))
    assert evening.state.circles.answer("pianist", "friend") is Answer.ASKED
    assert evening.state.circles.answer("pianist", "third") is None
    assert evening.state.circles.agreed("pianist") == ()


def test_only_those_who_agreed_count_in_the_order_of_the_owner() -> None:
    evening = Evening()
    evening.does(SetCircle("pianist", ("friend", "second", "third"), 20.0))
    evening.does(
        AnswerRequest("third", "pianist", agrees=True),
        AnswerRequest("friend", "pianist", agrees=True),
        AnswerRequest("second", "pianist", agrees=False),
    )
    assert evening.state.circles.agreed("pianist") == ("friend", "third")


def test_whoever_leaves_is_out_at_once_and_may_come_back() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    evening.does(AnswerRequest("friend", "pianist", agrees=False))
    assert evening.state.circles.agreed("pianist") == ()
    evening.does(AnswerRequest("friend", "pianist", agrees=True))
    assert evening.state.circles.agreed("pianist") == ("friend",)


def test_nothing_that_a_dropped_person_can_see_moves() -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    before = evening.state.circles.answers["friend"]
    evening.does(SetCircle("pianist", ("second",), 20.0))
    assert evening.state.circles.answers["friend"] == before
    assert evening.state.circles.agreed("pianist") == ("second",)
    evening.exactly()


def test_a_dropped_person_who_is_entered_again_is_not_asked_again() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    evening.does(SetCircle("pianist", (), 20.0), SetCircle("pianist", ("friend",), 20.0))
    assert evening.state.circles.agreed("pianist") == ("friend",)


def test_a_no_cannot_be_asked_away() -> None:
    evening = Evening()
    evening.does(SetCircle("pianist", ("friend",), 20.0))
    evening.does(AnswerRequest("friend", "pianist", agrees=False))
    evening.does(SetCircle("pianist", (), 20.0), SetCircle("pianist", ("friend",), 20.0))
    assert evening.state.circles.answer("pianist", "friend") is Answer.DECLINED


@pytest.mark.parametrize(
    "command",
    [
        SetCircle("pianist", ("pianist",), 20.0),
        SetCircle("pianist", ("friend", "friend"), 20.0),
        SetCircle("pianist", ("stranger",), 20.0),
        SetCircle("pianist", ("friend", "second", "third", "singer", "manager", "pianist"), 20.0),
        SetCircle("pianist", ("friend",), 4.9),
        SetCircle("pianist", ("friend",), 60.1),
        SetCircle("pianist", ("friend",), float("nan")),
        AnswerRequest("friend", "pianist", agrees=True),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(command: AnyCommand) -> None:
    evening = Evening()
    refused = evening.ask(command)
    assert isinstance(refused, Refused)
    assert refused.why


def test_the_same_circle_again_and_the_same_answer_again_are_no_events() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    kept = len(evening.kept)
    evening.circle("pianist", "friend")
    assert len(evening.kept) == kept
