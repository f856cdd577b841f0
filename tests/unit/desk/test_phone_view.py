"""The phone's view: one person's own standby, and no byte of anything else."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import little_show, score

from collavoce.desk.views import phone_view
from collavoce.show.commands import Acknowledge, AnyCommand, Go, Hold, MarkNote, PointTo, Resume
from collavoce.show.state import ExitState, ShowState

SHOW = little_show(None)
PIECE = score()


def bytes_for(hand: FakeStagehand, person: str) -> bytes:
    return msgspec.json.encode(phone_view(hand.show, hand.state(), person))


def test_a_person_sees_their_own_exit_with_its_predicted_instant() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    hand.hear(200.0, remaining=39.0)
    view: Any = phone_view(hand.show, hand.state(), "mina")
    assert view["number"] == "Colla voce: a nocturne in five steps"
    (way,) = view["exits"]
    assert way["off_at"] == 39.0
    assert way["exit"] == "stage left, to the corridor"
    assert way["sign"]["word"] == "asked"


def test_a_person_who_is_not_asked_sees_the_number_and_nothing_else() -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    hand.hear(200.0, remaining=39.0)
    assert phone_view(hand.show, hand.state(), "darya") == {
        "number": "Colla voce: a nocturne in five steps",
        "exits": [],
    }


@given(
    st.lists(
        st.sampled_from(
            (
                Go(),
                Hold(),
                Resume(),
                PointTo("5"),
                PointTo("12"),
                MarkNote("he looks tired"),
                Acknowledge("28", "mina"),
            )
        ),
        max_size=8,
    )
)
def test_whatever_happens_elsewhere_a_phone_without_a_standby_hears_nothing(
    commands: list[AnyCommand],
) -> None:
    hand = FakeStagehand(PIECE)
    hand.begin()
    quiet = bytes_for(hand, "darya")
    hand.hear(200.0, remaining=39.0)
    for command in commands:
        hand.act(command)
        hand.pass_to(hand.now() + 1.0)
        assert bytes_for(hand, "darya") == quiet


def test_an_exit_that_the_show_no_longer_knows_is_called_by_its_id() -> None:
    away = ExitState(seat="gone", person="mina", exit="XX", standby_at=1.0, off_at=None)
    view: Any = phone_view(SHOW, ShowState(exits={"90": away}), "mina")
    (way,) = view["exits"]
    assert (way["seat"], way["exit"], way["off_at"]) == ("gone", "XX", None)
