"""The only clock, and the only source of identifiers and chance.

A performance has one clock: seconds since it was opened, the same in every process, never set
back. `speed` lets a rehearsal run faster than life. Wall time is for people and is taken beside
it, never compared with it.
"""

import secrets
import select
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from collavoce.units import Instant


class Clock(Protocol):
    """What the runtime asks for the time."""

    def now(self) -> Instant:
        """The instant of the performance."""
        ...


@dataclass(frozen=True, slots=True)
class LiveClock:
    """The machine's monotonic clock from `origin_ns` on, `speed` times as fast.

    Every process of a performance is given the same origin, so that their instants compare.
    """

    origin_ns: int
    speed: float = 1.0

    @classmethod
    def start(cls, speed: float = 1.0) -> "LiveClock":
        """A clock whose instant 0 is now."""
        return cls(time.monotonic_ns(), speed)

    def now(self) -> Instant:
        """Seconds since the opening."""
        return Instant((time.monotonic_ns() - self.origin_ns) * 1e-9 * self.speed)

    def real_seconds(self, seconds: float) -> float:
        """How long to sleep for `seconds` of the performance."""
        return seconds / self.speed


@dataclass(slots=True)
class VirtualClock:
    """A clock moved by hand; for simulation and for `--speed max`."""

    instant: Instant = Instant(0.0)

    def now(self) -> Instant:
        """Where the hand stands."""
        return self.instant

    def advance_to(self, instant: Instant) -> None:
        """Move forward; a move back is a mistake of the caller."""
        assert instant >= self.instant, (instant, self.instant)
        self.instant = instant


def monotonic_ns() -> int:
    """The machine's monotonic clock, for measuring, never for deciding."""
    return time.monotonic_ns()


def wall_ns() -> int:
    """UTC in nanoseconds since 1970, for people to read."""
    return time.time_ns()


def utc_now() -> datetime:
    """UTC, for people to read."""
    return datetime.now(UTC)


def sleep(real_seconds: float) -> None:
    """Wait in real time.

    A span is waited for, not a moment: `time.sleep` turns it into a deadline first, which fails
    where somebody's wall clock steps under the process (libfaketime answers EINVAL).
    """
    select.select((), (), (), max(0.0, real_seconds))


def fresh_id(bits: int = 128) -> str:
    """An unguessable identifier, url-safe."""
    return secrets.token_urlsafe(bits // 8)


def fresh_bytes(count: int) -> bytes:
    """`count` bytes that nobody can guess."""
    return secrets.token_bytes(count)
