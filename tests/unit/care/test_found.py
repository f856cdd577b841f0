"""Same here, in a company with phones: who is told of whom, when, and who never is."""

import pytest
from tests.unit.care.music_world import DANCERS, PEOPLE, Music

from collavoce.care.commands import AgreeSmallPool, RevealFound, TickFound
from collavoce.care.decide import decide
from collavoce.care.events import (
    FoundEachOther,
    FoundTicked,
    FoundUnticked,
    Refused,
)
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
)
from collavoce.care.wishes import FINDABLE, Kind, Topic, pool, topics
from collavoce.words import say

COMPANY = {person.id: person for person in PEOPLE}
TOPIC = "a name of a topic"
SAME = ("growl", "not_mine")


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
