"""Levels of named channels to E1.31 packets, at the right moments.

A universe that is changing is sent on a grid of 44 frames a second, the most that DMX512 carries
(E1.31 6.6.1). A change that comes while nothing moved is sent at once. One that comes between two
frames of the grid may be sent at once too, when asked for: a cue fired by hand is not kept waiting
22 ms; but only one such frame between two of the grid, so that no storm of cues becomes a storm of
packets.

When nothing changes any more, the last levels are sent three times in all, then repeated between
0.8 and 1.0 s (6.6.2), so that a receiver that missed one, or was switched on late, knows. A stream
ends with three packets that say so (6.2.6); without them receivers hold the light for 2.5 s and
then each does what it likes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Final, NamedTuple

from collavoce.units import Instant
from collavoce.wire.sacn import LEVELS_AT, SLOTS, SacnError, UniversePacket
from collavoce.words import say

FRAMES_A_SECOND: Final = 44

SAME: Final = 3
"""Packets of the same levels before the stream falls quiet (6.6.2)."""

KEEP_ALIVE: Final = 0.85
"""Seconds between packets of a quiet universe: 6.6.2 says 0.8 to 1.0, and timers run late."""

FAREWELLS: Final = 3
"""Packets that end a stream (6.2.6)."""

_GRID_SLACK = 1e-6
"""Part of a frame by which a step counts as on the grid: k / 44 * 44 is not always k."""


class Frame(NamedTuple):
    """A packet to send now. datagram: valid until the next step; copy it to keep it.

    A stream's frame is always the same object: 44 times a second for hundreds of universes, new
    ones would wake the garbage collector in mid-fade (measured: 8 ms of lateness).
    """

    universe: int
    datagram: bytes | bytearray


@dataclass(slots=True)
class _Stream:
    """One universe on its way. last: grid number of its last packet; same: packets alike."""

    packet: UniversePacket
    frame: Frame
    last: int = -1
    sent_at: float = 0.0
    same: int = 0
    changed: bool = True
    extra: bool = False


class UniverseFrames:
    """The streams of a patch: levels in, packets out, time as an argument.

    patch : channel name -> (universe 1..63999, address 1..512). Raises SacnError for what does not
        exist and for two channels at one address.
    """

    def __init__(
        self,
        patch: Mapping[str, tuple[int, int]],
        *,
        cid: bytes,
        source: str,
        priority: int = 100,
    ) -> None:
        _check(patch)
        self._streams: dict[int, _Stream] = {}
        for universe in sorted({universe for universe, _ in patch.values()}):
            packet = UniversePacket(cid, source, universe, priority)
            self._streams[universe] = _Stream(packet, Frame(universe, packet.data))
        self._slots = {
            name: (self._streams[universe], address) for name, (universe, address) in patch.items()
        }
        self._levels = dict.fromkeys(patch, 0.0)

    def step(
        self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False
    ) -> list[Frame]:
        """The packets that leave at `now`.

        levels : channel -> 0..1; a channel not named keeps its level, one not patched is passed
            over. at_once : a cue fired just now; its change does not wait for the grid.
        """
        self._take(levels)
        grid = _grid(now)
        frames: list[Frame] = []
        for stream in self._streams.values():
            if _leaves(stream, now, grid, at_once=at_once):
                stream.extra = stream.last == grid
                stream.same = 1 if stream.changed else stream.same + 1
                stream.last, stream.sent_at, stream.changed = grid, now, False
                stream.packet.count()
                frames.append(stream.frame)
        return frames

    def next_due(self, now: Instant, *, moving: bool = False) -> Instant:
        """When to step again if nothing happens. moving: levels are on their way somewhere."""
        next_frame = (_grid(now) + 1) / FRAMES_A_SECOND
        if moving or any(s.changed or s.same < SAME for s in self._streams.values()):
            return Instant(next_frame)
        quiet = (s.sent_at + KEEP_ALIVE for s in self._streams.values())
        return Instant(max(now, min(quiet, default=now + KEEP_ALIVE)))

    def repeat(self) -> list[Frame]:
        """A packet of every universe as it stands, whenever asked.

        A source that returns sends them until it is past the sequence numbers that its predecessor
        may have used: receivers drop what is up to 20 behind (6.7.2).
        """
        for stream in self._streams.values():
            stream.packet.count()
        return [stream.frame for stream in self._streams.values()]

    def preview(self, levels: Mapping[str, float]) -> list[bytes]:
        """A packet of every universe as it would look with `levels`, marked Preview_Data (6.2.6).

        The streams themselves go on as if it had not been asked for.
        """
        packets = {u: bytearray(stream.packet.preview()) for u, stream in self._streams.items()}
        for name, level in levels.items():
            if name in self._slots:
                stream, address = self._slots[name]
                packets[stream.frame.universe][LEVELS_AT - 1 + address] = _slot(level)
        return [bytes(packet) for packet in packets.values()]

    def terminate(self) -> list[Frame]:
        """The packets that end every stream, each its own bytes; after them nothing leaves."""
        for stream in self._streams.values():
            stream.packet.terminate()
        farewells = [
            Frame(universe, bytes(stream.packet.count()))
            for _ in range(FAREWELLS)
            for universe, stream in self._streams.items()
        ]
        self._streams = {}
        return farewells

    def _take(self, levels: Mapping[str, float]) -> None:
        known = self._levels
        for name, level in levels.items():
            if known.get(name, level) == level:
                continue
            known[name] = level
            stream, address = self._slots[name]
            stream.changed |= stream.packet.set(address, _slot(level))


def _slot(level: float) -> int:
    """Half up, and never past the ends, whatever rounding the fade brought."""
    return min(255, max(0, int(level * 255 + 0.5)))


def _leaves(stream: _Stream, now: float, grid: int, *, at_once: bool) -> bool:
    if stream.last == grid:
        return stream.changed and at_once and not stream.extra
    return stream.changed or stream.same < SAME or now >= stream.sent_at + KEEP_ALIVE


def _grid(now: float) -> int:
    return floor(now * FRAMES_A_SECOND + _GRID_SLACK)


def _check(patch: Mapping[str, tuple[int, int]]) -> None:
    taken: dict[tuple[int, int], str] = {}
    for name, (universe, address) in patch.items():
        if not 1 <= address <= SLOTS:
            raise SacnError(
                say("rig.sacn.address", channel=name, universe=universe, address=address)
            )
        first = taken.setdefault((universe, address), name)
        if first != name:
            raise SacnError(
                say(
                    "rig.sacn.shared",
                    first=first,
                    second=name,
                    universe=universe,
                    address=address,
                )
            )
