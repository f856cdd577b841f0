"""What is ruled about one message that came in: orders for the show, refusals, what is answered."""

from dataclasses import dataclass
from enum import StrEnum

from collavoce.show.commands import AnyCommand
from collavoce.wire.keyed import Answered, Keyed


class Refusal(StrEnum):
    """Why a message came to nothing. Each is counted and shown; none is answered but to a key."""

    FORM = "form"  # no OSC, or none that is read here
    FORGED = "forged"  # not sealed with the key of this name, or nobody's name
    HEARD = "heard"  # a count that was taken already
    STRANGER = "stranger"  # bare, from a source that is allowed nothing
    NOT_ALLOWED = "not_allowed"  # this source may not say this
    ADDRESS = "address"  # below /collavoce/, and no address there
    VALUES = "values"  # an address of ours with values that cannot stand there
    STAGE = "stage"  # names a stage that the show does not have
    FLOOD = "flood"  # more than hands can do


@dataclass(frozen=True, slots=True)
class Order:
    """A command for the engine. key: its idempotency key, "" to be given a fresh one.

    before : asked first, its outcome told by that of the command.
    """

    command: AnyCommand
    by: str
    stage: str = ""
    key: str = ""
    before: AnyCommand | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to be told what happens, or no more. port: 0 where the message came from."""

    on: bool
    port: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one message comes to.

    source, what : who said what, for the operator. refused : why nothing came of it.
    keyed : proved; its answer goes out when the order's is known. answer : goes out at once.
    """

    source: str
    what: str = ""
    orders: tuple[Order, ...] = ()
    refused: Refusal | None = None
    wish: Wish | None = None
    keyed: Keyed | None = None
    answer: Answered | None = None

    @property
    def speaker(self) -> str:
        """Who said it: a controller by name, else its source."""
        return self.source if self.keyed is None else self.keyed.name
