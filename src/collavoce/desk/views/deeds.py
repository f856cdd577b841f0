"""What a cue does, in words; the same for the list, the crew's phones and an audition."""

from collections.abc import Iterator

from collavoce.desk.views.people import person_name
from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.group import FireGroup
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.others import ActOn
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.actions.timer import RunTimer
from collavoce.show.actions.wait import Wait
from collavoce.show.cues import Show
from collavoce.words import say

CHANNELS_TOLD = 6
"""Of a look; how many more there are is said."""


def does(show: Show, action: Action) -> Iterator[str]:
    """`action` in words."""
    match action:
        case CallPerson(seat=seat, exit=door):
            who = person_name(show, show.seats[seat].person) or show.seats[seat].name
            yield say("desk.does.person", who=who, exit=show.exits[door].name)
        case SetLevels(levels=levels, fade=fade):
            told = [f"{name} {round(100 * level)}" for name, level in levels.items()]
            more = len(told) - CHANNELS_TOLD
            words = ", ".join(told[:CHANNELS_TOLD])
            if more > 0:
                words = say("desk.arrival.more", cues=words, count=more)
            yield say("desk.does.levels", levels=words, fade=f"{fade:g}")
        case SendOsc(to=to, address=address, args=args):
            yield say("desk.does.sends", to=to, what=" ".join([address, *map(str, args)]))
        case SendMidi(to=to, words=words):
            yield say("desk.does.sends", to=to, what=words)
        case SendHttp(to=to, method=method, path=path):
            yield say("desk.does.sends", to=to, what=f"{method} {path}")
        case PlaySound(file=file, loop=loop):
            yield say("desk.does.loops" if loop else "desk.does.plays", file=file)
        case FireGroup(order=order, cues=cues):
            yield say(f"desk.does.group.{order.value}", cues=", ".join(cues))
        case _:
            yield from _inward(show, action)


def _inward(show: Show, action: Action) -> Iterator[str]:
    match action:
        case Wait(length=length):
            yield say("desk.does.wait", seconds=f"{length:g}")
        case MoveTo(cue=cue):
            yield say("desk.does.go_to", cue=cue)
        case SwitchCues(cues=cues, on=on):
            yield say("desk.does.arm" if on else "desk.does.disarm", cues=", ".join(cues))
        case LoadCue(cue=cue):
            yield say("desk.does.load", cue=cue)
        case Remind(text=text):
            yield text
        case RunTimer(timer=timer, what=what):
            name = show.timers[timer].name if timer in show.timers else timer
            yield say(f"desk.does.timer.{what}", timer=name)
        case ActOn(what=what, cues=cues):
            which = ", ".join(cues) or say("desk.does.all")
            yield say(f"desk.does.others.{what.value}", cues=which)
        case _:
            pass
