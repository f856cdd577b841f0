"""Who plays: a recording as if live, a live MIDI port, or nobody."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import MidiIn
from collavoce.rig.performer import Performer
from collavoce.runtime.clock import Clock
from collavoce.runtime.config import RunConfig
from collavoce.units import Instant, Seconds
from collavoce.wire.midi import read_performance

LEAD_IN = Seconds(1.0)
"""A recorded player begins this long after the number is current."""

RETRY = Seconds(2.0)
"""A keyboard that was unplugged is looked for this often."""


class Player(Protocol):
    """Whoever plays, as the follower hears them."""

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What sounded since the last call up to `now`, with the instant it was played at."""
        ...


@dataclass(slots=True)
class LivePort:
    """A MIDI input by name, opened when it is there and looked for again when it is not."""

    port: str
    clock: Clock
    _input: MidiIn | None = None
    _retry_at: float = 0.0

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What was heard since the last call."""
        if self._input is None and now >= self._retry_at:
            try:
                self._input = MidiIn(self.port, self.clock.now)
            except RigError:
                # The command line has said why before the show; now the hand goes on without.
                self._retry_at = now + RETRY
        return [] if self._input is None else self._input.drain()


def player_of(config: RunConfig, since: float) -> Player:
    """The player of a number that became current at `since`.

    What a recording has played before now is over, as it would be in a hall.
    """
    if config.midi_port:
        return LivePort(config.midi_port, config.clock)
    if not config.performer:
        return Performer((), Instant(0.0))
    messages = read_performance(Path(config.performer).read_bytes())
    player = Performer(messages, start=Instant(since + LEAD_IN))
    player.due(config.clock.now())
    return player


def try_port(port: str, clock: Clock) -> None:
    """Open the MIDI input `port` once before the show; raises RigError with the remedy."""
    MidiIn(port, clock.now).close()
