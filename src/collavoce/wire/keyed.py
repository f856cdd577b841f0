"""OSC that carries proof of who sent it: a name, a count, a tag made with a key.

Either way one OSC 1.0 message, whose last 16 bytes are its tag:

    controller -> desk   /collavoce/keyed   ,sbibb   name  epoch [8]  count  packet  tag [16]
    desk -> controller   /collavoce/answer  ,sbiisb  name  epoch [8]  count  answer  words  tag [16]

    tag   the first 16 bytes of HMAC-SHA256(key, every byte of the datagram before the tag)

`packet` is the OSC message that is meant, whole. The address at the front of each way is under the
tag, so nothing sent back to its sender passes. Nothing is hidden: who reads the network learns that
GO was pressed when the light changes anyway. Time stands nowhere in it: a controller has no clock
that anybody could trust. An epoch is drawn when the desk's gateway starts, and within it a count is
taken once and only upwards; therefore nothing needs to be kept on disk.
"""

import re
from enum import IntEnum
from hmac import compare_digest, digest

import msgspec

from collavoce.wire.errors import WireError
from collavoce.wire.osc import OscError, OscMessage, decode, encode

KEYED, ANSWER = "/collavoce/keyed", "/collavoce/answer"
KEY_BYTES, TAG_BYTES, EPOCH_BYTES = 32, 16, 8
NO_EPOCH = bytes(EPOCH_BYTES)
"""What a controller says that has not been told the epoch yet."""

COUNT_MAX = 2**31 - 1
PACKET_LIMIT = 1024
"""Bytes of the packet inside; the longest that means anything is a note of 500 characters."""

DATAGRAM_LIMIT = PACKET_LIMIT + 128
WORDS_LIMIT = 400
"""Bytes of the words of an answer; what is longer is cut."""

HEAD = KEYED.encode() + b"\0"
"""How every keyed datagram begins."""

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,23}")
"""Names of connections: they stand in the log of the show."""

_HTTP = b"collavoce keyed 1 http"


class KeyedError(WireError):
    """Bytes that are no keyed message, or that were not sealed with this key."""


class Answer(IntEnum):
    """What became of a keyed message.

    AGAIN : the epoch was not this one: take the one told and send it again, counting on from
        `count`. KEPT : done, and in the ring. REFUSED : not done, `words` says why. SILENT : the
        engine did not answer; whether it was done is not known.
    """

    AGAIN = 0
    KEPT = 1
    REFUSED = 2
    SILENT = 3


class Keyed(msgspec.Struct, frozen=True):
    """What a controller says. count: 1..`COUNT_MAX`, never twice in one epoch; packet: OSC."""

    name: str
    epoch: bytes
    count: int
    packet: bytes


class Answered(msgspec.Struct, frozen=True):
    """What it is told. count: that of the question, with AGAIN the highest taken so far."""

    name: str
    epoch: bytes
    count: int
    answer: int
    words: str = ""


def write_keyed(key: bytes, said: Keyed) -> bytes:
    """The datagram in which a controller says `said`."""
    args = (said.name, said.epoch, said.count, said.packet)
    return _sealed(key, OscMessage(KEYED, (*args, bytes(TAG_BYTES))))


def write_answer(key: bytes, told: Answered) -> bytes:
    """The datagram that tells a controller `told`."""
    words = told.words.replace("\0", " ").encode()[:WORDS_LIMIT].decode(errors="ignore")
    args = (told.name, told.epoch, told.count, int(told.answer), words)
    return _sealed(key, OscMessage(ANSWER, (*args, bytes(TAG_BYTES))))


def claimed(datagram: bytes) -> Keyed:
    """What `datagram` claims to say and to be from: nothing is proved yet. Raises KeyedError."""
    match _opened(datagram, KEYED):
        case (str(name), bytes(epoch), int(count), bytes(packet), bytes(tag)):
            pass
        case _:
            raise KeyedError("not the arguments of a keyed message", 0)
    if len(packet) > PACKET_LIMIT:
        raise KeyedError(f"{len(packet)} bytes inside, more than {PACKET_LIMIT}", len(datagram))
    _check(datagram, name, epoch, count, tag)
    return Keyed(name, epoch, count, packet)


def is_sealed(key: bytes, datagram: bytes) -> bool:
    """Whether the datagram was sealed with `key` [32]."""
    return compare_digest(datagram[-TAG_BYTES:], _tag(key, datagram[:-TAG_BYTES]))


def read_keyed(key: bytes, datagram: bytes) -> Keyed:
    """What the controller of this `key` says in `datagram`; raises KeyedError."""
    said = claimed(datagram)
    if not is_sealed(key, datagram):
        raise KeyedError("not sealed with this key")
    return said


def read_answer(key: bytes, datagram: bytes) -> Answered:
    """What a controller of this `key` is told in `datagram`; raises KeyedError."""
    match _opened(datagram, ANSWER):
        case (str(name), bytes(epoch), int(count), int(answer), str(words), bytes(tag)):
            pass
        case _:
            raise KeyedError("not the arguments of an answer", 0)
    _check(datagram, name, epoch, count, tag)
    if not is_sealed(key, datagram):
        raise KeyedError("not sealed with this key")
    return Answered(name, epoch, count, answer, words)


def http_token(key: bytes) -> str:
    """What stands for the key in the header of a web request, in hexadecimal [64].

    Whoever reads it on a network without TLS can send web requests with it, but cannot seal OSC.
    """
    return digest(key, _HTTP, "sha256").hex()


def _check(datagram: bytes, name: str, epoch: bytes, count: int, tag: bytes) -> None:
    if NAME.fullmatch(name) is None or len(epoch) != EPOCH_BYTES or len(tag) != TAG_BYTES:
        raise KeyedError("no name, or not sealed", 0)
    if type(count) is not int or not 0 <= count <= COUNT_MAX:
        raise KeyedError(f"count {count!r}", len(datagram))


def _opened(datagram: bytes, address: str) -> tuple[object, ...]:
    if len(datagram) > DATAGRAM_LIMIT:
        raise KeyedError(f"longer than {DATAGRAM_LIMIT} bytes", DATAGRAM_LIMIT)
    try:
        message = decode(datagram)
    except OscError as error:
        raise KeyedError("no OSC message", error.at) from error
    if not isinstance(message, OscMessage) or message.address != address:
        raise KeyedError(f"not to {address}", 0)
    return message.args


def _sealed(key: bytes, message: OscMessage) -> bytes:
    """`message`, its last argument 16 bytes that are its tag's place, with its tag."""
    open_part = encode(message)[:-TAG_BYTES]
    return open_part + _tag(key, open_part)


def _tag(key: bytes, before: bytes) -> bytes:
    assert len(key) == KEY_BYTES
    return digest(key, before, "sha256")[:TAG_BYTES]
