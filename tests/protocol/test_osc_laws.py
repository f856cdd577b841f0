"""Laws of the OSC codec: what goes in comes out, and no bytes whatever break the reader."""

import contextlib
import string
import struct

from hypothesis import given
from hypothesis import strategies as st

from collavoce.wire.osc import (
    Float64,
    Int64,
    OscBundle,
    OscError,
    OscMessage,
    TimeTag,
    decode,
    encode,
)
from collavoce.wire.osc.types import Infinitum, OscArg, OscPacket

addresses = st.text(alphabet=string.ascii_letters + string.digits + "/_-*?[]{},", max_size=40).map(
    lambda rest: "/" + rest
)
words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
arguments: st.SearchStrategy[OscArg] = st.one_of(
    st.integers(-(2**31), 2**31 - 1),
    st.integers(-(2**63), 2**63 - 1).map(Int64),
    st.floats(width=32, allow_nan=False),
    st.floats(allow_nan=False).map(Float64),
    st.integers(0, 2**64 - 1).map(TimeTag),
    words,
    st.binary(max_size=40),
    st.booleans(),
    st.none(),
    st.just(Infinitum.INFINITUM),
)
messages = st.builds(OscMessage, addresses, st.lists(arguments, max_size=12).map(tuple))
packets: st.SearchStrategy[OscPacket] = st.recursive(
    messages,
    lambda inner: st.builds(
        OscBundle,
        st.integers(0, 2**64 - 1).map(TimeTag),
        st.lists(inner, max_size=4).map(tuple),
    ),
    max_leaves=6,
)


def types_of(packet: OscPacket) -> list[object]:
    if isinstance(packet, OscMessage):
        return [type(arg) for arg in packet.args]
    return [types_of(element) for element in packet.elements]


def read_or_refuse(data: bytes) -> OscPacket | OscError:
    try:
        return decode(data)
    except OscError as error:
        return error


@given(packets)
def test_what_is_encoded_is_decoded_to_the_same(packet: OscPacket) -> None:
    data = encode(packet)
    assert len(data) % 4 == 0
    back = decode(data)
    assert back == packet
    assert types_of(back) == types_of(packet)
    assert encode(back) == data


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_osc_error(data: bytes) -> None:
    with contextlib.suppress(OscError):
        decode(data)


@given(packets, st.data())
def test_a_damaged_packet_raises_nothing_but_an_osc_error(
    packet: OscPacket, draw: st.DataObject
) -> None:
    data = bytearray(encode(packet))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    for damaged in (bytes(data), bytes(data[:cut])):
        read = read_or_refuse(damaged)
        if isinstance(read, OscError):
            assert read.at is not None
            assert 0 <= read.at <= len(damaged)
        else:
            # What is believed is what was there: nothing was guessed. A NaN may change its bits.
            assert len(encode(read)) == len(damaged)


@given(st.text(alphabet="ifhdtTFNIsb,Qx\0", max_size=12), st.binary(max_size=60))
def test_any_tags_before_any_arguments_are_read_or_refused(tags: str, rest: bytes) -> None:
    head = b"/x\0\0," + tags.encode() + b"\0"
    data = head + bytes(-len(head) % 4) + rest + bytes(-len(rest) % 4)
    with contextlib.suppress(OscError):
        decode(data)


@given(st.integers(0, 2**32 - 1))
def test_an_element_of_any_announced_size_is_read_or_refused(size: int) -> None:
    read = read_or_refuse(b"#bundle\0" + bytes(8) + struct.pack(">I", size) + b"/x\0\0,\0\0\0")
    assert isinstance(read, OscBundle) == (size == 8)
