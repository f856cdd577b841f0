"""Who may come near a person: the one rule that binds every call made for them.

    anyone            nobody is kept away
    only  {ids}       these and nobody else
    not   {ids}       everybody but these

It is a list of persons and never the reason. Whoever may not come near is not called, at any
step, by any channel.
"""

from enum import StrEnum

import msgspec

NAMED_MAX = 32


class Kind(StrEnum):
    """How `ids` is read."""

    ANYONE = "anyone"
    ONLY = "only"
    NOT = "not"


class Near(msgspec.Struct, frozen=True):
    """ids: 0 to `NAMED_MAX` persons."""

    kind: Kind = Kind.ANYONE
    ids: tuple[str, ...] = ()

    def admits(self, person: str) -> bool:
        """Whether `person` may come near."""
        match self.kind:
            case Kind.ANYONE:
                return True
            case Kind.ONLY:
                return person in self.ids
            case Kind.NOT:
                return person not in self.ids
