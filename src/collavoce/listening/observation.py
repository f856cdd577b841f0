"""What is heard, as the follower takes it."""

from dataclasses import dataclass

from collavoce.units import Instant


@dataclass(frozen=True, slots=True)
class NoteOn:
    """A key went down. pitch 0..127, velocity 1..127."""

    heard_at: Instant
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class NoteOff:
    """A key came up."""

    heard_at: Instant
    pitch: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing new up to `heard_at`: lets time pass for the follower."""

    heard_at: Instant


Observation = NoteOn | NoteOff | Silence
"""What any front end (MIDI now, sound later) hands to `following.step`."""
