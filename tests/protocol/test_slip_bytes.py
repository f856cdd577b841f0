"""SLIP framing (RFC 1055), whatever pieces a stream arrives in."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.wire.slip import DATAGRAM_LIMIT, SlipError, SlipStream, frame


def test_end_and_escape_are_escaped() -> None:
    assert frame(bytes.fromhex("01 c0 02 db 03")).hex(" ") == "c0 01 db dc 02 db dd 03 c0"


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=6), st.lists(st.integers(0, 400)))
def test_what_is_framed_comes_out_however_it_is_cut(
    datagrams: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(map(frame, datagrams))
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    reader = SlipStream()
    pieces = [stream[a:b] for a, b in pairwise(edges)]
    assert [whole for piece in pieces for whole in reader.feed(piece)] == datagrams


def test_a_datagram_framed_at_its_end_only_is_read_too() -> None:
    assert SlipStream().feed(b"ab\xc0cd\xc0") == [b"ab", b"cd"]


def test_an_escape_that_means_nothing_is_an_error_with_its_place() -> None:
    with pytest.raises(SlipError, match=r"before 41.*\(byte 2\)"):
        SlipStream().feed(b"\xc0\xdbA")


def test_a_stream_without_end_takes_no_memory() -> None:
    reader = SlipStream()
    reader.feed(b"a" * DATAGRAM_LIMIT)
    with pytest.raises(SlipError, match="more than"):
        reader.feed(b"a")
