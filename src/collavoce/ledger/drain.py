"""From the engine's ring to the disk, each entry exactly once.

A drained record's key is its place in the ring, `ring:<epoch>:<seq>` in fixed width, then the
draft's own key if it has one. The store is thereby its own bookmark: after any death the drain
starts behind the greatest such key, and an entry seen twice is kept once. A ring therefore
belongs to one epoch, and an epoch to one ring.
"""

from collections.abc import Callable

import msgspec

from collavoce.ledger.errors import RingConflictError
from collavoce.ledger.record import Draft
from collavoce.ledger.ring import RingReader
from collavoce.ledger.store import Reader, Store

GROUP_ENTRIES_MAX = 512
"""Entries in one commit: some 10 ms of work, so that a backlog never blocks for long."""

Decode = Callable[[int, bytes], Draft]
"""(seq, payload) of a ring entry -> its draft; the epoch is the ring's."""


def ring_key(epoch: int, seq: int, own: str = "") -> str:
    """The key of entry `seq` of the ring of `epoch`."""
    place = f"{_prefix(epoch)}{seq:016d}"
    return f"{place}:{own}" if own else place


def drained(store: Reader, epoch: int) -> int:
    """The seq of the last entry of this epoch's ring that the store holds; 0 for none."""
    prefix = _prefix(epoch)
    key = store.last_key(prefix)
    return 0 if key is None else int(key[len(prefix) :].partition(":")[0])


def drain_once(
    reader: RingReader, store: Store, decode: Decode, limit: int = GROUP_ENTRIES_MAX
) -> int:
    """Keep what the ring has now in one commit, at most `limit` entries; how many.

    Start with `RingReader(folder, drained(store, epoch))`. What `decode` or `store.append` raises
    passes through; nothing is lost, the next call begins with the same entries.
    Raises RingConflictError when the store holds another entry under the same place.
    """
    behind = reader.seq
    entries = reader.read(limit)
    try:
        drafts = [_placed(seq, decode(seq, payload)) for seq, payload in entries]
        records = store.append(drafts)
    except BaseException:
        reader.rewind(behind)
        raise
    for draft, record in zip(drafts, records, strict=True):
        if record.body != draft.body:
            raise RingConflictError(
                f"{reader.folder}: {draft.key} is kept with another content; two rings had one "
                f"epoch, give the performance a new one"
            )
    return len(drafts)


def _placed(seq: int, draft: Draft) -> Draft:
    return msgspec.structs.replace(draft, key=ring_key(draft.epoch, seq, draft.key))


def _prefix(epoch: int) -> str:
    return f"ring:{epoch:08d}:"
