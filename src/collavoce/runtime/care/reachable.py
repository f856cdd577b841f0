"""Who of a show no phone can reach: the one thing of care that is asked from outside its process.

Before the house opens somebody has to know that a performer has neither a paired phone nor any way
by which they may be called. Asked is the routing copy, which the server's own key opens: pairings
and contacts, and nothing else of it is folded. Nothing is written: the store is copied, also while
its show runs, and a show that has none gets none.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from collavoce.care.events import ContactsSet, PairingEvent, RoutingSet
from collavoce.care.reached.looking_over import can_be_called
from collavoce.care.state import CareState, evolve
from collavoce.ledger.copying import copy_store
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.home import STORE, found_home, server_key
from collavoce.runtime.care.kept.shelf import Shelf

READ = (*PairingEvent.__args__, ContactsSet, RoutingSet)
"""What is looked at. Who keeps their contacts to their own phones is taken to have some."""


def unreached(
    show_folder: Path,
    people: Iterable[str],
    data: Path | None = None,
    keys: Path | None = None,
) -> tuple[str, ...] | None:
    """Those of `people` without any way to be reached, in their order; None without a store.

    data, keys : as in `care_home`. Raises HomeError, LedgerError or OSError.
    """
    home = found_home(show_folder, data, keys)
    if home is None or not (home.folder / STORE).is_file():
        return None
    key, asked = server_key(home), tuple(people)
    with TemporaryDirectory(prefix="collavoce-") as scratch:
        copy = Path(scratch) / STORE
        copy_store(home.folder / STORE, copy)
        store = SealedStore.open(copy, ballast_bytes=0)
        try:
            state = _routed(Shelf(store, key, asked))
        finally:
            store.close()
    return tuple(person for person in asked if not can_be_called(state, person))


def _routed(shelf: Shelf) -> CareState:
    state = CareState()
    for event in shelf.replay():
        if isinstance(event, READ):
            state = evolve(state, event)
    return state
