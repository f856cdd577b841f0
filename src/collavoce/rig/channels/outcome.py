"""What can truthfully be said of a message that was handed to a channel.

`Accepted` means that a service outside has it and no more. `Delivered` is said only where the
thing at the end itself has taken it. Everything else is a `Failed` with its kind, never with a
text of somebody else's: those carry addresses and keys.
"""

from enum import StrEnum
from typing import Protocol

import msgspec


class Failure(StrEnum):
    """How it failed. Every one of them sends the message to the person's next contact."""

    NOT_SET_UP = "not_set_up"  # the operator has set up no service for this channel
    ADDRESS = "address"  # the address is refused, or is none
    GONE = "gone"  # the address was good once and is not any more
    DENIED = "denied"  # the service does not take our credentials
    BUSY = "busy"  # the service asks to be left alone for a while
    BROKEN = "broken"  # the service answers that it is ill, or answers nonsense
    RESET = "reset"  # no connection, or it broke
    TLS = "tls"  # the connection cannot be trusted
    LATE = "late"  # no answer in time
    FULL = "full"  # too many messages hang or wait in this channel
    UNCLEAR = "unclear"  # the service's library says no and not why


class Accepted(msgspec.Struct, frozen=True, tag=True):
    """Somebody else has it."""


class Delivered(msgspec.Struct, frozen=True, tag=True):
    """The thing it was for has it."""


class Failed(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """It is not on its way. after_s: how long the service wants to be left alone, 0 if unsaid."""

    kind: Failure
    after_s: float = 0.0


Outcome = Accepted | Delivered | Failed


class Adapter(Protocol):
    """One way to send. Called from several threads at once."""

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:
        """Send `text` to `address`; try not to take longer than `within_s`.

        key : the same for the same message, whoever sends it again; opaque. Raises nothing it
        foresees; whatever it does raise is taken as `Failure.BROKEN`.
        """
        ...
