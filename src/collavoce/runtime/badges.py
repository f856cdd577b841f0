"""The badge: how the web desk knows whose phone asks, without knowing anything of care.

The care process pairs phones and puts a badge into a cookie beside its own; the web process,
on the same machine and with the same key, reads it. A badge is plane 1: it opens a person's own
standby and nothing else, and no badge is ever taken for a paired device's token.

    badge = base64url(JSON {"person", "until"}) "." base64url(HMAC-SHA-256(key, the first part))

`until` is UTC in seconds. A wall clock set forward ends badges early; a phone's page is given a
new one whenever it connects to the care process, so it is without a strip for a moment at most.
"""

import base64
import binascii
import hmac
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

BADGE_LIVES = timedelta(hours=24)


class _Said(msgspec.Struct, frozen=True):
    person: str
    until: float


_decoder = msgspec.json.Decoder(_Said)


def write_badge(key: str, person: str, now: datetime) -> str:
    """The badge of `person`, good for `BADGE_LIVES` from `now` (aware); only cookie-safe ASCII."""
    until = (now + BADGE_LIVES).timestamp()
    said = _text(msgspec.json.encode(_Said(person, until)))
    return f"{said}.{_seal(key, said)}"


def read_badge(key: str, badge: str, now: datetime) -> str | None:
    """Whose badge it is at `now`; None for one that is not ours, was changed, or is over."""
    said, _, seal = badge.partition(".")
    if not badge.isascii() or not hmac.compare_digest(_seal(key, said), seal):
        return None
    try:
        read = _decoder.decode(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    except (binascii.Error, msgspec.DecodeError):
        return None
    return read.person if now.timestamp() < read.until else None


def _seal(key: str, said: str) -> str:
    return _text(hmac.new(key.encode(), said.encode(), sha256).digest())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
