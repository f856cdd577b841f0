"""The shipped show: readable without a finding, and played through without a fault.

The follower and the deciders are the real ones; only the clock is moved by hand.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.evening.expected import EARLY_S, expected
from collavoce.evening.making import SCORE
from collavoce.evening.scoring import exit_late_s, score
from collavoce.evening.truth import Truth, read_truth
from collavoce.following.follower import Follower
from collavoce.listening.midi import observe
from collavoce.listening.observation import Observation, Silence
from collavoce.score import read_score
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.person import CallPerson
from collavoce.show.commands import Hear, StartNumber
from collavoce.show.cues import AfterJump, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, CueFired, ExitStandby, Refused
from collavoce.show.evolve import evolve
from collavoce.show.reading.folder import read_show
from collavoce.show.state import ShowState
from collavoce.show.triggers import AtPlace
from collavoce.units import Instant
from collavoce.wire.midi import read_performance

GRID_S = 0.02
AFTERGLOW_S = 30.0


@pytest.fixture(scope="module")
def show() -> Show:
    folder = evening.show_files()
    files = {SCORE: (folder / SCORE).read_bytes()}
    text = (folder / "show.toml").read_text(encoding="utf-8")
    reading = read_show(text, files, resolves=lambda _: True, knows_timezone=lambda _: True)
    assert reading.findings == ()
    assert reading.show is not None
    return reading.show


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(evening.truth_json())


@pytest.fixture(scope="module")
def events(show: Show, truth: Truth) -> list[AnyEvent]:
    """Everything that happens when the performance is played to the show."""
    follower = Follower(read_score((evening.show_files() / SCORE).read_bytes(), SCORE))
    told: list[AnyEvent] = []
    state = ShowState()
    commands = [(Instant(0.0), StartNumber("nocturne"))]
    commands += [(o.heard_at, Hear(follower.step(o))) for o in _observations(truth.end)]
    for now, command in commands:
        decision = decide(show, state, command, now)
        assert not isinstance(decision, Refused)
        for event in decision:
            state = evolve(show, state, event)
            told.append(event)
    return told


def test_every_cue_of_the_evening_falls_in_its_place(
    show: Show, truth: Truth, events: list[AnyEvent]
) -> None:
    fired = [(event.cue, event.at) for event in events if isinstance(event, CueFired)]
    scored = score(fired, truth, show)
    wrong = [row for row in scored.rows if row.verdict != "fired"]
    assert (scored.missed, scored.doubled, scored.early) == (0, 0, 0), wrong
    assert scored.error_ms is not None
    assert scored.error_ms.p95 < 100


def test_the_friend_is_asked_into_position_when_the_show_says(
    show: Show, truth: Truth, events: list[AnyEvent]
) -> None:
    (standby,) = (event for event in events if isinstance(event, ExitStandby))
    (call,) = _calls(show)
    assert (standby.seat, standby.person, standby.exit) == ("friend", "mina", "SL")
    assert abs(exit_late_s(standby.at, call.lead, truth)) <= 3.0


def test_the_stop_and_the_jump_put_cues_to_the_test(show: Show, truth: Truth) -> None:
    due = expected(show.number("nocturne").cues, truth)
    (stop,) = (event for event in truth.events if event.what == "stop")
    (jump,) = (event for event in truth.events if event.what == "jump")
    assert any(abs(one.at - (stop.at + 6.0)) < EARLY_S for one in due), "a cue waits with him"
    twice = {one.cue for one in due if sum(one.cue == other.cue for other in due) == 2}
    once = {
        cue.number
        for cue in show.number("nocturne").cues
        if isinstance(cue.trigger, AtPlace) and (jump.to or 0) <= cue.trigger.quarter < jump.quarter
    } - twice
    assert twice
    assert once


def test_every_place_cue_stands_where_a_note_begins(show: Show) -> None:
    read = read_score((evening.show_files() / SCORE).read_bytes(), SCORE)
    onsets = {note.onset for note in read.notes if not note.grace}
    for cue in show.number("nocturne").cues:
        if isinstance(cue.trigger, AtPlace):
            assert cue.trigger.quarter in onsets, cue.number


def test_it_shows_what_a_show_can_hold(show: Show) -> None:
    cues = [cue for number in show.numbers for cue in number.cues]
    assert len(cues) >= 25
    assert {cue.department for cue in cues} == {"LX", "SND", "VID", "PEO"}
    kinds = {type(cue.trigger).__name__ for cue in cues}
    assert kinds == {"AtPlace", "AfterCue", "AtEnd", "ByHand"}
    assert {cue.again for cue in cues} == set(AfterJump)
    assert {cue.skipped for cue in cues} == set(AfterJump)
    assert len(show.people) == 6
    assert len(_calls(show)) == 1


def test_once_the_exit_light_is_out_every_channel_is_dark(show: Show) -> None:
    dark: dict[str, float] = dict.fromkeys(show.patch.channels, 0.0)
    levels = dict(dark)
    for cue in show.number("nocturne").cues:
        for action in cue.actions:
            if isinstance(action, SetLevels):
                levels |= action.levels
        if cue.number == "30":
            assert levels == dark
            return
    raise AssertionError("no cue 30")


def test_a_copy_can_be_laid_out_and_run_from_anywhere(tmp_path: Path) -> None:
    folder = evening.lay_out(tmp_path / "new" / "evening")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {"show.toml", SCORE, evening.PERFORMANCE, evening.TRUTH}
    assert (folder / evening.PERFORMANCE).read_bytes() == evening.performance_midi()


def _calls(show: Show) -> list[CallPerson]:
    cues = [cue for number in show.numbers for cue in number.cues]
    return [action for cue in cues for action in cue.actions if isinstance(action, CallPerson)]


def _observations(end: float) -> Iterator[Observation]:
    heard = [
        observe(Instant(at), message)
        for at, message in read_performance(evening.performance_midi())
    ]
    grid = [Silence(Instant(k * GRID_S)) for k in range(int((end + AFTERGLOW_S) / GRID_S))]
    notes: list[Observation] = [note for note in heard if note is not None]
    yield from sorted([*notes, *grid], key=lambda one: one.heard_at)
