"""What an action sends, in the few words that the log and the desk have room for."""

from collections.abc import Mapping

from collavoce.show.actions.action import Action
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.sound import PlaySound
from collavoce.words import say

LONGEST = 120
"""Characters; a look of a hundred channels is told by its first ones."""

CHANNELS_TOLD = 4


def said(action: Action) -> str:
    """The words; "" for what sends nothing."""
    match action:
        case SendOsc(address=address, args=args):
            words = " ".join((address, *map(str, args)))
        case SendMidi(words=words):
            pass
        case SendHttp(method=method, path=path):
            words = f"{method} {path}"
        case PlaySound(file=file):
            words = file
        case LoadCue(cue=cue):
            words = say("rig.what.load", cue=cue)
        case SetLevels(levels=levels, fade=fade):
            words = _levels(levels, fade)
        case _:
            words = ""
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _levels(levels: Mapping[str, float], fade: float) -> str:
    told = [
        say("rig.what.level", channel=name, percent=round(100 * level))
        for name, level in list(levels.items())[:CHANNELS_TOLD]
    ]
    more = len(levels) - len(told)
    if more:
        told.append(say("rig.what.more", count=more))
    return say("rig.what.levels", levels=", ".join(told), fade=f"{fade:g}")
