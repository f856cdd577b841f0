"""The badge: how the web desk knows whose phone asks, without knowing anything of care.

The care process pairs phones and puts a badge into a cookie beside its own; the web process,
on the same machine and with the same key, reads it. A badge is plane 1: it opens a person's own
standby and nothing else, and no badge is ever taken for a paired device's token.

    badge = base64url(JSON {"person", "until", "phone"}) "." base64url(HMAC-SHA-256(key, the first))

`phone` is a mark of the one device, from which nobody comes back to it. The care process keeps the
marks of all paired phones in a file of the performance's private folder; a badge whose mark is not
there is over, so that a forgotten phone is out of the strip as soon as it is out of care.

`until` is UTC in seconds. A wall clock set forward ends badges early; a phone's page is given a
new one whenever it connects to the care process, so it is without a strip for a moment at most.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

BADGE_LIVES = timedelta(hours=24)
PHONES = "phones"
"""The file of the marks."""


class _Said(msgspec.Struct, frozen=True):
    person: str
    until: float
    phone: str = ""


_decoder = msgspec.json.Decoder(_Said)


def write_badge(key: str, person: str, now: datetime, device: str = "") -> str:
    """The badge of `person`, good for `BADGE_LIVES` from `now` (aware); only cookie-safe ASCII.

    device : the hash of the token of the phone it is for.
    """
    until = (now + BADGE_LIVES).timestamp()
    said = _text(msgspec.json.encode(_Said(person, until, mark(key, device))))
    return f"{said}.{_seal(key, said)}"


def read_badge(
    key: str, badge: str, now: datetime, phones: frozenset[str] | None = None
) -> str | None:
    """Whose badge it is at `now`; None for one that is not ours, was changed, or is over.

    phones : the marks of the phones that are paired; None does not ask.
    """
    said, _, seal = badge.partition(".")
    if not badge.isascii() or not hmac.compare_digest(_seal(key, said), seal):
        return None
    try:
        read = _decoder.decode(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    except (binascii.Error, msgspec.DecodeError):
        return None
    if phones is not None and read.phone not in phones:
        return None
    return read.person if now.timestamp() < read.until else None


def mark(key: str, device: str) -> str:
    """What stands for `device` outside the care process."""
    return _seal(key, f"phone {device}")[:22]


class PairedPhones:
    """The marks of the paired phones, written by the care process and read by the web desk."""

    def __init__(self, run_dir: Path, key: str) -> None:
        self._path = run_dir / PHONES
        self._key = key
        self._kept: frozenset[str] | None = None
        self._read: frozenset[str] = frozenset()
        self._stamp = (0, 0)

    def keep(self, devices: Iterable[str]) -> None:
        """Write the marks of `devices` if they are other ones than before."""
        marks = frozenset(mark(self._key, device) for device in devices)
        if marks == self._kept:
            return
        fresh = self._path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(sorted(marks)))
        fresh.replace(self._path)
        self._kept = marks

    def now(self) -> frozenset[str]:
        """The marks as they stand now; those of the last look if the file cannot be read."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._stamp:
                self._read = frozenset(msgspec.json.decode(self._path.read_bytes(), type=list[str]))
                self._stamp = stamp
        except (OSError, msgspec.DecodeError):
            pass
        return self._read


def _seal(key: str, said: str) -> str:
    return _text(hmac.new(key.encode(), said.encode(), sha256).digest())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
