"""What a button on the network says and is answered, so that neither can be forged or read.

Both ways one OSC message of one length, whatever it says:

    button -> desk   /collavoce/button  ,sib  id  count  sealed [48]   108 bytes
    desk -> button   /collavoce/lamp    ,sib  id  count  sealed [48]   104 bytes

    sealed  tag [16] + hidden [32]
    tag     the first 16 bytes of HMAC-SHA256(HMAC-SHA256(key, "collavoce button 1 tag"),
            way [1] + id [22] + count [4] + plain [32])
    hidden  plain XOR HMAC-SHA256(HMAC-SHA256(key, "collavoce button 1 pad"), tag)

    plain, said  kind u8, 0 [3], ago u32 (ms), epoch [8], press [16]
    plain, told  lamp u8, 0 [3], heard u32, epoch [8], press [16]

Numbers are big-endian; `way` is "B" for what a button says and "L" for what it is told, so that
nothing sent back to its sender passes. The tag is made of the plain text and is also what hides it
(the construction of RFC 5297, from HMAC alone), so that a count used twice gives nothing away but
that. Time stands nowhere in it: a button has no clock anybody could trust.
"""

import re
import struct
from base64 import urlsafe_b64encode
from enum import IntEnum
from hmac import compare_digest, digest

import msgspec

from collavoce.wire.errors import WireError
from collavoce.wire.osc import OscError, OscMessage, decode, encode

BUTTON, LAMP = "/collavoce/button", "/collavoce/lamp"
SAID_BYTES, TOLD_BYTES = 108, 104
KEY_BYTES = 32
ID_BYTES, EPOCH_BYTES, PRESS_BYTES, TAG_BYTES = 16, 8, 16, 16
COUNT_MAX = 2**31 - 1
"""At four datagrams a second, 17 years of one performance."""

AGO_MAX = 2**32 - 1
NO_EPOCH, NO_PRESS = bytes(EPOCH_BYTES), bytes(PRESS_BYTES)

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_PLAIN = struct.Struct(">B3xI8s16s")
_SEALED_BYTES = TAG_BYTES + _PLAIN.size


class ButtonError(WireError):
    """Bytes that no button of this key sent, or that no desk did."""


class Kind(IntEnum):
    """What a button wants. Numbers that stand here not yet are read, and refused by whom they ask.

    HOW asks what has become of `press`; PRESS is the button pressed; BACK takes it back.
    """

    HOW = 0
    PRESS = 1
    BACK = 2


class Lamp(IntEnum):
    """What a button is told.

    AGAIN: the epoch was not this one; say it again under the one told, counting on from `heard`.
    NONE: nothing is known of this press. FELT: it is here and not on disk yet.
    """

    AGAIN = 0
    NONE = 1
    FELT = 2
    NOT_RECORDED = 3  # the disk refused it; people are called all the same
    KEPT = 4  # on disk
    SHOWN = 5  # on somebody's page
    UNREACHED = 6  # nobody of the circle has a page open, or nobody has agreed
    COMING = 7
    NOT_REACHED = 8  # the ladder is at its end: use your voice
    ARRIVED = 9
    MOVED = 10  # another press of the same person stands for this one
    OVER = 11


class Said(msgspec.Struct, frozen=True):
    """What a button says. button: its id, 22 characters; count: 1..`COUNT_MAX`, never twice.

    kind : 0..255, `Kind` where it is known. ago_ms : since the finger, 0..`AGO_MAX`.
    epoch [8] : what it was last told, `NO_EPOCH` at first. press [16] : which press it speaks of.
    """

    button: str
    count: int
    kind: int = Kind.HOW
    ago_ms: int = 0
    epoch: bytes = NO_EPOCH
    press: bytes = NO_PRESS


class Told(msgspec.Struct, frozen=True):
    """What a button is told. button, count, press : those of what it said.

    lamp : 0..255, `Lamp` where it is known. heard : the highest count taken in this `epoch` [8].
    """

    button: str
    count: int
    lamp: int
    heard: int
    epoch: bytes
    press: bytes = NO_PRESS


def button_id(raw: bytes) -> str:
    """The id that 16 random bytes are on the wire: base64 for URLs (RFC 4648, 5), no padding."""
    assert len(raw) == ID_BYTES
    return urlsafe_b64encode(raw).decode().rstrip("=")


def press_name(key: bytes, epoch: bytes, count: int) -> bytes:
    """A name for a press that no other has, for a button without chance of its own [16].

    count : that of the first datagram of this epoch that speaks of the press.
    """
    said = b"collavoce button 1 press" + epoch + count.to_bytes(4)
    return digest(key, said, "sha256")[:PRESS_BYTES]


def claimed(datagram: bytes) -> str:
    """The id that `datagram` claims to come from: nothing is proved yet. Raises ButtonError."""
    return _opened(datagram, BUTTON, SAID_BYTES)[0]


def write_said(key: bytes, said: Said) -> bytes:
    """The datagram in which a button says `said`."""
    plain = _PLAIN.pack(said.kind, said.ago_ms, said.epoch, said.press)
    return _sealed(key, BUTTON, said.button, said.count, plain)


def read_said(key: bytes, datagram: bytes) -> Said:
    """What the button of this `key` [32] says in `datagram`; raises ButtonError."""
    button, count, plain = _unsealed(key, datagram, BUTTON, SAID_BYTES)
    kind, ago_ms, epoch, press = _PLAIN.unpack(plain)
    return Said(button, count, kind, ago_ms, epoch, press)


def write_told(key: bytes, told: Told) -> bytes:
    """The datagram that tells a button `told`."""
    plain = _PLAIN.pack(told.lamp, told.heard, told.epoch, told.press)
    return _sealed(key, LAMP, told.button, told.count, plain)


def read_told(key: bytes, datagram: bytes) -> Told:
    """What a button of this `key` [32] is told in `datagram`; raises ButtonError."""
    button, count, plain = _unsealed(key, datagram, LAMP, TOLD_BYTES)
    lamp, heard, epoch, press = _PLAIN.unpack(plain)
    return Told(button, count, lamp, heard, epoch, press)


def _sealed(key: bytes, address: str, button: str, count: int, plain: bytes) -> bytes:
    tag = _tag(key, address, button, count, plain)
    return encode(OscMessage(address, (button, count, tag + _hidden(key, tag, plain))))


def _unsealed(key: bytes, datagram: bytes, address: str, size: int) -> tuple[str, int, bytes]:
    button, count, sealed = _opened(datagram, address, size)
    tag, hidden = sealed[:TAG_BYTES], sealed[TAG_BYTES:]
    plain = _hidden(key, tag, hidden)
    if not compare_digest(tag, _tag(key, address, button, count, plain)):
        raise ButtonError("not sealed with this key")
    if any(plain[1:4]):
        raise ButtonError("something where nothing stands")
    return button, count, plain


def _opened(datagram: bytes, address: str, size: int) -> tuple[str, int, bytes]:
    """Id, count and what is sealed. One value has one form: whatever else reads alike is none."""
    if len(datagram) != size:
        raise ButtonError(f"{len(datagram)} bytes, not {size}", min(len(datagram), size))
    try:
        message = decode(datagram)
    except OscError as error:
        raise ButtonError("no OSC message", error.at) from error
    match message:
        case OscMessage(said, (str(button), int(count), bytes(sealed))) if said == address:
            pass
        case _:
            raise ButtonError("neither a button nor a lamp", 0)
    if _ID.fullmatch(button) is None or len(sealed) != _SEALED_BYTES:
        raise ButtonError("no id, or not sealed", len(address))
    if type(count) is not int or not 1 <= count <= COUNT_MAX:
        raise ButtonError(f"count {count!r}", len(address))
    return button, count, sealed


def _tag(key: bytes, address: str, button: str, count: int, plain: bytes) -> bytes:
    way = b"B" if address == BUTTON else b"L"
    said = way + button.encode() + count.to_bytes(4) + plain
    return digest(_part(key, b"tag"), said, "sha256")[:TAG_BYTES]


def _hidden(key: bytes, tag: bytes, plain: bytes) -> bytes:
    """The plain text hidden, or what was hidden in plain."""
    pad = digest(_part(key, b"pad"), tag, "sha256")
    return bytes(a ^ b for a, b in zip(plain, pad, strict=True))


def _part(key: bytes, what: bytes) -> bytes:
    assert len(key) == KEY_BYTES
    return digest(key, b"collavoce button 1 " + what, "sha256")
