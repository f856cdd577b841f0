"""A2: after the recital's true end everybody is asked, late in their own way, and nobody twice.

The show's rules and care's, side by side, with nothing between them but what the engine says.
"""

from dataclasses import dataclass, field

import pytest
from tests.scenario.press_stage import PEOPLE
from tests.scenario.test_show_evening import EVENING, LAST_ONSET, Evening

from collavoce.care.commands import (
    AnswerCheckIn,
    AnyCommand,
    AskWhoIsDue,
    HearEvening,
    RaiseAlert,
    SetCheckIn,
)
from collavoce.care.decide import decide
from collavoce.care.events import AnyEvent, CareOpened, CheckInAsked
from collavoce.care.ladder import Moment
from collavoce.care.state import CareState, evolve
from collavoce.care.states.checkin import MINUTE_S, OFF
from collavoce.cli.reading import load_show
from collavoce.following.estimate import Jump, Music
from collavoce.show.commands import StartNumber
from collavoce.show.cues import Show
from collavoce.show.setlist.over import how_far
from collavoce.units import Instant, Quarters

SAID_EVERY_S = 2.0
CARE_AHEAD_S = 86_400.0
"""Care counts from the machine's start, the show from its opening."""


@dataclass
class Recital:
    """The stage, and care beside it; `now` is the show's clock, and time is the same for both."""

    stage: Evening
    state: CareState = field(default_factory=CareState)
    kept: list[AnyEvent] = field(default_factory=list[AnyEvent])
    asked: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    care_up: bool = True

    @property
    def moment(self) -> Moment:
        return Moment(self.stage.now + CARE_AHEAD_S)

    def does(self, command: AnyCommand) -> None:
        decision = decide(PEOPLE, self.state, command, self.moment)
        assert isinstance(decision, tuple), decision
        for event in decision:
            self.kept.append(event)
            self.state = evolve(self.state, event)
            if isinstance(event, CheckInAsked):
                self.asked.append((event.person, self.stage.now))

    def engine_says(self) -> None:
        begun, over_at = how_far([(self.stage.show, self.stage.state)], Instant(self.stage.now))
        ago = None if over_at is None else self.stage.now - over_at
        if self.care_up:
            self.does(HearEvening("tonight", begun, ago))

    def passes(self, minutes: float) -> None:
        until = self.stage.now + minutes * MINUTE_S
        while self.stage.now < until:
            self.stage.wait(min(SAID_EVERY_S, until - self.stage.now))
            self.engine_says()
            if self.care_up:
                self.does(AskWhoIsDue())

    def dies(self) -> None:
        self.care_up = False

    def is_back(self) -> None:
        self.care_up = True
        self.state = CareState()
        for event in self.kept:
            self.state = evolve(self.state, event)
        opened = CareOpened(self.moment, self.state.boot)
        self.kept.append(opened)
        self.state = evolve(self.state, opened)

    def stands(self, person: str) -> bool:
        return self.state.checkins.stands(person, self.moment)


@pytest.fixture(scope="module")
def show() -> Show:
    show = load_show(EVENING).show
    assert show is not None
    return show


def at_the_end(show: Show) -> Recital:
    """The last onset of the last piece has sounded."""
    stage = Evening(show)
    stage.ask(StartNumber(show.numbers[0].id), "engine")
    recital = Recital(stage)
    recital.engine_says()
    assert recital.kept == [], "the piano stands ready; nothing has begun"
    stage.play_to(LAST_ONSET)
    recital.engine_says()
    stage.hear(Music.ENDED)
    recital.engine_says()
    return recital


def test_everybody_is_asked_after_the_true_end_each_in_their_own_time(show: Show) -> None:
    recital = at_the_end(show)
    ended = recital.stage.now
    recital.does(SetCheckIn("pianist", 45))
    recital.does(SetCheckIn("second", OFF))
    recital.passes(130.0)
    asked = dict(recital.asked)
    assert set(asked) == set(PEOPLE) - {"second"}, "manager, singer, friend: not the poster alone"
    assert len(recital.asked) == len(asked)
    for person, at in asked.items():
        delay = 45 if person == "pianist" else 20
        assert 0.0 <= at - ended - delay * MINUTE_S <= SAID_EVERY_S


def test_fine_is_taken_at_its_word_and_silence_is_nothing(show: Show) -> None:
    recital = at_the_end(show)
    recital.passes(21.0)
    recital.does(AnswerCheckIn("pianist"))
    kept = len(recital.kept)
    recital.passes(600.0)
    assert len(recital.kept) == kept, "nothing follows, from an answer or from none"
    assert recital.stands("friend"), "it stands; it does not run out"
    assert not recital.stands("pianist")


@pytest.mark.parametrize("back_after", [1.0, 19.0, 30.0])
def test_care_that_died_between_the_end_and_the_question_asks_when_it_is_back(
    show: Show, back_after: float
) -> None:
    recital = at_the_end(show)
    recital.passes(1.0)
    recital.dies()
    recital.passes(back_after)
    assert recital.asked == []
    recital.is_back()
    recital.passes(max(0.1, 20.0 - 1.0 - back_after))
    assert {person for person, _ in recital.asked} == set(PEOPLE)


def test_care_that_was_down_at_the_end_hears_of_it_from_an_engine_that_says_it_again(
    show: Show,
) -> None:
    stage = Evening(show)
    stage.ask(StartNumber(show.numbers[0].id), "engine")
    recital = Recital(stage, care_up=False)
    stage.play_to(LAST_ONSET)
    stage.hear(Music.ENDED)
    recital.passes(25.0)
    recital.is_back()
    recital.passes(0.1)
    assert {person for person, _ in recital.asked} == set(PEOPLE)


def test_he_goes_back_to_the_piano_and_nobody_is_asked_while_he_plays(show: Show) -> None:
    recital = at_the_end(show)
    recital.passes(15.0)
    recital.stage.quarter = 100.0
    back = Jump(Quarters(LAST_ONSET), Quarters(100.0))
    recital.stage.hear(Music.FOLLOWING, jump=back)
    recital.passes(30.0)
    assert recital.asked == []
    recital.stage.play_to(LAST_ONSET)
    recital.stage.hear(Music.ENDED)
    recital.passes(19.9)
    assert recital.asked == []
    recital.passes(0.2)
    assert {person for person, _ in recital.asked} == set(PEOPLE)


def test_come_is_a_press_like_any_other_and_the_question_does_not_wait_for_it(show: Show) -> None:
    recital = at_the_end(show)
    recital.passes(21.0)
    recital.does(RaiseAlert("pianist", "a press of the page"))
    recital.does(AnswerCheckIn("pianist"))
    assert recital.state.alerts.open_of("pianist") is not None
    assert not recital.stands("pianist")
