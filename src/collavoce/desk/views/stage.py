"""The virtual stage: what a cue would look like and send, drawn on the page and nowhere else."""

from collavoce.desk.history import History
from collavoce.desk.views.signs import View
from collavoce.show.actions.levels import SetLevels
from collavoce.show.cues import Show
from collavoce.show.deeds import does
from collavoce.show.order import find


def audition_view(show: Show, history: History | None) -> View | None:
    """The latest audition: levels in percent of the channels it would set, and all that it does."""
    event = None if history is None else history.audition
    cue = None if event is None else find(show, event.cue)
    if event is None or cue is None:
        return None
    order = list(show.patch.channels)
    levels: dict[str, int] = {}
    fade = 0.0
    for action in cue.actions:
        if isinstance(action, SetLevels):
            levels |= {name: round(100 * level) for name, level in action.levels.items()}
            fade = max(fade, action.fade)
    return {
        "cue": cue.number,
        "at": event.at,
        "levels": [[order.index(name), level] for name, level in levels.items() if name in order],
        "fade": fade,
        "does": does(show, cue),
    }
