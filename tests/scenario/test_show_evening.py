"""The bundled evening over the pure rules, a clock moved by hand: stops, leaps, doubt, the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from collavoce.cli.reading import load_show
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    Go,
    Hear,
    Hold,
    LightsSeen,
    Resume,
    StartNumber,
    Tick,
)
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import (
    AnyEvent,
    CueFired,
    CueOffered,
    ExitCorrected,
    ExitStandby,
    LightsOut,
    MusicEnded,
    Refused,
)
from collavoce.show.evolve import evolve
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.units import Bpm, Instant, Quarters, Seconds

EVENING = Path(__file__).parents[2] / "src/collavoce/evening/show"
LAST_ONSET = 244.0
BEAT_S = 0.8
STEP = 0.25


@dataclass
class Evening:
    """The show, and a pianist who plays in time when told to."""

    show: Show
    state: ShowState = field(default_factory=ShowState)
    now: float = 0.0
    quarter: float = 0.0
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def ask(self, command: AnyCommand, by: str) -> None:
        answer = decide(self.show, self.state, command, Instant(self.now), by)
        assert not isinstance(answer, Refused), answer.why
        for event in answer:
            self.told.append(event)
            self.state = evolve(self.show, self.state, event)

    def hear(self, music: Music, sure: float = 0.95, jump: Jump | None = None) -> None:
        estimate = Estimate(
            at=Instant(self.now),
            heard_at=Instant(self.now),
            quarter=Quarters(self.quarter),
            tempo=Bpm(60 / BEAT_S),
            confidence=sure,
            state=music,
            remaining=Seconds((LAST_ONSET - self.quarter) * BEAT_S),
            jump=jump,
        )
        self.ask(Hear(estimate), "follower")

    def wait(self, seconds: float) -> None:
        """Let time pass as the engine does: from one due instant to the next."""
        until = self.now + seconds
        while (due := next_due(self.state)) is not None and due <= until:
            self.now = due
            self.ask(Tick(), "clock")
        self.now = until

    def play_to(self, quarter: float, sure: float = 0.95) -> None:
        while self.quarter < quarter:
            self.wait(STEP * BEAT_S)
            self.quarter += STEP
            ended = self.quarter >= LAST_ONSET
            self.hear(Music.ENDED if ended else Music.FOLLOWING, sure)

    def jump_to(self, quarter: float) -> None:
        jump = Jump(Quarters(self.quarter), Quarters(quarter))
        self.quarter = quarter
        self.hear(Music.FOLLOWING, jump=jump)

    def firings(self) -> Iterator[CueFired]:
        return (event for event in self.told if isinstance(event, CueFired))

    @property
    def fired(self) -> list[str]:
        return [event.cue for event in self.firings()]


@pytest.fixture
def evening() -> Evening:
    reading = load_show(EVENING)
    assert reading.show is not None
    evening = Evening(reading.show)
    evening.ask(StartNumber(reading.show.numbers[0].id), "caller")
    return evening


def test_the_bundled_evening_is_without_fault() -> None:
    assert load_show(EVENING).findings == ()


def test_played_through_every_cue_fires_once_in_the_order_of_the_list(evening: Evening) -> None:
    evening.hear(Music.FOLLOWING)
    evening.play_to(LAST_ONSET)
    evening.wait(60.0)
    listed = [cue.number for cue in evening.show.numbers[0].cues]
    by_hand = "9"
    assert evening.fired == [number for number in listed if number != by_hand]
    assert not [event for event in evening.told if isinstance(event, CueOffered)]
    assert evening.state.pointer is None


def test_the_friend_is_called_forty_seconds_ahead_told_of_a_stop_and_answers(
    evening: Evening,
) -> None:
    evening.play_to(LAST_ONSET - 45.0)
    (standby,) = [event for event in evening.told if isinstance(event, ExitStandby)]
    assert (standby.person, standby.exit) == ("mina", "SL")
    assert standby.off_at - standby.at == pytest.approx(40.0)
    evening.ask(Acknowledge(standby.cue, "mina"), "mina")
    evening.hear(Music.HELD)
    evening.wait(5.0)
    evening.play_to(LAST_ONSET)
    corrected = [event for event in evening.told if isinstance(event, ExitCorrected)]
    assert [event.off_at is None for event in corrected] == [True, False]
    (ended,) = [event for event in evening.told if isinstance(event, MusicEnded)]
    assert corrected[-1].off_at == pytest.approx(ended.at, abs=0.5)
    assert evening.state.exits[standby.cue].acknowledged_by == "mina"


def test_in_a_stop_the_light_waits_and_after_a_leap_back_only_what_asks_for_it_comes_again(
    evening: Evening,
) -> None:
    evening.play_to(78.5)
    evening.hear(Music.HELD)
    evening.wait(30.0)
    assert evening.fired[-1] == "8"
    evening.play_to(129.0)
    assert evening.fired[-2:] == ["15", "16"]
    evening.jump_to(110.0)
    evening.play_to(133.0)
    assert evening.fired[evening.fired.index("16") + 1 :] == ["14", "14.5", "15", "17"]


def test_in_doubt_the_caller_is_offered_the_cue_and_a_hand_wins(evening: Evening) -> None:
    evening.play_to(45.0)
    evening.play_to(47.0, sure=0.3)
    assert evening.state.offered == {"5"}
    evening.ask(Go("5"), "ada")
    assert [(e.cue, e.cause, e.by) for e in evening.firings()][-1] == ("5", Cause.HAND, "ada")
    evening.play_to(52.0)
    assert evening.fired.count("5") == 1


def test_a_hold_over_the_end_keeps_everything_until_resume_and_then_lets_the_dark_be_seen(
    evening: Evening,
) -> None:
    evening.play_to(LAST_ONSET - 4.0)
    before = evening.fired
    evening.ask(Hold(), "caller")
    evening.play_to(LAST_ONSET)
    evening.wait(120.0)
    assert evening.fired == before
    evening.ask(Resume(), "caller")
    held = next(event.held for event in evening.told if isinstance(event, MusicEnded))
    evening.wait(held + 9.0 + 3.0)
    assert evening.fired[-3:] == ["27", "28", "29"]
    evening.ask(LightsSeen(dark=True), "stage")
    assert isinstance(evening.told[-1], LightsOut)


def test_killed_and_folded_again_at_any_event_the_show_is_where_it_was(evening: Evening) -> None:
    evening.play_to(60.0)
    evening.jump_to(20.0)
    evening.play_to(50.0)
    state = ShowState()
    for event in evening.told:
        state = evolve(evening.show, state, event)
    assert state == evening.state
