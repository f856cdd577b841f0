"""Papers are made to fit those they are shared with, as soon as a phone of their owner is here.

Somebody has a key now who had none, or may read no more: their time is over, or they left the show.
"""

from collavoce.runtime.care.kept import index, papers
from collavoce.runtime.care.kept.keep import Keep, Reader


def fit(keep: Keep, owner: Reader) -> None:
    """Write anew every further paper of `owner` whose boxes are not those of its readers."""
    changed: dict[str, bytes | None] = {}
    for kind in index.kinds_of(keep.keyring, owner.person):
        found = papers.paper(keep.keyring, kind, owner.person)
        if found is None or kind in papers.OWN:
            continue
        shared = keep.shared_with(kind, owner.person)
        can = {keep.keyring.vault.name(p) for p in (owner.person, *shared) if keep.has_key(p)}
        if can != found.boxes.keys():
            words = keep.own(kind, owner)
            if words:
                changed[kind] = keep.sealed(kind, owner.person, words, shared)
    if changed:
        keep.change(owner.person, changed)
