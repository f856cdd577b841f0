"""Laws of the E1.31 codec, with the PyPI library `sacn` as its oracle both ways."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st
from sacn.messages.data_packet import DataPacket as ForeignPacket  # pyright: ignore[reportMissingTypeStubs]

from collavoce.wire.sacn import DataPacket, SacnError, UniversePacket, decode, encode

names = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=63).filter(
    lambda name: len(name.encode()) <= 63
)
packets = st.builds(
    DataPacket,
    cid=st.binary(min_size=16, max_size=16),
    source=names,
    universe=st.integers(1, 63_999),
    levels=st.binary(max_size=512),
    sequence=st.integers(0, 255),
    priority=st.integers(0, 200),
    sync_address=st.integers(0, 63_999),
    preview=st.booleans(),
    terminated=st.booleans(),
    force_sync=st.booleans(),
    start_code=st.integers(0, 255),
)
full_packets = packets.map(
    lambda p: DataPacket(
        p.cid,
        p.source,
        p.universe,
        p.levels.ljust(512, b"\0"),
        p.sequence,
        p.priority,
        p.sync_address,
        p.preview,
        p.terminated,
        p.force_sync,
        p.start_code,
    )
)


def foreign(packet: DataPacket) -> ForeignPacket:
    return ForeignPacket(
        tuple(packet.cid),
        packet.source,
        packet.universe,
        tuple(packet.levels),
        packet.priority,
        packet.sequence,
        packet.terminated,
        packet.preview,
        packet.force_sync,
        packet.sync_address,
        packet.start_code,
    )


def read_or_refuse(data: bytes) -> DataPacket | SacnError:
    try:
        return decode(data)
    except SacnError as error:
        return error


@given(packets)
def test_what_is_encoded_is_decoded_to_the_same(packet: DataPacket) -> None:
    assert decode(encode(packet)) == packet


@given(full_packets)
def test_the_foreign_library_writes_the_same_bytes(packet: DataPacket) -> None:
    assert encode(packet) == bytes(foreign(packet).getBytes())


@given(full_packets)
def test_the_foreign_library_reads_what_we_write(packet: DataPacket) -> None:
    read = ForeignPacket.make_data_packet(tuple(encode(packet)))
    assert read == foreign(packet)


@given(full_packets)
def test_we_read_what_the_foreign_library_writes(packet: DataPacket) -> None:
    assert decode(bytes(foreign(packet).getBytes())) == packet


@given(
    st.integers(1, 63_999),
    st.integers(0, 200),
    st.lists(st.tuples(st.integers(1, 512), st.integers(0, 255)), max_size=20),
)
def test_the_fast_path_writes_what_the_slow_path_writes(
    universe: int, priority: int, changes: list[tuple[int, int]]
) -> None:
    fast = UniversePacket(bytes(16), "x", universe, priority)
    levels = bytearray(512)
    for sequence, (address, level) in enumerate(changes):
        fast.set(address, level)
        levels[address - 1] = level
        slow = DataPacket(
            bytes(16), "x", universe, bytes(levels), sequence=sequence, priority=priority
        )
        assert bytes(fast.count()) == encode(slow)


@given(st.binary(max_size=700))
def test_no_bytes_raise_anything_but_a_sacn_error(data: bytes) -> None:
    with contextlib.suppress(SacnError):
        decode(data)


@given(packets, st.data())
def test_a_damaged_packet_is_refused_or_is_another_valid_packet(
    packet: DataPacket, draw: st.DataObject
) -> None:
    data = bytearray(encode(packet))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    read = read_or_refuse(bytes(data))
    if isinstance(read, SacnError):
        assert read.at is not None
    else:
        assert decode(encode(read)) == read
        assert 1 <= read.universe <= 63_999
        assert read.priority <= 200
