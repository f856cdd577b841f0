"""Damaged and invented datagrams by the hundred thousand: none presses, none breaks the reader."""

import os
from random import Random

import pytest
from tests.protocol.damage import damaged

from collavoce.wire.button import (
    ButtonError,
    Kind,
    Lamp,
    Said,
    Told,
    button_id,
    read_said,
    read_told,
    write_said,
    write_told,
)

DATAGRAMS = int(os.environ.get("COLLAVOCE_FUZZ", "100000"))
SEED = 20_262
KEY = bytes(range(32))
ID = button_id(bytes(16))
SAID = [write_said(KEY, Said(ID, count, kind)) for kind in Kind for count in (1, 77)]
TOLD = [write_told(KEY, Told(ID, 1, lamp, 1, bytes(8))) for lamp in Lamp]


def invented(chance: Random) -> bytes:
    """A damaged datagram; one in four keeps its form and has only its last 60 bytes changed."""
    if chance.randrange(4):
        return damaged(SAID + TOLD, chance)
    data = bytearray(chance.choice(SAID + TOLD))
    for _ in range(chance.randrange(1, 9)):
        data[-chance.randrange(1, 61)] = chance.randrange(256)
    return bytes(data)


@pytest.mark.timeout(0 if DATAGRAMS > 100_000 else 120)
def test_nothing_but_what_the_key_sealed_is_read() -> None:
    chance = Random(SEED)
    refused = 0
    for number in range(DATAGRAMS):
        data = invented(chance)
        for read, whole in ((read_said, SAID), (read_told, TOLD)):
            try:
                read(KEY, data)
            except ButtonError:
                refused += 1
            except Exception:  # noqa: BLE001  whatever it is, the datagram must be told
                pytest.fail(f"datagram {number}: {data.hex()}")
            else:
                assert data in whole, f"datagram {number} passed: {data.hex()}"
    assert refused > 1.9 * DATAGRAMS
