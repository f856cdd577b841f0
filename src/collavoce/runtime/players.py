"""Who plays: a recording as if live, a live MIDI port, or nobody."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import MidiIn
from collavoce.rig.performer import Performer
from collavoce.runtime.clock import Clock
from collavoce.runtime.config import RunConfig
from collavoce.show.cues import Show
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

    @property
    def next_at(self) -> Instant | None:
        """When to ask next at the latest; None where `bell` says it."""
        ...

    @property
    def bell(self) -> MidiIn | None:
        """What is readable when something sounded; None where only `next_at` says it."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded performance; its next note is known beforehand."""

    performer: Performer
    bell: MidiIn | None = None

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What was played since the last call."""
        return self.performer.due(now)

    @property
    def next_at(self) -> Instant | None:
        """When the next message is played; None when all are."""
        return self.performer.next_at


def nobody() -> Player:
    """Silence."""
    return Recorded(Performer((), Instant(0.0)))


@dataclass(slots=True)
class LivePort:
    """A MIDI input by name, opened when it is there and looked for again when it is not.

    A cable that is pulled says nothing: after RETRY without a message the input is looked for too.
    What lies open in the air while it is gone is lost; the follower finds the player again.
    """

    port: str
    clock: Clock
    open_input: Callable[[str, Callable[[], Instant]], MidiIn] = MidiIn
    _input: MidiIn | None = None
    _retry_at: float = 0.0

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What was heard since the last call."""
        if self._input is None and now >= self._retry_at:
            # The command line has said why before the show; now the hand goes on without.
            with contextlib.suppress(RigError):
                self._input = self.open_input(self.port, self.clock.now)
            self._retry_at = now + RETRY
        if self._input is None:
            return []
        heard = self._input.drain()
        if heard:
            self._retry_at = now + RETRY
        elif now >= self._retry_at:
            self._retry_at = now + RETRY
            if not self._input.there():
                self._input.close()
                self._input = None
        return heard

    @property
    def next_at(self) -> Instant | None:
        """When a port that is missing, or silent, is looked for again."""
        return Instant(self._retry_at)

    @property
    def bell(self) -> MidiIn | None:
        """The port, once it is open."""
        return self._input


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a stage's follower hears: a live MIDI input by name, else a recording, else nobody."""

    port: str = ""
    file: str = ""


def source_of(config: RunConfig, show: Show, stage: str) -> Source:
    """The input that the show names for `stage`; what was chosen at opening is the first one's."""
    first = stage == show.stage_ids[0]
    file = config.performers.get(stage, config.performer if first else "")
    known = show.stages.get(stage)
    written = "" if known is None or file else known.midi
    return Source((config.midi_port if first else "") or written, file)


def player_of(config: RunConfig, since: float, source: Source) -> Player:
    """The player of a number that became current at `since`.

    What a recording has played before now is over, as it would be in a hall.
    """
    if source.port:
        return LivePort(source.port, config.clock)
    if not source.file:
        return nobody()
    messages = read_performance(Path(source.file).read_bytes())
    player = Recorded(Performer(messages, start=Instant(since + LEAD_IN)))
    player.due(config.clock.now())
    return player


def try_port(port: str, clock: Clock) -> None:
    """Open the MIDI input `port` once before the show; raises RigError with the remedy."""
    MidiIn(port, clock.now).close()
