"""A button's datagrams to the byte: the document's vectors, and every way one is refused."""

import hashlib
import hmac
import re
import struct
from pathlib import Path

import pytest

from collavoce.wire.button import (
    AGO_MAX,
    COUNT_MAX,
    SAID_BYTES,
    TOLD_BYTES,
    ButtonError,
    Kind,
    Lamp,
    Said,
    Told,
    button_id,
    claimed,
    press_name,
    read_said,
    read_told,
    write_said,
    write_told,
)
from collavoce.wire.osc import Int64, OscBundle, OscMessage, TimeTag, decode, encode

KEY = bytes(range(32))
ID = button_id(bytes(range(0xA0, 0xB0)))
EPOCH = bytes(range(0x10, 0x18))
PRESS = bytes(range(0x40, 0x50))
SAID = Said(ID, 7, Kind.PRESS, 1250, EPOCH, PRESS)
TOLD = Told(ID, 7, Lamp.KEPT, 7, EPOCH, PRESS)

DOCUMENT = (Path(__file__).parents[2] / "docs" / "button.md").read_text(encoding="utf-8")


def by_the_document(address: bytes, way: bytes, count: int, plain: bytes) -> bytes:
    """What the document describes, written a second time and with nothing of the program."""

    def part(what: bytes) -> bytes:
        return hmac.new(KEY, b"collavoce button 1 " + what, hashlib.sha256).digest()

    said = way + ID.encode() + struct.pack(">i", count) + plain
    tag = hmac.new(part(b"tag"), said, hashlib.sha256).digest()[:16]
    pad = hmac.new(part(b"pad"), tag, hashlib.sha256).digest()
    hidden = bytes(a ^ b for a, b in zip(plain, pad, strict=True))
    head = address + bytes(4 - len(address) % 4) + b",sib\0\0\0\0" + ID.encode() + b"\0\0"
    return head + struct.pack(">ii", count, 48) + tag + hidden


def test_what_is_said_is_what_the_document_describes() -> None:
    plain = b"\x01\0\0\0" + struct.pack(">I", 1250) + EPOCH + PRESS
    assert write_said(KEY, SAID) == by_the_document(b"/collavoce/button", b"B", 7, plain)


def test_what_is_told_is_what_the_document_describes() -> None:
    plain = b"\x04\0\0\0" + struct.pack(">I", 7) + EPOCH + PRESS
    assert write_told(KEY, TOLD) == by_the_document(b"/collavoce/lamp", b"L", 7, plain)


def test_the_vectors_in_the_document_are_these_bytes() -> None:
    vectors = re.findall(r"```hex\n(.*?)```", DOCUMENT, re.DOTALL)
    assert [bytes.fromhex(vector) for vector in vectors] == [
        write_said(KEY, SAID),
        write_told(KEY, TOLD),
        press_name(KEY, EPOCH, 7),
    ]


def test_every_kind_and_lamp_is_in_the_document_with_its_number() -> None:
    for known in (Kind, Lamp):
        for one in known:
            assert f"| {one.value} | {one.name} |" in DOCUMENT, one


def test_whatever_is_said_has_one_length() -> None:
    for said in (SAID, Said(ID, 1), Said(ID, COUNT_MAX, 255, AGO_MAX, EPOCH, PRESS)):
        assert len(write_said(KEY, said)) == SAID_BYTES
        assert read_said(KEY, write_said(KEY, said)) == said
    for told in (TOLD, Told(ID, COUNT_MAX, 255, COUNT_MAX, EPOCH)):
        assert len(write_told(KEY, told)) == TOLD_BYTES
        assert read_told(KEY, write_told(KEY, told)) == told
    assert TOLD_BYTES <= SAID_BYTES, "nobody is sent more than was sent in their name"


def test_two_datagrams_of_one_press_have_nothing_in_common_but_the_id() -> None:
    first = write_said(KEY, SAID)
    second = write_said(KEY, Said(ID, 8, Kind.PRESS, 1250, EPOCH, PRESS))
    hidden = slice(SAID_BYTES - 48, SAID_BYTES)
    same = [a == b for a, b in zip(first[hidden], second[hidden], strict=True)]
    assert sum(same) <= 4, "of 48 bytes 0.2 are the same by chance"


def test_a_press_is_not_seen_among_questions() -> None:
    """The kind does not show: with every byte of the hidden part known, it is one key's pad."""
    asked = write_said(KEY, Said(ID, 7, Kind.HOW, 0, EPOCH))
    pressed = write_said(KEY, SAID)
    assert asked[: SAID_BYTES - 48] == pressed[: SAID_BYTES - 48]


@pytest.mark.parametrize("at", range(SAID_BYTES))
def test_no_byte_can_be_changed(at: int) -> None:
    data = bytearray(write_said(KEY, SAID))
    for bit in range(8):
        data[at] ^= 1 << bit
        with pytest.raises(ButtonError):
            read_said(KEY, bytes(data))
        data[at] ^= 1 << bit
    assert read_said(KEY, bytes(data)) == SAID


def test_another_key_reads_nothing() -> None:
    with pytest.raises(ButtonError):
        read_said(bytes(32), write_said(KEY, SAID))
    with pytest.raises(ButtonError):
        read_told(bytes(32), write_told(KEY, TOLD))


def test_what_is_told_is_not_what_is_said() -> None:
    """A datagram sent back to its sender, or under the other's address, is refused."""
    told = write_told(KEY, TOLD)
    message = decode(told)
    assert isinstance(message, OscMessage)
    turned = encode(OscMessage("/collavoce/button", message.args))
    assert len(turned) == SAID_BYTES
    for data in (told, turned):
        with pytest.raises(ButtonError):
            read_said(KEY, data)


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 255])
def test_a_kind_of_tomorrow_is_read(kind: int) -> None:
    assert read_said(KEY, write_said(KEY, Said(ID, 1, kind))).kind == kind


SEALED = write_said(KEY, SAID)[-48:]

OTHERS = {
    "a bare press": encode(OscMessage("/collavoce/button", (ID, 7))),
    "count as int64": encode(OscMessage("/collavoce/button", (ID, Int64(7), SEALED))),
    "count as float": encode(OscMessage("/collavoce/button", (ID, 7.0, SEALED))),
    "count as true": encode(OscMessage("/collavoce/button", (ID, True, SEALED))),
    "count 0": encode(OscMessage("/collavoce/button", (ID, 0, SEALED))),
    "count below 0": encode(OscMessage("/collavoce/button", (ID, -1, SEALED))),
    "sealed as text": encode(OscMessage("/collavoce/button", (ID, 7, "x" * 47))),
    "id of other characters": encode(OscMessage("/collavoce/button", ("é" * 11, 7, SEALED))),
    "a longer id": encode(OscMessage("/collavoce/button", (ID + "A", 7, SEALED))),
    "a shorter id": encode(OscMessage("/collavoce/button", (ID[:-2], 7, SEALED))),
    "another address": encode(OscMessage("/collavoce/butter", (ID, 7, SEALED))),
    "a pattern": encode(OscMessage("/collavoce/butto?", (ID, 7, SEALED))),
    "one argument more": encode(OscMessage("/collavoce/button", (ID, 7, SEALED, 1))),
    "in a bundle": encode(
        OscBundle(TimeTag(1), (OscMessage("/collavoce/button", (ID, 7, SEALED)),))
    ),
    "nothing": b"",
    "a long one": bytes(65_507),
    "padding that is none": write_said(KEY, SAID)[:18] + b"\x01" + write_said(KEY, SAID)[19:],
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_exactly_a_button_is_refused(name: str) -> None:
    with pytest.raises(ButtonError):
        claimed(OTHERS[name])
    with pytest.raises(ButtonError):
        read_said(KEY, OTHERS[name])


def test_bytes_where_nothing_stands_are_refused_though_sealed_with_the_key() -> None:
    for at in (1, 2, 3):
        plain = bytearray(32)
        plain[at] = 1
        with pytest.raises(ButtonError, match="nothing stands"):
            read_said(KEY, by_the_document(b"/collavoce/button", b"B", 7, bytes(plain)))


def test_a_press_of_another_count_or_epoch_has_another_name() -> None:
    names = {press_name(KEY, e, c) for e in (bytes(8), EPOCH) for c in (1, 2, COUNT_MAX)}
    assert len(names) == 6
    assert all(len(name) == 16 for name in names)
