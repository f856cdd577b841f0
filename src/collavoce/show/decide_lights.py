"""Lights out: the last cue has fired, and the lights' network carries it."""

from collavoce.show.commands import LightsSeen
from collavoce.show.cues import AfterCue, AtEnd, Cue, SetLevels
from collavoce.show.draft import Draft
from collavoce.show.events import LightsOut
from collavoce.show.order import find


def lights_seen(draft: Draft, command: LightsSeen) -> None:
    """Tell of the dark once it is the dark after the end.

    Nothing is remembered of a dark that came too early: whoever listens on the lights' network
    says again, once a second or so, what it sees.
    """
    state = draft.state
    if not command.dark or state.ended_at is None or state.lights_out_at is not None:
        return
    if all(_is_over(draft, cue) for cue in draft.cues if _closes(draft, cue)):
        draft.tell(LightsOut(at=draft.now))


def _closes(draft: Draft, cue: Cue) -> bool:
    """Whether `cue` sets levels and hangs on the end of the music, directly or behind others."""
    if not any(isinstance(action, SetLevels) for action in cue.actions):
        return False
    seen: set[str] = set()
    hangs: Cue | None = cue
    while hangs is not None and isinstance(hangs.trigger, AfterCue) and hangs.number not in seen:
        seen.add(hangs.number)
        hangs = find(draft.show, hangs.trigger.cue)
    return hangs is not None and isinstance(hangs.trigger, AtEnd)


def _is_over(draft: Draft, cue: Cue) -> bool:
    fired = draft.state.fired.get(cue.number)
    if fired is None or cue.number in draft.state.waiting:
        return False
    fades = [action.fade for action in cue.actions if isinstance(action, SetLevels)]
    return draft.now >= fired.at + max(fades, default=0.0)
