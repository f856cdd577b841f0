"""How care learns that the evening is over: the engine says now and then how far it is.

One datagram, said again every few seconds whatever becomes of it, into a mailbox that may have
nobody behind it. So it survives the death of either: whoever comes back says it, or hears it, a
moment later; said twice it is the same. The end is said as its age in real seconds, since care
keeps its own clock. Nothing ever comes back: the engine does not know whether anybody listens.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from collavoce.runtime.clock import LiveClock
from collavoce.show.cues import Show
from collavoce.show.setlist.over import how_far
from collavoce.show.state import ShowState

BOX = "care-evening"

Ago = Annotated[float, msgspec.Meta(ge=0.0)]


class EveningTold(msgspec.Struct, frozen=True):
    """How far the evening is. evening: a random id of the performance.

    begun : something was played. ended_ago : real s since it is over, None while it goes on.
    """

    evening: str
    begun: bool
    ended_ago: Ago | None = None


class EveningToldError(ValueError):
    """A datagram that says nothing of an evening."""


_encode = msgspec.msgpack.Encoder().encode
_evenings = msgspec.msgpack.Decoder(EveningTold)


def evening_now(
    evening: str, stages: Iterable[tuple[Show, ShowState]], clock: LiveClock
) -> EveningTold:
    """How far `evening` is on all its stages."""
    now = clock.now()
    begun, over_at = how_far(stages, now)
    ago = None if over_at is None else clock.real_seconds(max(0.0, now - over_at))
    return EveningTold(evening, begun, ago)


def pack_evening(told: EveningTold) -> bytes:
    """`told` as a datagram."""
    return _encode(told)


def read_evening(datagram: bytes) -> EveningTold:
    """What `pack_evening` made; raises EveningToldError."""
    try:
        return _evenings.decode(datagram)
    except msgspec.DecodeError as error:
        raise EveningToldError(f"{len(datagram)} bytes that say nothing of an evening") from error
