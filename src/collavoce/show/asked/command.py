"""What every command of the show has in common."""

import msgspec


class Command(msgspec.Struct, frozen=True, tag=True):
    """The base of every command: imperative, asked of `decide`."""
