"""A person's demos: recordings of theirs that nobody else opens, but by a link, once.

    demo ID       title, the recording's key and what it is (`Sound`): their author alone
    link NAME     which demo, for whom, until when; NAME is no way to the link (`links.py`)

A demo's id is its recording's in the strongroom. Leaving takes all of it along or away; what its
author released to the show is the show's (`joining.py`).
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.ledger import LedgerError
from collavoce.runtime.care.kept import index
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.songs.decoding import Unusable, decode
from collavoce.runtime.care.kept.songs.links import Heard, Links
from collavoce.runtime.care.kept.songs.sound import FILE_BYTES_MOST, SECONDS_MOST, Sound
from collavoce.runtime.care.kept.songs.strongroom import Strongroom, StrongroomError
from collavoce.words import say

DEMO, LINK = "demo ", "link "
DEMOS_MAX = 8
LINKS_MAX = 12
"""Links of one person that nobody has used."""

TITLE_MAX = 80
AT_ONCE = 2
"""Files that are decoded at a time; others wait, and nobody is told for whom."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo as its author's paper has it. key: of its recording."""

    id: str
    title: str
    key: bytes
    sound: Sound

    @property
    def words(self) -> tuple[str, ...]:
        """The paper."""
        sound = self.sound
        form = (str(sound.frames), str(sound.rate), str(sound.channels))
        return self.title, self.key.hex(), *form


class Playing(NamedTuple):
    """A recording on its way: a WAV file of `size` bytes in `pieces`."""

    size: int
    pieces: Iterator[bytes]


class Demos(Part):
    """The demos of everybody, in `room`, and the links to them."""

    def __init__(self, keep: Keep, room: Strongroom) -> None:
        self._keep = keep
        self._room = room
        self._links = Links(None if room.root is None else room.root / "links", keep)
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._coming = 0

    async def take_in(self, token: str, file: AsyncIterator[bytes]) -> tuple[Outcome, str]:
        """Keep a sound file of whoever's phone this is: (what came of it, the demo's id)."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked")), ""
        if len(self._keep.kinds(reader.person, DEMO)) >= DEMOS_MAX:
            return Refused(say("song.refused.demos", limit=DEMOS_MAX)), ""
        if not self._room.has_room():
            return Refused(say("song.refused.no_room")), ""
        async with self._turn, self._under_way():
            coming = self._room.begin(self._name(reader.person))

            async def keep(piece: bytes) -> None:
                await asyncio.to_thread(coming.write, piece)

            kept: Outcome = NOT_RECORDED
            try:
                sound = await decode(file, keep)
                if isinstance(sound, Unusable):
                    return Refused(unusable(sound)), ""
                await asyncio.to_thread(coming.done)
                demo = Demo(coming.id, "", coming.key, sound)
                kept = self._keep.write(DEMO + demo.id, reader.person, demo.words)
            except StrongroomError:
                return NOT_RECORDED, ""
            finally:
                coming.dropped()
                if not isinstance(kept, Kept):
                    self._room.path(self._name(reader.person), coming.id).unlink(missing_ok=True)
        return kept, coming.id

    def of(self, reader: Reader, demo: str) -> Demo | None:
        """A demo of the reader's own."""
        words = self._keep.own(DEMO + demo, reader)
        if not words:
            return None
        title, key, *form = words
        frames, rate, channels = (int(number) for number in form)
        return Demo(demo, title, bytes.fromhex(key), Sound(frames, rate, channels))

    def all_of(self, reader: Reader) -> tuple[Demo, ...]:
        """The demos of the reader, the oldest first."""
        ids = (kind.removeprefix(DEMO) for kind in self._keep.kinds(reader.person, DEMO))
        return tuple(demo for id_ in ids if (demo := self.of(reader, id_)) is not None)

    def name(self, token: str, demo: str, title: str) -> Outcome:
        """Call it `title`."""
        if len(title) > TITLE_MAX or not title.isprintable():
            return Refused(say("song.refused.title", limit=TITLE_MAX))
        found = self._own(token, demo)
        if isinstance(found, Refused):
            return found
        reader, known = found
        named = Demo(known.id, title.strip(), known.key, known.sound)
        return self._keep.write(DEMO + demo, reader.person, named.words)

    def remove(self, token: str, demo: str) -> Outcome:
        """Take it and its links away. Kept means that nothing of it is on this disk."""
        found = self._own(token, demo)
        if isinstance(found, Refused):
            return found
        reader, _ = found
        try:
            links = [name for name, of, *_ in self._links_of(reader) if of == demo]
            for name in links:
                self._links.drop(name)
            self._room.remove(self._name(reader.person), demo)
        except (OSError, StrongroomError):
            return NOT_RECORDED
        gone: dict[str, bytes | None] = {DEMO + demo: None}
        return self._keep.change(reader.person, gone | dict.fromkeys(LINK + n for n in links))

    def play(self, token: str, demo: str) -> Playing | None:
        """A demo of my own, to hear or to take away."""
        found = self._own(token, demo)
        if isinstance(found, Refused):
            return None
        reader, known = found
        return self.playing(reader.person, known)

    def playing(self, owner: str, demo: Demo) -> Playing | None:
        """The recording of a demo that was opened; None if it is not there."""
        name = self._name(owner)
        if self._room.root is None or not self._room.path(name, demo.id).is_file():
            return None
        head = demo.sound.head
        return Playing(len(head) + demo.sound.data_bytes, self._wav(head, name, demo.id, demo.key))

    def link(self, token: str, demo: str, to: str) -> tuple[Outcome, str]:
        """A link to hear it once: (what came of it, the secret). to: for whom, "" for anybody."""
        found = self._own(token, demo)
        if isinstance(found, Refused):
            return found, ""
        reader, known = found
        if to and to not in self._keep.house.people:
            return Refused(say("care.refused.person_unknown")), ""
        if sum(self._links.stands(name) for name, *_ in self._links_of(reader)) >= LINKS_MAX:
            return Refused(say("song.refused.links", limit=LINKS_MAX)), ""
        sound = known.sound
        heard = Heard(reader.person, demo, known.key, to, sound.frames, sound.rate, sound.channels)
        try:
            made = self._links.make(heard)
        except OSError:
            return NOT_RECORDED, ""
        until = datetime.fromtimestamp(made.until, UTC).isoformat(timespec="minutes")
        kept = self._keep.write(LINK + made.name, reader.person, (demo, to, until))
        return kept, made.secret if isinstance(kept, Kept) else ""

    def unlink(self, token: str, link: str) -> Outcome:
        """Take a link back that nobody has used."""
        reader = self._keep.reader(token)
        if reader is None or not self._keep.own(LINK + link, reader):
            return Refused(say("song.refused.unknown"))
        try:
            self._links.drop(link)
        except OSError:
            return NOT_RECORDED
        return self._keep.change(reader.person, {LINK + link: None})

    def play_once(self, secret: str, listener: str) -> Playing | None:
        """What the link of `secret` lets `listener` hear, and never again; None for no reason."""
        heard = self._links.use(secret, listener)
        if heard is None:
            return None
        self._keep.log(heard.owner, listener or say("song.somebody"), "demo", "link")
        self._keep.stir()
        sound = Sound(heard.frames, heard.rate, heard.channels)
        return self.playing(heard.owner, Demo(heard.recording, "", heard.key, sound))

    def view(self, token: str) -> list[dict[str, object]]:
        """My demos, each with its links that nobody has used."""
        reader = self._keep.reader(token)
        if reader is None:
            return []
        links = self._links_of(reader)
        return [
            {
                "demo": demo.id,
                "title": demo.title,
                "seconds": round(demo.sound.seconds),
                "links": [
                    {"link": name, "to": to, "until": until}
                    for name, of, to, until in links
                    if of == demo.id and self._links.stands(name)
                ],
            }
            for demo in self.all_of(reader)
        ]

    def exported(self, reader: Reader) -> Shown:
        """What I keep; each recording is taken along as the file named here."""
        return {
            "demos": [
                {
                    "demo": demo.id,
                    "title": demo.title,
                    "seconds": demo.sound.seconds,
                    "file": f"{demo.id}.wav",
                }
                for demo in self.all_of(reader)
            ],
            "listening_links": [
                {"demo": of, "for": to, "until": until, "used": not self._links.stands(name)}
                for name, of, to, until in self._links_of(reader)
            ],
        }

    def forget(self, person: str) -> bool:
        """Leave no recording of `person` and no link to one; whether it is so."""
        try:
            for kind in self._keep.kinds(person, LINK):
                self._links.drop(kind.removeprefix(LINK))
            self._room.remove_all(self._name(person))
        except (OSError, StrongroomError, LedgerError):
            return False
        return True

    def purge(self) -> None:
        """Lapsed links go, and files that no paper opens any more: their key is gone."""
        self._links.sweep()
        for person in self._keep.house.people:
            name = self._name(person)
            files = set(self._room.ids(name))
            known = {k.removeprefix(DEMO) for k in index.kinds_of(self._keep.keyring, person)}
            for recording in files - known:
                # While one is being written it has no paper yet.
                if not self._coming:
                    self._room.remove(name, recording)
            used = [
                kind
                for kind in self._keep.kinds(person, LINK)
                if not self._links.stands(kind.removeprefix(LINK))
            ]
            if used:
                self._keep.change(person, dict.fromkeys(used))

    @asynccontextmanager
    async def _under_way(self) -> AsyncGenerator[None]:
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1

    def _wav(self, head: bytes, name: str, recording: str, key: bytes) -> Iterator[bytes]:
        yield head
        yield from self._room.read(name, recording, key)

    def _links_of(self, reader: Reader) -> list[tuple[str, str, str, str]]:
        found: list[tuple[str, str, str, str]] = []
        for kind in self._keep.kinds(reader.person, LINK):
            words = self._keep.own(kind, reader)
            if words:
                demo, to, until = words
                found.append((kind.removeprefix(LINK), demo, to, until))
        return found

    def _own(self, token: str, demo: str) -> tuple[Reader, Demo] | Refused:
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        known = self.of(reader, demo)
        return Refused(say("song.refused.unknown")) if known is None else (reader, known)

    def _name(self, person: str) -> str:
        return self._keep.keyring.vault.name(person)


def unusable(why: Unusable) -> str:
    """Why a file is not kept, and what to do."""
    return say(f"song.unusable.{why}", megabytes=FILE_BYTES_MOST >> 20, minutes=SECONDS_MOST // 60)
