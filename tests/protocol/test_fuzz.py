"""Damaged packets by the hundred thousand: each is read or refused, none breaks the reader.

`COLLAVOCE_FUZZ=10000000 pytest tests/protocol/test_fuzz.py` for a longer night; the seed is fixed,
so that a failure comes again.
"""

import os
from collections.abc import Callable
from random import Random

import pytest
from tests.protocol.damage import damaged

from collavoce.wire.errors import WireError
from collavoce.wire.midi import MidiStream
from collavoce.wire.osc import IMMEDIATELY, Float64, Int64, OscBundle, OscMessage
from collavoce.wire.osc import decode as decode_osc
from collavoce.wire.osc import encode as encode_osc
from collavoce.wire.sacn import DataPacket
from collavoce.wire.sacn import decode as decode_sacn
from collavoce.wire.sacn import encode as encode_sacn

PACKETS = int(os.environ.get("COLLAVOCE_FUZZ", "100000"))
SEED = 20_261

MESSAGE = OscMessage("/a/b", (1, 0.5, "words", b"blob!", True, None, Int64(2), Float64(0.1)))
GOOD_OSC = [
    encode_osc(MESSAGE),
    encode_osc(OscBundle(IMMEDIATELY, (MESSAGE, OscBundle(IMMEDIATELY, (MESSAGE,))))),
]
GOOD_SACN = [
    encode_sacn(DataPacket(bytes(16), "name", 1, bytes(slots), terminated=slots == 1))
    for slots in (0, 1, 512)
]


@pytest.mark.parametrize(
    ("good", "decode"), [(GOOD_OSC, decode_osc), (GOOD_SACN, decode_sacn)], ids=["osc", "sacn"]
)
@pytest.mark.timeout(0 if PACKETS > 100_000 else 120)
def test_damaged_packets_are_read_or_refused(
    good: list[bytes], decode: Callable[[bytes], object]
) -> None:
    chance = Random(SEED)
    refused = 0
    for number in range(PACKETS):
        data = damaged(good, chance)
        try:
            decode(data)
        except WireError as error:
            refused += 1
            place = error.at
        except Exception:  # noqa: BLE001  whatever it is, the packet must be told
            pytest.fail(f"packet {number}: {data.hex()}")
        else:
            place = 0
        assert place is not None
        assert 0 <= place <= len(data)
    assert 0 < refused < PACKETS


def test_a_cable_full_of_noise_never_breaks_the_stream() -> None:
    chance = Random(SEED)
    stream = MidiStream()
    for _ in range(PACKETS // 100):
        for message in stream.feed(chance.randbytes(100)):
            assert message[0] >= 0x80
            assert all(byte < 0x80 for byte in message[1:-1])
    assert stream.feed(b"\xf8\x90\x3c\x40")[-1] == b"\x90\x3c\x40"
