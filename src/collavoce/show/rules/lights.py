"""Lights out: the last end cue has fired, its fade is over, and the lights' network carries it."""

from collavoce.show.actions.levels import SetLevels
from collavoce.show.commands import LightsSeen
from collavoce.show.cues import Cue
from collavoce.show.events import LightsOut
from collavoce.show.order import end_cues
from collavoce.show.rules.draft import Draft

FADED = 0.9
"""Of a fade's time. A lamp below a fiftieth of full is zero on the wire by then: a byte has no
smaller step."""


def lights_seen(draft: Draft, command: LightsSeen) -> None:
    """Tell of the dark once it is the dark after the end.

    Nothing is remembered of a dark that came too early: whoever listens on the lights' network
    says again, once a second or so, what it sees. What follows the end cues (the house lights, as
    a rule) need not have fired.
    """
    state = draft.state
    if not command.dark or state.ended_at is None or state.lights_out_at is not None:
        return
    if all(_is_over(draft, cue) for _, cue in end_cues(draft.cues)):
        draft.tell(LightsOut(at=draft.now))


def _is_over(draft: Draft, cue: Cue) -> bool:
    fades = [action.fade for action in cue.actions if isinstance(action, SetLevels)]
    if not fades:
        return True
    fired = draft.state.fired.get(cue.number)
    return fired is not None and draft.now >= fired.at + FADED * max(fades)
