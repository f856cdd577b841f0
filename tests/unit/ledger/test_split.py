"""Two shares restore, one says nothing; the field is that of AES."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.ledger import split as field
from collavoce.ledger.split import SHARES_MAX, SplitError, joined, split


def test_the_field_multiplies_as_the_standard_says() -> None:
    # FIPS 197, 4.2 and 4.2.1
    assert field._times(0x57, 0x83) == 0xC1
    assert [field._times(0x57, 1 << power) for power in range(1, 5)] == [0xAE, 0x47, 0x8E, 0x07]
    assert field._times(0x57, 0x13) == 0xFE


def test_the_inverse_of_the_standard_and_of_every_element() -> None:
    # FIPS 197, 5.1.1: the S-box begins with the inverse; {53} and {CA} are one another's.
    assert field._divided(1, 0x53) == 0xCA
    assert all(field._times(a, field._divided(1, a)) == 1 for a in range(1, 256))


def test_a_line_worked_by_hand() -> None:
    # secret 0x2A, slope 0x07: at 1 it is 0x2A ^ 0x07, at 2 it is 0x2A ^ 0x0E.
    assert field._share(b"\x2a", b"\x07", 1) == b"\x01\x2d"
    assert field._share(b"\x2a", b"\x07", 2) == b"\x02\x24"
    assert joined((b"\x01\x2d", b"\x02\x24")) == b"\x2a"


@given(st.binary(min_size=1, max_size=40), st.integers(2, 7))
def test_any_two_restore_in_either_order(secret: bytes, count: int) -> None:
    shares = split(secret, count)
    for one, other in combinations(shares, 2):
        assert joined((one, other)) == joined((other, one)) == secret


def test_as_many_as_there_can_be_are_all_different_and_all_good() -> None:
    shares = split(b"x" * 32, SHARES_MAX)
    assert len({share[0] for share in shares}) == SHARES_MAX
    assert joined((shares[0], shares[-1])) == b"x" * 32


@settings(deadline=None)
@given(st.integers(0, 255), st.integers(1, 255))
def test_one_share_is_as_likely_under_every_secret(value: int, x: int) -> None:
    # For a share's byte and every secret there is exactly one slope: it says nothing of which.
    slopes = [m for s in range(256) for m in range(256) if s ^ field._times(m, x) == value][:300]
    assert len(slopes) == 256


def test_the_shares_of_one_secret_are_spread_evenly() -> None:
    counts = Counter(split(b"\x00", 2)[0][1] for _ in range(20_000))
    assert len(counts) == 256
    assert max(counts.values()) < 4 * 20_000 / 256


def test_shares_of_two_splits_do_not_restore() -> None:
    secret = b"thirty-two bytes, of which none.."
    one, other = split(secret, 2), split(secret, 2)
    assert joined((one[0], other[1])) != secret


@pytest.mark.parametrize(
    "shares",
    [(), (b"\x01a",), (b"\x01a", b"\x01a"), (b"\x00a", b"\x01a"), (b"\x01a", b"\x02ab"), (b"", b""),
     (b"\x01a", b"\x02a", b"\x03a")],
)  # fmt: skip
def test_what_is_no_two_shares_restores_nothing(shares: tuple[bytes, ...]) -> None:
    with pytest.raises(SplitError):
        joined(shares)
