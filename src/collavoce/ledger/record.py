"""One fact as it is kept: who, what, why, when, and the chain that shows nobody changed it.

Every record carries the hash of the one before it, so that the hash of the last one vouches for
all. Order is `seq` alone; `wall_ns` is for people, `mono_ns` for measuring within one `boot`.

The hash is SHA-256 over `prev`, then over every other field in the order of the class, each
integer as 8 bytes big-endian signed, each text (UTF-8) or body as its length in 8 bytes and then
its bytes. The lengths make the encoding unambiguous: no two records have the same one.
"""

import hashlib
from collections.abc import Iterable

import msgspec

GENESIS = bytes(32)
"""What the first record has for `prev`, and the head hash of an empty store."""

Head = tuple[int, bytes]
"""seq and hash of the last record; (0, GENESIS) when there is none."""

EMPTY: Head = (0, GENESIS)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A fact before it has its place in the chain.

    epoch : which performance (or reign of a desk) this belongs to, from 1.
    stream, type, version : what kind of fact; the ledger gives them no meaning.
    key : idempotency key, unique in a store: the same key is the same fact.
    actor, cause : who, and what made it happen.
    mono_ns, wall_ns, boot : when, on the machine's monotonic clock of `boot` and in UTC.
    body : the fact itself, opaque to the ledger.
    """

    epoch: int
    stream: str
    type: str
    version: int
    key: str
    actor: str
    cause: str
    mono_ns: int
    wall_ns: int
    boot: str
    body: bytes


class Record(Draft, frozen=True, kw_only=True):
    """A fact with its place. seq: dense from 1. prev: hash of record seq - 1, 32 bytes."""

    seq: int
    prev: bytes
    hash: bytes


def chain(draft: Draft, seq: int, prev: bytes) -> Record:
    """`draft` as record `seq` after the record whose hash is `prev`."""
    return Record(
        seq=seq,
        epoch=draft.epoch,
        stream=draft.stream,
        type=draft.type,
        version=draft.version,
        key=draft.key,
        actor=draft.actor,
        cause=draft.cause,
        mono_ns=draft.mono_ns,
        wall_ns=draft.wall_ns,
        boot=draft.boot,
        body=draft.body,
        prev=prev,
        hash=_digest(draft, seq, prev),
    )


def verify(records: Iterable[Record], after: Head = EMPTY) -> int | None:
    """The first seq at which the chain that follows `after` is broken; None when it holds.

    Broken is: a gap, a record whose hash is not of its content, or whose `prev` is not the hash
    before it. A record cut off at the end is not seen here: compare the head hash for that.
    """
    seq, prev = after
    for record in records:
        seq += 1
        if record.seq != seq or record.prev != prev or record.hash != _digest(record, seq, prev):
            return seq
        prev = record.hash
    return None


def _digest(draft: Draft, seq: int, prev: bytes) -> bytes:
    parts = [prev]
    for value in (
        seq,
        draft.epoch,
        draft.stream,
        draft.type,
        draft.version,
        draft.key,
        draft.actor,
        draft.cause,
        draft.mono_ns,
        draft.wall_ns,
        draft.boot,
        draft.body,
    ):
        if isinstance(value, int):
            parts.append(value.to_bytes(8, "big", signed=True))
        else:
            content = value.encode() if isinstance(value, str) else value
            parts += (len(content).to_bytes(8, "big"), content)
    return hashlib.sha256(b"".join(parts)).digest()
