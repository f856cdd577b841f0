"""A store in memory: for tests, for simulation, and for a rehearsal that keeps nothing."""

from collections.abc import Sequence

from collavoce.ledger.record import EMPTY, Draft, Head, Record, chain
from collavoce.ledger.store import READ_LIMIT


class MemoryStore:
    """Keeps every promise of `Store` but the one about power cuts."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._by_key: dict[str, Record] = {}

    def append(self, drafts: Sequence[Draft]) -> list[Record]:
        """Keep `drafts` in order; their records, old ones for keys already kept."""
        seq, prev = self.head()
        kept: list[Record] = []
        fresh: dict[str, Record] = {}
        for draft in drafts:
            record = self._by_key.get(draft.key) or fresh.get(draft.key)
            if record is None:
                seq += 1
                record = chain(draft, seq, prev)
                prev = record.hash
                fresh[record.key] = record
            kept.append(record)
        self._records += fresh.values()
        self._by_key |= fresh
        return kept

    def read(self, after_seq: int = 0, limit: int = READ_LIMIT) -> list[Record]:
        """The records after `after_seq` in order, at most `limit`."""
        return self._records[after_seq : after_seq + limit]

    def head(self) -> Head:
        """The seq and hash of the last record; (0, 32 zero bytes) when empty."""
        return (self._records[-1].seq, self._records[-1].hash) if self._records else EMPTY

    def has(self, key: str) -> bool:
        """Whether a record with this idempotency key is kept."""
        return key in self._by_key

    def last_key(self, prefix: str) -> str | None:
        """The greatest key that starts with `prefix`, by code point; None when there is none."""
        return max((key for key in self._by_key if key.startswith(prefix)), default=None)

    def close(self) -> None:
        """Nothing to let go of."""
