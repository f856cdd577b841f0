"""ANSI E1.31-2018 to the byte, clause by clause."""

from dataclasses import dataclass

import msgspec
import pytest

from collavoce.wire.sacn import (
    DataPacket,
    SacnError,
    UniversePacket,
    decode,
    encode,
    multicast_group,
)

CID = bytes(range(16))
PACKET = DataPacket(
    CID, "Collavoce", 7_962, bytes([255, 128, 0]), sequence=17, priority=120, sync_address=7_962
)


@dataclass(frozen=True)
class Field:
    clause: str
    at: int
    bytes: str


FIELDS = [
    Field("5.1 preamble size", 0, "00 10"),
    Field("5.2 postamble size", 2, "00 00"),
    Field("5.3 ACN packet identifier", 4, "41 53 43 2d 45 31 2e 31 37 00 00 00"),
    Field("5.4 root flags and length: 7, and 129 - 16", 16, "70 71"),
    Field("5.5 VECTOR_ROOT_E131_DATA", 18, "00 00 00 04"),
    Field("5.6 CID", 22, "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"),
    Field("6.1 framing flags and length: 129 - 38", 38, "70 5b"),
    Field("6.2.1 VECTOR_E131_DATA_PACKET", 40, "00 00 00 02"),
    Field("6.2.2 source name", 44, "43 6f 6c 6c 61 76 6f 63 65" + " 00" * 55),
    Field("6.2.3 priority", 108, "78"),
    Field("6.2.4 synchronization address", 109, "1f 1a"),
    Field("6.2.5 sequence number", 111, "11"),
    Field("6.2.6 options", 112, "00"),
    Field("6.2.7 universe", 113, "1f 1a"),
    Field("7.1 DMP flags and length: 129 - 115", 115, "70 0e"),
    Field("7.2 VECTOR_DMP_SET_PROPERTY", 117, "02"),
    Field("7.3 address type and data type", 118, "a1"),
    Field("7.4 first property address", 119, "00 00"),
    Field("7.5 address increment", 121, "00 01"),
    Field("7.6 property value count: start code and 3 levels", 123, "00 04"),
    Field("7.7 start code and levels", 125, "00 ff 80 00"),
]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.clause)
def test_every_field_lies_where_its_clause_says(field: Field) -> None:
    wanted = bytes.fromhex(field.bytes)
    assert encode(PACKET)[field.at : field.at + len(wanted)] == wanted


def test_the_fields_are_the_whole_packet() -> None:
    whole = b"".join(bytes.fromhex(field.bytes) for field in FIELDS)
    assert encode(PACKET) == whole
    assert decode(whole) == PACKET


@pytest.mark.parametrize(
    ("option", "bit"), [("preview", 0x80), ("terminated", 0x40), ("force_sync", 0x20)]
)
def test_an_option_is_its_bit(option: str, bit: int) -> None:
    packet = msgspec.structs.replace(PACKET, **{option: True})
    data = encode(packet)
    assert data[112] == bit
    assert decode(data) == packet


def test_a_full_universe_has_638_bytes() -> None:
    data = encode(DataPacket(CID, "x", 1, bytes(512)))
    assert len(data) == 638
    assert (data[16:18], data[38:40], data[115:117]) == (b"\x72\x6e", b"\x72\x58", b"\x72\x0b")


def test_reserved_option_bits_are_passed_over() -> None:
    data = bytearray(encode(PACKET))
    data[112] = 0x1F
    assert decode(bytes(data)) == PACKET


def test_what_stands_after_the_names_end_is_passed_over() -> None:
    data = bytearray(encode(PACKET))
    data[60:108] = b"\xff" * 48
    assert decode(bytes(data)).source == "Collavoce"


@pytest.mark.parametrize(
    ("universe", "group"),
    [(1, "239.255.0.1"), (256, "239.255.1.0"), (63_999, "239.255.249.255")],
)
def test_a_universe_has_its_multicast_group(universe: int, group: str) -> None:
    assert multicast_group(universe) == group


@pytest.mark.parametrize(
    ("at", "bytes_there", "why"),
    [
        (0, "00 11", "5.3"),
        (4, "42", "5.3"),
        (16, "70 72", "layer's length"),
        (16, "60 71", "layer's length"),
        (18, "00 00 00 08", "5.5"),
        (38, "70 5a", "layer's length"),
        (40, "00 00 00 01", "6.2.1"),
        (44, "ff", "6.2.2"),
        (108, "c9", "6.2.3"),
        (109, "fa 00", "6.2.4"),
        (113, "00 00", "6.2.7"),
        (113, "fa 00", "6.2.7"),
        (115, "70 0f", "layer's length"),
        (117, "03", "7.2"),
        (118, "a2", "7.2"),
        (119, "00 01", "7.2"),
        (121, "00 02", "7.2"),
        (123, "00 05", "7.6"),
        (123, "00 03", "7.6"),
    ],
)
def test_a_field_that_breaks_its_clause_is_refused_with_its_place(
    at: int, bytes_there: str, why: str
) -> None:
    data = bytearray(encode(PACKET))
    wrong = bytes.fromhex(bytes_there)
    data[at : at + len(wrong)] = wrong
    with pytest.raises(SacnError, match=why) as refusal:
        decode(bytes(data))
    assert refusal.value.at is not None
    assert refusal.value.at <= at < refusal.value.at + 16


@pytest.mark.parametrize("size", [0, 1, 125, 639, 2000])
def test_a_packet_of_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(SacnError, match="bytes"):
        decode(encode(PACKET)[:1] * size)


def test_a_name_without_its_end_is_refused() -> None:
    data = bytearray(encode(PACKET))
    data[44:108] = b"x" * 64
    with pytest.raises(SacnError, match="does not end"):
        decode(bytes(data))


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"universe": 0}, "1..63999"),
        ({"universe": 64_000}, "1..63999"),
        ({"priority": 201}, "0..200"),
        ({"sync_address": 64_000}, "0..63999"),
        ({"sequence": 256}, "0..255"),
        ({"start_code": -1}, "0..255"),
        ({"levels": bytes(513)}, "next universe"),
        ({"cid": b"short"}, "16 bytes"),
        ({"source": "é" * 32}, "63 bytes"),
        ({"source": "a\0b"}, "63 bytes"),
    ],
)
def test_what_e131_does_not_allow_is_refused_with_a_remedy(
    change: dict[str, object], remedy: str
) -> None:
    with pytest.raises(SacnError, match=remedy):
        encode(msgspec.structs.replace(PACKET, **change))


def test_a_universe_laid_out_once_is_the_same_bytes_as_one_built_anew() -> None:
    universe = UniversePacket(CID, "Collavoce", 3, priority=90)
    assert universe.set(1, 255)
    assert universe.set(512, 7)
    assert not universe.set(512, 7)
    levels = bytes([255]) + bytes(510) + bytes([7])
    for sequence in (0, 1):
        packet = DataPacket(CID, "Collavoce", 3, levels, sequence=sequence, priority=90)
        assert bytes(universe.count()) == encode(packet)


def test_sequence_numbers_begin_again_after_255() -> None:
    universe = UniversePacket(CID, "Collavoce", 3)
    sequences = [universe.count()[111] for _ in range(258)]
    assert sequences == [*range(256), 0, 1]


def test_a_terminated_universe_says_so_from_there_on() -> None:
    universe = UniversePacket(CID, "Collavoce", 3)
    universe.terminate()
    assert decode(bytes(universe.count())).terminated
    assert decode(bytes(universe.count())).terminated
