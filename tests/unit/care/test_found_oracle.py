"""Being found is no oracle: what can be told from bytes, from writes, from when something comes."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from tests.unit.care.music_world import DANCERS, PEOPLE, Music

from collavoce.care.events import (
    AnyEvent,
    CareOpened,
    FoundTicked,
    SmallPoolAgreed,
)
from collavoce.care.knocks import Says
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.state import CareState, evolve
from collavoce.care.states.found import (
    QUARTER_S,
    Pair,
)
from collavoce.care.wishes import Kind, pool
from collavoce.desk.care.stream import FRAME_BYTES
from collavoce.ledger.errors import StoreFullError
from collavoce.runtime.care.quarters import keep_quarters

COMPANY = {person.id: person for person in PEOPLE}
TOPIC = "a name of a topic"


def evening(folder: Path, ticked: Mapping[str, str], watched: str) -> list[bytes]:
    """All that `watched` is sent over an hour in which these tick, take back, tick a piece."""
    folder.mkdir()
    music = Music(folder)
    music.phone("star", "dancer 0", "dancer 1", "lights", "manager", "caller")
    views: list[bytes] = []
    ids = {person: music.ticks(person, piece=piece) for person, piece in ticked.items()}
    music.passes(QUARTER_S, lambda: views.append(music.whole_view(watched)))
    for person, id_ in ids.items():
        for on in (False, True):
            music.kept(music.care.music.be_found(music.tokens[person], id_, on=on))
            views.append(music.whole_view(watched))
    music.passes(QUARTER_S * 3, lambda: views.append(music.whole_view(watched)))
    music.close()
    return views


@pytest.mark.parametrize("watched", ["manager", "caller", "lights", "dancer 1"])
def test_for_everybody_else_the_evening_is_the_same_byte_for_byte(
    tmp_path: Path, watched: str
) -> None:
    both = evening(tmp_path / "both", {"star": "growl", "dancer 0": "growl"}, watched)
    apart = evening(tmp_path / "apart", {"star": "growl", "dancer 0": "ballad"}, watched)
    assert both == apart
    nobody = evening(tmp_path / "nobody", {}, watched)
    assert set(nobody) == set(both)


def test_whoever_ticked_alone_sees_the_same_whatever_others_ticked(tmp_path: Path) -> None:
    alone = evening(tmp_path / "alone", {"star": "growl"}, "star")
    others = {"star": "growl", "dancer 0": "ballad", "dancer 1": "ballad"}
    beside = evening(tmp_path / "beside", others, "star")
    assert set(alone) == set(beside)
    matched = evening(tmp_path / "matched", {"star": "growl", "dancer 0": "growl"}, "star")
    assert set(matched) - set(alone), "what is told is told"


def test_the_answer_to_a_tick_is_the_same_whether_or_not_somebody_else_has_it() -> None:
    """The same outcome, one fact of one's own, and nothing of anybody else's looked at."""
    said: list[tuple[object, tuple[object, ...]]] = []
    for other in (False, True):
        music = Music()
        music.phone("star", "dancer 0")
        if other:
            music.ticks("dancer 0")
        id_ = music.mark("star", Kind.NOT_MINE, piece="growl")
        before = len(music.records.events)
        outcome = music.care.music.be_found(music.tokens["star"], id_, on=True)
        facts = tuple(type(event) for event in music.records.events[before:])
        said.append((outcome, facts))
        view = msgspec.json.encode(music.seen("star"))
        said.append((view, ()))
    assert said[:2] == said[2:]
    assert said[0] == (Kept(), (FoundTicked,))


def test_every_quarter_hour_writes_once_whether_anybody_is_found_or_not() -> None:
    """Neither is told by the time that the disk takes."""
    for ticked in ((), ("star",), ("star", "dancer 0")):
        music = Music()
        music.phone("star", "dancer 0")
        for person in ticked:
            music.ticks(person)
        before = len(music.records.events)
        music.passes(QUARTER_S)
        assert len(music.records.events) - before == 1, ticked


def test_taken_back_a_second_before_and_set_again_after_tells_nobody_anything() -> None:
    """Somebody tries all evening to learn whether another has ticked, and never stands for it."""
    music = Music()
    music.phone("star", "dancer 0")
    music.ticks("star")
    id_ = music.ticks("dancer 0")
    token = music.tokens["dancer 0"]
    for _ in range(4):
        music.passes(QUARTER_S - music.now % QUARTER_S - 1.0)
        music.kept(music.care.music.be_found(token, id_, on=False))
        before = music.whole_view("dancer 0")
        music.passes(2.0)
        assert music.whole_view("dancer 0") == before
        music.care.music.be_found(token, id_, on=True)
    assert music.found("dancer 0") == []


def test_a_start_waits_for_the_next_quarter_hour() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.now += QUARTER_S  # the process was down over the quarter hour
    fresh = type(music.care.found)(music.care.keep, bytes(32), {})
    fresh.turn()
    assert music.found("star") == []
    music.passes(QUARTER_S)
    assert music.found("star") == [("dancer 0", "not_mine", "growl")]


def test_what_the_disk_refuses_nobody_is_told_and_the_next_quarter_hour_tells_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    music = Music()
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)

    def refuses(_: Sequence[AnyEvent]) -> None:
        raise StoreFullError("no room")

    with monkeypatch.context() as ill:
        ill.setattr(music.records, "append", refuses)
        music.passes(QUARTER_S)
        assert (music.found("star"), music.found("dancer 0")) == ([], [])
    music.passes(QUARTER_S)
    assert music.found("star") == [("dancer 0", "not_mine", "growl")]
    assert music.found("dancer 0") == [("star", "not_mine", "growl")]


def test_the_clock_turns_each_and_ends_loudly_with_what_one_of_them_meets() -> None:
    """It is watched: a quarter hour that stopped unnoticed would be a promise not kept."""
    turned: list[str] = []

    class Turn:
        def __init__(self, name: str) -> None:
            self.name = name

        def turn(self) -> None:
            turned.append(self.name)
            if self.name == "broken":
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(keep_quarters(Turn("found"), Turn("knocks"), Turn("broken")))
    assert turned == ["found", "knocks", "broken"]


def test_a_start_of_the_machine_makes_no_tick_older_than_it_is() -> None:
    state = CareState()
    for event in (
        CareOpened(5000.0, "one"),
        FoundTicked(5000.0, "star", TOPIC),
        FoundTicked(5000.0, "dancer 0", TOPIC),
        SmallPoolAgreed(5100.0, "star", agrees=True),
        CareOpened(3.0, "another"),
    ):
        state = evolve(state, event)
    assert state.found.of("star") == {TOPIC: -100.0}
    assert state.found.agreed == {"star": 0.0}
    assert state.found.to_tell(pool(COMPANY), 0.0) == ()
    assert state.found.to_tell(pool(COMPANY), 900.0) == (Pair("dancer 0", "star", TOPIC),)
    assert state.found.today("star", Moment(3.0)) == 1


def test_the_fullest_of_it_takes_a_quarter_of_a_frame_at_most() -> None:
    """A frame has one size, and other things stand in it besides."""
    music = Music()
    music.phone("star", *DANCERS)
    for person in ("star", *DANCERS):
        music.ticks(person)
        music.kept(music.care.music.be_here(person, "studio"))
    music.passes(QUARTER_S)
    for person in DANCERS:
        music.kept(music.care.music.knock(person, f"a knock by {person}", "studio", named=True))
    for person in DANCERS:
        for knock in (f"a knock by {other}" for other in DANCERS):
            music.care.music.answer_knock(person, knock, Says.COME, named=True)
    seen = music.seen("dancer 0")
    assert (len(seen["found"]), len(seen["knock"]["heard"])) == (2, 2)
    said = {name: seen[name] for name in ("found", "knock")}
    assert len(msgspec.json.encode(said)) < FRAME_BYTES / 4
