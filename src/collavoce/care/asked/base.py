"""What every command is."""

import msgspec


class Command(msgspec.Struct, frozen=True, tag=True):
    """The base of every command."""
