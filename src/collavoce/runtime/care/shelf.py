"""Care's events in a sealed store: what is written in which stream, under which key.

A person's pairings and circle are one stream, every press is one of its own, the process' own
notes are one. A stream's name is random, its key is sealed under the server's own key (a file
kept apart from the store), its bodies are padded, so that the file shows neither names nor kinds.
The server can read all of it, which is the price of acting alone after a restart.

A press that was taken back in time is erased with its key: nothing of it can be read again.
"""

from collections.abc import Iterable, Sequence

import msgspec

from collavoce.care.events import (
    AlertEvent,
    AnyEvent,
    CareOpened,
    CircleSet,
    CodeOffered,
    ConsentGiven,
    ConsentRefused,
    DeviceForgotten,
    DevicePaired,
    DeviceWaits,
    RecoverySet,
    RecoverySpent,
    WaitEnded,
)
from collavoce.ledger.seal import new_key, open_sealed, seal
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.clock import fresh_id

PAD_BYTES = 256
"""Bodies are a multiple of this long; the longest common event is shorter."""

_LENGTH_BYTES = 4
_READ_AT_ONCE = 1000

Whose = tuple[str, str, str]
"""("person", id, ""), ("press", person, press) or ("server", "", "")."""


class _Body(msgspec.Struct, frozen=True, array_like=True):
    whose: Whose
    event: AnyEvent


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Body)


class Shelf:
    """The events of one show's care in `store`, its stream keys sealed under `server_key`."""

    def __init__(self, store: SealedStore, server_key: bytes) -> None:
        self._store = store
        self._server_key = server_key
        self._streams: dict[Whose, str] = {}
        self._keys: dict[str, bytes] = {}

    def replay(self) -> Iterable[AnyEvent]:
        """Every event that can still be read, in the order of its keeping.

        Raises SealBrokenError if the server's key is not the one the store was written with.
        """
        row = 0
        while page := self._store.read_all(row, _READ_AT_ONCE):
            for row, stream, sealed in page:  # noqa: B007  the last row is where the next page begins
                key = self._key(stream)
                if key is None:
                    continue
                body = _decoder.decode(_unpadded(open_sealed(key, sealed, _context(stream))))
                self._streams[body.whose] = stream
                yield body.event

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep all of `events` or, when this raises LedgerError, none. On disk when it returns."""
        entries: list[tuple[str, bytes]] = []
        for event in events:
            stream, key = self._stream_of(whose(event))
            body = _padded(_encoder.encode(_Body(whose(event), event)))
            entries.append((stream, seal(key, body, _context(stream))))
        self._store.append_all(entries)

    def erase_press(self, person: str, press: str) -> None:
        """Delete the key of a press, then what it sealed; raises LedgerError."""
        stream = self._streams.get(("press", person, press))
        if stream is None:
            return
        self._store.delete_key(stream)
        self._store.delete_entries(stream)
        del self._streams["press", person, press]
        self._keys.pop(stream, None)

    def _stream_of(self, owner: Whose) -> tuple[str, bytes]:
        stream = self._streams.get(owner)
        if stream is not None:
            return stream, self._keys[stream]
        stream, key = fresh_id(), new_key()
        self._store.put_key(stream, seal(self._server_key, key, _context(stream)))
        self._streams[owner] = stream
        self._keys[stream] = key
        return stream, key

    def _key(self, stream: str) -> bytes | None:
        if stream not in self._keys:
            sealed = self._store.get_key(stream)
            if sealed is None:
                return None
            self._keys[stream] = open_sealed(self._server_key, sealed, _context(stream))
        return self._keys[stream]


def whose(event: AnyEvent) -> Whose:
    """The stream an event belongs to: what is erased together is kept together."""
    if isinstance(event, AlertEvent):
        return "press", event.person, event.press
    match event:
        case CircleSet() | ConsentGiven() | ConsentRefused():
            return "person", event.owner, ""
        case (
            CodeOffered()
            | DevicePaired()
            | DeviceWaits()
            | WaitEnded()
            | RecoverySet()
            | RecoverySpent()
            | DeviceForgotten()
        ):
            return "person", event.person, ""
        case CareOpened():
            return "server", "", ""


def _context(stream: str) -> bytes:
    return b"collavoce care 1 " + stream.encode()


def _padded(body: bytes) -> bytes:
    framed = len(body).to_bytes(_LENGTH_BYTES, "big") + body
    return framed + bytes(-len(framed) % PAD_BYTES)


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
