"""What the lights look like: a fold over the levels that cues have set.

A cue names channels and leaves the others as they are (tracking). A channel that is named while it
still moves starts its new fade from where it is at that instant, so no lamp ever jumps unless the
fade is zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from collavoce.units import Instant, Seconds


class Fade(NamedTuple):
    """One channel's way from `start` (level 0..1, at `began`) to `target`, reached at `until`."""

    start: float
    target: float
    began: float
    until: float

    def at(self, now: float) -> float:
        """The level at `now`: linear between the ends, exactly `target` from `until` on."""
        if now >= self.until:
            return self.target
        if now <= self.began:
            return self.start
        part = (now - self.began) / (self.until - self.began)
        return self.start + (self.target - self.start) * part


@dataclass(frozen=True, slots=True)
class Look:
    """Every channel that a cue has ever named, on its way or there. Immutable.

    moving_until : the instant from which nothing moves.
    """

    fades: Mapping[str, Fade] = field(default_factory=dict[str, Fade])
    moving_until: Instant = Instant(0.0)

    @classmethod
    def dark(cls, channels: Iterable[str]) -> Self:
        """A look in which `channels` are known and at zero."""
        return cls({name: Fade(0.0, 0.0, 0.0, 0.0) for name in channels})

    def fire(self, levels: Mapping[str, float], fade: Seconds, at: Instant) -> Self:
        """The look after a cue fired at `at` sends `levels` (0..1) on their way for `fade`.

        A channel never named before comes from zero.
        """
        until = at + fade
        fades = dict(self.fades)
        for name, level in levels.items():
            before = fades.get(name)
            start = before.at(at) if before else 0.0
            fades[name] = Fade(start, min(1.0, max(0.0, level)), at, until)
        moving_until = max((way.until for way in fades.values()), default=0.0)
        return type(self)(fades, Instant(moving_until))

    def black(self, at: Instant, fade: Seconds) -> Self:
        """The look after everything that is known goes to zero within `fade`."""
        return self.fire(dict.fromkeys(self.fades, 0.0), fade, at)

    def at(self, now: Instant) -> dict[str, float]:
        """Every channel's level at `now`, 0..1."""
        return {name: fade.at(now) for name, fade in self.fades.items()}
