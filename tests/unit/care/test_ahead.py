"""What would leave a house in the time ahead: counted, and nothing while nothing is due."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collavoce.runtime.care.ahead import Ahead

DAY_S = 86_400.0


@pytest.fixture
def ahead(tmp_path: Path) -> Iterator[Ahead]:
    made = Ahead(tmp_path, ("idol", "friend", "manager"), "idol", "friend")
    yield made
    made.close()


def test_a_message_that_is_due_is_counted_at_every_look(ahead: Ahead) -> None:
    assert ahead.alone(30.0, 10.0)
    assert ahead.to_show == 1
    ahead.passes(9 * 60.0)
    assert ahead.messages == 0
    ahead.passes(2 * 60.0)
    ahead.passes(60.0)
    assert ahead.messages == 2, "nobody sent it, so it is still to be sent"
    ahead.forget()
    assert ahead.back()
    ahead.passes(30 * 60.0)
    assert (ahead.messages, ahead.to_show) == (0, 1), "they are back, and the show is told"


def test_done_is_said_once_and_stands_until_they_are_back(ahead: Ahead) -> None:
    assert ahead.done()
    assert (ahead.to_show, ahead.stands) == (1, True)
    ahead.forget()
    for _ in range(400):
        ahead.passes(DAY_S)
    assert (ahead.looks, ahead.messages, ahead.facts, ahead.to_show) == (400, 0, 0, 0)
    assert ahead.stands
    assert ahead.back()
    assert (ahead.to_show, ahead.stands) == (1, False)


def test_an_office_is_let_know_after_three_days_and_that_is_no_message(ahead: Ahead) -> None:
    ahead.done()
    ahead.passes(3 * DAY_S - 1.0)
    assert not ahead.let_know("press")
    assert ahead.stands
    ahead.passes(1.0)
    assert ahead.let_know("press")
    assert not ahead.stands
    ahead.passes(DAY_S)
    assert ahead.messages == 0
