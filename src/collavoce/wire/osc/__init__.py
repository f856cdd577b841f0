"""Open Sound Control 1.0: what OSC programs say to each other, and its bytes.

In: messages and bundles, or bytes somebody received. Out: bytes, or messages and bundles.
Never: a socket, and never a guess: bytes that break the standard raise OscError with their place.
"""

from collavoce.wire.osc.decode import decode
from collavoce.wire.osc.encode import check_address, encode
from collavoce.wire.osc.types import (
    IMMEDIATELY,
    Float64,
    Int64,
    OscBundle,
    OscError,
    OscMessage,
    TimeTag,
)

__all__ = [
    "IMMEDIATELY",
    "Float64",
    "Int64",
    "OscBundle",
    "OscError",
    "OscMessage",
    "TimeTag",
    "check_address",
    "decode",
    "encode",
]
