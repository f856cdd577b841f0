"""A new key for a person: after their other phones were forgotten, or when nothing opens the old.

All that was sealed to the old key and can still be opened is sealed to the new one, in a single
step: their papers under fresh keys, their log, their kept circle, the shares, and whatever others
have given into their hands. What stood there before is gone without a trace.
"""

from collections.abc import Iterable, Mapping

import msgspec

from collavoce.care.rules.recovering import holders_of
from collavoce.care.state import CareState
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger.seal import new_pair, seal_to
from collavoce.runtime.care.kept import index, papers
from collavoce.runtime.care.kept.chest import KEY, SHARE, Chest, device_pair
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.vault import BOXES, CHEST, LINES, PAPERS, SEALED, Place

EVENT = BOXES[SEALED]

_encode = msgspec.msgpack.Encoder().encode


def renew(
    keyring: Keyring,
    state: CareState,
    people: Iterable[str],
    everybody: Iterable[str],
    person: str,
    token: str,
    old: bytes,
) -> None:
    """Give `person` a new key, opened by the phone of `token`, in place of `old`.

    people : of the show, who read on. everybody : they, and whoever left it and may come back.

    Raises LedgerError, and then nothing has changed.
    """
    private, public = new_pair()
    before = keyring.chest(person)
    assert before is not None, "only what is there is renewed"
    chest = Chest(public)
    for device in state.pairings.devices_of(person):
        if device in before.publics:
            chest.give(device, before.publics[device], private)
    chest.give(secret_hash(token), device_pair(token)[1], private)
    if before.recovery_public:
        chest.recovery_public = before.recovery_public
        chest.recovery = seal_to(before.recovery_public, private, KEY)
    if before.shares:
        holders = {keyring.vault.name(h): keyring.public_of(h) for h in holders_of(state, person)}
        known = {name: held for name, held in holders.items() if held is not None}
        chest.give_shares(private, known if len(known) > 1 else {})
    things: dict[Place, bytes | None] = {(CHEST, person): keyring.body_of(chest)}
    boxes: dict[Place, list[bytes]] = {
        (kind, person): [
            papers.resealed(box, old, public, context) for box in keyring.vault.boxes(kind, person)
        ]
        for kind, context in BOXES.items()
        if keyring.vault.boxes(kind, person)
    }
    keyring.forget(person)
    things |= _own_papers(keyring, state, people, person, old, public)
    others = [other for other in everybody if other != person]
    things |= _of_others(keyring, others, person, old, public)
    keyring.vault.change(things, boxes)
    keyring.forget(person, *others)


def begin_anew(keyring: Keyring, everybody: Iterable[str], person: str, token: str) -> None:
    """A key for somebody of whose sealed things nothing is left but the boxes; those go too.

    The boxes that others made for the old key go as well. Whoever shares something with them has
    it made anew for the new key, as soon as their own phone is here.
    """
    private, public = new_pair()
    chest = Chest(public)
    chest.give(secret_hash(token), device_pair(token)[1], private)
    things: dict[Place, bytes | None] = dict.fromkeys(
        (kind, person) for kind in (PAPERS, *index.kinds_of(keyring, person))
    )  # None: taken away
    things[CHEST, person] = keyring.body_of(chest)
    things |= _closed(keyring, [other for other in everybody if other != person], person)
    keyring.vault.change(things, {(kind, person): [] for kind in BOXES})
    keyring.forget(person)


def _closed(keyring: Keyring, others: list[str], person: str) -> Mapping[Place, bytes | None]:
    """The papers of others without the boxes for the old key of `person`."""
    name = keyring.vault.name(person)
    anew: dict[Place, bytes | None] = {}
    for other in others:
        for kind in index.kinds_of(keyring, other):
            paper = papers.paper(keyring, kind, other)
            if paper is not None and paper.boxes.pop(name, None) is not None:
                anew[kind, other] = _encode(paper)
    return anew


def _own_papers(
    keyring: Keyring,
    state: CareState,
    people: Iterable[str],
    person: str,
    old: bytes,
    public: bytes,
) -> Mapping[Place, bytes | None]:
    """Their papers under fresh keys, in boxes for the new public key and for the readers."""
    anew: dict[Place, bytes | None] = {}
    readers = papers.shared_with(keyring, state, person)
    for kind in papers.OWN:
        words = papers.opened(keyring, kind, person, person, old)
        if words:
            shared = readers if kind == LINES else ()
            publics = {person: public} | {
                reader: held for reader in shared if (held := keyring.public_of(reader)) is not None
            }
            anew[kind, person] = papers.written_to(keyring, kind, words, publics, shared)
    name = keyring.vault.name
    for kind in index.kinds_of(keyring, person)[len(papers.OWN) :]:
        found = papers.paper(keyring, kind, person)
        words = papers.opened(keyring, kind, person, person, old)
        if found is None or not words:
            continue
        named = {p: name(p) for p in people if name(p) in found.shared}
        publics = {person: public} | {
            reader: held for reader in named if (held := keyring.public_of(reader)) is not None
        }
        until = {p: found.until[named[p]] for p in named if named[p] in found.until}
        anew[kind, person] = papers.written_to(keyring, kind, words, publics, tuple(named), until)
    return anew


def _of_others(
    keyring: Keyring, others: list[str], person: str, old: bytes, public: bytes
) -> Mapping[Place, bytes | None]:
    """The boxes that others made for `person`: keys of their papers, shares of their keys."""
    name = keyring.vault.name(person)
    anew: dict[Place, bytes | None] = {}
    for other in others:
        for kind in index.kinds_of(keyring, other):
            paper = papers.paper(keyring, kind, other)
            if paper is not None and name in paper.boxes:
                box = paper.boxes[name]
                paper.boxes[name] = papers.resealed(box, old, public, papers.PAPER_KEY)
                anew[kind, other] = _encode(paper)
        chest = keyring.chest(other)
        if chest is not None and name in chest.shares:
            chest.shares[name] = papers.resealed(chest.shares[name], old, public, SHARE)
            anew[CHEST, other] = keyring.body_of(chest)
    return anew
