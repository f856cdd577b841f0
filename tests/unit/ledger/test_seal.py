"""Sealed bytes: the right key and context open them, nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import new_key, new_pair, open_box, open_sealed, seal, seal_to

KEY = new_key()
PRIVATE, PUBLIC = new_pair()
WORDS = b"please come to the stage door"


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_was_sealed_comes_back_whole(words: bytes, context: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, words, context), context) == words
    assert open_box(PRIVATE, seal_to(PUBLIC, words, context), context) == words


def test_the_words_do_not_stand_in_the_sealed_bytes_and_no_two_seals_are_alike() -> None:
    seals = {seal(KEY, WORDS, b"") for _ in range(200)}
    boxes = {seal_to(PUBLIC, WORDS, b"") for _ in range(200)}
    assert len(seals) == len(boxes) == 200
    assert len({sealed[1:13] for sealed in seals}) == 200  # the nonce
    assert len({box[1:33] for box in boxes}) == 200  # the ephemeral key
    assert not any(WORDS[:8] in sealed for sealed in seals | boxes)


def test_lengths_are_as_documented() -> None:
    assert len(seal(KEY, WORDS, b"c")) == len(WORDS) + 29
    assert len(seal_to(PUBLIC, WORDS, b"c")) == len(WORDS) + 62


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBrokenError, match="another key"):
        open_sealed(new_key(), seal(KEY, WORDS, b"c"), b"c")
    with pytest.raises(SealBrokenError, match="another key"):
        open_box(new_pair()[0], seal_to(PUBLIC, WORDS, b"c"), b"c")


def test_another_context_does_not_open() -> None:
    with pytest.raises(SealBrokenError):
        open_sealed(KEY, seal(KEY, WORDS, b"anna"), b"berta")
    with pytest.raises(SealBrokenError):
        open_box(PRIVATE, seal_to(PUBLIC, WORDS, b"anna"), b"berta")


def test_no_byte_can_be_changed_cut_off_or_added() -> None:
    sealed, box = seal(KEY, WORDS, b"c"), seal_to(PUBLIC, WORDS, b"c")
    for at in range(len(sealed)):
        with pytest.raises(SealBrokenError):
            open_sealed(KEY, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"c")
        with pytest.raises(SealBrokenError):
            open_sealed(KEY, sealed[:at], b"c")
    for at in range(len(box)):
        with pytest.raises(SealBrokenError):
            open_box(PRIVATE, box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], b"c")
        with pytest.raises(SealBrokenError):
            open_box(PRIVATE, box[:at], b"c")
    with pytest.raises(SealBrokenError):
        open_sealed(KEY, sealed + b"\0", b"c")


def test_a_sealed_form_is_not_taken_for_a_box_nor_a_box_for_a_seal() -> None:
    with pytest.raises(SealBrokenError, match="no sealed box"):
        open_box(PRIVATE, seal(KEY, WORDS, b"c"), b"c")
    with pytest.raises(SealBrokenError, match="no sealed bytes"):
        open_sealed(KEY, seal_to(PUBLIC, WORDS, b"c"), b"c")


def test_a_public_key_that_would_share_the_secret_with_everybody_is_refused() -> None:
    with pytest.raises(SealBrokenError, match="no usable public key"):
        seal_to(bytes(32), WORDS, b"c")
