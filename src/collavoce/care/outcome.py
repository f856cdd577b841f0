"""What came of a command, for whoever asked."""

import msgspec

from collavoce.care.events import Refused


class Kept(msgspec.Struct, frozen=True):
    """It is so, and it is on disk."""


class NotRecorded(msgspec.Struct, frozen=True):
    """The disk did not take it. done: it was carried out all the same (a press)."""

    done: bool


Outcome = Kept | NotRecorded | Refused
