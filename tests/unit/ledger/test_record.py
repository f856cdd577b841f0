"""The chain: what a record's hash is of, and what it shows."""

import hashlib

import msgspec
import pytest
from tests.unit.ledger.drafts import draft, drafts

from collavoce.ledger.record import GENESIS, Record, chain, verify


def chained(count: int) -> list[Record]:
    records: list[Record] = []
    for item in drafts(1, count):
        prev = records[-1].hash if records else GENESIS
        records.append(chain(item, len(records) + 1, prev))
    return records


def test_the_hash_is_sha256_of_prev_and_every_field_with_its_length() -> None:
    def number(value: int) -> bytes:
        return value.to_bytes(8, "big", signed=True)

    def text(value: bytes) -> bytes:
        return number(len(value)) + value

    record = chain(draft(5, b"\x00\xff"), 2, b"p" * 32)
    assert (
        record.hash
        == hashlib.sha256(
            b"p" * 32
            + number(2)
            + number(1)
            + text(b"show")
            + text(b"CueFired")
            + number(1)
            + text(b"key-5")
            + text(b"caller")
            + text(b"")
            + number(5_000)
            + number(1_700_000_000_000_000_005)
            + text(b"boot")
            + text(b"\x00\xff")
        ).digest()
    )


def test_the_hash_of_a_known_record_never_changes() -> None:
    # A change here makes every ledger ever written unverifiable.
    assert chain(draft(1), 1, GENESIS).hash.hex() == (
        "372260badba87dc2ca1e036c1c06b71d97aebea7676fd7e021a3e6e0a3002a8f"
    )


def test_letters_moved_from_one_field_to_the_next_change_the_hash() -> None:
    one = msgspec.structs.replace(draft(1), actor="ab", cause="c")
    other = msgspec.structs.replace(draft(1), actor="a", cause="bc")
    assert chain(one, 1, GENESIS).hash != chain(other, 1, GENESIS).hash


def test_a_record_cannot_be_changed() -> None:
    record = chain(draft(1), 1, GENESIS)
    for field in Record.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(record, field, getattr(record, field))


def test_a_whole_chain_holds_and_so_does_its_end_after_its_beginning() -> None:
    records = chained(10)
    assert verify([]) is None
    assert verify(records) is None
    assert verify(records[4:], after=(4, records[3].hash)) is None


def test_a_record_taken_out_is_noticed_at_its_place() -> None:
    records = chained(10)
    assert verify(records[:3] + records[4:]) == 4


def test_two_records_changed_about_are_noticed() -> None:
    records = chained(5)
    records[1], records[2] = records[2], records[1]
    assert verify(records) == 2


def test_a_record_forged_with_its_own_right_hash_breaks_the_one_after_it() -> None:
    records = chained(5)
    records[2] = chain(draft(99), 3, records[1].hash)
    assert verify(records) == 4


def test_a_chain_begun_elsewhere_is_not_this_chain() -> None:
    records = chained(5)
    assert verify(records, after=(0, b"x" * 32)) == 1
    assert verify(records[1:]) == 1
