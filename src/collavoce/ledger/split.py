"""A secret in shares, of which any two restore it and one alone says nothing of it.

Shamir's scheme ("How to share a secret", CACM 22, 1979) byte by byte over GF(256), the field of
AES (FIPS 197, 4.2: x^8 + x^4 + x^3 + x + 1): a line through the secret at x = 0, its slope
random, a share is the line at its own x.

    share   x 1 byte, 1..255, then one byte for each byte of the secret
"""

import os
from collections.abc import Iterable

SHARES_MAX = 255
SHARES_NEEDED = 2
_POLYNOMIAL = 0x11B


class SplitError(ValueError):
    """These shares restore nothing."""


def split(secret: bytes, count: int) -> tuple[bytes, ...]:
    """`count` shares of `secret`, 2 to 255 of them, different each time."""
    assert SHARES_NEEDED <= count <= SHARES_MAX, count
    slope = os.urandom(len(secret))
    return tuple(_share(secret, slope, x) for x in range(1, count + 1))


def joined(shares: Iterable[bytes]) -> bytes:
    """The secret of which two shares are given; raises SplitError.

    Shares of two different secrets give bytes that are neither: whoever needs to know compares.
    """
    try:
        (one, other) = tuple(shares)
    except ValueError as error:
        raise SplitError("two shares are needed, no more and no fewer") from error
    if len(one) != len(other) or len(one) < 1 or not 0 != one[0] != other[0] != 0:
        raise SplitError("the same share twice, or none")
    # Lagrange at x = 0; minus is plus in this field.
    apart = _divided(1, one[0] ^ other[0])
    left, right = _times(other[0], apart), _times(one[0], apart)
    return bytes(
        _times(a, left) ^ _times(b, right) for a, b in zip(one[1:], other[1:], strict=True)
    )


def _share(secret: bytes, slope: bytes, x: int) -> bytes:
    return bytes((x, *(s ^ _times(m, x) for s, m in zip(secret, slope, strict=True))))


def _times(a: int, b: int) -> int:
    """The product in GF(256): shifts and additions, the same steps whatever the bytes."""
    product = 0
    for _ in range(8):
        product ^= a * (b & 1)
        a = a << 1 ^ _POLYNOMIAL * (a >> 7)
        b >>= 1
    return product


def _divided(a: int, b: int) -> int:
    """`a` over `b`, which is not 0: b^254 is its inverse (the group has 255 elements)."""
    inverse = 1
    for _ in range(254):
        inverse = _times(inverse, b)
    return _times(a, inverse)
