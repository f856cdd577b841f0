"""The recovery code on paper: readable, typed in any hand, its slips found."""

from hypothesis import given
from hypothesis import strategies as st

from collavoce.care.recovery import ALPHABET, is_whole, normal, written

RAW = st.binary(min_size=16, max_size=16)


def test_a_code_is_seven_groups_of_four() -> None:
    code = written(bytes(range(16)))
    assert code == "000G-40R4-0M30-E209-185G-R38E-1YZ4"
    assert is_whole(code)


@given(RAW)
def test_a_code_is_whole_however_it_is_typed(raw: bytes) -> None:
    code = written(raw)
    for typed in (code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert is_whole(typed)
        assert normal(typed) == normal(code)


@given(RAW, RAW)
def test_two_secrets_have_two_codes(one: bytes, other: bytes) -> None:
    assert (written(one) == written(other)) is (one == other)


def test_nearly_every_slip_of_one_character_is_found() -> None:
    code = normal(written(bytes(range(1, 17))))
    slips = [
        code[:at] + letter + code[at + 1 :]
        for at in range(len(code))
        for letter in ALPHABET
        if letter != code[at]
    ]
    assert sum(map(is_whole, slips)) <= 3, "one in 4096 of 868"


def test_what_is_no_code_is_not_whole() -> None:
    for text in ("", "K7QX", "\N{SNOWMAN}" * 28, "0" * 27, "U" * 28, "0" * 29):
        assert not is_whole(text)
