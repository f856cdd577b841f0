"""A wish and a demo joined to be a song: what it says, and what of it passes to the show.

Who stands how is a fact of care (`care/states/song.py`); title and words are in a paper.

    song ID     title, words of the wish, the demo, who plays: whose demo it is, and whose wish

By the act of the demo's author alone the recording is copied into the show's folder, and title,
length and who plays are told to the show. Whoever else asks finds nothing.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from collavoce.care.commands import AgreeSong, AnyCommand, OfferSong, ProposeSong, WithdrawSong
from collavoce.care.events import AnyEvent, Refused, SongSettled, SongWithdrawn
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.state import CareState
from collavoce.care.states.song import Act, Joined, Stands
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.songs.demos import TITLE_MAX, Demo, Demos
from collavoce.runtime.care.kept.songs.strongroom import StrongroomError
from collavoce.runtime.care.policies import REFERENCES, Released, reference_of
from collavoce.words import say

SONG = "song "
WISH_MAX = 300
PLAYERS_MAX = 12
SHOWN_MOST = 12
"""Songs in a frame of the stream."""

OVER = Stands.WITHDRAWN

Ask = Callable[[AnyCommand], Outcome]
Release = Callable[[str, Released], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What a song's paper says. players: () until its author has said who plays."""

    title: str
    wish: str
    demo: str
    players: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The paper."""
        return self.title, self.wish, self.demo, *self.players


class Joining(Part):
    """The songs of everybody. folder: the show's, None where nothing can be released.

    ask : care's own rules. release : tells the show (song, what was released).
    """

    def __init__(
        self, keep: Keep, demos: Demos, folder: Path | None, ask: Ask, release: Release
    ) -> None:
        self._keep = keep
        self._demos = demos
        self._folder = folder
        self._ask = ask
        self._release = release
        self._said_again: set[str] = set()
        keep.house.told.append(self._told)

    def offer(self, token: str, song: str, demo: str, wisher: str, wish: str) -> Outcome:
        """Offer a demo of mine for a wish of `wisher`, in these words of it."""
        reader = self._keep.reader(token)
        known = None if reader is None else self._demos.of(reader, demo)
        if reader is None or known is None:
            return Refused(say("song.refused.unknown"))
        if len(wish) > WISH_MAX:
            return Refused(say("song.refused.wish", limit=WISH_MAX))
        outcome = self._ask(OfferSong(reader.person, song, wisher))
        # Said twice it is offered once; what failed in between is made good.
        if not isinstance(outcome, Kept) or SONG + song in self._keep.kinds(reader.person, SONG):
            return outcome
        return self._write(reader.person, wisher, song, Said(known.title, wish.strip(), demo))

    def agree(self, token: str, song: str, *, wish: bool) -> Outcome:
        """I agree: as whose wish it is, or as whose demo it is."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        return self._ask(AgreeSong(reader.person, song, wish))

    def withdraw(self, token: str, song: str) -> Outcome:
        """I take it back."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        return self._ask(WithdrawSong(reader.person, song))

    async def propose(self, token: str, song: str, title: str, players: tuple[str, ...]) -> Outcome:
        """Put a song of mine in the set: release its recording, title, length and who plays."""
        reader = self._keep.reader(token)
        joined = self._state.songs.by_id.get(song)
        if reader is None or joined is None or joined.person != reader.person:
            return Refused(say("song.refused.unknown"))
        if not joined.can(Act.PROPOSE):
            return self._ask(ProposeSong(reader.person, song))
        said, demo = self._said(reader, song)
        if said is None or demo is None:
            return Refused(say("song.refused.no_demo"))
        if not 0 < len(title.strip()) <= TITLE_MAX or not title.isprintable():
            return Refused(say("song.refused.title", limit=TITLE_MAX))
        once = 0 < len(set(players)) == len(players) <= PLAYERS_MAX
        if not once or not set(players) <= self._keep.house.people.keys():
            return Refused(say("song.refused.players", limit=PLAYERS_MAX))
        if self._folder is None:
            return Refused(say("song.refused.no_folder"))
        released = Said(title.strip(), said.wish, said.demo, players)
        try:
            await asyncio.to_thread(self._copy, reader.person, demo, song)
        except (OSError, StrongroomError):
            self._take_back(song)
            return NOT_RECORDED
        outcome = self._write(reader.person, joined.wisher, song, released)
        if isinstance(outcome, Kept):
            outcome = self._ask(ProposeSong(reader.person, song))
        if not isinstance(outcome, Kept):
            self._take_back(song)
            return outcome
        self._pass(song, released, demo)
        return outcome

    def forget_demo(self, token: str, demo: str) -> None:
        """A demo goes: what was to come of it and is not released yet is taken back."""
        reader = self._keep.reader(token)
        if reader is None:
            return
        for joined in self._state.songs.of(reader.person):
            said, _ = self._said(reader, joined.song)
            before = joined.after(Act.WITHDRAW).stands is OVER
            if joined.person == reader.person and said is not None and said.demo == demo and before:
                self._ask(WithdrawSong(reader.person, joined.song))

    def arrived(self, reader: Reader) -> None:
        """What its author released is told to the show of tonight, which may never have heard."""
        for joined in self._state.songs.of(reader.person):
            if joined.person != reader.person or joined.stands is not Stands.PROPOSED:
                continue
            said, demo = self._said(reader, joined.song)
            if said is not None and demo is not None and joined.song not in self._said_again:
                self._pass(joined.song, said, demo)

    def seen(self, reader: Reader) -> Shown:
        """Which songs there are and how they stand; the words come when their person asks."""
        return {
            "songs": [
                [joined.song, joined.stands]
                for joined in self._state.songs.of(reader.person)
                if joined.stands is not OVER
            ][:SHOWN_MOST]
        }

    def view(self, token: str) -> list[dict[str, object]]:
        """My songs, by my demo or by my wish. The words of another leave a row in their log."""
        reader = self._keep.reader(token)
        if reader is None:
            return []
        shown: list[dict[str, object]] = []
        for joined in self._state.songs.of(reader.person):
            if joined.stands is OVER:
                continue
            said, demo = self._said(reader, joined.song)
            shown.append(
                {
                    "song": joined.song,
                    "is": joined.stands,
                    "lends": joined.person,
                    "wishes": joined.wisher,
                    "title": "" if said is None else said.title,
                    "wish": "" if said is None else said.wish,
                    "players": () if said is None else said.players,
                    "seconds": None if demo is None else round(demo.sound.seconds),
                }
            )
        return shown

    def exported(self, reader: Reader) -> Shown:
        """My songs, those that are over too, as far as their words are kept."""
        return {
            "songs": [
                {
                    "song": joined.song,
                    "is": joined.stands,
                    "demo_of": joined.person,
                    "wish_of": joined.wisher,
                    "words": () if said is None else said.words,
                }
                for joined in self._state.songs.of(reader.person)
                for said in (self._said(reader, joined.song)[0],)
            ]
        }

    def purge(self) -> None:
        """What is over leaves neither a recording in the show's folder nor a paper here."""
        known = self._state.songs.by_id
        for joined in known.values():
            if joined.stands is OVER:
                self._take_back(joined.song)
        stand = {SONG + song for song, joined in known.items() if joined.stands is not OVER}
        for person in self._keep.house.people:
            over = [kind for kind in self._keep.kinds(person, SONG) if kind not in stand]
            if over:
                self._keep.change(person, dict.fromkeys(over))

    @property
    def _state(self) -> CareState:
        return self._keep.house.state

    def _said(self, reader: Reader, song: str) -> tuple[Said | None, Demo | None]:
        """What the paper says to the reader, and the demo if it is theirs."""
        joined = self._state.songs.by_id.get(song)
        if joined is None:
            return None, None
        own = joined.person == reader.person
        kind = SONG + song
        words = (
            self._keep.own(kind, reader)
            if own
            else self._keep.of(kind, joined.person, reader, "song")
        )
        if not words:
            return None, None
        title, wish, demo, *players = words
        said = Said(title, wish, demo, tuple(players))
        return said, self._demos.of(reader, demo) if own else None

    def _write(self, person: str, wisher: str, song: str, said: Said) -> Outcome:
        shared = {} if wisher == person else {wisher: None}
        return self._keep.write(SONG + song, person, said.words, shared)

    def _pass(self, song: str, said: Said, demo: Demo) -> None:
        self._said_again.add(song)
        minutes = round(demo.sound.seconds / 60, 2) or 0.01
        self._release(song, Released(said.title, minutes, said.players))

    def _copy(self, owner: str, demo: Demo, song: str) -> None:
        """The recording as a file of the show's folder: whole, or not there."""
        place = self._place(song)
        assert place is not None, "asked before"
        playing = self._demos.playing(owner, demo)
        if playing is None:
            raise StrongroomError(f"{demo.id}: not there")
        place.parent.mkdir(exist_ok=True)
        fresh = place.with_name(place.name + ".new")
        with fresh.open("wb") as file:
            for piece in playing.pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if fresh.stat().st_size != playing.size:
            fresh.unlink()
            raise StrongroomError(f"{demo.id}: taken away meanwhile")
        fresh.replace(place)

    def _place(self, song: str) -> Path | None:
        return None if self._folder is None else self._folder / reference_of(song)

    def _take_back(self, song: str) -> None:
        place = self._place(song)
        if place is None:
            return
        for path in (place, place.with_name(place.name + ".new")):
            with suppress(OSError):  # the next look tries again
                path.unlink(missing_ok=True)
        with suppress(OSError):
            if place.parent.name == REFERENCES and not any(place.parent.iterdir()):
                place.parent.rmdir()

    def _told(self, event: AnyEvent, state: CareState) -> None:
        """A song is over: what it said goes, and what the show gave back goes from its folder."""
        if not isinstance(event, SongWithdrawn | SongSettled):
            return
        joined = state.songs.by_id.get(event.song)
        if joined is not None and joined.stands is OVER:
            self._over(joined)

    def _over(self, joined: Joined) -> None:
        self._take_back(joined.song)
        self._said_again.discard(joined.song)
        self._keep.change(joined.person, {SONG + joined.song: None})
