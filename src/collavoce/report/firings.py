"""Every firing of a night explained: what fired it, when, what it sent where, what was answered."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from collavoce.report.model import AnswerLine, FiringLine, SentLine
from collavoce.show import events as e
from collavoce.show.told.event import Cause
from collavoce.words import say


@dataclass(slots=True)
class Firings:
    """By cue, in order. clock: see `Night`; where: the place of a quarter in words, or ""."""

    clock: Callable[[float], str]
    where: Callable[[float], str]
    by_cue: dict[str, list[FiringLine]] = field(default_factory=dict[str, list[FiringLine]])
    causes: Counter[Cause] = field(default_factory=Counter[Cause])

    def take(self, event: e.AnyEvent) -> None:
        """Whatever concerns a firing; other events are passed over."""
        match event:
            case e.CueFired():
                self._fired(event)
            case e.CueSent():
                self._sent(event)
            case e.CueAnswered():
                self._answered(event)
            case _:
                pass

    def _fired(self, event: e.CueFired) -> None:
        self.causes[event.cause] += 1
        line = FiringLine(
            at=event.at,
            clock=self.clock(event.at),
            cause=say(f"report.cause.{event.cause.value}"),
            by=event.by,
            bar="" if event.quarter is None else self.where(event.quarter),
            ms=None,
            datagrams=0,
            problem="",
        )
        self.by_cue.setdefault(event.cue, []).append(line)

    def _sent(self, event: e.CueSent) -> None:
        """What became of the last one on the wire."""
        # A cue of which nobody knows whether it left has no delay that could be believed.
        ms = None if event.problem and not event.datagrams else event.late_ms
        self._last(
            event.cue,
            ms=ms,
            datagrams=event.datagrams,
            problem=event.problem,
            sent=tuple(SentLine(s.to, s.what, s.late_ms, s.problem) for s in event.sent),
        )

    def _answered(self, event: e.CueAnswered) -> None:
        """What the other end said to the last one."""
        lines = self.by_cue.get(event.cue)
        before = lines[-1].answers if lines else ()
        answer = AnswerLine(event.to, event.answer, event.ok, event.ms)
        self._last(event.cue, answers=(*before, answer))

    @property
    def all(self) -> list[FiringLine]:
        """Every one of every cue."""
        return [line for lines in self.by_cue.values() for line in lines]

    def _last(self, cue: str, **known: object) -> None:
        lines = self.by_cue.get(cue)
        if lines:
            lines[-1] = msgspec.structs.replace(lines[-1], **known)
