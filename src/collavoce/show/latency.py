"""The latency book: what fires together arrives together.

Each destination takes its own time from the wire to the world; the book says how long
(`[patch.delay]`). What is bound for the slowest leaves at once, the rest waits for it: never before
its trigger, and never longer than `LONGEST`. Together is what one decision fires: a cue, what
follows it without a wait, the members of its group.
"""

from collections.abc import Iterable

import msgspec

from collavoce.show import events as e
from collavoce.show.actions.action import Action
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Show
from collavoce.show.patch import LIGHTS, SOUND, Patch
from collavoce.units import Seconds

LONGEST = Seconds(0.5)
"""A GO that is answered later than this is no GO; what is slower arrives late."""


def destination(action: Action) -> str:
    """The name under which the patch and the log know where `action` goes; "" for nowhere."""
    match action:
        case SendOsc(to=to) | SendMidi(to=to) | SendHttp(to=to):
            return to
        case PlaySound(to=to):
            return to or SOUND
        case SetLevels():
            return LIGHTS
        case _:
            return ""


def delay(patch: Patch, action: Action) -> Seconds:
    """How long what `action` sends takes from the wire to the world, by the book."""
    return Seconds(min(LONGEST, patch.delay.get(destination(action), 0.0)))


def landed(show: Show, events: tuple[e.AnyEvent, ...]) -> tuple[e.AnyEvent, ...]:
    """The events of one decision, each firing with when what it sends has arrived."""
    if not show.patch.delay:
        return events
    fired = [event for event in events if isinstance(event, e.CueFired)]
    slowest = max(_delays(show, fired), default=0.0)
    if not slowest:
        return events
    return tuple(
        msgspec.structs.replace(event, lands=slowest) if isinstance(event, e.CueFired) else event
        for event in events
    )


def _delays(show: Show, fired: Iterable[e.CueFired]) -> Iterable[float]:
    known = show.cues_by_number
    for event in fired:
        if event.cue in known:
            yield from (delay(show.patch, action) for action in known[event.cue].actions)
