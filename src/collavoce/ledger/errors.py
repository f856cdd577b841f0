"""What can go wrong with keeping a record.

LedgerError
+-- StoreMissingError     there is no store at this place
+-- StoreUnreadableError  it is there, and is not a store this program reads
+-- StoreBusyError        another process is writing to it, or holds it too long
+-- StoreFullError        no room on the disk; nothing was kept, asking again is allowed
+-- StoreStoppedError     the disk failed; nothing more is written to this file, ever
+-- LiftError             a record is newer than this program, or a lift is missing
+-- RingError
|   +-- RingFullError     no room on the disk for the next segment of the ring
|   +-- RingPayloadError  a payload is longer than an entry may be
|   +-- RingConflictError the store holds another entry under this entry's place
+-- SealBrokenError       sealed bytes do not open with this key and context
"""


class LedgerError(Exception):
    """Something could not be kept or read. Says which file, and the remedy."""


class StoreMissingError(LedgerError):
    """There is no store at this place."""


class StoreUnreadableError(LedgerError):
    """The file is not a store, is damaged, or was written by a newer program."""


class StoreBusyError(LedgerError):
    """Another process writes to this store, or held it for too long. Nothing was kept."""


class StoreFullError(LedgerError):
    """The disk has no room. Nothing was kept; the caller may ask again when there is room."""


class StoreStoppedError(LedgerError):
    """The disk failed while writing. Nothing was kept and nothing more will be."""


class LiftError(LedgerError):
    """A record cannot be brought to the version this program reads."""


class RingError(LedgerError):
    """The base of what goes wrong with a ring."""


class RingFullError(RingError):
    """The disk has no room for the next segment. The entry was not kept; the caller decides."""


class RingPayloadError(RingError):
    """The payload is empty or longer than an entry may be."""


class RingConflictError(RingError):
    """The store holds another entry under this place: two rings were given one epoch."""


class SealBrokenError(LedgerError):
    """Sealed bytes do not open: another key, another context, or they were changed."""
