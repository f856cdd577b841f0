"""What is on the disk of being found: opaque, for a while, and gone with its person."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.unit.care.music_world import PEOPLE, Music

from collavoce.care.ladder import Moment
from collavoce.care.states.found import (
    QUARTER_S,
    Pair,
)
from collavoce.care.wishes import FINDABLE, Kind
from collavoce.company.engagement import DAY
from collavoce.company.people import Person
from collavoce.runtime.care.kept.found_age import AGREED_KEPT, FOUND_KEPT, TICK_KEPT, UNTICKED_KEPT
from collavoce.runtime.care.kept.retention import purge


@pytest.fixture
def music(tmp_path: Path) -> Iterator[Music]:
    music = Music(tmp_path)
    yield music
    music.close()


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
