"""What comes in from outside and may fire a cue: OSC, MIDI, MIDI Show Control."""

from dataclasses import dataclass
from enum import StrEnum


class InputKind(StrEnum):
    """The protocols that are listened to."""

    OSC = "osc"
    NOTE = "midi note"
    CONTROL = "midi control"
    PROGRAM = "midi program"
    MSC = "msc"
    MMC = "mmc"


@dataclass(frozen=True, slots=True)
class Input:
    """One input that a cue listens to. words: as written ("midi note 60 channel 1").

    key : what must match: an OSC address; a note, controller or program number; an MSC or MMC
        command with its cue ("go 12"). channel : 1 to 16, None for any.
    """

    kind: InputKind
    key: str
    channel: int | None = None
    words: str = ""
