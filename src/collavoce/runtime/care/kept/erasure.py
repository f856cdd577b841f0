"""A person is erased from this disk, in one step, and from memory.

Theirs goes with its keys: chest, papers, log, pairing, circle, presses. In the streams of others
every fact in which they stand is written anew without them (`care/leaving.py`); the one thing that
stays is a list by which somebody keeps them away. Nothing is left in the file or its WAL; a backup
that was made before still holds what it held, sealed.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from collavoce.care.leaving import without
from collavoce.runtime.care.kept import index, papers
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.shelf import BOXED, Entry, Shelf, Whose
from collavoce.runtime.care.kept.vault import CHEST, PAPERS, Place


def erase_person(shelf: Shelf, keyring: Keyring, everybody: Iterable[str], person: str) -> None:
    """Leave no byte of `person` in the store but in lists that keep them away.

    everybody : whose things are kept here, also those who left the show.

    Raises LedgerError, and then nothing has changed.
    """
    streams: dict[Whose, Sequence[Entry]] = {}
    for place in shelf.places():
        if place[1] == person:
            streams[place] = ()
        elif place[0] not in BOXED:
            entries = shelf.entries(place)
            left = _without(entries, person)
            if left != list(entries):
                streams[place] = left
    kinds = (CHEST, PAPERS, *index.kinds_of(keyring, person))
    things: dict[Place, bytes | None] = dict.fromkeys((kind, person) for kind in kinds)
    others = [other for other in everybody if other != person]
    shelf.write_anew(streams, {**things, **_of_others(keyring, others, person)})
    keyring.forget(person, *others)


def _without(entries: Sequence[Entry], person: str) -> list[Entry]:
    left = ((entry, without(entry.event, person)) for entry in entries)
    return [
        msgspec.structs.replace(entry, event=event) for entry, event in left if event is not None
    ]


def _of_others(
    keyring: Keyring, others: Iterable[str], person: str
) -> Mapping[Place, bytes | None]:
    """Boxes in the things of others that are for `person`."""
    name = keyring.vault.name(person)
    anew: dict[Place, bytes | None] = {}
    for other in others:
        for kind in index.kinds_of(keyring, other):
            paper = papers.paper(keyring, kind, other)
            if paper is not None and (name in paper.boxes or name in paper.shared):
                paper.boxes.pop(name, None)
                paper.until.pop(name, None)
                paper.shared = tuple(shared for shared in paper.shared if shared != name)
                anew[kind, other] = msgspec.msgpack.encode(paper)
        chest = keyring.chest(other)
        if chest is not None and name in chest.shares:
            chest.shares.pop(name)
            anew[CHEST, other] = keyring.body_of(chest)
    return anew
