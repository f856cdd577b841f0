"""MIDI Machine Control: play, stop and find for recorders and players (MMA RP-013).

F0 7F <device> 06 <command> F7
"""

from collections.abc import Mapping

from collavoce.wire.midi.message import SYSEX, SYSEX_END, MessageError, sysex
from collavoce.words import say

REAL_TIME, MACHINE_CONTROL = 0x7F, 0x06
EVERYBODY = 0x7F
LOCATE, TARGET = 0x44, 0x01
FRAMES = 30

COMMANDS: Mapping[str, int] = {
    "stop": 0x01,
    "play": 0x02,
    "deferred play": 0x03,
    "forward": 0x04,
    "rewind": 0x05,
    "record": 0x06,
    "record off": 0x07,
    "pause": 0x09,
}

LENGTH = 6
"""Bytes of a command without information of its own."""

_NAMES = {number: name for name, number in COMMANDS.items()}


def command(name: str, device: int = EVERYBODY) -> bytes:
    """One of COMMANDS to `device` 0..127; raises MessageError."""
    if name not in COMMANDS:
        raise MessageError(say("rig.mmc.command", command=name, known=", ".join(COMMANDS)))
    return sysex(bytes((REAL_TIME, _device(device), MACHINE_CONTROL, COMMANDS[name])))


def decode(message: bytes) -> str | None:
    """The one of COMMANDS that `message` carries, to whichever device; None for anything else."""
    head = message[:2] == bytes((SYSEX, REAL_TIME)) and message[3:4] == bytes((MACHINE_CONTROL,))
    if not head or len(message) != LENGTH or message[-1] != SYSEX_END:
        return None
    return _NAMES.get(message[4])


def locate(hours: int, minutes: int, seconds: float, device: int = EVERYBODY) -> bytes:
    """Find a time, at 30 frames a second: hours 0..23, minutes 0..59, seconds below 60."""
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60):  # noqa: PLR2004 - a clock
        raise MessageError(say("rig.mmc.time", time=f"{hours}:{minutes}:{seconds}"))
    whole = int(seconds)
    frame = min(round((seconds - whole) * FRAMES), FRAMES - 1)
    thirty = 0x60  # bits 5 and 6 of the hours name the frame rate: 30 a second
    where = (thirty | hours, minutes, whole, frame, 0)
    head = (REAL_TIME, _device(device), MACHINE_CONTROL, LOCATE, len(where) + 1, TARGET)
    return sysex(bytes((*head, *where)))


def _device(device: int) -> int:
    if not 0 <= device <= EVERYBODY:
        raise MessageError(say("rig.msc.device", device=device))
    return device
