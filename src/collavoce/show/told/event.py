"""What every event of the show has in common."""

from enum import StrEnum

import msgspec


class Cause(StrEnum):
    """What fired a cue."""

    FOLLOWER = "follower"
    AHEAD = "ahead"  # its place was foreseen to be as far away as its lead
    HAND = "hand"
    AFTER = "after"
    END = "end"
    JUMP = "jump"  # jumped over, and its policy says fire
    CLOCK = "clock"  # the venue's time of day
    INPUT = "input"  # OSC, MIDI, MSC from outside
    PERSON = "person"  # somebody is in position, or clear
    GROUP = "group"  # it is a member of a group that fired


class Event(msgspec.Struct, frozen=True, tag=True):
    """The base of every event: past tense, `at` on the show clock."""

    at: float


class Sending(msgspec.Struct, frozen=True, array_like=True):
    """One thing that a firing sent.

    to : the destination's name in the patch. what : in words ("/clip/go 1", "note 60 on 1").
    ms : from the trigger to the wire. problem : why it did not leave, "" if it did.
    waited : how many of these ms it was kept back on purpose, by the latency book.
    """

    to: str
    what: str
    ms: float
    problem: str = ""
    waited: float = 0.0

    @property
    def late_ms(self) -> float:
        """What is left of `ms` without the wait that was meant."""
        return max(0.0, round(self.ms - self.waited, 3))
