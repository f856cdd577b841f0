"""Who decides what is asked of cues under way, and what comes in from outside."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.actions.others import What
from collavoce.show.asked import running as c
from collavoce.show.asked.command import Command
from collavoce.show.events import (
    CueAnswered,
    CueAuditioned,
    Refused,
)
from collavoce.show.order import find
from collavoce.show.rules.acting import on_one
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.named import anywhere
from collavoce.show.rules.outside import fire_by_input, read_clock, say_person
from collavoce.words import say

HALT_LONGEST_S = 600.0
"""Of a fade that ends a cue; as long as the longest stop."""


def audition(draft: Draft, command: c.Audition) -> Refused | None:
    """Show on the virtual stage what the cue would send. Nothing in the show moves."""
    cue = anywhere(draft, command.cue)
    if isinstance(cue, Refused):
        return cue
    draft.tell(CueAuditioned(at=draft.now, cue=cue.number, by=draft.by))
    return None


def pause(draft: Draft, command: c.PauseCue) -> Refused | None:
    """Let what is under way stand still."""
    return _act(draft, command.cue, What.PAUSE)


def resume(draft: Draft, command: c.ResumeCue) -> Refused | None:
    """Let what was paused go on."""
    return _act(draft, command.cue, What.RESUME)


def halt(draft: Draft, command: c.HaltCue) -> Refused | None:
    """End what is under way."""
    if not 0 <= command.fade <= HALT_LONGEST_S:
        return Refused(say("show.refused.fade", limit=f"{HALT_LONGEST_S:.0f}"))
    return _act(draft, command.cue, What.FADE, command.fade)


def _act(draft: Draft, number: str, what: What, within: float = 0.0) -> Refused | None:
    cue = anywhere(draft, number)
    if isinstance(cue, Refused):
        return cue
    if on_one(draft, cue.number, what, within):
        return None
    return Refused(say(f"show.refused.nothing_to_{what}", cue=cue.number))


def hear_answer(draft: Draft, command: c.HearAnswer) -> None:
    """Keep what the other end answered. Of a cue that is gone from the folder nothing is kept."""
    if find(draft.show, command.cue) is not None:
        draft.tell(
            CueAnswered(
                at=draft.now,
                cue=command.cue,
                to=command.to,
                answer=command.answer,
                ok=command.ok,
                ms=command.ms,
            )
        )


RULES: Mapping[type[Command], Callable[..., Any]] = {
    c.FireByInput: fire_by_input,
    c.ReadClock: read_clock,
    c.SayPerson: say_person,
    c.Audition: audition,
    c.PauseCue: pause,
    c.ResumeCue: resume,
    c.HaltCue: halt,
    c.HearAnswer: hear_answer,
}
