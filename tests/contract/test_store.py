"""What every store promises: one class, run for each of them."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.unit.ledger.drafts import draft, drafts

from collavoce.ledger import MemoryStore, SqliteStore, Store, verify
from collavoce.ledger.record import EMPTY, GENESIS, chain


class StoreContract:
    """The promises of `Store`."""

    @pytest.fixture
    def store(self) -> Store | Iterator[Store]:
        raise NotImplementedError

    def test_an_empty_store_has_the_empty_head(self, store: Store) -> None:
        assert store.head() == EMPTY == (0, GENESIS)
        assert store.read() == []

    def test_the_first_record_is_number_one_and_follows_genesis(self, store: Store) -> None:
        assert store.append([draft(7)]) == [chain(draft(7), 1, GENESIS)]

    def test_appending_nothing_keeps_nothing(self, store: Store) -> None:
        assert store.append([]) == []
        assert store.head() == EMPTY

    def test_numbers_are_dense_across_groups_and_the_chain_holds(self, store: Store) -> None:
        for first, count in ((0, 1), (1, 5), (6, 1), (7, 20)):
            store.append(drafts(first, count))
        records = store.read()
        assert [record.seq for record in records] == list(range(1, 28))
        assert verify(records) is None
        assert store.head() == (27, records[-1].hash)

    def test_what_is_read_is_what_was_returned(self, store: Store) -> None:
        kept = store.append(drafts(0, 9))
        assert store.read() == kept

    def test_a_key_already_kept_returns_the_old_record_and_appends_nothing(
        self, store: Store
    ) -> None:
        (old,) = store.append([draft(1, b"first")])
        assert store.append([draft(1, b"second")]) == [old]
        assert store.head() == (1, old.hash)

    def test_a_key_twice_in_one_group_is_kept_once(self, store: Store) -> None:
        one, two, again = store.append([draft(1), draft(2), draft(1)])
        assert (one.seq, two.seq) == (1, 2)
        assert again == one
        assert len(store.read()) == 2

    def test_old_and_new_in_one_group_come_back_in_the_order_asked(self, store: Store) -> None:
        store.append(drafts(0, 3))
        kept = store.append([draft(9), draft(1), draft(10)])
        assert [record.key for record in kept] == ["key-9", "key-1", "key-10"]
        assert [record.seq for record in kept] == [4, 2, 5]
        assert verify(store.read()) is None

    def test_it_knows_which_keys_it_has(self, store: Store) -> None:
        store.append([draft(3)])
        assert store.has("key-3")
        assert not store.has("key-4")
        assert not store.has("key-")

    def test_reading_starts_after_a_seq_and_stops_at_the_limit(self, store: Store) -> None:
        store.append(drafts(0, 10))
        assert [record.seq for record in store.read(after_seq=4, limit=3)] == [5, 6, 7]
        assert store.read(after_seq=10) == []

    def test_the_greatest_key_of_a_prefix_is_found(self, store: Store) -> None:
        assert store.last_key("key-") is None
        store.append([draft(2), draft(30), draft(1)])
        assert store.last_key("key-") == "key-30"
        assert store.last_key("key-1") == "key-1"
        assert store.last_key("ring:") is None
        assert store.last_key("") == "key-30"

    def test_every_byte_and_every_letter_comes_back(self, store: Store) -> None:
        body = bytes(range(256)) * 40
        (kept,) = store.append([draft(1, body)])
        odd = "Käthe\x00Ω\U0001f3b9' -- "
        (strange,) = store.append(
            [msgspec.structs.replace(draft(2), actor=odd, cause=odd, key=odd)]
        )
        assert store.read() == [kept, strange]
        assert store.read()[0].body == body
        assert store.has(odd)

    def test_a_mistake_in_the_middle_of_a_group_keeps_nothing_of_it(self, store: Store) -> None:
        torn = msgspec.structs.replace(draft(2), actor="\ud800")  # no such letter in UTF-8
        with pytest.raises(UnicodeEncodeError):
            store.append([draft(1), torn])
        assert store.append([draft(3)])[0].seq == 1

    def test_closing_twice_is_harmless(self, store: Store) -> None:
        store.close()
        store.close()


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = SqliteStore.open(tmp_path / "state" / "show.db", ballast_bytes=0)
        yield store
        store.close()
