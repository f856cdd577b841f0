"""What the lights look like: a fold over the levels that cues have set.

A cue names channels and leaves the others as they are (tracking). A channel that is named while it
still moves starts its new fade from where it is at that instant, so no lamp ever jumps unless the
fade is zero.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from collavoce.show import events as e
from collavoce.show.actions.levels import SetLevels
from collavoce.show.cues import Show
from collavoce.show.patch import LIGHTS
from collavoce.units import Instant, Seconds


class Fade(NamedTuple):
    """One channel's way from `start` (level 0..1, at `began`) to `target`, reached at `until`.

    cue : whose way it is, "" for nobody's. stands : since when it is paused, None while it goes on.
    """

    start: float
    target: float
    began: float
    until: float
    cue: str = ""
    stands: float | None = None

    def at(self, now: float) -> float:
        """The level at `now`: linear between the ends, exactly `target` from `until` on."""
        if self.stands is not None and now > self.stands:
            now = self.stands
        if now >= self.until:
            return self.target
        if now <= self.began:
            return self.start
        part = (now - self.began) / (self.until - self.began)
        return self.start + (self.target - self.start) * part

    def paused(self, at: float) -> "Fade":
        """The same, standing still from `at` on; what has arrived or stands is as it was."""
        return self._replace(stands=at) if self.stands is None and at < self.until else self

    def resumed(self, at: float) -> "Fade":
        """The same, going on at `at` with as long to go as when it was paused."""
        if self.stands is None:
            return self
        stood = at - self.stands
        return self._replace(began=self.began + stood, until=self.until + stood, stands=None)

    def frozen(self, at: float) -> "Fade":
        """Arrived where it is at `at`."""
        level = self.at(at)
        return Fade(level, level, at, at, self.cue)


@dataclass(frozen=True, slots=True)
class Look:
    """Every channel that a cue has ever named, on its way or there. Immutable.

    moving_until : the instant from which nothing moves, unless something paused is resumed.
    """

    fades: Mapping[str, Fade] = field(default_factory=dict[str, Fade])
    moving_until: Instant = Instant(0.0)

    @classmethod
    def dark(cls, channels: Iterable[str]) -> Self:
        """A look in which `channels` are known and at zero."""
        return cls({name: Fade(0.0, 0.0, 0.0, 0.0) for name in channels})

    def fire(
        self,
        levels: Mapping[str, float],
        fade: Seconds,
        at: Instant,
        *,
        wait: Seconds = Seconds(0.0),
        cue: str = "",
    ) -> Self:
        """The look after `cue`, fired at `at`, sends `levels` (0..1) on their way for `fade`.

        A channel never named before comes from zero. wait : so long they stand first, because
        something slower is to arrive together with them.
        """
        begin = at + wait
        fades = dict(self.fades)
        for name, level in levels.items():
            before = fades.get(name)
            start = before.at(at) if before else 0.0
            fades[name] = Fade(start, min(1.0, max(0.0, level)), begin, begin + fade, cue)
        return self._with(fades)

    def black(self, at: Instant, fade: Seconds) -> Self:
        """The look after everything that is known goes to zero within `fade`."""
        return self.fire(dict.fromkeys(self.fades, 0.0), fade, at)

    def fade_out(self, cue: str, at: Instant, fade: Seconds) -> Self:
        """The look after what `cue` has set goes to zero; what others set since stays theirs."""
        return self.fire(dict.fromkeys(self._of(cue), 0.0), fade, at, cue=cue)

    def change(self, cue: str, way: Callable[[Fade], Fade]) -> Self:
        """The look after every channel of `cue` goes on as `way` says."""
        return self._with({**self.fades, **{n: way(self.fades[n]) for n in self._of(cue)}})

    def at(self, now: Instant) -> dict[str, float]:
        """Every channel's level at `now`, 0..1."""
        return {name: fade.at(now) for name, fade in self.fades.items()}

    def _of(self, cue: str) -> list[str]:
        return [name for name, fade in self.fades.items() if fade.cue == cue]

    def _with(self, fades: Mapping[str, Fade]) -> Self:
        moving = (way.until for way in fades.values() if way.stands is None)
        return type(self)(fades, Instant(max(moving, default=0.0)))


def look_after(show: Show, look: Look, event: e.AnyEvent) -> Look:
    """What the stage looks like from `event` on."""
    match event:
        case e.CueFired(at=at, cue=number):
            return _fired(show, look, event, number, Instant(at))
        case e.ShowStopped(at=at, fade=fade, hard=hard):
            return look.black(Instant(at), Seconds(0.0 if hard else fade))
        case e.StageTracked(at=at, levels=levels, fade=fade):
            return look.fire(levels, Seconds(fade), Instant(at))
        case e.CueHalted(at=at, cue=number, freeze=True):
            return look.change(number, lambda way: way.frozen(at))
        case e.CueHalted(at=at, cue=number, fade=fade):
            return look.fade_out(number, Instant(at), Seconds(fade))
        case e.CuePaused(at=at, cue=number):
            return look.change(number, lambda way: way.paused(at))
        case e.CueResumed(at=at, cue=number):
            return look.change(number, lambda way: way.resumed(at))
        case _:
            return look


def _fired(show: Show, look: Look, event: e.CueFired, number: str, at: Instant) -> Look:
    """A ledger may be read beside a folder that was edited since: unknown cues change nothing."""
    cue = show.cues_by_number.get(number)
    wait = Seconds(0.0)
    if event.lands:
        wait = Seconds(max(0.0, event.lands - show.patch.delay.get(LIGHTS, 0.0)))
    for action in () if cue is None else cue.actions:
        if isinstance(action, SetLevels):
            look = look.fire(action.levels, action.fade, at, wait=wait, cue=number)
    return look
