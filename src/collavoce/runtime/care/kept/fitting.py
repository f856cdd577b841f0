"""Papers are made to fit those they are shared with, as soon as a phone of their owner is here.

Somebody has a key now who had none, or may read no more: their time is over, or they left the show.
Whoever may read no more is named no more either: a sharing that is over does not come back by
itself with a clock that is set back, or with them.
"""

from collavoce.runtime.care.kept import index, papers
from collavoce.runtime.care.kept.keep import Keep, Reader

UNSHARED = ("note ", "invitation ")
"""How kinds begin that are their owner's alone, and many: they need not be looked at."""


def fit(keep: Keep, owner: Reader) -> None:
    """Write anew every further paper of `owner` whose boxes are not those of its readers."""
    changed: dict[str, bytes | None] = {}
    for kind in index.kinds_of(keep.keyring, owner.person):
        if kind in papers.OWN or kind.startswith(UNSHARED):
            continue
        found = papers.paper(keep.keyring, kind, owner.person)
        if found is None:
            continue
        shared, name = keep.shared_with(kind, owner.person), keep.keyring.vault.name
        can = {name(p) for p in (owner.person, *shared) if keep.has_key(p)}
        if can != found.boxes.keys() or {name(p) for p in shared} != set(found.shared):
            words = keep.own(kind, owner)
            if words:
                changed[kind] = keep.sealed(kind, owner.person, words, shared)
    if changed:
        keep.change(owner.person, changed)
