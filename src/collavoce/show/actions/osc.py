"""OSC messages, over UDP or over TCP with SLIP."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay

Argument = int | float | str | bool


@dataclass(frozen=True, slots=True)
class SendOsc(Action):
    """One OSC message to a named destination of the patch."""

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    address: str
    args: tuple[Argument, ...] = ()
