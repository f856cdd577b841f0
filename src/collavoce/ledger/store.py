"""What every ledger promises, whatever it is kept in.

`append` returns when the records are as safe as this store can make them (SQLite: synced to
disk). A draft whose key is already kept is not kept twice: its old record is returned in its
place, so asking again after a doubtful answer is always right. Either all drafts of one call are
kept or, when an error is raised, none of them was promised.
"""

from collections.abc import Sequence
from typing import Protocol

from collavoce.ledger.record import Draft, Head, Record

READ_LIMIT = 1000
"""Records handed out by one `read` unless the caller asks otherwise."""


class Reader(Protocol):
    """A store as its readers see it, in this process or another."""

    def read(self, after_seq: int = 0, limit: int = READ_LIMIT) -> list[Record]:
        """The records after `after_seq` in order, at most `limit`."""
        ...

    def head(self) -> Head:
        """The seq and hash of the last record; (0, 32 zero bytes) when empty."""
        ...

    def has(self, key: str) -> bool:
        """Whether a record with this idempotency key is kept."""
        ...

    def last_key(self, prefix: str) -> str | None:
        """The greatest key that starts with `prefix`, by code point; None when there is none."""
        ...

    def close(self) -> None:
        """Let go of files. Harmless when done twice."""
        ...


class Store(Reader, Protocol):
    """A store as its one writer sees it."""

    def append(self, drafts: Sequence[Draft]) -> list[Record]:
        """Keep `drafts` in order; their records, old ones for keys already kept.

        Raises StoreFullError, StoreBusyError (nothing kept, ask again) or StoreStoppedError.
        """
        ...
