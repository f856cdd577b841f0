"""What every event is."""

import msgspec


class Event(msgspec.Struct, frozen=True, tag=True):
    """The base of every event."""

    at: float
