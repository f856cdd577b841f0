"""MIDI messages: notes, controls, programs, show control, machine control, system exclusive."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay


@dataclass(frozen=True, slots=True)
class SendMidi(Action):
    """Messages to a MIDI destination of the patch, whole and in order.

    words : as the log says it ("note 60 on 1").
    """

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    messages: tuple[bytes, ...]
    words: str
