"""MIDI: what instruments say to each other, live and written down.

In: bytes of a cable, or of a Standard MIDI File. Out: whole messages, in a file with their seconds.
Never: a port, a clock, or a note's meaning.
"""

from collavoce.wire.midi.file import MidiError, read_performance
from collavoce.wire.midi.stream import MidiStream

__all__ = ["MidiError", "MidiStream", "read_performance"]
