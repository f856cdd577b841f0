"""Demos and songs as the phones ask for them: recordings, links, and what becomes of a wish."""

from collections.abc import AsyncIterator
from pathlib import Path

from collavoce.care.outcome import Outcome
from collavoce.runtime.care.kept.keep import Keep
from collavoce.runtime.care.kept.part import Part
from collavoce.runtime.care.kept.songs.demos import Demos, Playing
from collavoce.runtime.care.kept.songs.joining import Ask, Joining, Release
from collavoce.runtime.care.kept.songs.strongroom import Strongroom

FOLDER = "songs"
"""Beside the care store."""


class OwnSongs:
    """care_dir : of the store, None for a house in memory. folder : the show's, None without."""

    def __init__(
        self, keep: Keep, care_dir: Path | None, folder: Path | None, ask: Ask, release: Release
    ) -> None:
        self._demos = Demos(keep, Strongroom(None if care_dir is None else care_dir / FOLDER))
        self._joining = Joining(keep, self._demos, folder, ask, release)
        self.parts: tuple[Part, ...] = (self._demos, self._joining)

    def view(self, token: str) -> dict[str, object]:
        """My demos and my songs."""
        return {"demos": self._demos.view(token), "songs": self._joining.view(token)}

    async def take_in(self, token: str, file: AsyncIterator[bytes]) -> tuple[Outcome, str]:
        """Keep a sound file as a demo of mine: (what came of it, the demo's id)."""
        return await self._demos.take_in(token, file)

    def name_demo(self, token: str, demo: str, title: str) -> Outcome:
        """Call it `title`."""
        return self._demos.name(token, demo, title)

    def drop_demo(self, token: str, demo: str) -> Outcome:
        """Take a demo away, with its links, and what was to come of it."""
        self._joining.forget_demo(token, demo)
        return self._demos.remove(token, demo)

    def link(self, token: str, demo: str, to: str) -> tuple[Outcome, str]:
        """A link to hear it once: (what came of it, the secret). to: "" for anybody."""
        return self._demos.link(token, demo, to)

    def drop_link(self, token: str, link: str) -> Outcome:
        """Take back a link that nobody has used."""
        return self._demos.unlink(token, link)

    def play(self, token: str, demo: str) -> Playing | None:
        """A demo of mine."""
        return self._demos.play(token, demo)

    def play_once(self, secret: str, listener: str) -> Playing | None:
        """What a link lets whoever has it hear, once."""
        return self._demos.play_once(secret, listener)

    def offer(self, token: str, song: str, demo: str, wisher: str, wish: str) -> Outcome:
        """Offer a demo of mine for a wish of `wisher`."""
        return self._joining.offer(token, song, demo, wisher, wish)

    def agree(self, token: str, song: str, *, wish: bool) -> Outcome:
        """I agree: as whose wish it is, or as whose demo it is."""
        return self._joining.agree(token, song, wish=wish)

    async def propose(self, token: str, song: str, title: str, players: tuple[str, ...]) -> Outcome:
        """Put it in the set."""
        return await self._joining.propose(token, song, title, players)

    def withdraw(self, token: str, song: str) -> Outcome:
        """Take it back."""
        return self._joining.withdraw(token, song)

    def forget(self, person: str) -> bool:
        """Leave no recording of `person`; whether it is so."""
        return self._demos.forget(person)
