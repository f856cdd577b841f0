"""What OSC carries: messages, bundles, and names for the types that Python has no type for.

A plain `int` is an int32, a plain `float` a float32: what nearly every receiver expects. The wider
types are asked for by name, so that a value decoded and encoded again is the same bytes.
"""

import re
import struct
from enum import Enum
from typing import Final

import msgspec

from collavoce.wire.errors import WireError

PACKET_LIMIT = 65_507
"""Bytes of one packet: the most that UDP over IPv4 carries."""

ADDRESS_LIMIT = 255
"""Characters of an address."""

ARGUMENT_LIMIT = 255
"""Arguments of a message."""

DEPTH_LIMIT = 8
"""Bundles inside bundles."""

REMEMBERED = 1024
"""Heads and layouts kept; a show has a few hundred, a flood of others only makes us slower."""


class OscError(WireError):
    """A message that OSC cannot carry, or bytes that are not OSC; `at` is the byte."""


class Int64(int):
    """A whole number sent as `h`, -2**63..2**63-1."""


class Float64(float):
    """A number sent as `d`."""


class TimeTag(int):
    """An OSC time tag `t`: NTP fixed point, 32 bits of seconds since 1900 and 32 of fraction."""


IMMEDIATELY: Final = TimeTag(1)
"""OSC 1.0, Temporal Semantics: "now"."""


class Infinitum(Enum):
    """The argument `I`, which carries no bytes and means whatever its receiver says."""

    INFINITUM = "I"


OscArg = int | float | str | bytes | bool | None | Int64 | Float64 | TimeTag | Infinitum
"""`i f s b T F N h d t I`, in the order of the types."""


class OscMessage(msgspec.Struct, frozen=True, gc=False):
    """One message. address: an OSC address or address pattern; args: as `OscArg` says."""

    address: str
    args: tuple[OscArg, ...] = ()


class OscBundle(msgspec.Struct, frozen=True, gc=False):
    """Messages and bundles that take effect together at `time`."""

    time: TimeTag
    elements: "tuple[OscMessage | OscBundle, ...]"


OscPacket = OscMessage | OscBundle

NUMBERS = {
    "i": struct.Struct(">i"),
    "f": struct.Struct(">f"),
    "h": struct.Struct(">q"),
    "d": struct.Struct(">d"),
    "t": struct.Struct(">Q"),
}
"""Tags of numbers, and their layout."""

ADDRESS = re.compile(r'/[!"$-~]*')
"""Printable ASCII without space and `#` (OSC 1.0, "OSC Address Spaces"); patterns pass."""

BUNDLE = b"#bundle\0"
"""How a bundle begins."""
