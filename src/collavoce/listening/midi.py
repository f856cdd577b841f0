"""A MIDI message as an observation (MIDI 1.0 Detailed Specification, Table II)."""

from collavoce.listening.observation import NoteOff, NoteOn, Observation
from collavoce.units import Instant

NOTE_OFF = 0x80
NOTE_ON = 0x90
KIND = 0xF0
"""Mask that leaves a status byte's kind and drops its channel."""

CHANNEL = 0x0F
"""Mask that leaves the channel."""

NOTE_MESSAGE_BYTES = 3

DATA_MOST = 0x7F
"""The highest data byte and the highest key; above it are status bytes."""

DRUMS = 9
"""Channel 10, counted from 0. In General MIDI (GM System Level 1) its key numbers are drums and
cymbals, and what a keyboard's accompaniment or metronome sends goes there: no key of the piece."""


def observe(heard_at: Instant, message: bytes, transpose: int = 0) -> Observation | None:
    """What one whole message lets the follower hear; None for a message that is no note.

    message : with its status byte; running status is undone in `wire`. All channels but DRUMS are
        one player: instruments split hands and layers over channels. A note-on with velocity 0 is
        a note-off, as the standard says. A data byte above 127 is no message.
    transpose : semitones added to every key, for an instrument that sends another one than is
        meant. A key that leads out of 0..127 is not heard.
    """
    if len(message) != NOTE_MESSAGE_BYTES or message[0] & CHANNEL == DRUMS:
        return None
    status, key, velocity = message
    pitch = key + transpose
    if max(key, velocity) > DATA_MOST or not 0 <= pitch <= DATA_MOST:
        return None
    if status & KIND == NOTE_ON and velocity:
        return NoteOn(heard_at, pitch, velocity)
    if status & KIND in {NOTE_ON, NOTE_OFF}:
        return NoteOff(heard_at, pitch)
    return None


def drums(message: bytes) -> bool:
    """Whether `message` strikes something on the channel of drums."""
    return len(message) == NOTE_MESSAGE_BYTES and message[0] == NOTE_ON | DRUMS and message[2] > 0
