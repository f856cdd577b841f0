"""Who may do what with a demo and a song, asked as pages ask: each person, each act, yes and no."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.care.song_sounds import CANARY, wav
from tests.unit.care.song_world import ORIGIN, SongWorld

from collavoce.care.commands import SettleSong
from collavoce.care.states.song import Stands

pytestmark = pytest.mark.process

SONG = "a-song-drawn-by-lot"
FILE = {"origin": ORIGIN, "content-type": "application/octet-stream"}
JSON = {"origin": ORIGIN}
AUTHOR, WISHER, OTHER, WAITING, STRANGER = "pianist", "friend", "manager", "waiting", "stranger"
WHO = (AUTHOR, WISHER, OTHER, WAITING, STRANGER)


class Asked:
    """A demo, a link to it and a song that both agreed to; a token for each of `WHO`."""

    def __init__(self, folder: Path) -> None:
        self.world = SongWorld(folder)
        world = self.world
        self.tokens = {who: world.phone(who) for who in (AUTHOR, WISHER, OTHER)}
        self.tokens[WAITING] = world.claims(AUTHOR)
        self.tokens[STRANGER] = ""
        mine = self.tokens[AUTHOR]
        self.demo = world.demo(mine, "canary title")
        self.link = world.link(mine, self.demo, to=WISHER)
        world.offers(mine, SONG, self.demo, WISHER, "canary wish")

    def agreed(self) -> None:
        songs = self.world.care.songs
        songs.agree(self.tokens[WISHER], SONG, wish=True)
        songs.agree(self.tokens[AUTHOR], SONG, wish=False)

    def post(self, who: str, path: str, body: Any, heads: dict[str, str] | None = None) -> Any:
        client = self.world.client(self.tokens[who])
        if isinstance(body, bytes):
            return client.post(path, content=body, headers=heads or FILE)
        return client.post(path, json=body, headers=heads or JSON)

    def act(self, who: str, **act: Any) -> bool:
        answer = self.post(who, "/care/act", act)
        assert len(answer.content) == 512
        return bool(answer.json()["kept"])


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    asked = Asked(tmp_path)
    yield asked
    asked.world.close()


Try = Callable[[Asked, str], bool]


def reads(asked: Asked, who: str, about: str) -> bool:
    answer = asked.post(who, "/care/read", {"type": "ReadSongs"})
    return about in answer.text


def plays(asked: Asked, who: str) -> bool:
    answer = asked.post(who, "/care/demo/play", {"type": "PlayMine", "demo": asked.demo})
    return bool(answer.content.startswith(b"RIFF"))


def proposes(asked: Asked, who: str) -> bool:
    asked.agreed()
    return asked.act(who, type="PutInSet", song=SONG, title="T", players=[WISHER])


def links(asked: Asked, who: str) -> bool:
    body = {"type": "MakeListening", "demo": asked.demo, "to": ""}
    return bool(asked.post(who, "/care/demo/link", body).json()["kept"])


def brings(asked: Asked, who: str) -> bool:
    return bool(asked.post(who, "/care/demo", wav(0.1, rate=8000, channels=1)).json()["kept"])


def drops_link(asked: Asked, who: str) -> bool:
    [link] = asked.world.view_of(asked.tokens[AUTHOR])["demos"][0]["links"]
    return asked.act(who, type="DropListening", link=link["link"])


def hears_by_link(asked: Asked, who: str) -> bool:
    answer = asked.post(who, "/care/demo/play", {"type": "PlayOnce", "secret": asked.link})
    return bool(answer.content.startswith(b"RIFF"))


def offers(asked: Asked, who: str) -> bool:
    act = {"song": "another-song-by-lot", "demo": asked.demo, "to": who, "wish": ""}
    return asked.act(who, type="OfferDemo", **act)


PAIRED = {AUTHOR, WISHER, OTHER}
TABLE: dict[str, tuple[Try, set[str]]] = {
    "reads the title of the song": (lambda a, w: reads(a, w, "canary title"), {AUTHOR, WISHER}),
    "reads the words of the wish": (lambda a, w: reads(a, w, "canary wish"), {AUTHOR, WISHER}),
    "reads the song's id": (lambda a, w: reads(a, w, SONG), {AUTHOR, WISHER}),
    "reads the demos": (lambda a, w: reads(a, w, '"links":[{'), {AUTHOR}),
    "hears the demo": (plays, {AUTHOR}),
    "hears it by the link": (hears_by_link, {WISHER}),
    "brings a demo": (brings, PAIRED),
    "makes a link": (links, {AUTHOR}),
    "takes a link back": (drops_link, {AUTHOR}),
    "names the demo": (lambda a, w: a.act(w, type="NameDemo", demo=a.demo, title="x"), {AUTHOR}),
    "erases the demo": (lambda a, w: a.act(w, type="DropDemo", demo=a.demo), {AUTHOR}),
    "offers the demo": (offers, {AUTHOR}),
    "agrees as the wish": (
        lambda a, w: a.act(w, type="AgreeToSong", song=SONG, wish=True),
        {WISHER},
    ),
    "agrees as the demo": (
        lambda a, w: a.act(w, type="AgreeToSong", song=SONG, wish=False),
        {AUTHOR},
    ),
    "puts it in the set": (proposes, {AUTHOR}),
    "takes it back": (lambda a, w: a.act(w, type="TakeSongBack", song=SONG), {AUTHOR, WISHER}),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("what", TABLE)
def test_every_act_is_for_whom_the_table_says_and_for_nobody_else(
    asked: Asked, what: str, who: str
) -> None:
    tries, may = TABLE[what]
    assert tries(asked, who) is (who in may)


def test_whoever_may_not_is_told_the_same_as_of_what_does_not_exist(asked: Asked) -> None:
    for there, gone in (
        ({"type": "DropDemo", "demo": asked.demo}, {"type": "DropDemo", "demo": "x" * 22}),
        ({"type": "TakeSongBack", "song": SONG}, {"type": "TakeSongBack", "song": "x" * 22}),
        (
            {"type": "AgreeToSong", "song": SONG, "wish": True},
            {"type": "AgreeToSong", "song": "x" * 22, "wish": True},
        ),
    ):
        one, other = (asked.post(OTHER, "/care/act", act) for act in (there, gone))
        assert (one.status_code, one.content) == (other.status_code, other.content)
    one, other = (
        asked.post(OTHER, "/care/demo/play", {"type": "PlayMine", "demo": demo})
        for demo in (asked.demo, "x" * 22)
    )
    assert (one.status_code, one.content) == (other.status_code, other.content)


def test_the_page_behind_a_link_is_the_same_for_everybody_and_names_nobody(asked: Asked) -> None:
    pages = {
        asked.world.client(token).get("/care/listen").content for token in asked.tokens.values()
    }
    [page] = pages
    for name in (b"Yuna", b"Mona", b"canary", asked.demo.encode()):
        assert name not in page


def test_a_used_a_lapsed_a_foreign_and_no_link_are_answered_alike(asked: Asked) -> None:
    world, mine = asked.world, asked.tokens[AUTHOR]
    used, lapsed = world.link(mine, asked.demo), world.link(mine, asked.demo)
    assert world.once(used) is not None

    def ask(secret: str) -> tuple[int, bytes]:
        answer = asked.post(OTHER, "/care/demo/play", {"type": "PlayOnce", "secret": secret})
        return answer.status_code, answer.content

    before = [ask(used), ask(asked.link), ask("A" * 43)]
    world.wall += 8 * 24 * 3600
    assert {*before, ask(lapsed)} == {before[0]}


@pytest.mark.parametrize(
    "heads",
    [
        {"origin": "http://elsewhere", "content-type": "application/octet-stream"},
        {"content-type": "application/octet-stream"},
        {"origin": ORIGIN, "content-type": "multipart/form-data; boundary=x"},
        {"origin": ORIGIN, "content-type": "text/plain"},
    ],
)
def test_a_foreign_page_brings_nothing(asked: Asked, heads: dict[str, str]) -> None:
    before = len(asked.world.recordings())
    answer = asked.post(AUTHOR, "/care/demo", wav(0.1), heads)
    assert answer.status_code == 403
    assert len(answer.content) == 512
    assert len(asked.world.recordings()) == before


def test_what_is_brought_is_answered_in_one_size_whether_it_is_kept_or_not(asked: Asked) -> None:
    kept = asked.post(AUTHOR, "/care/demo", wav(0.1, rate=8000, channels=1))
    refused = asked.post(AUTHOR, "/care/demo", b"words")
    big = asked.post(AUTHOR, "/care/demo", bytes(30 * 1024 * 1024 + 1))
    assert [len(a.content) for a in (kept, refused, big)] == [512] * 3
    assert [a.status_code for a in (kept, refused, big)] == [200] * 3
    assert kept.json()["kept"]
    assert "larger than 30 MB" in big.json()["why"]
    assert kept.headers["cache-control"] == "no-store"


def test_a_recording_is_handed_out_without_a_name_and_kept_by_no_cache(asked: Asked) -> None:
    body = {"type": "PlayMine", "demo": asked.demo}
    answer = asked.post(AUTHOR, "/care/demo/play", body)
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="demo.wav"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert CANARY.encode() not in answer.content


def test_taken_by_the_show_it_cannot_be_taken_back_by_anybody(asked: Asked) -> None:
    assert proposes(asked, AUTHOR)
    asked.act(WISHER, type="TakeSongBack", song=SONG)
    asked.world.does(SettleSong(SONG, taken=True))
    assert asked.world.stands(SONG) is Stands.TAKEN
    assert asked.world.references() == [f"{SONG}.wav"]
