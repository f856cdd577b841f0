"""Damaged and invented packets by the hundred thousand: none moves the show, none breaks the judge.

`COLLAVOCE_FUZZ=10000000 pytest tests/protocol/test_gateway_fuzz.py` for a longer night; the seed is
fixed, so that a failure comes again.
"""

import os
from random import Random

import pytest
from tests.protocol.damage import damaged
from tests.unit.gateway.little_house import DESK, KEY, STRANGER, bare, commands, judge, keyed

from collavoce.runtime.gateway.rulings import Refusal
from collavoce.wire.osc import IMMEDIATELY, OscBundle, OscMessage, encode

PACKETS = int(os.environ.get("COLLAVOCE_FUZZ", "100000"))
SEED = 20_261_121
UNLIMITED = pytest.mark.timeout(0 if PACKETS > 100_000 else 120)

GOOD_BARE = [
    bare("/collavoce/go"),
    bare("/collavoce/goto", "12.5"),
    bare("/collavoce/follow", 1),
    bare("/qlab/1", 1.0),
    bare("/button/1", 1.0, b"blob", None),
    encode(OscBundle(IMMEDIATELY, (OscMessage("/collavoce/go"), OscMessage("/both", (1,))))),
]
GOOD_MIDI = [
    b"\x90\x3c\x40",
    b"\xb0\x40\x7f",
    b"\xc1\x05",
    b"\xf0\x7f\x7f\x02\x01\x01\x31\x32\xf7",
    b"\xf0\x7f\x7f\x06\x02\xf7",
]


def damaged_or_noise(good: list[bytes], chance: Random) -> bytes:
    """A good packet, damaged, or mere noise."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(200))
    return damaged(good, chance)


@UNLIMITED
def test_a_damaged_keyed_packet_is_never_done() -> None:
    chance, one = Random(SEED), judge()
    good = [keyed(n, address) for n, address in enumerate(("/collavoce/go", "/qlab/1"), start=1)]
    refused = dict.fromkeys(Refusal, 0)
    for number in range(PACKETS):
        data = damaged_or_noise(good, chance)
        if data in good:
            continue
        rulings = one.osc(STRANGER, data, number * 0.001)
        assert commands(rulings) == [], data.hex()
        for ruling in rulings:
            assert ruling.answer is None, data.hex()
            assert ruling.refused is not None, data.hex()
            refused[ruling.refused] += 1
    # Most must have come as far as the proof, or this test looks at nothing.
    assert refused[Refusal.FORGED] > PACKETS // 20
    assert commands(one.osc(STRANGER, keyed(1), PACKETS * 0.001)) != []


@UNLIMITED
def test_a_stranger_moves_nothing_with_any_packet() -> None:
    chance, one = Random(SEED), judge()
    for number in range(PACKETS):
        data = damaged_or_noise(GOOD_BARE, chance) if number % 7 else chance.choice(GOOD_BARE)
        rulings = one.osc(STRANGER, data, number * 0.001)
        assert commands(rulings) == [], data.hex()
        assert all(r.wish is None and r.answer is None for r in rulings), data.hex()


@UNLIMITED
def test_an_allowed_source_that_talks_nonsense_is_refused_or_understood_and_nothing_breaks() -> (
    None
):
    chance, one = Random(SEED), judge()
    understood = 0
    for number in range(PACKETS):
        rulings = one.osc(DESK, damaged_or_noise(GOOD_BARE, chance), number * 0.01)
        assert 0 < len(rulings) <= 16
        understood += bool(commands(rulings))
    assert 0 < understood < PACKETS


@UNLIMITED
def test_a_damaged_packet_sealed_with_the_key_is_refused_or_understood() -> None:
    """Whoever holds a key may be broken too."""
    from collavoce.wire.keyed import Keyed, write_keyed

    chance, one = Random(SEED), judge()
    answered = 0
    for count in range(1, PACKETS // 10):
        inner = damaged_or_noise(GOOD_BARE, chance)[:1024]
        data = write_keyed(KEY, Keyed("wings", bytes(range(16, 24)), count, inner))
        (ruling,) = one.osc(DESK, data, count * 0.001)
        assert ruling.refused is not Refusal.FORGED
        answered += ruling.answer is not None or bool(ruling.orders)
    assert answered == PACKETS // 10 - 1, "each is answered, now or by the engine"


@UNLIMITED
def test_noise_on_a_midi_cable_breaks_nothing() -> None:
    chance, one = Random(SEED), judge()
    ruled = 0
    for number in range(PACKETS):
        ruling = one.midi("Foot Pedal", damaged_or_noise(GOOD_MIDI, chance), number * 0.1)
        ruled += ruling is not None and bool(ruling.orders)
    assert 0 < ruled < PACKETS
