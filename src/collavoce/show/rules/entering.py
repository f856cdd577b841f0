"""Who comes on with a cue tonight: they are asked at its standby like a crew."""

from collavoce.show.actions.entrance import ComeOn
from collavoce.show.cues import Cue, Show
from collavoce.show.order import number_with
from collavoce.show.rules.crews import asked_for
from collavoce.show.setlist.tonight import plays
from collavoce.show.state import ShowState


def entering(show: Show, state: ShowState, cue: Cue) -> tuple[str, ...]:
    """The performers `cue` brings on; of its number's performer the cover, where one plays it."""
    number = number_with(show, cue.number)
    found: list[str] = []
    for action in cue.actions:
        if isinstance(action, ComeOn):
            is_players = number is not None and action.who == number.performer
            tonight = plays(show, state, number.id) if number is not None and is_players else None
            found.append(tonight or action.who)
    return tuple(dict.fromkeys(found))


def asked(show: Show, state: ShowState, cue: Cue) -> tuple[str, ...]:
    """Everybody who answers the standby of `cue` by name: who comes on, then its departments."""
    return tuple(dict.fromkeys((*entering(show, state, cue), *asked_for(show, cue))))
