"""Marks about music: who may read them, and that nobody else can tell that there are any."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.music_world import DANCERS, PEOPLE, Music

from collavoce.care.events import FoundEvent, Refused
from collavoce.care.outcome import Kept
from collavoce.care.wishes import ASKING, DIRECTOR, POWER, Kind, directors, may_be_named
from collavoce.runtime.care.kept.wishes import WISHES_MAX, WORDS_MAX, Wish
from collavoce.words import say

COMPANY = {person.id: person for person in PEOPLE}
CANARY = "CanaryBallad let me sing it slowly"


@pytest.fixture
def music(tmp_path: Path) -> Iterator[Music]:
    music = Music(tmp_path)
    yield music
    music.close()


def words_given(music: Music, person: str) -> list[str]:
    given = music.care.music.given(music.tokens[person])
    return [str(one["words"]) for one in given]


def test_a_mark_is_its_authors_alone_unless_they_say_otherwise(music: Music) -> None:
    music.phone(*COMPANY)
    id_ = music.mark("star", Kind.LIKE, words=CANARY)
    for person in COMPANY:
        wish = music.care.wishes.wish(music.reader(person), id_)
        assert (wish is not None) is (person == "star"), person
        assert words_given(music, person) == [], person
        assert (CANARY in str(music.marks(person))) is (person == "star"), person
    assert music.care.own_log(music.tokens["star"]) == (), "nothing was read by anybody else"


@pytest.mark.parametrize("reader", sorted(set(COMPANY) - {"star"}))
@pytest.mark.parametrize("kind", list(Kind))
def test_by_name_it_goes_to_anybody_but_those_with_a_say_in_who_works(
    kind: Kind, reader: str
) -> None:
    music = Music()
    music.phone("star", reader, "lights" if reader != "lights" else "dancer 0")
    said = music.writes("star", "the id of this mark", kind, words=CANARY, to=reader)
    allowed = not POWER & set(COMPANY[reader].roles)
    assert isinstance(said, Kept) is allowed
    if not allowed:
        assert said == Refused(say("music.refused.power"))
    for person in music.tokens:
        expected = [CANARY] if allowed and person == reader else []
        assert words_given(music, person) == expected, person
    rows = music.care.own_log(music.tokens["star"])
    assert [(row.who, row.what) for row in rows] == ([(reader, "wish")] if allowed else [])


@pytest.mark.parametrize("kind", list(Kind))
def test_to_the_musical_director_go_wishes_and_never_a_feeling(kind: Kind) -> None:
    music = Music()
    music.phone("star", "director", "manager")
    said = music.writes("star", "the id of this mark", kind, words=CANARY, to=DIRECTOR)
    if kind in ASKING:
        assert said == Kept()
        assert words_given(music, "director") == [CANARY]
    else:
        assert said == Refused(say("music.refused.feeling"))
        assert words_given(music, "director") == []
    assert words_given(music, "manager") == []


def test_taken_back_it_is_denied_at_the_next_reading(music: Music) -> None:
    music.phone("star", "lights")
    id_ = music.mark("star", Kind.HURTS, words=CANARY, to="lights")
    assert words_given(music, "lights") == [CANARY]
    music.kept(music.care.music.withdraw_mark(music.tokens["star"], id_))
    assert words_given(music, "lights") == []
    assert music.care.wishes.wish(music.reader("lights"), id_) is None
    assert music.care.wishes.wish(music.reader("star"), id_) is not None


def test_whoever_gets_a_say_in_who_works_reads_it_no_more(tmp_path: Path) -> None:
    """The folder names them company manager from one evening to the next."""
    music = Music(tmp_path)
    music.phone("star", "lights", "director")
    music.mark("star", Kind.HURTS, words=CANARY, to="lights")
    music.mark("star", Kind.LIKE, words="a wish", to=DIRECTOR)
    assert (words_given(music, "lights"), words_given(music, "director")) == ([CANARY], ["a wish"])
    assert music.care.wishes.to_look_over(music.reader("star")) == ()
    before = len(music.care.own_log(music.tokens["star"]))
    other = {"lights": ("company manager",), "director": ("performer",)}
    music.people = tuple(
        type(p)(p.id, p.name, other.get(p.id, p.roles)) for p in PEOPLE if p.id != "young"
    )
    music.again()
    assert (words_given(music, "lights"), words_given(music, "director")) == ([], [])
    assert len(music.care.own_log(music.tokens["star"])) == before, "what is not shown has no row"
    told = [say("music.look_over.to_nobody", who=who) for who in ("Ida Falk", DIRECTOR)]
    assert list(music.care.wishes.to_look_over(music.reader("star"))) == told
    music.close()


def test_one_person_is_given_it_before_they_have_a_phone(music: Music) -> None:
    music.phone("star")
    music.mark("star", Kind.LIKE, words=CANARY, to="lights")
    music.phone("lights")
    music.care.unlock(music.tokens["star"])
    assert words_given(music, "lights") == [CANARY]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"piece": "no such number"}, "music.refused.piece"),
        ({"piece": "ballad", "title": "and another"}, "music.refused.piece"),
        ({"to": "nobody of this show"}, "music.refused.person"),
        ({"to": "star"}, "music.refused.power"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(fields: dict[str, str], why: str) -> None:
    music = Music()
    music.phone("star")
    assert music.writes("star", "an id", Kind.SITS, **fields) == Refused(say(why))
    assert music.marks("star")["marks"] == []


def test_a_wish_says_what_it_wishes_and_no_more_than_its_limit() -> None:
    music = Music()
    music.phone("star")
    assert music.writes("star", "an id", Kind.LIKE) == Refused(say("music.refused.words"))
    long = music.writes("star", "an id", Kind.LIKE, words="x" * (WORDS_MAX + 1))
    assert long == Refused(say("music.refused.long", most=WORDS_MAX))
    music.mark("star", Kind.LIKE, words="x" * WORDS_MAX)
    for _ in range(WISHES_MAX - 1):
        music.mark("star")
    assert music.writes("star", "one more", Kind.SITS) == Refused(
        say("music.refused.many", most=WISHES_MAX)
    )


def test_where_nobody_directs_the_music_nobody_is_given_a_wish() -> None:
    people = tuple(p for p in PEOPLE if p.id != "director")
    assert directors({p.id: p for p in people}) == ()
    music = Music(people=people)
    music.phone("star")
    said = music.writes("star", "an id", Kind.SITS, to=DIRECTOR)
    assert said == Refused(say("music.refused.no_director"))


def test_changed_it_is_one_mark_and_erased_it_is_none(music: Music) -> None:
    music.phone("star")
    id_ = music.mark("star", Kind.LIKE, piece="ballad", words="first")
    music.kept(music.writes("star", id_, Kind.SITS, words="G minor"))
    assert music.care.wishes.mine(music.reader("star")) == (Wish(id_, Kind.SITS, words="G minor"),)
    music.kept(music.care.music.drop_mark(music.tokens["star"], id_))
    assert music.care.wishes.mine(music.reader("star")) == ()
    music.again()
    assert music.care.wishes.mine(music.reader("star")) == ()


def test_no_word_of_it_is_on_the_disk_and_no_fact_that_there_is_one(music: Music) -> None:
    music.phone("star", "lights", "director")
    music.mark("star", Kind.LIKE, title="CanaryTitle", words=CANARY, to="lights")
    music.mark("star", Kind.LIKE, words=CANARY, to=DIRECTOR)
    assert words_given(music, "lights")
    assert b"Canary" not in music.bytes_on_disk()
    readable = music.readable()
    assert "Canary" not in readable, "the server's key does not open it"
    assert "DevicePaired" in readable, "it opens the store"
    assert not [e.__name__ for e in FoundEvent.__args__ if e.__name__ in readable]


def test_exported_with_its_author_and_erased_with_them(music: Music) -> None:
    music.phone("star", "lights")
    music.mark("star", Kind.NOT_MINE, piece="growl", words=CANARY, to="lights")
    assert CANARY in music.care.export(music.tokens["star"]).decode()
    assert CANARY not in music.care.export(music.tokens["lights"]).decode()
    music.kept(music.care.erase(music.tokens["star"]))
    assert words_given(music, "lights") == []


def test_a_name_of_the_company_is_offered_exactly_if_a_mark_may_be_given_to_it() -> None:
    offered = {person for person in COMPANY if may_be_named(COMPANY, "star", person)}
    assert offered == {*DANCERS, "lights", "caller", "visitor", "young"}


def test_with_and_without_a_thousand_wishes_the_whole_view_of_others_is_the_same() -> None:
    """Everything that a phone of theirs is ever sent; nothing was given to any of them."""
    others = ("manager", "liaison", "admin", "caller", "director", "dancer 7")
    authors = (*DANCERS[:7], "star", "lights", "young")
    views: list[list[bytes]] = []
    for wishes in (0, 1000):
        music = Music()
        music.phone(*authors, *others)
        for n in range(wishes):
            music.mark(authors[n % 10], list(Kind)[n // 10 % 4], words=f"{CANARY} {n}")
        written = sum(len(music.care.wishes.mine(music.reader(author))) for author in authors)
        assert written == wishes
        views.append([music.whole_view(other) for other in others])
    assert views[0] == views[1]
