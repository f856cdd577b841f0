"""Same here, in a company with phones: told in one moment, and told nothing before, by no way."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from tests.unit.care.music_world import DANCERS, PEOPLE, Music

from collavoce.care.commands import AgreeSmallPool, RevealFound, TickFound
from collavoce.care.decide import decide
from collavoce.care.events import (
    CareOpened,
    FoundEachOther,
    FoundTicked,
    FoundUnticked,
    Refused,
    SmallPoolAgreed,
)
from collavoce.care.knocks import Says
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.state import CareState, evolve
from collavoce.care.states.found import (
    A_DAY_MAX,
    DAY_S,
    POOL_MIN,
    QUARTER_S,
    STANDING_MAX,
    STANDS_S,
    Found,
    Pair,
)
from collavoce.care.wishes import FINDABLE, Kind, Topic, pool, topics
from collavoce.company.engagement import DAY
from collavoce.company.people import Person
from collavoce.desk.care.stream import FRAME_BYTES
from collavoce.runtime.care.kept.found_age import AGREED_KEPT, FOUND_KEPT, TICK_KEPT, UNTICKED_KEPT
from collavoce.runtime.care.kept.retention import purge
from collavoce.words import say

COMPANY = {person.id: person for person in PEOPLE}
TOPIC = "a name of a topic"
SAME = ("growl", "not_mine")


@pytest.fixture
def music(tmp_path: Path) -> Iterator[Music]:
    music = Music(tmp_path)
    yield music
    music.close()


def test_two_who_ticked_the_same_are_told_of_each_other_on_the_quarter_hour() -> None:
    music = Music()
    music.phone("star", "dancer 0", "dancer 1")
    music.ticks("star")
    music.now += 30.0
    music.ticks("dancer 0")
    music.ticks("dancer 1", piece="ballad")
    music.passes(1799.0 - music.now)
    assert (music.found("star"), music.found("dancer 0")) == ([], [])
    music.passes(1.0)
    assert music.found("star") == [("dancer 0", "not_mine", "growl")]
    assert music.found("dancer 0") == [("star", "not_mine", "growl")]
    assert music.found("dancer 1") == [], "of another piece"


def test_one_fact_tells_both_and_it_is_synced_once() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    before = len(music.records.events)
    music.passes(QUARTER_S)
    [told] = music.records.events[before:]
    assert isinstance(told, FoundEachOther)


def test_nobody_is_told_twice_and_no_fact_of_it_is_written_again() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.passes(QUARTER_S * 4)
    assert len([e for e in music.records.events if isinstance(e, FoundEachOther)]) == 1


def test_asked_between_two_quarter_hours_it_looks_back_at_the_last() -> None:
    state = CareState()
    for event in (FoundTicked(1000.0, "star", TOPIC), FoundTicked(1000.0, "dancer 0", TOPIC)):
        state = evolve(state, event)
    for now, told in ((1799.0, 0), (1800.0, 1), (2500.0, 1)):
        decision = decide(COMPANY, state, RevealFound(), Moment(now))
        assert isinstance(decision, tuple)
        assert len(decision) == told, now


def test_a_tick_that_has_not_stood_for_ten_minutes_waits_for_the_next_quarter_hour() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    music.ticks("star")
    music.passes(1800.0 - STANDS_S + 1.0 - music.now)
    music.ticks("dancer 0")
    music.passes(STANDS_S)
    assert music.found("star") == []
    music.passes(QUARTER_S)
    assert music.found("star") == [("dancer 0", "not_mine", "growl")]


def test_taken_back_before_it_is_as_if_it_had_never_been() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    music.ticks("star")
    id_ = music.ticks("dancer 0")
    music.passes(1799.0 - music.now)
    music.kept(music.care.music.be_found(music.tokens["dancer 0"], id_, on=False))
    music.passes(QUARTER_S * 3)
    assert (music.found("star"), music.found("dancer 0")) == ([], [])


def test_told_is_told_and_each_puts_it_away_for_themself() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    id_ = music.ticks("star")
    music.ticks("dancer 0")
    music.passes(QUARTER_S)
    music.kept(music.care.music.be_found(music.tokens["star"], id_, on=False))
    assert music.found("dancer 0") == [("star", "not_mine", "growl")]
    topic = music.seen("star")["found"][0]["topic"]
    music.kept(music.care.music.put_found_away("star", "dancer 0", topic))
    assert music.found("star") == []
    assert music.found("dancer 0") == [("star", "not_mine", "growl")]
    music.passes(QUARTER_S * 2)
    assert music.found("star") == [], "nobody is told twice"


@pytest.mark.parametrize("person", sorted(COMPANY))
def test_who_has_a_say_in_work_a_guest_and_a_child_are_not_found_and_find_nobody(
    person: str,
) -> None:
    music = Music()
    music.phone("star" if person != "star" else "lights", person)
    other = next(p for p in music.tokens if p != person)
    music.ticks(other)
    id_ = music.mark(person, Kind.NOT_MINE, piece="growl")
    said = music.care.music.be_found(music.tokens[person], id_, on=True)
    may = person in {"star", "lights", *DANCERS}
    assert said == (Kept() if may else Refused(say("music.refused.apart")))
    assert music.marks(person)["findable"] is may
    music.passes(QUARTER_S)
    assert bool(music.found(person)) is may
    assert bool(music.found(other)) is may


def test_the_pool_is_whoever_may_be_found_and_has_to_be_ten() -> None:
    assert pool(COMPANY) == {"star", "lights", *DANCERS}
    assert len(pool(COMPANY)) == POOL_MIN
    fewer = tuple(p for p in PEOPLE if p.id not in ("lights", "young"))
    music = Music(people=fewer)
    music.phone("star", *DANCERS)
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.passes(QUARTER_S * 2)
    assert music.found("star") == []


def test_where_they_are_few_all_must_have_agreed_and_one_who_takes_it_back_ends_it() -> None:
    few = tuple(COMPANY[p] for p in ("star", "dancer 0", "dancer 1", "manager"))
    music = Music(people=few)
    music.phone("star", "dancer 0", "dancer 1", "manager")
    for person in ("star", "dancer 0"):
        music.ticks(person)
        music.kept(music.care.music.agree_few(person, on=True))
    music.passes(QUARTER_S * 2)
    assert music.found("star") == [], "one has not agreed"
    assert music.care.music.agree_few("manager", on=True) == Refused(say("music.refused.apart"))
    music.kept(music.care.music.agree_few("dancer 1", on=True))
    music.kept(music.care.music.agree_few("dancer 0", on=False))
    music.passes(QUARTER_S * 2)
    assert music.found("star") == []
    music.kept(music.care.music.agree_few("dancer 0", on=True))
    music.passes(QUARTER_S * 2)
    assert music.found("star") == [("dancer 0", "not_mine", "growl")]
    assert music.found("dancer 0") == [("star", "not_mine", "growl")]


def test_three_stand_at_a_time_and_six_are_set_in_a_day() -> None:
    music = Music()
    music.phone("star")
    ids = [music.ticks("star", kind, piece) for kind, piece in topics({"growl": ""})[:STANDING_MAX]]
    fourth = music.mark("star", Kind.LIKE, piece="ballad", words="more")
    token = music.tokens["star"]
    over = music.care.music.be_found(token, fourth, on=True)
    assert over == Refused(say("music.refused.standing", most=STANDING_MAX))
    for _ in range(A_DAY_MAX - STANDING_MAX):
        music.kept(music.care.music.be_found(token, ids[0], on=False))
        music.kept(music.care.music.be_found(token, ids[0], on=True))
    music.kept(music.care.music.be_found(token, ids[0], on=False))
    over = music.care.music.be_found(token, ids[0], on=True)
    assert over == Refused(say("music.refused.day", most=A_DAY_MAX))
    music.now += DAY_S
    music.kept(music.care.music.be_found(token, ids[0], on=True))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(Kind.SITS, {}), (Kind.NOT_MINE, {"title": "a piece that only I name"})],
)
def test_for_other_marks_nobody_can_be_found(kind: Kind, fields: dict[str, str]) -> None:
    music = Music()
    music.phone("star")
    id_ = music.mark("star", kind, **fields)
    said = music.care.music.be_found(music.tokens["star"], id_, on=True)
    assert said == Refused(say("music.refused.not_found"))
    assert music.marks("star")["marks"][0]["can"] is False


def test_a_mark_that_goes_or_becomes_another_takes_its_tick_along() -> None:
    music = Music()
    music.phone("star")
    first = music.ticks("star")
    second = music.mark("star", Kind.NOT_MINE, piece="growl", words="again")
    token = music.tokens["star"]
    music.kept(music.care.music.drop_mark(token, first))
    assert len(music.marks("star")["ticks"]) == 1, "another of the same stays"
    music.kept(music.writes("star", second, Kind.HURTS, piece="growl"))
    assert music.marks("star")["ticks"] == []


def test_what_is_ticked_can_be_taken_back_without_its_mark() -> None:
    music = Music()
    music.phone("star")
    music.ticks("star")
    [tick] = music.marks("star")["ticks"]
    assert (tick["piece"], tick["kind"]) == SAME
    music.kept(music.care.music.untick("star", tick["topic"]))
    assert music.marks("star")["ticks"] == []
    assert music.marks("star")["marks"][0]["found"] is False


# No oracle: what can be told from bytes, from writes, from when something comes.


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


# On the disk.


def test_the_store_says_neither_piece_nor_feeling_and_no_name(music: Music) -> None:
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
        music.kept(music.care.music.agree_few(person, on=True))
    music.passes(QUARTER_S)
    assert music.found("star")
    readable = music.readable()
    assert "FoundEachOther" in readable
    said = [*(kind.value for kind in FINDABLE), "growl", "ballad", "star'", "dancer 0"]
    assert not [word for word in said if word in readable]
    assert b"FoundTicked" not in music.bytes_on_disk()


def test_read_back_it_is_what_it_was(music: Music) -> None:
    music.phone("star", "dancer 0", "dancer 1")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.passes(QUARTER_S)
    music.care.music.put_found_away("star", "dancer 0", music.seen("star")["found"][0]["topic"])
    music.ticks("dancer 1", Kind.HURTS)
    before, seen = music.house.state.found, music.seen("dancer 0")["found"]
    music.again()
    assert music.house.state.found == before
    assert music.seen("dancer 0")["found"] == seen, "the names of topics are the same as before"
    assert music.found("star") == []


def test_who_is_erased_leaves_nothing_not_even_with_whom_they_were_found(music: Music) -> None:
    music.phone("star", "dancer 0", "dancer 1")
    for person in ("star", "dancer 0", "dancer 1"):
        music.ticks(person)
        music.kept(music.care.music.agree_few(person, on=True))
    music.passes(QUARTER_S)
    assert len(music.found("dancer 0")) == 2
    music.kept(music.care.erase(music.tokens["star"]))
    assert music.found("dancer 0") == [("dancer 1", "not_mine", "growl")]
    found = music.house.state.found
    assert "star" not in repr(found)
    assert found.told == (Pair("dancer 0", "dancer 1", found.told[0].topic),)


def test_who_is_of_the_show_no_more_is_not_found_and_not_shown(music: Music) -> None:
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.passes(QUARTER_S)
    music.people = (*(p for p in PEOPLE if p.id != "dancer 0"), Person("new", "A New One"))
    music.again()
    assert music.found("star") == []


def test_each_exports_their_own_ticks_and_whom_they_were_told_of() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    for person in ("star", "dancer 0"):
        music.ticks(person)
    music.passes(QUARTER_S)
    mine = msgspec.json.decode(music.care.export(music.tokens["star"]))
    assert mine["may_be_found_for"] == [{"kind": "not_mine", "piece": "growl"}]
    assert mine["found"] == [{"who": "dancer 0", "kind": "not_mine", "piece": "growl"}]
    assert mine["small_pool"] is False


def kept_after(music: Music, seconds: float) -> list[str]:
    assert music.shelf is not None
    music.wall += seconds
    purge(music.shelf, music.wall)
    music.care.read_anew()
    facts = (
        entry.event
        for place in music.shelf.places()
        if place[0] == "person"
        for entry in music.shelf.entries(place)
    )
    names = (type(event).__name__ for event in facts)
    return sorted({name for name in names if name.startswith(("Found", "SmallPool"))})


def test_nothing_of_it_is_kept_for_longer_than_it_is_good_for(music: Music) -> None:
    music.phone("star", "dancer 0")
    id_ = music.ticks("star")
    music.ticks("dancer 0")
    for on in (True, False, True):
        music.kept(music.care.music.agree_few("star", on=on))
    music.passes(QUARTER_S)
    topic = music.seen("star")["found"][0]["topic"]
    music.kept(music.care.music.put_found_away("star", "dancer 0", topic))
    music.kept(music.care.music.be_found(music.tokens["star"], id_, on=False))
    every = ["FoundEachOther", "FoundPutAway", "FoundTicked", "FoundUnticked", "SmallPoolAgreed"]
    assert kept_after(music, UNTICKED_KEPT) == every
    assert music.house.state.found.today("star", Moment(music.now)) == 1
    assert kept_after(music, 1.0) == [name for name in every if name != "FoundUnticked"]
    assert music.house.state.found.today("star", Moment(music.now)) == 0
    assert kept_after(music, TICK_KEPT - UNTICKED_KEPT - 2.0) == [
        name for name in every if name != "FoundUnticked"
    ]
    assert music.marks("dancer 0")["ticks"] != []
    assert kept_after(music, 2.0) == ["FoundEachOther", "FoundPutAway", "SmallPoolAgreed"]
    assert music.marks("dancer 0")["ticks"] == []
    assert kept_after(music, FOUND_KEPT - TICK_KEPT) == ["SmallPoolAgreed"]
    assert music.found("dancer 0") == []
    music.kept(music.care.music.agree_few("star", on=False))
    assert kept_after(music, AGREED_KEPT + 1.0) == []
    assert FOUND_KEPT > TICK_KEPT > DAY


# Rules.


def test_asking_for_what_is_so_already_says_nothing_more() -> None:
    music = Music()
    state = music.house.state
    tick = TickFound("star", TOPIC)
    assert music.house.ask(tick) == Kept()
    facts = len(music.records.events)
    assert music.house.ask(tick) == Kept()
    assert music.house.ask(AgreeSmallPool("star", False)) == Kept()
    assert len(music.records.events) == facts
    assert decide(COMPANY, state, RevealFound(), Moment(900.0)) == ()


def test_a_tick_taken_back_twice_or_never_set_is_nothing() -> None:
    found = Found().evolve(FoundUnticked(1.0, "star", TOPIC))
    assert found == Found()
    found = found.evolve(FoundTicked(1.0, "star", TOPIC)).evolve(FoundUnticked(2.0, "star", TOPIC))
    assert found.of("star") == {}


def test_a_topic_is_one_of_a_fixed_set_so_that_two_can_be_the_same() -> None:
    assert topics({"growl": "", "ballad": ""}) == tuple(
        Topic(kind, piece) for kind in FINDABLE for piece in ("", "growl", "ballad")
    )
