"""OSC 1.0 to the byte: the standard's own examples, and what it forbids.

Examples: "Examples supporting the OpenSound Control 1.0 Spec", Matt Wright, 29 March 2002.
"""

import math
import struct

import pytest

from collavoce.wire.osc import (
    IMMEDIATELY,
    Float64,
    Int64,
    OscBundle,
    OscError,
    OscMessage,
    TimeTag,
    check_address,
    decode,
    encode,
)
from collavoce.wire.osc.types import ARGUMENT_LIMIT, DEPTH_LIMIT, Infinitum, OscArg, OscPacket

OSCILLATOR = bytes.fromhex(
    "2f 6f 73 63 69 6c 6c 61 74 6f 72 2f 34 2f 66 72 65 71 75 65 6e 63 79 002c 66 00 00 43 dc 00 00"
)
FOO = bytes.fromhex(
    "2f 66 6f 6f 00 00 00 00 2c 69 69 73 66 66 00 00 00 00 03 e8"
    "ff ff ff ff 68 65 6c 6c 6f 00 00 00 3f 9d f3 b6 40 b5 b2 2d"
)


def single(value: float) -> float:
    """What is left of `value` in a float32."""
    return struct.unpack("f", struct.pack("f", value))[0]


def test_the_standards_first_example_is_these_32_bytes() -> None:
    message = OscMessage("/oscillator/4/frequency", (440.0,))
    assert encode(message) == OSCILLATOR
    assert decode(OSCILLATOR) == message


def test_the_standards_second_example_is_these_40_bytes() -> None:
    assert encode(OscMessage("/foo", (1000, -1, "hello", 1.234, 5.678))) == FOO
    assert decode(FOO) == OscMessage("/foo", (1000, -1, "hello", single(1.234), single(5.678)))


def test_a_bundle_is_its_word_its_time_and_sized_elements() -> None:
    bundle = OscBundle(IMMEDIATELY, (OscMessage("/a"), OscMessage("/b", (7,))))
    data = b"#bundle\0\0\0\0\0\0\0\0\x01\0\0\0\x08/a\0\0,\0\0\0\0\0\0\x0c/b\0\0,i\0\0\0\0\0\x07"
    assert encode(bundle) == data
    assert decode(data) == bundle


@pytest.mark.parametrize(
    ("argument", "tagged"),
    [
        (True, b",T\0\0"),
        (False, b",F\0\0"),
        (None, b",N\0\0"),
        (Infinitum.INFINITUM, b",I\0\0"),
        (-2, b",i\0\0\xff\xff\xff\xfe"),
        (Int64(-2), b",h\0\0\xff\xff\xff\xff\xff\xff\xff\xfe"),
        (0.5, b",f\0\0\x3f\0\0\0"),
        (Float64(0.5), b",d\0\0\x3f\xe0\0\0\0\0\0\0"),
        (TimeTag(2**63), b",t\0\0\x80\0\0\0\0\0\0\0"),
        ("OSC", b",s\0\0OSC\0"),
        ("data", b",s\0\0data\0\0\0\0"),
        ("é", b",s\0\0\xc3\xa9\0\0"),
        (b"", b",b\0\0\0\0\0\0"),
        (b"\x01\x02\x03\x04\x05", b",b\0\0\0\0\0\x05\x01\x02\x03\x04\x05\0\0\0"),
    ],
)
def test_every_type_is_its_tag_and_its_bytes(argument: OscArg, tagged: bytes) -> None:
    data = b"/x\0\0" + tagged
    assert encode(OscMessage("/x", (argument,))) == data
    message = decode(data)
    assert isinstance(message, OscMessage)
    assert message.args == (argument,)
    assert type(message.args[0]) is type(argument)


@pytest.mark.parametrize(
    ("data", "at", "why"),
    [
        (b"", 0, "multiple of 4"),
        (b"/x\0", 3, "multiple of 4"),
        (b"x/\0\0", 0, "neither"),
        (b"/xyz", 0, "without its end"),
        (b"/\xc3\xa9\0,\0\0\0", 0, "forbidden character"),
        (b"/a b\0\0\0\0,\0\0\0", 0, "forbidden character"),
        (b"/x\0\0", 4, "without type tags"),
        (b"/x\0\0if\0\0", 4, "comma"),
        (b"/x\0\1,\0\0\0", 2, "padded"),
        (b"/x\0\0,Q\0\0", 5, "unknown"),
        (b"/x\0\0,i\0\0", 8, "0 bytes of arguments where 4"),
        (b"/x\0\0,i\0\0\0\0\0\1\0\0\0\1", 8, "8 bytes of arguments where 4"),
        (b"/x\0\0,T\0\0\0\0\0\1", 8, "after the last argument"),
        (b"/x\0\0,h\0\0\0\0\0\1", 8, "missing"),
        (b"/x\0\0,s\0\0\xff\0\0\0", 8, "UTF-8"),
        (b"/x\0\0,s\0\0abcd", 8, "without its end"),
        (b"/x\0\0,b\0\0\0\0\0\x09abcd", 8, "does not fit"),
        (b"/x\0\0,b\0\0\0\0\0\1a\0\0\1", 13, "padded"),
        (b"#bundle\0\0\0\0\0", 12, "time tag"),
        (b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0\0", 16, "does not fit"),
        (b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0\x09/x\0\0", 16, "does not fit"),
        (b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0\x06/x\0\0,\0\0\0", 16, "does not fit"),
        (b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0\x08/x\0\0,Q\0\0", 25, "unknown"),
    ],
)
def test_bytes_that_break_the_standard_are_refused_with_their_place(
    data: bytes, at: int, why: str
) -> None:
    with pytest.raises(OscError, match=why) as refusal:
        decode(data)
    assert refusal.value.at == at
    assert f"(byte {at})" in str(refusal.value)


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        (OscMessage("light"), "begins with /"),
        (OscMessage("/a b"), "no space"),
        (OscMessage("/a#"), "no #"),
        (OscMessage("/é"), "ASCII"),
        (OscMessage("/" + "a" * 255), "shorten"),
        (OscMessage("/x", (2**31,)), "does not fit its OSC type"),
        (OscMessage("/x", (1e39,)), "does not fit its OSC type"),
        (OscMessage("/x", ("", 2**31)), "does not fit its OSC type"),
        (OscMessage("/x", ("a\0b",)), "take it out"),
        (OscMessage("/x", ("\ud800",)), "not valid Unicode"),
        (OscMessage("/x", (bytes(65_500),)), "does not fit one datagram"),
        (OscMessage("/x", (1,) * (ARGUMENT_LIMIT + 1)), "several messages"),
    ],
)
def test_what_osc_cannot_carry_is_refused_with_a_remedy(message: OscMessage, remedy: str) -> None:
    with pytest.raises(OscError, match=remedy):
        encode(message)


def test_an_argument_of_a_foreign_type_is_refused() -> None:
    with pytest.raises(OscError, match="no type"):
        encode(OscMessage("/x", ([1],)))  # pyright: ignore[reportArgumentType]


def test_bundles_inside_bundles_end_at_the_limit_both_ways() -> None:
    packet: OscPacket = OscMessage("/x")
    for _ in range(DEPTH_LIMIT):
        packet = OscBundle(IMMEDIATELY, (packet,))
    data = encode(packet)
    assert decode(data) == packet
    with pytest.raises(OscError, match="deep"):
        encode(OscBundle(IMMEDIATELY, (packet,)))
    deeper = b"#bundle\0" + bytes(7) + b"\1" + len(data).to_bytes(4) + data
    with pytest.raises(OscError, match="inside each other"):
        decode(deeper)


def test_a_pattern_is_an_address_too() -> None:
    check_address("/cue/{12,13}/[a-f]*/?")


def test_infinity_and_not_a_number_travel_as_floats() -> None:
    message = decode(encode(OscMessage("/x", (math.inf, -math.inf, math.nan))))
    assert isinstance(message, OscMessage)
    assert message.args[:2] == (math.inf, -math.inf)
    assert str(message.args[2]) == "nan"
