"""The line's events in a sealed file of its own, `line.db`, apart from the care store.

A breach and what security wrote of it are one stream and are kept as long as the law says; what
else happens in an evening is a stream of that day and goes after two. A stream that goes loses its
key first, so that no copy of its bytes is ever read again.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from collavoce.ledger.seal import new_key, open_sealed, seal
from collavoce.ledger.sealed import SealedStore
from collavoce.line.events import AnyEvent, BreachEvent
from collavoce.runtime.clock import fresh_id

STORE = "line.db"
DAY_S = 86_400.0
EVENING_DAYS = 2
_READ_AT_ONCE = 1000


class _Body(msgspec.Struct, frozen=True, array_like=True):
    whose: str
    event: AnyEvent


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(_Body)


class LineShelf:
    """The events of one show's line in `store`, sealed under keys sealed under `server_key`."""

    def __init__(self, store: SealedStore, server_key: bytes) -> None:
        self._store = store
        self._server_key = server_key
        self._streams: dict[str, str] = {}
        self._keys: dict[str, bytes] = {}
        self._begun: dict[str, float] = {}
        self._spare: tuple[str, bytes] | None = None

    def replay(self) -> Iterable[AnyEvent]:
        """Every event that can still be read, in order; raises SealBrokenError."""
        row = 0
        while page := self._store.read_all(row, _READ_AT_ONCE):
            for row, stream, sealed in page:  # noqa: B007  the last row is where the next page begins
                key = self._key(stream)
                if key is None:
                    continue
                body = _decoder.decode(open_sealed(key, sealed, _context(stream)))
                self._streams[body.whose] = stream
                self._begun.setdefault(body.whose, body.event.at)
                yield body.event

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep all of `events` or, when this raises LedgerError, none. On disk when it returns."""
        entries: list[tuple[str, bytes]] = []
        for event in events:
            owner = whose(event)
            stream, key = self._stream_of(owner)
            self._begun.setdefault(owner, event.at)
            entries.append((stream, seal(key, _encode(_Body(owner, event)), _context(stream))))
        self._store.append_all(entries)

    def prepare(self) -> None:
        """Make a stream ahead, so that a breach waits for one sync of the disk and not for two.

        Raises LedgerError.
        """
        if self._spare is None:
            self._spare = self._new_stream()

    def purge(self, now: float, keep_days: int) -> int:
        """Erase what is older than it may be; how many streams. Raises LedgerError."""
        gone = [
            owner
            for owner, begun in self._begun.items()
            if now - begun > DAY_S * (keep_days if owner.startswith("b:") else EVENING_DAYS)
        ]
        for owner in gone:
            stream = self._streams[owner]
            self._store.delete_key(stream)
            self._store.delete_entries(stream)
            self._keys.pop(stream, None)
            del self._streams[owner], self._begun[owner]
        return len(gone)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _stream_of(self, owner: str) -> tuple[str, bytes]:
        stream = self._streams.get(owner)
        if stream is not None:
            return stream, self._keys[stream]
        stream, key = self._spare or self._new_stream()
        self._spare = None
        self._streams[owner] = stream
        self._keys[stream] = key
        return stream, key

    def _new_stream(self) -> tuple[str, bytes]:
        stream, key = fresh_id(), new_key()
        self._store.put_key(stream, seal(self._server_key, key, _context(stream)))
        return stream, key

    def _key(self, stream: str) -> bytes | None:
        if stream not in self._keys:
            sealed = self._store.get_key(stream)
            if sealed is None:
                return None
            self._keys[stream] = open_sealed(self._server_key, sealed, _context(stream))
        return self._keys[stream]


def whose(event: AnyEvent) -> str:
    """The stream an event belongs to: what goes together is kept together."""
    if isinstance(event, BreachEvent):
        return f"b:{event.breach}"
    return f"d:{datetime.fromtimestamp(event.at, UTC).date().isoformat()}"


def _context(stream: str) -> bytes:
    return b"collavoce line 1 " + stream.encode()
