"""What happened, kept: the show's record, the engine's ring, the sealed store.

In: facts as bytes with who, why and when. Out: records in order, durable, chained by hash.
Never: what a fact means; the ledger knows no domain and rewrites nothing.
"""

from collavoce.ledger.errors import LedgerError
from collavoce.ledger.memory import MemoryStore
from collavoce.ledger.record import Draft, Record, verify
from collavoce.ledger.sealed import SealedStore
from collavoce.ledger.sqlite import SqliteReader, SqliteStore
from collavoce.ledger.store import Reader, Store

__all__ = [
    "Draft",
    "LedgerError",
    "MemoryStore",
    "Reader",
    "Record",
    "SealedStore",
    "SqliteReader",
    "SqliteStore",
    "Store",
    "verify",
]
