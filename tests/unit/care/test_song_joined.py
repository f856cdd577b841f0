"""A wish and a demo become a song of the set: by both, then by its author; nobody else knows."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.song_world import SongWorld

from collavoce.care.events import Refused, SongEvent
from collavoce.care.outcome import Kept
from collavoce.care.states.song import TURNS, Act, Stands
from collavoce.company.engagement import DAY
from collavoce.runtime.care.kept.retention import purge
from collavoce.show.asked.setlist import ProposeNumber, WithdrawProposal

pytestmark = pytest.mark.process

SONG = "a-song-drawn-by-lot"
TITLE = "canary Not My Music"
WISH = "canary something slow, for once"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SongWorld]:
    world = SongWorld(tmp_path)
    yield world
    world.close()


def joined(world: SongWorld, author: str = "pianist", wisher: str = "friend") -> tuple[str, str]:
    """A song that is offered: the phones of whose demo and whose wish it is."""
    mine = world.phone(author)
    theirs = mine if wisher == author else world.phone(wisher)
    world.offers(mine, SONG, world.demo(mine, TITLE), wisher, WISH)
    return mine, theirs


def agreed(world: SongWorld) -> tuple[str, str]:
    mine, theirs = joined(world)
    assert world.care.songs.agree(theirs, SONG, wish=True) == Kept()
    assert world.care.songs.agree(mine, SONG, wish=False) == Kept()
    return mine, theirs


def test_what_passes_is_what_its_author_released_and_nothing_else(world: SongWorld) -> None:
    mine, _ = agreed(world)
    assert world.show.told == []
    assert world.references() == []
    assert world.proposes(mine, SONG, "For the corner", "friend", "second") == Kept()
    assert world.show.told == [
        ProposeNumber(
            f"song-{SONG}",
            "For the corner",
            f"references/{SONG}.wav",
            0.03,
            ("friend", "second"),
        )
    ]
    assert world.references() == [f"{SONG}.wav"]
    released = (world.show_folder / "references" / f"{SONG}.wav").read_bytes()
    [demo] = world.view_of(mine)["demos"]
    assert released == world.heard(mine, demo["demo"])
    assert b"canary" not in released


def test_the_two_are_shown_it_with_its_words_and_each_look_leaves_a_row(world: SongWorld) -> None:
    mine, theirs = joined(world)
    view = world.view_of(theirs)
    [shown] = view["songs"]
    assert (shown["title"], shown["wish"], shown["is"]) == (TITLE, WISH, "offered")
    assert shown["seconds"] is None, "how long a demo is its author alone shows"
    assert view["demos"] == []
    rows = [(row.who, row.what) for row in world.care.own_log(mine)]
    assert rows == [("friend", f"song {SONG}")]
    [own] = world.view_of(mine)["songs"]
    assert own["seconds"] == 2


def test_without_both_it_cannot_be_put_in_the_set(world: SongWorld) -> None:
    mine, theirs = joined(world)
    for agree in (None, (theirs, True)):
        if agree is not None:
            world.care.songs.agree(agree[0], SONG, wish=agree[1])
        refused = world.proposes(mine, SONG, "T", "friend")
        assert isinstance(refused, Refused)
        assert world.show.told == []
        assert world.references() == []


def test_one_person_with_wish_and_demo_says_both_apart(world: SongWorld) -> None:
    mine, _ = joined(world, wisher="pianist")
    assert world.care.songs.agree(mine, SONG, wish=False) == Kept()
    assert isinstance(world.proposes(mine, SONG, "T", "pianist"), Refused)
    assert world.care.songs.agree(mine, SONG, wish=True) == Kept()
    assert world.proposes(mine, SONG, "T", "pianist") == Kept()


def test_nobody_agrees_or_proposes_for_another(world: SongWorld) -> None:
    mine, theirs = joined(world)
    assert isinstance(world.care.songs.agree(mine, SONG, wish=True), Refused)
    assert isinstance(world.care.songs.agree(theirs, SONG, wish=False), Refused)
    assert world.stands(SONG) is Stands.OFFERED
    world.care.songs.agree(theirs, SONG, wish=True)
    world.care.songs.agree(mine, SONG, wish=False)
    assert isinstance(world.proposes(theirs, SONG, "T", "friend"), Refused)
    assert world.show.told == []


def test_to_anybody_else_the_song_is_one_that_does_not_exist(world: SongWorld) -> None:
    agreed(world)
    other = world.phone("manager")
    songs = world.care.songs
    for song in (SONG, "a-song-that-never-was"):
        assert songs.agree(other, song, wish=True) == songs.withdraw(other, song)
        assert songs.withdraw(other, song) == world.proposes(other, song, "T", "manager")
        assert songs.withdraw(other, song) == Refused("There is no such recording or song here.")
    assert world.view_of(other) == {"demos": [], "songs": []}


@pytest.mark.parametrize("by", ["author", "wisher"])
@pytest.mark.parametrize("after", ["offered", "wished", "agreed"])
def test_either_takes_it_back_before_and_the_show_never_hears_of_it(
    world: SongWorld, by: str, after: str
) -> None:
    mine, theirs = joined(world)
    if after != "offered":
        world.care.songs.agree(theirs, SONG, wish=True)
    if after == "agreed":
        world.care.songs.agree(mine, SONG, wish=False)
    assert world.care.songs.withdraw(mine if by == "author" else theirs, SONG) == Kept()
    assert world.stands(SONG) is Stands.WITHDRAWN
    assert world.show.told == []
    assert world.view_of(mine)["songs"] == world.view_of(theirs)["songs"] == []
    assert isinstance(world.proposes(mine, SONG, "T", "friend"), Refused)
    assert "canary" not in json.dumps(world.view_of(theirs))


@pytest.mark.parametrize("by", ["author", "wisher"])
def test_asked_back_before_it_is_taken_it_leaves_the_folder_too(world: SongWorld, by: str) -> None:
    mine, theirs = agreed(world)
    world.proposes(mine, SONG, "T", "friend")
    world.care.songs.withdraw(mine if by == "author" else theirs, SONG)
    assert world.show.told[-1] == WithdrawProposal(f"song-{SONG}")
    assert world.stands(SONG) is Stands.RECALLED
    assert world.references() == [f"{SONG}.wav"], "until the show has answered"
    world.settle(SONG)
    assert world.stands(SONG) is Stands.WITHDRAWN
    assert world.references() == []


def test_what_was_taken_stays_taken_and_can_be_asked_back_once_it_is_out_again(
    world: SongWorld,
) -> None:
    mine, _ = agreed(world)
    world.proposes(mine, SONG, "T", "friend")
    world.show.taken = True
    world.care.songs.withdraw(mine, SONG)
    world.settle(SONG)
    assert world.stands(SONG) is Stands.TAKEN
    assert world.references() == [f"{SONG}.wav"]
    world.show.taken = False
    world.care.songs.withdraw(mine, SONG)
    world.settle(SONG)
    assert world.stands(SONG) is Stands.WITHDRAWN


def test_leaving_leaves_here_what_was_released_and_nothing_besides(world: SongWorld) -> None:
    mine, theirs = agreed(world)
    world.proposes(mine, SONG, "Released", "friend")
    assert world.care.erase(mine) == Kept()
    assert world.references() == [f"{SONG}.wav"]
    assert world.recordings() == []
    assert world.view_of(theirs)["songs"] == []
    assert "canary" not in world.readable_all()
    assert not any(isinstance(e, SongEvent) for e in world.shelf.replay())


def test_when_whose_wish_it_is_leaves_the_song_is_over(world: SongWorld) -> None:
    mine, theirs = agreed(world)
    assert world.care.erase(theirs) == Kept()
    assert world.view_of(mine)["songs"] == []
    assert isinstance(world.proposes(mine, SONG, "T", "pianist"), Refused)
    assert len(world.view_of(mine)["demos"]) == 1
    assert world.care.keep.kinds("pianist", "song ") == (f"song {SONG}",)
    for part in world.care.songs.parts:
        part.purge()
    assert world.care.keep.kinds("pianist", "song ") == ()
    assert len(world.view_of(mine)["demos"]) == 1


def test_a_demo_that_goes_takes_what_was_to_come_of_it_along(world: SongWorld) -> None:
    mine, _ = agreed(world)
    [demo] = world.view_of(mine)["demos"]
    assert world.care.songs.drop_demo(mine, demo["demo"]) == Kept()
    assert world.stands(SONG) is Stands.WITHDRAWN


def test_title_and_words_are_read_by_nobody_but_the_two_before_it_is_proposed(
    world: SongWorld,
) -> None:
    agreed(world)
    assert "canary" not in world.readable_all()
    assert b"canary" not in world.bytes_on_disk()
    assert "SongAgreed" in world.readable_all(), "the facts are there, and say none of it"
    assert "pianist" not in world.readable_all()


def test_the_view_of_everybody_else_is_the_same_with_and_without_a_song(tmp_path: Path) -> None:
    seen: list[list[object]] = []
    for with_song in (False, True):
        folder = tmp_path / str(with_song)
        folder.mkdir()
        world = SongWorld(folder)
        mine, theirs = world.phone("pianist"), world.phone("friend")
        others = [world.phone(person) for person in ("second", "manager")]
        if with_song:
            world.offers(mine, SONG, world.demo(mine, TITLE), "friend", WISH)
            world.care.songs.agree(theirs, SONG, wish=True)
            world.care.songs.agree(mine, SONG, wish=False)
            world.link(mine, world.view_of(mine)["demos"][0]["demo"], to="friend")
        told: list[object] = [world.show.told.copy(), world.references()]
        for token in others:
            told += [
                world.view_of(token),
                json.dumps(world.care.seen(token), default=str),
                [(row.who, row.what) for row in world.care.own_log(token)],
                json.loads(world.care.export(token)),
                str(world.care.songs.withdraw(token, SONG)),
                world.once("A" * 43, "manager"),
            ]
        seen.append(told)
        world.close()
    assert seen[0] == seen[1]


def test_after_a_restart_it_stands_as_it_stood_and_the_show_is_told_again(
    world: SongWorld,
) -> None:
    mine, _ = agreed(world)
    world.proposes(mine, SONG, "Released", "friend")
    before = world.show.told.copy()
    world.show.told.clear()
    world.again()
    assert world.stands(SONG) is Stands.PROPOSED
    assert world.show.told == [], "its words are sealed until its author's phone is here"
    world.own.unlock(mine)
    assert world.show.told == before
    world.own.unlock(mine)
    assert world.show.told == before, "once for each start"


def test_what_is_over_goes_after_fourteen_days_and_what_is_not_stays(world: SongWorld) -> None:
    mine, _ = agreed(world)
    world.wall += 300 * DAY
    purge(world.shelf, world.wall)
    world.own.read_anew()
    assert world.stands(SONG) is Stands.AGREED
    world.care.songs.withdraw(mine, SONG)
    world.wall += 13 * DAY
    purge(world.shelf, world.wall)
    assert any(isinstance(e, SongEvent) for e in world.shelf.replay())
    world.wall += 2 * DAY
    purge(world.shelf, world.wall)
    assert not any(isinstance(e, SongEvent) for e in world.shelf.replay())


@pytest.mark.parametrize(
    ("title", "players", "says"),
    [
        ("", ("friend",), "title"),
        ("two\nlines", ("friend",), "title"),
        ("T", (), "who plays"),
        ("T", ("nobody-of-the-show",), "who plays"),
        ("T", ("friend", "friend"), "who plays"),
    ],
)
def test_what_the_show_could_not_use_is_refused_before_anything_is_released(
    world: SongWorld, title: str, players: tuple[str, ...], says: str
) -> None:
    mine, _ = agreed(world)
    refused = world.proposes(mine, SONG, title, *players)
    assert isinstance(refused, Refused)
    assert says in refused.why
    assert world.references() == []
    assert world.stands(SONG) is Stands.AGREED


def test_a_folder_that_takes_nothing_releases_nothing(world: SongWorld) -> None:
    mine, _ = agreed(world)
    (world.show_folder / "references").write_text("a file stands where the folder should be")
    assert not isinstance(world.proposes(mine, SONG, "T", "friend"), Kept)
    assert world.stands(SONG) is Stands.AGREED
    assert world.show.told == []


def test_every_turn_but_the_end_has_a_way_back_and_none_skips_a_consent() -> None:
    ways_back = {stands for stands, act in TURNS if act is Act.WITHDRAW}
    assert ways_back == set(Stands) - {Stands.WITHDRAWN, Stands.RECALLED}
    to_the_show = [stands for (stands, _), after in TURNS.items() if after is Stands.PROPOSED]
    assert to_the_show == [Stands.AGREED]
    to_agreed = {key for key, after in TURNS.items() if after is Stands.AGREED}
    assert to_agreed == {(Stands.LENT, Act.WISH), (Stands.WISHED, Act.LEND)}


def test_what_the_stream_says_of_it_is_short_and_has_no_words(world: SongWorld) -> None:
    _, theirs = joined(world)
    assert world.care.seen(theirs)["songs"] == [[SONG, "offered"]]
    assert "canary" not in json.dumps(world.care.seen(theirs), default=str)
    assert world.care.seen(world.phone("manager"))["songs"] == []
