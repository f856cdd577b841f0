"""MIDI Show Control: cues between consoles (MMA/AMEI RP-002, version 1.1).

    F0 7F <device> 02 <format> <command> [cue number 00 cue list 00 cue path] F7

The standard itself forbids it as the only safeguard of anything that can hurt somebody. Formats of
machinery and of fire are therefore neither written nor read here: such cues have no wire.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from collavoce.wire.midi.message import MessageError, sysex
from collavoce.words import say

REAL_TIME, SHOW_CONTROL = 0x7F, 0x02
EVERYBODY = 0x7F
"""The device number that all devices answer to; 0..111 name one, 112..126 groups."""

HEAD = bytes((0xF0, REAL_TIME))

FORMATS: Mapping[str, int] = {
    "lighting": 0x01,
    "moving lights": 0x02,
    "colour changers": 0x03,
    "strobes": 0x04,
    "lasers": 0x05,
    "chasers": 0x06,
    "sound": 0x10,
    "music": 0x11,
    "cd players": 0x12,
    "audio tape": 0x14,
    "video": 0x30,
    "projection": 0x40,
    "film": 0x41,
    "slides": 0x42,
    "process": 0x50,
    "all": 0x7F,
}
"""Who a command is for. Machinery (20..2F hex) and fire (60..6F hex) are left out on purpose."""

HAZARDOUS = frozenset((*range(0x20, 0x30), *range(0x60, 0x70)))


_HAZARDOUS = frozenset(bytes((format_,)) for format_ in HAZARDOUS)


class ShowCommand(IntEnum):
    """What to do. Those with cue data take it; the others act on everything."""

    GO = 0x01
    STOP = 0x02
    RESUME = 0x03
    LOAD = 0x05
    ALL_OFF = 0x08
    RESTORE = 0x09
    RESET = 0x0A
    GO_OFF = 0x0B


WITH_CUE = frozenset(
    {ShowCommand.GO, ShowCommand.STOP, ShowCommand.RESUME, ShowCommand.LOAD, ShowCommand.GO_OFF}
)

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)*")


@dataclass(frozen=True, slots=True)
class ShowControl:
    """One command.

    cue, cue_list, cue_path : digits and points, "" where left out; a list without a cue means
        nothing. device : 0..127.
    """

    command: ShowCommand
    format: int
    device: int = EVERYBODY
    cue: str = ""
    cue_list: str = ""
    cue_path: str = ""


def encode(command: ShowControl) -> bytes:
    """The message; raises MessageError with the remedy."""
    if command.format in HAZARDOUS:
        raise MessageError(say("rig.msc.hazardous"))
    if not 0 <= command.device <= EVERYBODY:
        raise MessageError(say("rig.msc.device", device=command.device))
    names = [command.cue, command.cue_list, command.cue_path]
    while names and not names[-1]:
        names.pop()
    if names and command.command not in WITH_CUE:
        raise MessageError(say("rig.msc.no_cue", command=command.command.name))
    for name in names:
        if not _NUMBER.fullmatch(name):
            raise MessageError(say("rig.msc.number", number=name))
    head = (REAL_TIME, command.device, SHOW_CONTROL, command.format, command.command)
    return sysex(bytes(head) + b"\0".join(name.encode("ascii") for name in names))


def may_hurt(message: bytes) -> bool:
    """Whether `message` is show control for machinery or fire, whoever wrote it."""
    kind, format_ = message[3:4], message[4:5]
    return message.startswith(HEAD) and kind == bytes((SHOW_CONTROL,)) and format_ in _HAZARDOUS


def decode(message: bytes) -> ShowControl | None:
    """The command that `message` carries; None for anything else, and for what may hurt."""
    if not (message.startswith(HEAD) and message.endswith(b"\xf7")) or len(message) < len(HEAD) + 5:
        return None
    device, kind, format_, command = message[2:6]
    if kind != SHOW_CONTROL or format_ in HAZARDOUS:
        return None
    # Some consoles end the last name with a zero too.
    names = message[6:-1].rstrip(b"\0").split(b"\0")
    if command not in set(ShowCommand) or len(names) > 3:  # noqa: PLR2004 - number, list, path
        return None
    if command not in WITH_CUE or names == [b""]:
        return ShowControl(ShowCommand(command), format_, device)
    texts = [name.decode("ascii", "replace") for name in names]
    if not all(_NUMBER.fullmatch(text) for text in texts):
        return None
    cue, cue_list, cue_path = texts + [""] * (3 - len(texts))
    return ShowControl(ShowCommand(command), format_, device, cue, cue_list, cue_path)
