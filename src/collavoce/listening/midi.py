"""A MIDI message as an observation (MIDI 1.0 Detailed Specification, Table II)."""

from collavoce.listening.observation import NoteOff, NoteOn, Observation
from collavoce.units import Instant

NOTE_OFF = 0x80
NOTE_ON = 0x90
KIND = 0xF0
"""Mask that leaves a status byte's kind and drops its channel."""

NOTE_MESSAGE_BYTES = 3


def observe(heard_at: Instant, message: bytes) -> Observation | None:
    """What one whole message lets the follower hear; None for a message that is no note.

    message : with its status byte; running status is undone in `wire`. All channels are one
        player. A note-on with velocity 0 is a note-off, as the standard says.
    """
    if len(message) != NOTE_MESSAGE_BYTES:
        return None
    status, pitch, velocity = message
    if status & KIND == NOTE_ON and velocity:
        return NoteOn(heard_at, pitch, velocity)
    if status & KIND in {NOTE_ON, NOTE_OFF}:
        return NoteOff(heard_at, pitch)
    return None
