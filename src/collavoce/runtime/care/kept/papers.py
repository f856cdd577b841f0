"""What a person wrote: lines for whoever comes, words for afterwards. And who was shown what.

A paper is sealed under a key of its own, which lies in a box for its owner and in one for each
person it is shared with. Writing it again draws another key, so whoever is left out has nothing
left that opens anything. Who may read is asked of the state at every reading besides.

    lines       their owner, and those of the circle who agreed and whom the owner names
    aftercare   their owner
    log         their owner; a row is put in by the server, which cannot take it out to read it
"""

from collections.abc import Mapping

import msgspec

from collavoce.care.state import CareState
from collavoce.care.states.keys import LogRow
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import new_key, open_box, open_sealed, seal, seal_to
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.vault import AFTERCARE, BOXES, LINES, LOG

PAPER_KEY = b"collavoce paper key 1"
PAPER = b"collavoce paper 1 "
ROW = BOXES[LOG]
PAD_BYTES = 256
"""A row's length tells nothing of what was read."""


class Paper(msgspec.Struct):
    """sealed: the words. boxes: name -> box of the words' key; shared: names it is shared with.

    until : name -> the last day (`date.toordinal`) of the sharing; no entry for one without end.
    """

    sealed: bytes
    boxes: dict[str, bytes]
    shared: tuple[str, ...] = ()
    until: dict[str, int] = {}


_encode = msgspec.msgpack.Encoder().encode
_papers = msgspec.msgpack.Decoder(Paper)
_words = msgspec.msgpack.Decoder(tuple[str, ...])
_rows = msgspec.json.Decoder(LogRow)


def written(
    keyring: Keyring, kind: str, owner: str, words: tuple[str, ...], shared: tuple[str, ...] = ()
) -> bytes:
    """`words` of `owner` under a fresh key, for them and for those of `shared` who have a key."""
    held = {person: keyring.public_of(person) for person in (owner, *shared)}
    publics = {person: public for person, public in held.items() if public is not None}
    return written_to(keyring, kind, words, publics, shared)


def written_to(
    keyring: Keyring,
    kind: str,
    words: tuple[str, ...],
    publics: Mapping[str, bytes],
    shared: tuple[str, ...],
    until: Mapping[str, int] | None = None,
) -> bytes:
    """`words` under a fresh key, which lies in a box for each of `publics` (person -> key).

    until : person -> the last day of the sharing.
    """
    name, key = keyring.vault.name, new_key()
    boxes = {name(person): seal_to(public, key, PAPER_KEY) for person, public in publics.items()}
    sealed = seal(key, _encode(words), PAPER + kind.encode())
    ends = {name(person): day for person, day in (until or {}).items()}
    return _encode(Paper(sealed, boxes, tuple(name(person) for person in shared), ends))


def paper(keyring: Keyring, kind: str, owner: str) -> Paper | None:
    """The paper of `owner`, None if there is none."""
    body = keyring.vault.thing(kind, owner)
    return None if body is None else _papers.decode(body)


def opened(keyring: Keyring, kind: str, owner: str, reader: str, private: bytes) -> tuple[str, ...]:
    """The words, if there are any and `reader` has a box; else ()."""
    found = paper(keyring, kind, owner)
    box = b"" if found is None else found.boxes.get(keyring.vault.name(reader), b"")
    if found is None or not box:
        return ()
    try:
        key = open_box(private, box, PAPER_KEY)
    except SealBrokenError:
        return ()
    return _words.decode(open_sealed(key, found.sealed, PAPER + kind.encode()))


def shared_with(keyring: Keyring, state: CareState, owner: str) -> tuple[str, ...]:
    """Those the lines of `owner` are shared with now: named, agreed, still of the circle."""
    found = paper(keyring, LINES, owner)
    names = () if found is None else found.shared
    return tuple(p for p in state.circles.agreed(owner) if keyring.vault.name(p) in names)


def rekey(keyring: Keyring, state: CareState, owner: str, private: bytes) -> None:
    """Write the lines anew if those they are for are not those who can open them.

    Somebody has left the circle, or has a key now who had none. Raises LedgerError.
    """
    found = paper(keyring, LINES, owner)
    if found is None:
        return
    readers = shared_with(keyring, state, owner)
    can = {keyring.vault.name(p) for p in (owner, *readers) if keyring.public_of(p) is not None}
    if can == found.boxes.keys():
        return
    words = opened(keyring, LINES, owner, owner, private)
    keyring.vault.change({(LINES, owner): written(keyring, LINES, owner, words, readers)})


def unshare(keyring: Keyring, state: CareState, owner: str) -> None:
    """Take away the boxes of whoever may not read the lines any more; raises LedgerError."""
    found = paper(keyring, LINES, owner)
    if found is None:
        return
    names = {keyring.vault.name(p) for p in (owner, *shared_with(keyring, state, owner))}
    if found.boxes.keys() <= names:
        return
    boxes = {name: box for name, box in found.boxes.items() if name in names}
    keyring.vault.change({(LINES, owner): _encode(msgspec.structs.replace(found, boxes=boxes))})


def log(keyring: Keyring, owner: str, row: LogRow) -> bool:
    """Put `row` into the log of `owner`; False while they have no key. Raises LedgerError."""
    public = keyring.public_of(owner)
    if public is None:
        return False
    keyring.vault.add_box(LOG, owner, seal_to(public, padded_row(row), ROW))
    return True


def log_of(keyring: Keyring, owner: str, private: bytes) -> tuple[LogRow, ...]:
    """The rows of `owner` that `private` opens; the oldest first."""
    rows: list[LogRow] = []
    for box in keyring.vault.boxes(LOG, owner):
        try:
            rows.append(_rows.decode(open_box(private, box, ROW).rstrip(b"\0")))
        except SealBrokenError:
            continue  # of a key that is gone
    return tuple(rows)


def resealed(box: bytes, private: bytes, public: bytes, context: bytes) -> bytes:
    """What `private` opens, in a box for `public`; what it does not open stays as it is."""
    try:
        return seal_to(public, open_box(private, box, context), context)
    except SealBrokenError:
        return box


def padded_row(row: LogRow) -> bytes:
    """What a row is before it is sealed."""
    body = msgspec.json.encode(row)
    return body + bytes(-len(body) % PAD_BYTES)


OWN = (LINES, AFTERCARE)
"""The papers of a person."""
