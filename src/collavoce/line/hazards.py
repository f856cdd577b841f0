"""Hazards on zones: facts about places, for everybody, from nobody's name, and over by themselves.

    none --raised--> stands --raised again--> stands longer --lifted, or its time is over--> none

There is one of a kind at a zone: raised again, it lasts from then on as long as is said now, and
never ends sooner for it; whoever means sooner lifts it. Its end is a moment of the wall clock,
and moves along when that clock is set while the house is open (`ClockStepped`): a wet floor dries
no faster for a change of the hour. A clock that stands before the moment when it was raised shows
no more than was said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["haze", "strobe", "paint", "wet floor", "scent", "pyro", "other"]
KINDS: tuple[str, ...] = get_args(Kind)

MINUTES_LEAST = 5
MINUTES_MOST = 720
MINUTE_S = 60.0

NEWS_S = 30.0
"""An end that would move by less is the same press once more."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """zone, kind: which. minutes: as it was last said. until: UTC, s."""

    zone: str
    kind: str
    minutes: int
    until: float

    def left_s(self, now: float) -> float:
        """Seconds until it is over, at most what was said; 0 or less once it is."""
        return min(self.until - now, self.minutes * MINUTE_S)


@dataclass(frozen=True, slots=True)
class Hazards:
    """All that were raised and not lifted, by zone and kind, the one raised last at the end."""

    all: Mapping[tuple[str, str], Hazard] = field(default_factory=dict[tuple[str, str], Hazard])

    def standing(self, now: float) -> tuple[Hazard, ...]:
        """Those whose time is not over at `now`, the latest first."""
        return tuple(one for one in reversed([*self.all.values()]) if one.left_s(now) > 0)

    def find(self, zone: str, kind: str, now: float) -> Hazard | None:
        """The one of that kind at that zone, if it stands at `now`."""
        one = self.all.get((zone, kind))
        return one if one is not None and one.left_s(now) > 0 else None

    def raised(self, zone: str, kind: str, minutes: int, at: float) -> "Hazards":
        """With one that stands from `at` on; those that were over by then are forgotten."""
        left = {k: one for k, one in self.all.items() if k != (zone, kind) and one.left_s(at) > 0}
        one = Hazard(zone, kind, minutes, at + minutes * MINUTE_S)
        return Hazards({**left, (zone, kind): one})

    def lifted(self, zone: str, kind: str) -> "Hazards":
        """Without it."""
        return Hazards({k: one for k, one in self.all.items() if k != (zone, kind)})

    def stepped(self, seconds: float, at: float) -> "Hazards":
        """After the clock was set by `seconds`, to `at`: whatever was left is left still.

        What was over stays over, however far the clock went back.
        """
        before = at - seconds
        moved = {
            k: Hazard(one.zone, one.kind, one.minutes, one.until + seconds)
            for k, one in self.all.items()
            if one.left_s(before) > 0
        }
        return Hazards(moved)
