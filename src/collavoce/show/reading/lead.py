"""How long before its place a cue of the show file fires: `lead = 1.5`, `lead = "fade"`."""

from collavoce.show.actions.action import Action
from collavoce.show.actions.levels import SetLevels
from collavoce.show.triggers import AtPlace, Trigger
from collavoce.show.written.table import Table, is_number
from collavoce.units import Seconds

FORESEEN_S = Seconds(4.0)
"""The follower foresees at least so much wherever the piece goes on; a longer lead would be kept
at some places and not at others."""

LEAD_LONGEST_S = 3600.0
"""Above this it is no lead but a slip."""

FADE = "fade"


def read_lead(cue: Table, trigger: Trigger | None, actions: tuple[Action, ...]) -> Seconds:
    """The lead of a cue, 0 without one; at most what can be foreseen, and a finding says so."""
    if "lead" not in cue:
        return Seconds(0.0)
    if trigger is not None and not isinstance(trigger, AtPlace):
        cue.warning("lead", "idle_lead")
        return Seconds(0.0)
    lead = _written(cue, actions)
    if lead > FORESEEN_S:
        cue.warning("lead", "long_lead", lead=f"{lead:g}", most=f"{FORESEEN_S:g}")
    return Seconds(min(lead, FORESEEN_S))


def _written(cue: Table, actions: tuple[Action, ...]) -> float:
    words = cue.raw("lead")
    if words == FADE:
        fades = [action.fade for action in actions if isinstance(action, SetLevels)]
        if not any(fades):
            cue.error("lead", "no_fade")
        return max(fades, default=0.0)
    if not is_number(words):
        cue.error("lead", "bad_lead")
        return 0.0
    return cue.number("lead", 0.0, 0.0, LEAD_LONGEST_S)
