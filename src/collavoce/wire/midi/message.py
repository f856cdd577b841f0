"""MIDI messages as bytes (MIDI 1.0 Detailed Specification, Tables I to V).

Channels are 1..16, as instruments show them.
"""

from collavoce.wire.errors import WireError
from collavoce.words import say

CHANNELS, LOUDEST = 16, 127
SYSEX, SYSEX_END = 0xF0, 0xF7
SYSEX_LIMIT = 4096
"""Bytes of a system exclusive message in a cue; a dump of a synthesiser is no cue."""


class MessageError(WireError):
    """A value that does not fit its MIDI message."""


def note_on(channel: int, key: int, velocity: int) -> bytes:
    """A key goes down; key and velocity 0..127. Velocity 0 would be a key that goes up."""
    return bytes((_status(0x90, channel), _data("key", key), _data("velocity", velocity)))


def note_off(channel: int, key: int, velocity: int = 64) -> bytes:
    """A key goes up."""
    return bytes((_status(0x80, channel), _data("key", key), _data("velocity", velocity)))


def control(channel: int, controller: int, value: int) -> bytes:
    """A control change, 0..127 both."""
    return bytes((_status(0xB0, channel), _data("controller", controller), _data("value", value)))


def program(channel: int, number: int) -> bytes:
    """A program change; `number` is 0..127, as on the wire."""
    return bytes((_status(0xC0, channel), _data("program", number)))


def sysex(body: bytes) -> bytes:
    """A system exclusive message around `body`, with or without its F0 and F7."""
    inner = body.removeprefix(b"\xf0").removesuffix(b"\xf7")
    if not inner or len(inner) > SYSEX_LIMIT:
        raise MessageError(say("rig.midi_out.sysex_length", bytes=len(inner), limit=SYSEX_LIMIT))
    for at, byte in enumerate(inner):
        if byte > LOUDEST:
            raise MessageError(say("rig.midi_out.sysex_byte", byte=f"{byte:02x}"), at)
    return bytes((SYSEX, *inner, SYSEX_END))


def _status(kind: int, channel: int) -> int:
    if not 1 <= channel <= CHANNELS:
        raise MessageError(say("rig.midi_out.channel", channel=channel))
    return kind | (channel - 1)


def _data(what: str, value: int) -> int:
    if not 0 <= value <= LOUDEST:
        raise MessageError(say("rig.midi_out.value", what=what, value=value))
    return value
