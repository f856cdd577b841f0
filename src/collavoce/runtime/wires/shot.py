"""One thing that a cue sends, made ready when the house opens, so that a GO only pulls it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from collavoce.rig.udp import Sent
from collavoce.show.actions.action import Replay
from collavoce.units import Instant, Seconds


class Pull(NamedTuple):
    """Which firing pulls the shot. id: the same when it is sent again after a restart."""

    cue: str
    id: str
    now: Instant


@dataclass(frozen=True, slots=True)
class Shot:
    """to : the destination's name in the patch; what : in words, as the log says it.

    delay : from the wire to the world, by the latency book. send : hands it over and never waits.
    """

    to: str
    what: str
    replay: Replay
    delay: Seconds
    send: Callable[[Pull], Sent]
