"""Keyed OSC, byte by byte: the vectors and the program of docs/connections.md, every refusal."""

import re
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import Any

import pytest

from collavoce.wire.keyed import (
    COUNT_MAX,
    PACKET_LIMIT,
    WORDS_LIMIT,
    Answer,
    Answered,
    Keyed,
    KeyedError,
    http_token,
    read_answer,
    read_keyed,
    write_answer,
    write_keyed,
)
from collavoce.wire.osc import OscMessage, encode
from collavoce.wire.osc.types import OscArg

DOCUMENT = (Path(__file__).parents[2] / "docs" / "connections.md").read_text(encoding="utf-8")
KEY = bytes(range(32))
EPOCH = bytes(range(16, 24))
GO = encode(OscMessage("/collavoce/go/12"))
SAID = Keyed("wings", EPOCH, 7, GO)
TOLD = Answered("wings", EPOCH, 7, Answer.KEPT)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def test_the_document_shows_the_bytes_of_a_question_and_of_its_answer() -> None:
    question, answer = (bytes.fromhex(block) for block in blocks("hex"))
    assert write_keyed(KEY, SAID) == question
    assert write_answer(KEY, TOLD) == answer


def test_the_program_in_the_document_makes_the_same_bytes() -> None:
    (program,) = blocks("python")
    made: dict[str, Any] = {}
    exec(program, made)
    assert made["datagram"] == write_keyed(KEY, SAID)
    assert read_keyed(KEY, made["keyed"](KEY, "a", EPOCH, 1, GO)) == Keyed("a", EPOCH, 1, GO)


def test_what_is_written_is_read() -> None:
    assert read_keyed(KEY, write_keyed(KEY, SAID)) == SAID
    told = Answered("wings", EPOCH, 7, Answer.REFUSED, "cue 12 is not in standby: ü")
    assert read_answer(KEY, write_answer(KEY, told)) == told


def test_the_tag_is_the_end_of_the_datagram_and_made_of_all_before_it() -> None:
    datagram = write_keyed(KEY, SAID)
    assert datagram[-16:] == digest(KEY, datagram[:-16], sha256)[:16]


@pytest.mark.parametrize("at", range(len(write_keyed(KEY, SAID))))
def test_no_byte_can_be_changed(at: int) -> None:
    datagram = bytearray(write_keyed(KEY, SAID))
    datagram[at] ^= 1
    with pytest.raises(KeyedError):
        read_keyed(KEY, bytes(datagram))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(KeyedError, match="not sealed"):
        read_keyed(bytes(32), write_keyed(KEY, SAID))


def test_an_answer_sent_back_is_no_question_and_a_question_no_answer() -> None:
    with pytest.raises(KeyedError):
        read_keyed(KEY, write_answer(KEY, TOLD))
    with pytest.raises(KeyedError):
        read_answer(KEY, write_keyed(KEY, SAID))


def sealed(*args: OscArg) -> bytes:
    """A rightly sealed message of any form."""
    open_part = encode(OscMessage("/collavoce/keyed", (*args, bytes(16))))[:-16]
    return open_part + digest(KEY, open_part, sha256)[:16]


@pytest.mark.parametrize(
    "args",
    [
        ("wings", EPOCH, 7),
        ("wings", EPOCH, "7", GO),
        ("wings", EPOCH, 7.0, GO),
        ("wings", EPOCH, True, GO),
        ("wings", EPOCH[:4], 7, GO),
        ("Wings", EPOCH, 7, GO),
        ("", EPOCH, 7, GO),
        ("w" * 25, EPOCH, 7, GO),
        ("wings", EPOCH, -1, GO),
        ("wings", EPOCH, 7, bytes(PACKET_LIMIT + 4)),
    ],
    ids=str,
)
def test_whoever_holds_the_key_is_held_to_the_form_too(args: tuple[OscArg, ...]) -> None:
    with pytest.raises(KeyedError):
        read_keyed(KEY, sealed(*args))


def test_counts_go_as_far_as_an_int32() -> None:
    said = Keyed("wings", EPOCH, COUNT_MAX, GO)
    assert read_keyed(KEY, write_keyed(KEY, said)) == said


@pytest.mark.parametrize("datagram", [b"", b"/collavoce/keyed", b"\0" * 100, b"#bundle\0", GO])
def test_what_is_no_keyed_message_is_refused_in_words(datagram: bytes) -> None:
    with pytest.raises(KeyedError):
        read_keyed(KEY, datagram)


def test_words_that_are_too_long_are_cut_at_a_letter() -> None:
    told = Answered("wings", EPOCH, 7, Answer.REFUSED, "ü" * WORDS_LIMIT)
    assert read_answer(KEY, write_answer(KEY, told)).words == "ü" * (WORDS_LIMIT // 2)


def test_a_token_for_web_requests_is_not_the_key_and_seals_nothing() -> None:
    token = http_token(KEY)
    assert len(token) == 64
    assert KEY.hex() not in token
    with pytest.raises(KeyedError):
        read_keyed(KEY, write_keyed(bytes.fromhex(token), SAID))
