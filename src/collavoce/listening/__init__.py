"""Listening: what comes from a front end becomes an observation.

In: MIDI messages with the instant they came. Out: `Observation`. Never: a belief about the music.
"""

from collavoce.listening.ear import Ear
from collavoce.listening.midi import observe
from collavoce.listening.observation import NoteOff, NoteOn, Observation, Silence

__all__ = ["Ear", "NoteOff", "NoteOn", "Observation", "Silence", "observe"]
