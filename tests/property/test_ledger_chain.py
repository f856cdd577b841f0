"""Laws of the record: whatever is changed is found; asking twice keeps once."""

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ledger.drafts import draft

from collavoce.ledger import Draft, MemoryStore, verify

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5)
LEAST = -(2**63)
INTS = st.integers(LEAST, 2**63 - 1)
DRAFTS = st.builds(
    Draft,
    epoch=INTS,
    stream=TEXTS,
    type=TEXTS,
    version=INTS,
    key=TEXTS,
    actor=TEXTS,
    cause=TEXTS,
    mono_ns=INTS,
    wall_ns=INTS,
    boot=TEXTS,
    body=st.binary(max_size=20),
)
FIELDS = ("seq", *Draft.__struct_fields__, "prev", "hash")


def changed(value: object) -> object:
    """Another value of the same type."""
    match value:
        case int():
            return value - 1 if value > LEAST else value + 1
        case str():
            return value + "."
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:] if value else b"\x00"
        case _:
            raise AssertionError(value)


@given(st.lists(DRAFTS, min_size=1, max_size=8), st.data())
def test_any_change_of_any_field_is_found_where_it_is(
    drafts: list[Draft], data: st.DataObject
) -> None:
    store = MemoryStore()
    store.append(drafts)
    records = store.read()
    assert verify(records) is None
    at = data.draw(st.integers(0, len(records) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    old = records[at]
    records[at] = msgspec.structs.replace(old, **{field: changed(getattr(old, field))})
    assert verify(records) == at + 1


@given(st.lists(st.lists(st.integers(0, 12), max_size=6), max_size=10))
def test_asking_again_in_any_order_keeps_each_fact_once(groups: Sequence[Sequence[int]]) -> None:
    store = MemoryStore()
    first: dict[int, object] = {}
    for group in groups:
        kept = store.append([draft(number, b"%d" % len(first)) for number in group])
        for number, record in zip(group, kept, strict=True):
            assert first.setdefault(number, record) == record
    records = store.read()
    assert verify(records) is None
    assert [r.key for r in records] == [f"key-{number}" for number in first]


@given(DRAFTS, DRAFTS)
def test_two_facts_have_one_hash_only_if_they_are_the_same(one: Draft, other: Draft) -> None:
    hashes = [MemoryStore().append([item])[0].hash for item in (one, other)]
    assert (hashes[0] == hashes[1]) == (one == other)
