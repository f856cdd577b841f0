"""Standbys of a night: how many were asked, how soon they answered, who went on all the same.

Who was not clear, and why, is nobody's reading tomorrow; who decided to go on is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from collavoce.report.model import StandbyLine
from collavoce.show import events as e


@dataclass(slots=True)
class Standbys:
    """In the order of their calling; an answer belongs to its cue's last call."""

    clock: Callable[[float], str]
    lines: list[StandbyLine] = field(default_factory=list[StandbyLine])
    _answers: dict[int, dict[str, bool]] = field(default_factory=dict[int, dict[str, bool]])

    def take(self, event: e.AnyEvent) -> None:
        """Whatever concerns a standby; other events are passed over."""
        match event:
            case e.StandbyCalled():
                self._called(event)
            case e.StandbyAnswered():
                self._answered(event)
            case e.StandbyOverridden(cue=cue, by=by):
                self._change(cue, overridden_by=by)
            case e.StandbyReleased(cue=cue):
                self._change(cue, released=True)
            case _:
                pass

    def _called(self, event: e.StandbyCalled) -> None:
        line = StandbyLine(
            at=event.at,
            clock=self.clock(event.at),
            cue=event.cue,
            by=event.by,
            asked=len(event.people),
            clear=0,
            not_clear=0,
            answered_s=None,
            overridden_by="",
            released=False,
        )
        self.lines.append(line)

    def _answered(self, event: e.StandbyAnswered) -> None:
        at = self._last(event.cue)
        if at is None:
            return
        # Somebody who was not clear and is now counts as clear.
        answers = self._answers.setdefault(at, {})
        answers[event.person] = event.clear
        clear = sum(answers.values())
        self.lines[at] = msgspec.structs.replace(
            self.lines[at],
            clear=clear,
            not_clear=len(answers) - clear,
            answered_s=event.at - self.lines[at].at,
        )

    def _change(self, cue: str, **known: object) -> None:
        at = self._last(cue)
        if at is not None:
            self.lines[at] = msgspec.structs.replace(self.lines[at], **known)

    def _last(self, cue: str) -> int | None:
        found = [at for at, line in enumerate(self.lines) if line.cue == cue]
        return found[-1] if found else None
