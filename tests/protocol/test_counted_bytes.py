"""OSC 1.0 on a stream, packets behind their lengths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.wire.counted import FIRST, PACKET_LIMIT, CountedError, CountedStream, counted
from collavoce.wire.slip import frame

PACKETS = st.lists(st.binary(min_size=1, max_size=64).map(lambda b: b + bytes(-len(b) % 4)))


def test_a_packet_stands_behind_its_length() -> None:
    assert counted(b"/a\0\0,\0\0\0") == b"\0\0\0\x08/a\0\0,\0\0\0"


@given(PACKETS, st.integers(1, 7))
def test_whatever_pieces_a_stream_comes_in_its_packets_are_the_same(
    packets: list[bytes], piece: int
) -> None:
    data = b"".join(counted(packet) for packet in packets)
    stream = CountedStream()
    cut = [one for at in range(0, len(data), piece) for one in stream.feed(data[at : at + piece])]
    assert cut == packets


@pytest.mark.parametrize(
    "head",
    [b"\0\0\0\0", b"\0\0\0\3", b"\xff\xff\xff\xff", (PACKET_LIMIT + 1).to_bytes(4), b"/abc"],
)
def test_a_length_that_no_packet_has_is_refused_before_anything_is_kept(head: bytes) -> None:
    with pytest.raises(CountedError):
        CountedStream().feed(head)


@given(st.binary(min_size=1, max_size=2000))
def test_no_stream_framed_by_slip_is_taken_for_one_of_lengths(packet: bytes) -> None:
    assert not frame(packet).startswith(FIRST)
    assert counted(packet).startswith(FIRST)
