"""The rail shows the worse of what the supervisor and the watchdog say."""

from dataclasses import dataclass

import pytest

from collavoce.desk.roster import HEARD_WITHIN_S, Roster
from collavoce.desk.views.signs import sign
from collavoce.runtime.mail import DELIVERING, NOT_DELIVERING


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def roster(clock: Clock) -> Roster:
    made = Roster(clock)
    for name in ("care", "watchdog", "web"):
        made.take(name, "up")
    return made


def test_care_that_does_not_deliver_is_said_however_often_it_is_said_to_be_up() -> None:
    it = roster(Clock())
    it.take("care", NOT_DELIVERING)
    it.take("care", "up")
    assert it.now()["care"] == NOT_DELIVERING
    it.take("care", DELIVERING)
    assert it.now() == {"care": "up", "watchdog": "up", "web": "up"}


def test_a_watchdog_that_is_not_heard_is_shown_as_down() -> None:
    clock = Clock()
    it = roster(clock)
    clock.now += HEARD_WITHIN_S + 1
    assert it.now()["watchdog"] == "down"
    it.take("care", DELIVERING)
    assert it.now()["watchdog"] == "up"


def test_care_given_up_stays_said() -> None:
    it = roster(Clock())
    it.take("care", NOT_DELIVERING)
    it.take("care", "given up")
    assert it.now()["care"] == "given up"


def test_the_words_are_those_of_the_catalogue() -> None:
    said = sign(f"process.{NOT_DELIVERING.replace(' ', '_')}")
    assert (said["word"], said["tone"]) == ("care delivery not working", "danger")


@pytest.mark.parametrize(
    "word",
    [
        *("up", "starting", "down", "given up", "not recording", "disk failed"),
        *("leading", "in force", "refused", NOT_DELIVERING),
    ],
)
def test_every_word_a_process_is_told_to_have_can_be_shown(word: str) -> None:
    assert sign(f"process.{word.replace(' ', '_')}")["word"]
