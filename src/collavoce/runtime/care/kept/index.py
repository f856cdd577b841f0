"""Which papers a person has, so that all of them can be found: to be renewed, exported, erased.

A paper is a thing of its kind; besides those everybody has (`papers.OWN`) there may be any number,
as one for each line of a card or each letter. Their kinds stand in one more thing, which is written
in the same step as the paper.
"""

from collections.abc import Mapping

import msgspec

from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.vault import PAPERS, Place

_encode = msgspec.msgpack.Encoder().encode
_kinds = msgspec.msgpack.Decoder(list[str])


def kinds_of(keyring: Keyring, person: str) -> tuple[str, ...]:
    """The kinds of every paper of `person`, those everybody may have first."""
    return (*papers.OWN, *_further(keyring, person))


def put(
    keyring: Keyring, person: str, changed: Mapping[str, bytes | None]
) -> dict[Place, bytes | None]:
    """What has to be written so that these papers of `person` are so; None takes one away."""
    things: dict[Place, bytes | None] = {(kind, person): body for kind, body in changed.items()}
    before = _further(keyring, person)
    after = [kind for kind in before if changed.get(kind, b"") is not None]
    after += [k for k, body in changed.items() if body is not None and k not in before]
    after = [kind for kind in after if kind not in papers.OWN]
    if after != before:
        things[PAPERS, person] = _encode(after) if after else None
    return things


def _further(keyring: Keyring, person: str) -> list[str]:
    body = keyring.vault.thing(PAPERS, person)
    return [] if body is None else _kinds.decode(body)
