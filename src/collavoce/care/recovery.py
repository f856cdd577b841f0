"""The recovery code as a person writes it down: 128 bits and a check, in seven groups of four.

    raw 16 bytes + 12 bits of their SHA-256 -> 28 characters -> "K7QX-0M4D-..."

The alphabet is Crockford's base 32: no I, L, O, U; read back, O is 0, I and L are 1, and case,
spaces and hyphens do not count. The check finds a slip of the pen (all but 1 in 4096) without
asking anybody whether the code is right.
"""

from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RAW_BYTES = 16
CHECK_BITS = 12
CHARACTERS = 28
GROUP = 4

_READ_AS = str.maketrans("OIL", "011", "- \t")


def written(raw: bytes) -> str:
    """The code of `raw` [16 bytes], in groups."""
    assert len(raw) == RAW_BYTES
    number = int.from_bytes(raw, "big") << CHECK_BITS | _check(raw)
    plain = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(CHARACTERS)))
    return "-".join(plain[at : at + GROUP] for at in range(0, CHARACTERS, GROUP))


def normal(text: str) -> str:
    """`text` as everybody would type it; what is none of a code is left as it is."""
    return text.strip().upper().translate(_READ_AS)


def is_whole(text: str) -> bool:
    """Whether `text` can be a code at all: its length, its letters, its check."""
    plain = normal(text)
    if len(plain) != CHARACTERS or not set(plain) <= set(ALPHABET):
        return False
    number = 0
    for character in plain:
        number = number << 5 | ALPHABET.index(character)
    raw = (number >> CHECK_BITS).to_bytes(RAW_BYTES, "big")
    return number & (1 << CHECK_BITS) - 1 == _check(raw)


def _check(raw: bytes) -> int:
    return int.from_bytes(sha256(raw).digest()[:2], "big") >> 16 - CHECK_BITS
