"""The circle of somebody who declined the routing copy: sealed to their phones, opened by them.

    declined   what the circle is made of goes from their stream into boxes to their public key
    unlock     a phone of theirs is here: the boxes are opened and folded into memory, once
    press      comes from a phone of theirs, so the circle is there; the press' own stream keeps
               whom it calls while it is open, and goes when it has ended
    allowed    what the boxes hold comes back into the stream

The words that take a press back are always kept in boxes, whatever a person chose: they are short
words people remember, and a hash of one that the server could read could be guessed.

What a person who declined gives up: after a restart of this process, and until a phone of theirs is
here, nobody's hand and no breach opens their ladder, those of their circle see nothing of it, and
they themselves are called for others on their page alone, since their contacts are closed too.
"""

from collections.abc import Sequence

from collavoce.care.events import AnyEvent, CircleSet, ConsentGiven, ConsentRefused
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import open_box, seal_to
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.renewal import EVENT
from collavoce.runtime.care.kept.shelf import ROUTING, Shelf, decoded, encoded
from collavoce.runtime.care.kept.vault import SEALED


def withdraw(shelf: Shelf, keyring: Keyring, owner: str) -> None:
    """Move what the circle of `owner` is made of into boxes; raises LedgerError.

    What death interrupts is done at the next opening; a fact that then lies in two boxes is still
    one fact.
    """
    place, public = ("person", owner, ""), keyring.public_of(owner)
    entries = shelf.entries(place)
    moving = [entry for entry in entries if isinstance(entry.event, ROUTING)]
    if public is None or not moving:
        return
    for entry in moving:
        shelf.add_box(SEALED, owner, seal_to(public, encoded(entry.event), EVENT))
    shelf.write_anew({place: [entry for entry in entries if entry not in moving]})


def give_back(shelf: Shelf, keyring: Keyring, owner: str, private: bytes) -> None:
    """Move what the boxes of `owner` hold of their circle back; raises LedgerError."""
    boxes = keyring.vault.boxes(SEALED, owner)
    events = {box: event for box in boxes if (event := _opened(box, private)) is not None}
    circle = [event for event in events.values() if isinstance(event, ROUTING)]
    if not circle:
        return
    shelf.append(latest(circle))
    left = [box for box in boxes if not isinstance(events.get(box), ROUTING)]
    keyring.vault.change({}, {(SEALED, owner): left})


def opened(keyring: Keyring, owner: str, private: bytes) -> list[AnyEvent]:
    """What the boxes of `owner` hold, in order."""
    events = (_opened(box, private) for box in keyring.vault.boxes(SEALED, owner))
    return [event for event in events if event is not None]


def latest(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """Of facts that replace one another the last, in order: a circle, and one answer a person."""
    last: dict[tuple[str, str], AnyEvent] = {}
    for event in events:
        last.pop(_replaces(event), None)
        last[_replaces(event)] = event
    # The answers belong to the people of a circle, which therefore comes first.
    return sorted(last.values(), key=lambda event: not isinstance(event, CircleSet))


def _replaces(event: AnyEvent) -> tuple[str, str]:
    if isinstance(event, ConsentGiven | ConsentRefused):
        return "answer", event.trusted
    return type(event).__name__, ""


def _opened(box: bytes, private: bytes) -> AnyEvent | None:
    try:
        return decoded(open_box(private, box, EVENT))
    except SealBrokenError:
        return None
