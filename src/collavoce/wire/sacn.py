"""Streaming ACN, ANSI E1.31-2018: the data packet, both ways.

Three layers lie inside each other, each with its own length and vector (Table 4-1):

    0    root     preamble, "ASC-E1.17", length, vector 4, who sends (CID)
    38   framing  length, vector 2, name, priority, sync address, sequence, options, universe
    115  DMP      length, vector 2, addressing, count, start code, up to 512 levels

A source writes the same 638 bytes 44 times a second and changes a few of them, so `UniversePacket`
lays them out once; `decode` checks every field that the standard fixes.
"""

import struct
from dataclasses import dataclass
from typing import Final

import msgspec

from collavoce.wire.errors import WireError
from collavoce.words import say

PORT: Final = 5568
"""ACN_SDT_MULTICAST_PORT, E1.31 Appendix A."""

SLOTS: Final = 512
"""Levels in a universe."""

HIGHEST_UNIVERSE: Final = 63_999
"""6.2.7: data travels in 1..63999."""

HIGHEST_PRIORITY: Final = 200
"""6.2.3: 0..200, 100 unless somebody chose otherwise."""

NAME_LIMIT: Final = 63
"""Bytes of the source's name in UTF-8, its final NUL not counted (6.2.2)."""

CID_SIZE: Final = 16
"""Bytes of a source's identifier (5.6)."""

LEVELS_AT: Final = 126
"""Where the level of address 1 lies."""

_BYTE = range(256)
_SEQUENCE_AT = 111
_OPTIONS_AT = 112
_PACKET_SIZE = LEVELS_AT + SLOTS
_FRAMING_AT = 38
_DMP_AT = 115
_COUNT_AT = 123
_START_CODE_AT = 125

_ROOT_START = b"\x00\x10\x00\x00ASC-E1.17\x00\x00\x00"
"""Preamble size 16, postamble size 0, ACN packet identifier (5.1 to 5.3)."""

_DMP_FIXED = b"\x02\xa1\x00\x00\x00\x01"
"""Vector Set Property, address and data type, first address 0, increment 1 (7.2 to 7.5)."""

_PREVIEW, _TERMINATED, _FORCE_SYNC = 0x80, 0x40, 0x20
"""Options, 6.2.6."""


class SacnError(WireError):
    """A field that E1.31 does not allow, or bytes that are no E1.31 data packet."""


class DataPacket(msgspec.Struct, frozen=True, gc=False):
    """One E1.31 data packet.

    cid : 16 bytes, the same for a source as long as it lives.
    levels : 0..512 bytes, address 1 first. start_code 0 means levels, others something else.
    sync_address : universe whose sync packet releases this one; 0 takes effect at once.
    terminated : the source leaves this universe; `levels` then mean nothing (6.2.6).
    """

    cid: bytes
    source: str
    universe: int
    levels: bytes
    sequence: int = 0
    priority: int = 100
    sync_address: int = 0
    preview: bool = False
    terminated: bool = False
    force_sync: bool = False
    start_code: int = 0


def multicast_group(universe: int) -> str:
    """The IPv4 group of `universe`: 239.255 and its two bytes (9.3.1)."""
    return f"239.255.{universe >> 8}.{universe & 0xFF}"


def encode(packet: DataPacket) -> bytes:
    """The bytes of `packet`; raises SacnError with the remedy."""
    name = _checked_name(packet)
    levels = packet.levels
    options = (
        _PREVIEW * packet.preview
        | _TERMINATED * packet.terminated
        | _FORCE_SYNC * packet.force_sync
    )
    size = LEVELS_AT + len(levels)
    return b"".join(
        (
            _ROOT_START,
            _flags_and_length(size - 16),
            b"\0\0\0\x04",
            packet.cid,
            _flags_and_length(size - _FRAMING_AT),
            b"\0\0\0\x02",
            name.ljust(64, b"\0"),
            struct.pack(
                ">BHBBH",
                packet.priority,
                packet.sync_address,
                packet.sequence,
                options,
                packet.universe,
            ),
            _flags_and_length(size - _DMP_AT),
            _DMP_FIXED,
            (len(levels) + 1).to_bytes(2),
            packet.start_code.to_bytes(),
            levels,
        )
    )


def _flags_and_length(length: int) -> bytes:
    """5.4: the high nibble is always 7."""
    return (0x7000 | length).to_bytes(2)


def _checked_name(packet: DataPacket) -> bytes:
    for allowed, key in (
        (1 <= packet.universe <= HIGHEST_UNIVERSE, "rig.sacn.universe"),
        (0 <= packet.priority <= HIGHEST_PRIORITY, "rig.sacn.priority"),
        (0 <= packet.sync_address <= HIGHEST_UNIVERSE, "rig.sacn.sync"),
        (packet.sequence in _BYTE and packet.start_code in _BYTE, "rig.sacn.byte"),
        (len(packet.levels) <= SLOTS, "rig.sacn.levels"),
        (len(packet.cid) == CID_SIZE, "rig.sacn.cid"),
    ):
        if not allowed:
            raise SacnError(say(key, packet=packet))
    name = packet.source.encode()
    if len(name) > NAME_LIMIT or b"\0" in name:
        raise SacnError(say("rig.sacn.name", name=packet.source, limit=NAME_LIMIT))
    return name


@dataclass(slots=True, init=False)
class UniversePacket:
    """The 638 bytes of one universe, laid out once and changed in place.

    data : bytearray [638]; whoever keeps it beyond the next change takes a copy.
    """

    universe: int
    data: bytearray

    def __init__(self, cid: bytes, source: str, universe: int, priority: int = 100) -> None:
        self.universe = universe
        self.data = bytearray(
            encode(DataPacket(cid, source, universe, bytes(SLOTS), priority=priority))
        )
        # So that the first packet carries sequence number 0.
        self.data[_SEQUENCE_AT] = 255

    def set(self, address: int, level: int) -> bool:
        """Put `level` 0..255 at `address` 1..512; True if it was another."""
        at = LEVELS_AT - 1 + address
        if self.data[at] == level:
            return False
        self.data[at] = level
        return True

    def count(self) -> bytearray:
        """The packet with its next sequence number (6.2.5)."""
        self.data[_SEQUENCE_AT] = (self.data[_SEQUENCE_AT] + 1) & 0xFF
        return self.data

    def preview(self) -> bytes:
        """A copy as it stands, marked as meant for a visualiser and for no lamp (6.2.6)."""
        copy = bytearray(self.data)
        copy[_OPTIONS_AT] |= _PREVIEW
        return bytes(copy)

    def terminate(self) -> None:
        """Mark every packet from here on as the stream's end (6.2.6)."""
        self.data[_OPTIONS_AT] |= _TERMINATED


def decode(data: bytes) -> DataPacket:
    """The packet that `data` is; raises SacnError saying which byte is wrong, and nothing else."""
    _check_layers(data)
    priority, sync_address, sequence, options, universe = struct.unpack_from(">BHBBH", data, 108)
    if priority > HIGHEST_PRIORITY:
        raise SacnError(f"priority {priority} is above {HIGHEST_PRIORITY} (6.2.3)", 108)
    if sync_address > HIGHEST_UNIVERSE:
        raise SacnError(f"synchronization address {sync_address} (6.2.4)", 109)
    if not 1 <= universe <= HIGHEST_UNIVERSE:
        raise SacnError(f"universe {universe} carries no data (6.2.7)", 113)
    return DataPacket(
        data[22:38],
        _name(data[44:108]),
        universe,
        data[LEVELS_AT:],
        sequence,
        priority,
        sync_address,
        options & _PREVIEW != 0,
        options & _TERMINATED != 0,
        options & _FORCE_SYNC != 0,
        data[_START_CODE_AT],
    )


def _check_layers(data: bytes) -> None:
    """What the standard fixes: identifiers, lengths, vectors."""
    size = len(data)
    if not LEVELS_AT <= size <= _PACKET_SIZE:
        raise SacnError(f"{size} bytes; a data packet has {LEVELS_AT}..{_PACKET_SIZE}", size)
    if not data.startswith(_ROOT_START):
        raise SacnError("no ACN packet identifier (5.3)", 0)
    if data[18:22] != b"\0\0\0\x04":
        raise SacnError(f"root vector {data[18:22].hex()} is not VECTOR_ROOT_E131_DATA (5.5)", 18)
    if data[40:44] != b"\0\0\0\x02":
        raise SacnError(f"framing vector {data[40:44].hex()} is no data packet (6.2.1)", 40)
    if data[_DMP_AT + 2 : _COUNT_AT] != _DMP_FIXED:
        raise SacnError("the DMP layer does not set a row of properties (7.2 to 7.5)", 117)
    for at in (16, _FRAMING_AT, _DMP_AT):
        if data[at : at + 2] != _flags_and_length(size - at):
            raise SacnError(f"a layer's length is not the {size - at} bytes that came", at)
    count = int.from_bytes(data[_COUNT_AT:_START_CODE_AT])
    if count != size - _START_CODE_AT:
        raise SacnError(f"{count} property values announced, others came (7.6)", _COUNT_AT)


def _name(field: bytes) -> str:
    """6.2.2: UTF-8 up to the first NUL."""
    name, end, _ = field.partition(b"\0")
    if not end:
        raise SacnError("the source's name does not end (6.2.2)", 44)
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise SacnError("the source's name is not UTF-8 (6.2.2)", 44 + error.start) from None
