"""A follower is dead for a page of music: no cue is gone without a word when it is back."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.unit.runtime.small_show import Stage

from collavoce.cli.reading import load_show
from collavoce.evening import PERFORMANCE
from collavoce.following.follower import Follower
from collavoce.listening.ear import Ear
from collavoce.rig.performer import Performer
from collavoce.runtime.tally import tally
from collavoce.score.model import Score
from collavoce.show.commands import Hear, StartNumber
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent, CueDropped, CueFired, StageTracked
from collavoce.show.triggers import AtPlace
from collavoce.units import Instant, Quarters, Seconds
from collavoce.wire.midi import read_performance

EVENING = Path(__file__).parents[2] / "src/collavoce/evening/show"
GRID_S = 0.05
AFTERWARDS_S = 12.0
"""Long enough to find the music again and to be sure of it."""


@dataclass(frozen=True)
class House:
    """The bundled evening, and how it was played."""

    show: Show
    score: Score
    notes: tuple[tuple[Seconds, bytes], ...]


@pytest.fixture(scope="module")
def house() -> House:
    reading = load_show(EVENING, look_up=False)
    assert reading.show is not None
    score = reading.scores[reading.show.numbers[0].score or ""]
    return House(reading.show, score, tuple(read_performance((EVENING / PERFORMANCE).read_bytes())))


def played(house: House, dies_at: float, back_at: float) -> list[AnyEvent]:
    """The evening until `AFTERWARDS_S` after a follower that died was back."""
    stage = Stage(show=house.show)
    stage.performance.open("plan")
    stage.performance.ask(StartNumber(house.show.numbers[0].id), "engine")
    player = Performer(house.notes, Instant(0.0))
    follower: Follower | None = Follower(house.score)
    ear, belief, now = Ear(), Quarters(0.0), 0.0
    while now < back_at + AFTERWARDS_S:
        now = min(now + GRID_S, player.next_at or now + GRID_S)
        if dies_at <= now < back_at:
            follower = None
        elif follower is None:
            player.due(Instant(now))
            follower, ear = Follower(house.score, belief), Ear()
        messages = player.due(Instant(now))
        stage.at(now)
        if follower is None:
            continue
        heard = [o for at, message in messages if (o := ear.hear(at, message)) is not None]
        for observation in heard if messages else [ear.silence(Instant(now))]:
            estimate = follower.step(observation)
            belief = estimate.quarter
            stage.performance.ask(Hear(estimate), "follower")
    return stage.events


@pytest.mark.parametrize(
    ("dies_at", "back_at"), [(12.0, 26.0), (33.0, 47.0), (68.0, 82.0), (110.0, 118.0)]
)
def test_what_sounded_unheard_is_tracked_or_passed_and_the_log_says_so(
    house: House, dies_at: float, back_at: float
) -> None:
    events = played(house, dies_at, back_at)
    fired = {event.cue for event in events if isinstance(event, CueFired)}
    tracked = {cue for event in events if isinstance(event, StageTracked) for cue in event.cues}
    dropped = {event.cue for event in events if isinstance(event, CueDropped)}
    places = {
        cue.number: cue.trigger.quarter
        for cue in house.show.numbers[0].cues
        if isinstance(cue.trigger, AtPlace)
    }
    reached = max(places[cue] for cue in fired if cue in places)
    silent = {cue for cue, place in places.items() if place <= reached} - fired
    assert tracked & silent, "on the page that nobody heard stood a cue that holds a state"
    assert silent <= tracked | dropped
    counts = tally(house.show, events)
    assert counts.passed >= len(silent)
    assert counts.doubled == 0
