"""OSC 1.0: messages and bundles to bytes.

Heads (address and tags) and the layouts of purely numeric arguments are remembered, so that a cue
sent every night is one lookup and one `pack`.
"""

import struct
from contextlib import suppress
from functools import lru_cache

from collavoce.wire.osc.types import (
    ADDRESS,
    ADDRESS_LIMIT,
    ARGUMENT_LIMIT,
    BUNDLE,
    DEPTH_LIMIT,
    NUMBERS,
    PACKET_LIMIT,
    REMEMBERED,
    Float64,
    Infinitum,
    Int64,
    OscArg,
    OscBundle,
    OscError,
    OscMessage,
    OscPacket,
    TimeTag,
)
from collavoce.words import say

_TAGS: dict[type, str] = {
    int: "i",
    float: "f",
    str: "s",
    bytes: "b",
    Int64: "h",
    Float64: "d",
    TimeTag: "t",
    Infinitum: "I",
}


def encode(packet: OscPacket) -> bytes:
    """The bytes of `packet`; raises OscError with the remedy."""
    data = _bundle(packet, 0) if isinstance(packet, OscBundle) else _message(packet)
    if len(data) > PACKET_LIMIT:
        raise OscError(say("rig.osc.too_long", bytes=len(data), limit=PACKET_LIMIT))
    return data


def check_address(address: str) -> None:
    """Nothing, if `address` can stand in a message; raises OscError with the remedy."""
    if len(address) > ADDRESS_LIMIT:
        raise OscError(say("rig.osc.long_address", address=address[:40], limit=ADDRESS_LIMIT))
    if not ADDRESS.fullmatch(address):
        raise OscError(say("rig.osc.address", address=address))


def _bundle(bundle: OscBundle, depth: int) -> bytes:
    if depth >= DEPTH_LIMIT:
        raise OscError(say("rig.osc.deep", limit=DEPTH_LIMIT))
    parts = [BUNDLE, _number("t", bundle.time)]
    for element in bundle.elements:
        inner = isinstance(element, OscBundle)
        data = _bundle(element, depth + 1) if inner else _message(element)
        parts += (len(data).to_bytes(4), data)
    return b"".join(parts)


def _message(message: OscMessage) -> bytes:
    args = message.args
    tags = "".join([_TAGS.get(type(arg)) or _tag(arg) for arg in args])
    head, layout = _head(message.address, tags)
    if layout is not None:
        with suppress(struct.error, OverflowError):
            return head + layout.pack(*args)
    # Words among the numbers, or a number out of its range: one by one, so that it can be named.
    parts = [head]
    for tag, arg in zip(tags, args, strict=True):
        if isinstance(arg, str):
            parts.append(_text(arg))
        elif isinstance(arg, bytes):
            parts.append(_padded(len(arg).to_bytes(4) + arg))
        elif tag in NUMBERS:
            parts.append(_number(tag, arg))
    return b"".join(parts)


def _tag(arg: OscArg) -> str:
    """The tag of a value that is its own type."""
    if isinstance(arg, bool):
        return "T" if arg else "F"
    if arg is None:
        return "N"
    raise OscError(say("rig.osc.no_type", value=repr(arg)))


@lru_cache(REMEMBERED)
def _head(address: str, tags: str) -> tuple[bytes, struct.Struct | None]:
    """Address and tags as bytes, and how to pack the arguments if all of them are numbers."""
    check_address(address)
    if len(tags) > ARGUMENT_LIMIT:
        raise OscError(say("rig.osc.many", count=len(tags), limit=ARGUMENT_LIMIT))
    head = _padded(address.encode() + b"\0") + _padded(b"," + tags.encode() + b"\0")
    if all(tag in NUMBERS for tag in tags):
        return head, struct.Struct(">" + "".join(NUMBERS[tag].format[1:] for tag in tags))
    return head, None


def _text(words: str) -> bytes:
    if "\0" in words:
        raise OscError(say("rig.osc.nul", value=repr(words)))
    try:
        return _padded(words.encode() + b"\0")
    except UnicodeEncodeError:
        raise OscError(say("rig.osc.text", value=repr(words))) from None


def _number(tag: str, value: OscArg) -> bytes:
    try:
        return NUMBERS[tag].pack(value)
    except (struct.error, OverflowError):
        raise OscError(say("rig.osc.range", value=repr(value))) from None


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
