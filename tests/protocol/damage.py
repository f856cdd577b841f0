"""Packets as a bad network, or somebody who tries, may make them."""

from random import Random


def damaged(good: list[bytes], chance: Random) -> bytes:
    """A good packet with some bytes changed, cut, repeated or added."""
    data = bytearray(chance.choice(good))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.choice((0, 1, 0x2F, 0x7F, 0xFF, 4, 0x2C))])
            case 1:
                data[at : at + 4] = chance.randbytes(4)
            case 2:
                data[at:at] = data[at : at + 4 * chance.randrange(1, 8)]
            case _:
                del data[at : at + chance.choice((1, 4, 8))]
    return bytes(data)
