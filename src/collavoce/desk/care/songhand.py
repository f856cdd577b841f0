"""What the phone pages ask about a person's demos and the songs that come of them.

Everything of a demo is sealed and asked for with the token of the phone that asks.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Protocol

from collavoce.care.outcome import Outcome


class Recording(Protocol):
    """A recording on its way."""

    @property
    def size(self) -> int:
        """Bytes of the whole WAV file."""
        ...

    @property
    def pieces(self) -> Iterator[bytes]:
        """The file, piece by piece; it ends early if it is erased meanwhile."""
        ...


class SongHand(Protocol):
    """A person's demos and songs, as far as a phone of theirs may touch them."""

    def view(self, token: str) -> Mapping[str, object]:
        """{"demos", "songs"}: all of mine, by my demo or by my wish; empty for nobody."""
        ...

    async def take_in(self, token: str, file: AsyncIterator[bytes]) -> tuple[Outcome, str]:
        """Keep a sound file as a demo of mine: (what came of it, the demo's id)."""
        ...

    def name_demo(self, token: str, demo: str, title: str) -> Outcome:
        """Call it `title`."""
        ...

    def drop_demo(self, token: str, demo: str) -> Outcome:
        """Take it away. Kept means that nothing of it is on this disk."""
        ...

    def link(self, token: str, demo: str, to: str) -> tuple[Outcome, str]:
        """A link to hear it once: (what came of it, the secret). to: "" for anybody."""
        ...

    def drop_link(self, token: str, link: str) -> Outcome:
        """Take back a link that nobody has used."""
        ...

    def play(self, token: str, demo: str) -> Recording | None:
        """A demo of mine, None if there is none."""
        ...

    def play_once(self, secret: str, listener: str) -> Recording | None:
        """What a link lets `listener` hear, once; None whatever the reason."""
        ...

    def offer(self, token: str, song: str, demo: str, wisher: str, wish: str) -> Outcome:
        """Offer a demo of mine for a wish of `wisher`, in these words of it."""
        ...

    def agree(self, token: str, song: str, *, wish: bool) -> Outcome:
        """I agree: as whose wish it is, or as whose demo it is."""
        ...

    async def propose(self, token: str, song: str, title: str, players: tuple[str, ...]) -> Outcome:
        """Put it in the set: title, length, players and recording are the show's from here on."""
        ...

    def withdraw(self, token: str, song: str) -> Outcome:
        """Take it back; what the show has taken by then stays taken."""
        ...
