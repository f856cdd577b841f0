"""Who is asked after the show, when, how often; and that nothing follows from not answering."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from tests.scenario.press_stage import PEOPLE

from collavoce.care.commands import (
    AnswerCheckIn,
    AnyCommand,
    AskWhoIsDue,
    HearEvening,
    SetCheckIn,
)
from collavoce.care.decide import decide
from collavoce.care.events import AnyEvent, CareOpened, CheckInAsked, Refused
from collavoce.care.ladder import Moment
from collavoce.care.state import CareState, evolve
from collavoce.care.states.checkin import MINUTE_S, OFF, OLD_S, STANDS_S

DELAY = 20 * MINUTE_S


@dataclass
class After:
    """The pure rules, and a clock moved by hand."""

    now: float = 5000.0
    state: CareState = field(default_factory=CareState)
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def does(self, command: AnyCommand) -> Sequence[AnyEvent]:
        decision = decide(PEOPLE, self.state, command, Moment(self.now))
        assert isinstance(decision, tuple), decision
        for event in decision:
            self.told.append(event)
            self.state = evolve(self.state, event)
        return decision

    def refused(self, command: AnyCommand) -> str:
        decision = decide(PEOPLE, self.state, command, Moment(self.now))
        assert isinstance(decision, Refused), decision
        return decision.why

    def ends(self, ago: float | None = 0.0, evening: str = "tonight") -> None:
        self.does(HearEvening(evening, begun=True, ended_ago=ago))

    def passes(self, seconds: float) -> set[str]:
        """Time goes by; who was asked then."""
        self.now += seconds
        asked = self.does(AskWhoIsDue())
        return {event.person for event in asked if isinstance(event, CheckInAsked)}

    def stands(self, person: str = "pianist") -> bool:
        return self.state.checkins.stands(person, Moment(self.now))


def test_the_whole_company_is_asked_twenty_minutes_after_the_end_and_not_before() -> None:
    after = After()
    after.ends()
    assert after.passes(DELAY - 0.001) == set()
    assert after.passes(0.001) == set(PEOPLE), "whatever anybody's role"
    assert all(after.stands(person) for person in PEOPLE)
    assert after.passes(DELAY) == set(), "once"


def test_each_is_asked_after_their_own_delay_and_who_turned_it_off_never() -> None:
    after = After()
    after.does(SetCheckIn("pianist", 0))
    after.does(SetCheckIn("friend", 120))
    after.does(SetCheckIn("second", OFF))
    after.ends()
    assert after.passes(0.0) == {"pianist"}
    assert after.passes(DELAY) == set(PEOPLE) - {"pianist", "friend", "second"}
    assert after.passes(100 * MINUTE_S) == {"friend"}
    assert after.passes(10 * DELAY) == set()


def test_an_evening_that_is_not_over_asks_nobody() -> None:
    after = After()
    after.does(HearEvening("tonight", begun=True))
    assert after.passes(10 * DELAY) == set()


def test_an_encore_within_the_delay_counts_it_anew_from_the_new_end() -> None:
    after = After()
    after.ends()
    after.passes(DELAY - 1.0)
    after.ends(ago=None)
    assert after.passes(2.0) == set()
    after.ends()
    assert after.passes(DELAY - 1.0) == set()
    assert after.passes(1.0) == set(PEOPLE)


def test_an_encore_after_the_question_asks_nobody_twice() -> None:
    after = After()
    after.ends()
    after.passes(DELAY)
    after.does(AnswerCheckIn("pianist"))
    after.ends(ago=None)
    after.ends()
    assert after.passes(10 * DELAY) == set()
    assert not after.stands("pianist")
    assert after.stands("friend")


def test_an_end_that_is_said_again_and_again_is_one_end() -> None:
    after = After()
    after.ends()
    kept = len(after.told)
    for _ in range(600):
        after.now += 2.0
        after.ends(ago=after.now - 5000.0 + 0.4)
    assert len(after.told) == kept
    assert after.passes(0.0) == set(PEOPLE)


def test_an_end_that_is_heard_late_counts_from_when_it_was() -> None:
    after = After()
    after.ends(ago=DELAY - 5.0)
    assert after.passes(4.0) == set()
    assert after.passes(1.0) == set(PEOPLE)


def test_another_evening_asks_anew_and_takes_the_old_question_away_when_it_begins() -> None:
    after = After()
    after.ends()
    after.passes(DELAY)
    assert after.stands()
    after.does(HearEvening("tomorrow", begun=False))
    assert after.stands(), "the house is open; nothing has begun"
    after.does(HearEvening("tomorrow", begun=True))
    assert not after.stands()
    after.ends(evening="tomorrow")
    assert after.passes(DELAY) == set(PEOPLE)


def test_an_evening_that_another_has_followed_is_not_taken_up_again() -> None:
    after = After()
    after.ends()
    after.passes(DELAY)
    after.ends(evening="tomorrow")
    after.passes(DELAY)
    for evening in ("tonight", "tomorrow", "tonight"):
        after.ends(evening=evening)
        assert after.passes(DELAY) == set()


def test_it_stands_until_it_is_answered_or_two_weeks_have_gone_by() -> None:
    after = After()
    after.ends()
    after.passes(DELAY)
    after.now += STANDS_S
    assert after.stands()
    after.now += 1.0
    assert not after.stands()


def test_an_end_that_is_a_week_old_asks_nobody() -> None:
    after = After()
    after.ends(ago=OLD_S + 1.0)
    assert after.told == []
    after.ends(ago=OLD_S - 60.0)
    after.now += 120.0
    assert after.passes(0.0) == set()


@pytest.mark.parametrize("ago", [-1.0, float("nan"), float("inf")])
def test_an_end_that_is_no_moment_is_not_heard(ago: float) -> None:
    after = After()
    after.ends(ago=ago)
    assert after.told == []


def test_later_puts_it_away_and_it_stands_again_after_their_delay() -> None:
    after = After()
    after.does(SetCheckIn("pianist", 90))
    after.ends()
    after.passes(90 * MINUTE_S)
    after.does(AnswerCheckIn("pianist", later=True))
    assert not after.stands()
    assert after.passes(90 * MINUTE_S - 1.0) == set()
    assert not after.stands()
    assert after.passes(1.0) == set(), "nothing is sent, nothing said anew"
    assert after.stands()


def test_later_leaves_them_in_peace_for_half_an_hour_at_least() -> None:
    after = After()
    after.does(SetCheckIn("pianist", 0))
    after.ends()
    after.passes(0.0)
    after.does(AnswerCheckIn("pianist", later=True))
    after.now += 30 * MINUTE_S - 1.0
    assert not after.stands()
    after.now += 1.0
    assert after.stands()


def test_what_is_not_asked_is_not_answered_and_nothing_is_kept_of_it() -> None:
    after = After()
    assert "already" in after.refused(AnswerCheckIn("pianist"))
    after.ends()
    after.passes(DELAY)
    after.does(AnswerCheckIn("pianist"))
    assert "already" in after.refused(AnswerCheckIn("pianist"))


def test_turning_it_off_takes_a_standing_question_away() -> None:
    after = After()
    after.ends()
    after.passes(DELAY)
    after.does(SetCheckIn("pianist", OFF))
    assert not after.stands()
    after.does(SetCheckIn("pianist", 0))
    assert after.passes(DELAY) == set(), "once an evening, however often they turn it on"


@pytest.mark.parametrize("minutes", [-2, 121, 100_000])
def test_a_delay_that_makes_no_sense_is_refused(minutes: int) -> None:
    assert After().refused(SetCheckIn("pianist", minutes))


def test_a_stranger_sets_nothing() -> None:
    assert After().refused(SetCheckIn("nobody", 10))


def test_after_a_machine_that_was_off_it_comes_late_and_never_early() -> None:
    after = After()
    after.ends()
    after.passes(600.0)
    after.now = 30.0
    after.state = evolve(after.state, CareOpened(after.now, "another start"))
    assert after.passes(DELAY - 31.0) == set(), "what went by after the last record is not known"
    assert after.passes(1.0) == set(PEOPLE)


def test_no_fact_says_which_answer_it_was() -> None:
    kinds = {type(event) for event in After().told}
    for said in (False, True):
        after = After()
        after.ends()
        after.passes(DELAY)
        [event] = after.does(AnswerCheckIn("pianist", later=said))
        assert set(event.__struct_fields__) <= {"at", "person", "until"}
        kinds.add(type(event))
    assert len(kinds) == 2
