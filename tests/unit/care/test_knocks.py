"""The knock: one tap, perhaps an answer, names only if both choose; and nothing of it lasts."""

from itertools import product
from pathlib import Path

import pytest
from tests.unit.care.music_world import PEOPLE, Music

from collavoce.care.events import Refused
from collavoce.care.knocks import BETWEEN_S, LASTS_S, OF_ONE_MAX, Answer, Heard, Knocks, Mine, Says
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.words import say

T0 = Moment(1000.0)
CANARY = "CanaryKnock of 16"


def at_night(*here: str) -> Knocks:
    knocks = Knocks()
    for person in here:
        knocks = knocks.is_here(person, "studio", T0)
    return knocks


def test_whoever_is_there_hears_it_without_a_name_and_nobody_else_does() -> None:
    knocks = at_night("dancer").is_here("lights", "beds", T0)
    knocks = knocks.knocked("k", "star", "studio", T0, named=False)
    assert knocks.heard_by("dancer") == (Heard("k", "studio", "", None, named=False),)
    assert (knocks.heard_by("lights"), knocks.heard_by("star")) == ((), ())
    assert knocks.of("star") == (Mine("k", "studio", False, ()),)


def test_who_comes_after_it_hears_nothing_of_it() -> None:
    knocks = at_night().knocked("k", "star", "studio", T0, named=False)
    assert knocks.is_here("dancer", "studio", T0).heard_by("dancer") == ()


def test_a_knock_where_nobody_is_looks_the_same_as_one_that_nobody_answers() -> None:
    empty = at_night().knocked("k", "star", "studio", T0, named=True)
    silent = at_night("dancer", "other").knocked("k", "star", "studio", T0, named=True)
    assert empty.of("star") == silent.of("star")
    assert silent.put_away("k", "dancer").of("star") == empty.of("star")


@pytest.mark.parametrize("says", list(Says))
@pytest.mark.parametrize(("a_chose", "b_chose"), list(product((False, True), repeat=2)))
def test_names_are_shown_exactly_if_both_chose_and_to_both_in_the_same_moment(
    says: Says,
    a_chose: bool,  # noqa: FBT001
    b_chose: bool,  # noqa: FBT001
) -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=a_chose)
    assert knocks.heard_by("dancer")[0].who == "", "not before both have chosen"
    knocks = knocks.answered("k", "dancer", says, named=b_chose)
    both = a_chose and b_chose
    assert knocks.heard_by("dancer")[0].who == ("star" if both else "")
    assert knocks.of("star")[0].answers == (Answer(says, "dancer" if both else ""),)


def test_a_name_may_be_given_after_the_answer_and_is_not_lost_with_another() -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=True)
    knocks = knocks.answered("k", "dancer", Says.DOWN, named=False)
    assert knocks.of("star")[0].answers == (Answer(Says.DOWN, ""),)
    knocks = knocks.answered("k", "dancer", Says.DOWN, named=True)
    knocks = knocks.answered("k", "dancer", Says.COME, named=False)
    assert knocks.of("star")[0].answers == (Answer(Says.COME, "dancer"),)
    assert knocks.heard_by("dancer")[0].who == "star"


def test_answers_without_a_name_do_not_tell_how_many_there_are() -> None:
    knocks = at_night("a", "b", "c").knocked("k", "star", "studio", T0, named=True)
    for person in ("a", "b", "c"):
        knocks = knocks.answered("k", person, Says.COME, named=False)
    assert knocks.of("star")[0].answers == (Answer(Says.COME, ""),)
    assert knocks.heard_by("a")[0].said is Says.COME
    assert knocks.put_away("k", "b").heard_by("c")[0].said is Says.COME


def test_who_did_not_hear_it_answers_nothing_and_nobody_answers_for_another() -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=True)
    assert knocks.answered("k", "manager", Says.COME, named=True) == knocks
    assert knocks.answered("no knock", "dancer", Says.COME, named=True) == knocks
    assert knocks.answered("k", "star", Says.COME, named=True) == knocks
    assert knocks.put_away("k", "manager") == knocks


def test_nobody_hears_or_answers_their_own_knock() -> None:
    knocks = at_night("star", "dancer").knocked("k", "star", "studio", T0, named=False)
    assert knocks.heard_by("star") == ()
    assert knocks.answered("k", "star", Says.COME, named=False) == knocks


def test_put_away_it_is_gone_for_one_and_answered_no_more_by_them() -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=False)
    knocks = knocks.put_away("k", "dancer")
    assert knocks.heard_by("dancer") == ()
    assert knocks.answered("k", "dancer", Says.COME, named=False) == knocks
    assert knocks.put_away("k", "star").of("star") == ()


def test_after_twelve_hours_nothing_is_left_and_before_it_nothing_is_lost() -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=False)
    assert knocks.after(Moment(T0 + LASTS_S - 1.0)) is knocks
    assert knocks.after(Moment(T0 + LASTS_S)) == Knocks()


def test_of_one_person_a_limited_number_is_kept_and_nobody_elses_goes_for_it() -> None:
    knocks = at_night("dancer").knocked("other", "lights", "studio", T0, named=False)
    for n in range(OF_ONE_MAX + 5):
        knocks = knocks.knocked(f"k{n}", "star", "studio", T0, named=False)
    ids = [mine.id for mine in knocks.of("star")]
    assert ids == [f"k{n}" for n in range(5, OF_ONE_MAX + 5)]
    assert [mine.id for mine in knocks.of("lights")] == ["other"]


def test_who_is_erased_leaves_nothing_with_anybody() -> None:
    knocks = at_night("dancer").knocked("k", "star", "studio", T0, named=True)
    knocks = knocks.answered("k", "dancer", Says.COME, named=True)
    assert "dancer" not in repr(knocks.without("dancer"))
    assert knocks.without("dancer").of("star") == (Mine("k", "studio", True, ()),)
    assert "star" not in repr(knocks.without("star"))


# In a company with phones.


def test_once_a_minute_and_said_twice_it_is_one_knock() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    does = music.care.music
    music.kept(does.be_here("dancer 0", "studio"))
    for _ in range(2):
        music.kept(does.knock("star", CANARY, "studio", named=False))
    again = does.knock("star", "another knock of 16", "beds", named=False)
    assert again == Refused(say("music.refused.minute"))
    music.now += BETWEEN_S
    music.kept(does.knock("star", "another knock of 16", "beds", named=False))
    assert len(music.seen("dancer 0")["knock"]["heard"]) == 1


def test_only_at_places_of_the_show() -> None:
    music = Music()
    music.phone("star")
    why = Refused(say("music.refused.place"))
    assert music.care.music.be_here("star", "nowhere") == why
    assert music.care.music.knock("star", CANARY, "nowhere", named=False) == why
    assert music.care.music.be_here("star", "") == Kept()


def night(here: tuple[str, ...], *, knocks: bool, watched: str) -> list[bytes]:
    music = Music()
    music.phone(*(person.id for person in PEOPLE))
    views: list[bytes] = []
    for person in here:
        music.kept(music.care.music.be_here(person, "studio"))
        views.append(music.whole_view(watched))
    if knocks:
        music.kept(music.care.music.knock("star", CANARY, "studio", named=True))
        views.append(music.whole_view(watched))
        for person in here:
            music.kept(music.care.music.answer_knock(person, CANARY, Says.COME, named=True))
            views.append(music.whole_view(watched))
    music.now += LASTS_S
    music.turn()
    return [*dict.fromkeys(views), music.whole_view(watched)]


@pytest.mark.parametrize("watched", ["manager", "caller", "dancer 1", "admin"])
def test_for_everybody_else_the_night_is_the_same_byte_for_byte(watched: str) -> None:
    quiet = night(("dancer 0",), knocks=False, watched=watched)
    assert night(("dancer 0",), knocks=True, watched=watched) == quiet


def test_who_is_there_is_shown_to_nobody_who_knocks() -> None:
    """Their frames are the same whether nobody is there or somebody keeps silent."""
    views: list[list[bytes]] = []
    for here in ((), ("dancer 0", "dancer 1")):
        music = Music()
        music.phone("star", "dancer 0", "dancer 1")
        for person in here:
            music.kept(music.care.music.be_here(person, "studio"))
        music.kept(music.care.music.knock("star", CANARY, "studio", named=True))
        views.append([music.whole_view("star")])
    assert views[0] == views[1]


def test_it_is_on_no_disk_in_no_export_and_gone_at_a_restart(tmp_path: Path) -> None:
    music = Music(tmp_path)
    music.phone("star", "dancer 0")
    before = music.readable()
    music.kept(music.care.music.be_here("dancer 0", "studio"))
    music.kept(music.care.music.knock("star", CANARY, "studio", named=True))
    music.kept(music.care.music.answer_knock("dancer 0", CANARY, Says.COME, named=True))
    assert music.seen("star")["knock"]["mine"][0]["answers"] == [
        {"says": "come", "who": "dancer 0"}
    ]
    assert music.readable() == before, "not a byte more"
    assert b"Canary" not in music.bytes_on_disk()
    assert b"Canary" not in music.care.export(music.tokens["star"])
    music.again()
    for person in ("star", "dancer 0"):
        assert music.seen(person)["knock"] == {"here": "", "heard": [], "mine": []}
    music.close()


def test_on_open_pages_it_is_gone_after_twelve_hours_though_nobody_does_anything() -> None:
    music = Music()
    music.phone("star", "dancer 0")
    music.kept(music.care.music.be_here("dancer 0", "studio"))
    music.kept(music.care.music.knock("star", CANARY, "studio", named=True))
    seen = music.care.changes
    music.now += LASTS_S - 1.0
    music.care.knocks.turn()
    assert music.care.changes == seen
    assert music.seen("dancer 0")["knock"]["heard"] != []
    music.now += 1.0
    music.care.knocks.turn()
    assert music.care.changes > seen, "an open page looks again"
    for person in ("star", "dancer 0"):
        assert music.seen(person)["knock"] == {"here": "", "heard": [], "mine": []}


def test_who_erases_themself_is_gone_from_every_knock(tmp_path: Path) -> None:
    music = Music(tmp_path)
    music.phone("star", "dancer 0")
    music.kept(music.care.music.be_here("dancer 0", "studio"))
    music.kept(music.care.music.knock("star", CANARY, "studio", named=True))
    music.kept(music.care.music.answer_knock("dancer 0", CANARY, Says.COME, named=True))
    music.kept(music.care.erase(music.tokens["dancer 0"]))
    assert music.seen("star")["knock"]["mine"][0]["answers"] == []
    music.close()
