"""Which carriers a show needs: what it never uses is not started, not looked for, not missed."""

from collavoce.runtime.wires.posts import ERRANDS, SOUND
from collavoce.show.actions.action import Action
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Show


def uses(show: Show, kind: type[Action]) -> bool:
    """Whether any cue of the show has an action of `kind`."""
    return any(isinstance(a, kind) for c in show.cues_by_number.values() for a in c.actions)


def carrying_processes(show: Show) -> tuple[str, ...]:
    """The processes that carry for the engine in this show."""
    needed = ((ERRANDS, SendHttp), (SOUND, PlaySound))
    return tuple(name for name, kind in needed if uses(show, kind))
