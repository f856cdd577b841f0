"""Demos and songs in plain text: bring, hear, link, offer, agree, put in the set, take back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.door import Door, View
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

READ, BRING, PLAY, LINK = "/care/read", "/care/demo", "/care/demo/play", "/care/demo/link"
MINUTE_S = 60

Act = Callable[..., str]


class Song:
    """The commands of demos and songs. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._stood: object = None

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {"song": self._song}

    def says(self, view: View) -> Iterator[str]:
        """That something has changed; what, when they ask."""
        stands = view.get("songs")
        if self._stood is not None and stands is not None and stands != self._stood:
            yield say("song.says.song_changed")
        self._stood = stands

    def _song(self, words: str) -> str:
        ways: dict[str, Doing] = {
            "": self._all,
            "bring": self._bring,
            "hear": self._hear,
            "link": self._link,
            "drop": lambda which: self._act(type="DropDemo", demo=self._demo(which)["demo"]),
            "offer": self._offer,
            "yes": self._yes,
            "put": self._put,
            "back": lambda which: self._act(type="TakeSongBack", song=self._of(which)["song"]),
        }
        word, _, rest = words.partition(" ")
        if word not in ways:
            raise AskingError(say("song.text.how"))
        return ways[word](rest.strip())

    def _mine(self) -> View:
        shown: View = self._door.post(READ, {"type": "ReadSongs"}).get("shown", {})
        return {"demos": [], "songs": []} | shown

    def _all(self, _: str) -> str:
        mine = self._mine()
        demos = [
            say("song.text.demo", n=n, title=_title(demo), length=_length(demo["seconds"]))
            for n, demo in enumerate(mine["demos"], start=1)
        ]
        return "\n".join([*demos, *self._songs(mine["songs"])]) or say("song.text.none")

    def _songs(self, songs: Sequence[View]) -> Iterator[str]:
        for n, song in enumerate(songs, start=1):
            said = say(
                "song.says.song_is",
                title=_title(song),
                lends=self._name(song["lends"]),
                wishes=self._name(song["wishes"]),
                **{"is": say(f"song.says.song_is_{song['is']}")},
            )
            wish = say("song.says.song_wish_is", words=song["wish"]) if song["wish"] else ""
            yield say("song.text.song", n=n, said=said, wish=wish).strip()

    def _bring(self, words: str) -> str:
        name, _, title = words.partition(" ")
        file = Path(name).expanduser()
        if not name or not file.is_file():
            raise AskingError(say("song.text.no_file", file=name))
        answer = self._door.bring(BRING, file.read_bytes())
        if not answer.get("kept"):
            return str(answer.get("why") or say("care.phone.not_kept"))
        if title:
            self._act(type="NameDemo", demo=answer["code"], title=title)
        return say("song.text.brought", n=len(self._mine()["demos"]))

    def _hear(self, words: str) -> str:
        """A terminal plays nothing: it is written to a file, to hear or to take along."""
        which, _, name = words.partition(" ")
        demo = self._demo(which)["demo"]
        sound, why = self._door.fetch(PLAY, {"type": "PlayMine", "demo": demo})
        if sound is None:
            return why
        file = Path(name or f"{demo}.wav").expanduser()
        file.write_bytes(sound)
        return say("song.text.taken_along", file=file)

    def _link(self, words: str) -> str:
        which, _, who = words.partition(" ")
        to = one_of(who, self._people, say("text.what.person")) if who else ""
        asked = {"type": "MakeListening", "demo": self._demo(which)["demo"], "to": to}
        answer = self._door.post(LINK, asked)
        if not answer.get("kept"):
            return str(answer.get("why") or say("care.phone.not_kept"))
        url = f"{self._door.origin}/care/listen#{answer['code']}"
        who = self._name(to) if to else say("song.says.song_link_anybody")
        return say("song.text.link", url=url, who=who)

    def _offer(self, words: str) -> str:
        head, _, wish = words.partition(":")
        which, _, who = head.strip().partition(" ")
        return self._act(
            type="OfferDemo",
            song=fresh_id(),
            demo=self._demo(which)["demo"],
            to=one_of(who, self._people, say("text.what.person")),
            wish=wish.strip(),
        )

    def _yes(self, words: str) -> str:
        as_, _, which = words.partition(" ")
        if as_ not in ("wish", "demo"):
            raise AskingError(say("song.text.how"))
        return self._act(type="AgreeToSong", song=self._of(which)["song"], wish=as_ == "wish")

    def _put(self, words: str) -> str:
        head, _, players = words.partition(":")
        which, _, title = head.strip().partition(" ")
        song = self._of(which)
        who = [one.strip() for one in players.split(",") if one.strip()]
        named = [one_of(one, self._people, say("text.what.person")) for one in who]
        return self._act(
            type="PutInSet", song=song["song"], title=title or song["title"], players=named
        )

    def _demo(self, which: str) -> View:
        return numbered(self._mine()["demos"], which)

    def _of(self, which: str) -> View:
        return numbered(self._mine()["songs"], which)

    def _name(self, person: str) -> str:
        return self._people.get(person, person)


def _title(one: View) -> str:
    return one["title"] or say("song.says.song_untitled")


def _length(seconds: int) -> str:
    return f"{seconds // MINUTE_S}:{seconds % MINUTE_S:02d}"
