"""What comes in from outside and may fire a cue: OSC, MIDI, MIDI Show Control, Machine Control.

Written in the folder as words ("midi note 60 channel 1"), read here; what came in over a wire is
turned into the same form here, and compared. Who may send it at all is not this file's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from collavoce.show.errors import ShowError
from collavoce.wire.midi import machine_control, show_control
from collavoce.wire.midi.show_control import WITH_CUE, ShowCommand
from collavoce.wire.osc import OscError, check_address
from collavoce.words import say

CHANNELS, HIGHEST = 16, 127
PRESSED_FROM, LET_GO_BELOW = 64, 32
"""Values of a controller. A pedal that trembles between the two stays what it was."""

SYSEX_LONGEST = 128
"""Bytes of a system exclusive that is looked into; cues and machine commands are far shorter."""

_NOTE_OFF, _NOTE_ON, _CONTROL, _PROGRAM = 0x80, 0x90, 0xB0, 0xC0
_SYSEX = 0xF0


class InputKind(StrEnum):
    """The protocols that are listened to."""

    OSC = "osc"
    NOTE = "midi note"
    CONTROL = "midi control"
    PROGRAM = "midi program"
    MSC = "msc"
    MMC = "mmc"


NUMBERED = frozenset({InputKind.NOTE, InputKind.CONTROL, InputKind.PROGRAM})
"""Those with a number 0..127 and perhaps a channel."""

MSC_WORDS: Mapping[str, ShowCommand] = {
    "go": ShowCommand.GO,
    "stop": ShowCommand.STOP,
    "resume": ShowCommand.RESUME,
    "load": ShowCommand.LOAD,
    "go off": ShowCommand.GO_OFF,
    "all off": ShowCommand.ALL_OFF,
    "restore": ShowCommand.RESTORE,
    "reset": ShowCommand.RESET,
}
_MSC_NAMES = {command: words for words, command in MSC_WORDS.items()}

_NUMBERED = re.compile(r"(midi (?:note|control|program)) ([0-9]{1,3})(?: channel ([0-9]{1,2}))?")
_MSC = re.compile(rf"({'|'.join(MSC_WORDS)})(?: ([0-9]+(?:\.[0-9]+)*))?")


class InputError(ShowError):
    """Words that are no input; the sentence shows what would be."""


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

    def fits(self, came: "Came") -> bool:
        """Whether `came` is this input, pressed or let go."""
        same = self.kind is came.kind and self.key == came.key
        return same and self.channel in (None, came.channel)


@dataclass(frozen=True, slots=True)
class Came:
    """What came in over a wire, as an input would be written.

    down : pressed, or let go; None of a controller between the two, where it stays what it was.
    """

    kind: InputKind
    key: str
    channel: int | None = None
    down: bool | None = True

    @property
    def words(self) -> str:
        """As it would be written in the folder."""
        channel = "" if self.channel is None else f" channel {self.channel}"
        return f"{self.kind.value} {self.key}{channel}"


def read_input(words: str) -> Input:
    """The input that `words` say; raises InputError."""
    text = " ".join(words.split())
    if (number := _NUMBERED.fullmatch(text)) is not None:
        kind, key, channel = InputKind(number[1]), int(number[2]), number[3]
        if key > HIGHEST:
            raise InputError(say("gateway.input.number", input=text, highest=HIGHEST))
        if channel is not None and not 1 <= int(channel) <= CHANNELS:
            raise InputError(say("gateway.input.channel", input=text))
        return Input(kind, str(key), None if channel is None else int(channel), text)
    protocol, _, key = text.partition(" ")
    match protocol:
        case "osc":
            return Input(InputKind.OSC, _address(text, key), None, text)
        case "msc" if (said := _MSC.fullmatch(key)) is not None and _has_cue(said):
            return Input(InputKind.MSC, key, None, text)
        case "mmc" if key in machine_control.COMMANDS:
            return Input(InputKind.MMC, key, None, text)
        case _:
            raise InputError(say("gateway.input.unknown", input=text))


def of_osc(address: str) -> Came:
    """What a message to `address` is as an input; pressed, for OSC knows no letting go."""
    return Came(InputKind.OSC, address)


def of_midi(message: bytes) -> Came | None:
    """What a whole MIDI message is as an input; None for what no input is made of."""
    if message[:1] == bytes((_SYSEX,)):
        return _of_sysex(message)
    if len(message) not in {2, 3}:
        return None
    kind, channel, number = message[0] & 0xF0, (message[0] & 0x0F) + 1, str(message[1])
    if kind == _PROGRAM:
        return Came(InputKind.PROGRAM, number, channel)
    if len(message) != 3:  # noqa: PLR2004  status, number, value
        return None
    value = message[2]
    if kind in {_NOTE_OFF, _NOTE_ON}:
        return Came(InputKind.NOTE, number, channel, kind == _NOTE_ON and value > 0)
    if kind == _CONTROL:
        down = True if value >= PRESSED_FROM else False if value < LET_GO_BELOW else None
        return Came(InputKind.CONTROL, number, channel, down)
    return None


def _of_sysex(message: bytes) -> Came | None:
    if len(message) > SYSEX_LONGEST:
        return None
    if (name := machine_control.decode(message)) is not None:
        return Came(InputKind.MMC, name)
    command = show_control.decode(message)
    if command is None:
        return None
    return Came(InputKind.MSC, f"{_MSC_NAMES[command.command]} {command.cue}".rstrip())


def _address(text: str, address: str) -> str:
    try:
        check_address(address)
    except OscError as error:
        raise InputError(say("gateway.input.osc", input=text, why=error)) from error
    if any(mark in address for mark in "?*[]{}"):
        raise InputError(say("gateway.input.pattern", input=text))
    return address


def _has_cue(said: "re.Match[str]") -> bool:
    """Whether a cue stands only behind a command that takes one."""
    return said[2] is None or MSC_WORDS[said[1]] in WITH_CUE
