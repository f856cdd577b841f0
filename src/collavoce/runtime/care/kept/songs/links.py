"""Links by which somebody hears a demo once.

The link's secret stands in its address behind the `#`, where no server ever sees it, and is sent in
a body when the link is used. Here is only a file under a name that is derived from it, sealed under
a key that is derived from it: without the link nobody reads which demo, whose, for whom. Whoever
takes the file away first plays; to everybody after them it was never there.

    songs/links/NAME     8 bytes: when it lapses (UTC, s); then what it is for, sealed
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import derived, named, open_sealed, seal
from collavoce.runtime.care.kept.keep import Keep
from collavoce.runtime.care.kept.shelf import padded
from collavoce.runtime.clock import fresh_id

SECRET_BITS = 256
LASTS_S = 7 * 24 * 3600.0
CONTEXT = b"collavoce listening link 1"
_UNTIL_BYTES = 8
_PAD_BYTES = 1024


class Heard(msgspec.Struct, frozen=True, array_like=True):
    """What a link lets hear. owner: whose demo; recording, key: its file; to: for whom, "" for one.

    frames, rate, channels : as in `Sound`.
    """

    owner: str
    recording: str
    key: bytes
    to: str
    frames: int
    rate: int
    channels: int


class Made(NamedTuple):
    """A link: its secret, which is kept nowhere, its name, and when it lapses (UTC, s)."""

    secret: str
    name: str
    until: float


_encode = msgspec.msgpack.Encoder().encode
_heard = msgspec.msgpack.Decoder(Heard)


def name_of(secret: str) -> str:
    """What the link of `secret` is called here: nobody finds the way back."""
    return named(derived(secret.encode(), b"listening link name"), "link")


@dataclass(frozen=True, slots=True)
class Links:
    """The links in `root`; None for a house in memory."""

    root: Path | None
    keep: Keep

    def make(self, heard: Heard) -> "Made":
        """A fresh link; raises OSError."""
        assert self.root is not None, "a house in memory has no links"
        secret, until = fresh_id(SECRET_BITS), self.keep.wall() + LASTS_S
        key = derived(secret.encode(), b"listening link key")
        kept = seal(key, padded(_encode(heard), _PAD_BYTES), _context(until))
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = self.root / name_of(secret)
        fresh = place.with_name(place.name + ".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(int(until).to_bytes(_UNTIL_BYTES, "big") + kept)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(place)
        return Made(secret, place.name, until)

    def use(self, secret: str, listener: str) -> Heard | None:
        """What `secret` lets `listener` hear, this once; None for whatever reason.

        listener : a person's id, "" for somebody unknown here.
        """
        if self.root is None or not secret:
            return None
        place = self.root / name_of(secret)
        try:
            kept = place.read_bytes()
            until = int.from_bytes(kept[:_UNTIL_BYTES], "big")
            key = derived(secret.encode(), b"listening link key")
            body = open_sealed(key, kept[_UNTIL_BYTES:], _context(until))
            heard = _heard.decode(body[4 : 4 + int.from_bytes(body[:4], "big")])
            if until <= self.keep.wall() or heard.to not in ("", listener):
                return None
            # Of several who come at once the system lets one take it away.
            place.unlink()
        except (OSError, SealBrokenError):
            return None
        return heard

    def stands(self, name: str) -> bool:
        """Whether a link is there that nobody has used."""
        return self.root is not None and (self.root / name).is_file()

    def drop(self, name: str) -> None:
        """Take it away unused; raises OSError."""
        if self.root is not None:
            (self.root / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away what has lapsed."""
        if self.root is None or not self.root.is_dir():
            return
        for place in self.root.iterdir():
            try:
                with place.open("rb") as file:
                    until = int.from_bytes(file.read(_UNTIL_BYTES), "big")
                if until <= self.keep.wall():
                    place.unlink(missing_ok=True)
            except OSError:
                continue  # used at this moment, or tried again at the next look


def _context(until: float) -> bytes:
    return CONTEXT + int(until).to_bytes(_UNTIL_BYTES, "big")
