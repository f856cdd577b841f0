"""OSC 1.0: bytes to messages and bundles, strictly.

Whatever breaks the standard is refused with the byte that breaks it: a packet that one receiver
reads so and another otherwise is worse than none. The one grace is UTF-8 in strings.
"""

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

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

_CONSTANTS: dict[str, OscArg] = {"T": True, "F": False, "N": None, "I": Infinitum.INFINITUM}
_WIDE: dict[str, Callable[[Any], OscArg]] = {"h": Int64, "d": Float64, "t": TimeTag}


def decode(data: bytes) -> OscPacket:
    """The packet that `data` is; raises OscError saying which byte is wrong, and nothing else."""
    if len(data) > PACKET_LIMIT:
        raise OscError(f"longer than {PACKET_LIMIT} bytes", PACKET_LIMIT)
    if not data or len(data) % 4:
        raise OscError(f"{len(data)} bytes is not a positive multiple of 4", len(data))
    return _packet(data, 0, len(data), 0)


def _packet(data: bytes, start: int, end: int, depth: int) -> OscPacket:
    """The packet at `data[start:end]`; both are multiples of 4."""
    if data[start] == 0x2F:  # noqa: PLR2004  "/", the only start of a message
        return _read_message(data, start, end)
    if not data.startswith(BUNDLE, start, end):
        raise OscError("neither an address nor #bundle", start)
    if depth >= DEPTH_LIMIT:
        raise OscError(f"more than {DEPTH_LIMIT} bundles inside each other", start)
    at = start + 16
    if at > end:
        raise OscError("a bundle without its time tag", end)
    time = TimeTag.from_bytes(data[start + 8 : at])
    elements: list[OscPacket] = []
    while at < end:
        size = int.from_bytes(data[at : at + 4])
        if size == 0 or size % 4 or size > end - at - 4:
            raise OscError(f"an element of {size} bytes does not fit its bundle", at)
        elements.append(_packet(data, at + 4, at + 4 + size, depth + 1))
        at += 4 + size
    return OscBundle(time, tuple(elements))


def _read_message(data: bytes, start: int, end: int) -> OscMessage:
    stop, at = _string(data, start, end)
    address = _address(data[start:stop])
    if address is None:
        raise OscError("an address holds a forbidden character or is too long", start)
    if at == end:
        raise OscError("a message without type tags", at)
    tags_at = at
    stop, at = _string(data, tags_at, end)
    layout = _layout(data[tags_at:stop])
    if layout is None:
        return OscMessage(address, _read_args(data, tags_at, stop, at, end))
    if layout.size != end - at:
        raise OscError(f"{end - at} bytes of arguments where {layout.size} are announced", at)
    return OscMessage(address, layout.unpack_from(data, at))


@lru_cache(REMEMBERED)
def _address(data: bytes) -> str | None:
    address = data.decode("latin-1")
    return address if len(data) <= ADDRESS_LIMIT and ADDRESS.fullmatch(address) else None


@lru_cache(REMEMBERED)
def _layout(tags: bytes) -> struct.Struct | None:
    """How to unpack arguments that are int32 and float32 alone."""
    if tags[:1] == b"," and len(tags) <= ARGUMENT_LIMIT + 1 and not tags[1:].strip(b"if"):
        return struct.Struct(">" + tags[1:].decode())
    return None


def _read_args(data: bytes, tags_at: int, tags_end: int, at: int, end: int) -> tuple[OscArg, ...]:
    tags = data[tags_at:tags_end].decode("latin-1")
    if not tags.startswith(","):
        raise OscError("type tags do not begin with a comma", tags_at)
    if len(tags) > ARGUMENT_LIMIT + 1:
        raise OscError(f"more than {ARGUMENT_LIMIT} arguments", tags_at)
    args: list[OscArg] = []
    for place, tag in enumerate(tags[1:], start=tags_at + 1):
        if tag in NUMBERS:
            number = NUMBERS[tag]
            if at + number.size > end:
                raise OscError(f"the bytes of an argument {tag!r} are missing", at)
            (value,) = number.unpack_from(data, at)
            args.append(_WIDE[tag](value) if tag in _WIDE else value)
            at += number.size
        elif tag == "s":
            stop, after = _string(data, at, end)
            args.append(_text(data, at, stop))
            at = after
        elif tag == "b":
            blob, at = _blob(data, at, end)
            args.append(blob)
        elif tag in _CONSTANTS:
            args.append(_CONSTANTS[tag])
        else:
            raise OscError(f"type tag {tag!r} is unknown", place)
    if at != end:
        raise OscError(f"{end - at} bytes after the last argument", at)
    return tuple(args)


def _string(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the string at `at` stops, and where what follows its padding begins."""
    stop = data.find(b"\0", at, end)
    if stop < 0:
        raise OscError("a string without its end", at)
    after = (stop | 3) + 1
    if data.count(0, stop, after) != after - stop:
        raise OscError("a string padded with something else than zeros", stop)
    return stop, after


def _text(data: bytes, at: int, stop: int) -> str:
    """OSC 1.0 says ASCII; everybody sends UTF-8, which holds it."""
    try:
        return data[at:stop].decode()
    except UnicodeDecodeError as error:
        raise OscError("a string that is not UTF-8", at + error.start) from None


def _blob(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    size = int.from_bytes(data[at : at + 4])
    stop = at + 4 + size
    after = -(-stop // 4) * 4
    if at + 4 > end or after > end:
        raise OscError(f"a blob of {size} bytes does not fit its message", at)
    if data.count(0, stop, after) != after - stop:
        raise OscError("a blob padded with something else than zeros", stop)
    return data[at + 4 : stop], after
